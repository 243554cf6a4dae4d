import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import type { Browser } from 'playwright-core'
import type { IncidentRow, Views } from '#modules/dispatch/contract.ts'
import { browser as start } from './browser.ts'
import { accountOf, type DemoAccount, demoAccounts, Person } from './clients.ts'
import { type Finding, found, summed, widths } from './looks.ts'
import { Seat } from './seat.ts'
import { openCity } from './seeded.ts'
import { type Server, until } from './server.ts'

let server: Server
let browser: Browser
let account: DemoAccount
let person: Person
let seat: Seat

before(async () => {
  server = await openCity()
  browser = await start()
  account = accountOf(await demoAccounts(server.url), 'callTaker')
  person = await Person.logIn(server.url, account)
  seat = await Seat.open(browser)
  await seat.enter(server.url, account)
})

after(async () => {
  await browser.close()
  await server.clean()
})

beforeEach(async () => {
  await seat.page.goto('about:blank')
  await person.ask('POST', '/signal/dispatch/draft', { draft: null })
  await seat.page.goto(`${server.url}/intake`)
  await seat.page.locator('#intake-number:focus').waitFor()
})

const bar = '#command-bar'
const list = '#command-bar-list [role="option"]'
const offers = '#intake-place-places [role="option"]'
const value = (id: string) => seat.page.locator(id).inputValue()
const mine = async (): Promise<readonly IncidentRow[]> => (await person.view<Views['mine']>('dispatch', 'mine')).data.rows
const draft = async () => (await person.view<Views['draft']>('dispatch', 'draft')).data.draft

/** Types a command and takes the completion that stands first, once it is the wanted one. */
async function command(text: string, wanted: string): Promise<void> {
  await seat.page.keyboard.type(text)
  await seat.page.locator(`${list}[aria-selected="true"]`, { hasText: wanted }).waitFor()
  await seat.page.keyboard.press('Enter')
}

test('a whole incident by the command bar and the search for places, with nothing but keys', async () => {
  const { page } = seat
  const before = (await mine()).length
  await page.keyboard.type('13800132071')
  await seat.tabTo('#intake-place')
  await page.keyboard.type('s l t')
  await page.locator(offers, { hasText: '三里屯太古里' }).waitFor()
  while ((await page.locator(`${offers}[aria-selected="true"]`, { hasText: '三里屯太古里' }).count()) === 0)
    await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  assert.deepEqual([await value('#intake-place'), (await mine()).length], ['三里屯太古里', before])
  await page.keyboard.type('北区东门')
  await page.locator('.receivers b').nth(1).waitFor()
  await seat.tabTo('#intake-narrative')
  await page.keyboard.type('两人持棍互殴')
  await page.keyboard.press('F2')
  await page.locator(`${bar}:focus`).waitFor()
  await command('ou', seat.word('kind.assault'))
  await command('3', seat.word('priority.3'))
  await page.getByText(seat.word('bar.did', { what: seat.word('bar.echo.priority', { what: seat.word('priority.3') }) })).waitFor()
  await command('sb', seat.word('intake.send'))
  await page.locator('.mine').first().waitFor()
  const rows = await mine()
  assert.equal(rows.length, before + 1)
  const [row] = rows
  assert.deepEqual([row?.kind, row?.priority, row?.narrative], ['assault', 3, '两人持棍互殴'])
  assert.deepEqual(row?.place, { kind: 'point', lon: 116.448, lat: 39.935, text: '三里屯太古里北区东门' })
  await page.locator('#intake-number:focus').waitFor()
  await page.locator(bar).focus()
  await command('wd1', row?.number.slice(-5).replace(/^0+/, '') ?? '-')
  await page.waitForURL(`**/incident/${row?.id ?? ''}`)
  await seat.isClean()
})

test('what the bar did is undone by Ctrl+Z and by its button; a slash in a field is a slash', async () => {
  const { page } = seat
  await page.keyboard.type('1/2')
  assert.equal(await value('#intake-number'), '1/2')
  await page.locator('#main').focus()
  await page.keyboard.press('/')
  await page.locator(`${bar}:focus`).waitFor()
  await command('dao', seat.word('kind.theft'))
  assert.equal(await value('#intake-kind'), seat.word('kind.theft'))
  await page.keyboard.press('Control+z')
  assert.equal(await value('#intake-kind'), '')
  await command('qk', seat.word('intake.clear'))
  assert.equal(await value('#intake-number'), '')
  await page.locator('.bar-echo button').click()
  assert.equal(await value('#intake-number'), '1/2')
  await command('board', seat.word('nav.board'))
  await page.waitForURL('**/board')
})

test('a reload in the middle keeps everything, another workstation has it too, and it is still one incident', async () => {
  const { page } = seat
  await page.keyboard.type('139 0000')
  await seat.tabTo('#intake-narrative')
  await page.keyboard.type('楼上漏水，')
  await page.getByText(seat.word('intake.draftPending')).waitFor()
  await page.locator('.draft.num').waitFor({ timeout: 2000 })
  await page.keyboard.type('越来越大')
  // In the middle of it: nothing has waited for the last characters.
  await page.reload()
  const there = async (at: Seat) => [
    await at.page.locator('#intake-number').inputValue(),
    await at.page.locator('#intake-narrative').inputValue(),
  ]
  const all = ['139 0000', '楼上漏水，越来越大']
  await until('the form is as it was', async () => (await there(seat)).join() === all.join())
  const other = await Seat.open(browser)
  await other.enter(server.url, account)
  await until('another workstation has it', async () => (await there(other)).join() === all.join())
  const kept = await draft()
  assert.ok(kept)
  const data = { call: { id: kept.call, channel: 'voice' }, narrative: 'x', place: { kind: 'unknown' }, kind: 'noise' }
  await person.command('dispatch', kept.incident, 'open', data)
  const before = (await mine()).length
  await seat.tabTo('#intake-kind')
  await page.keyboard.type('noise')
  await page.keyboard.press('Enter')
  await page.locator('#intake-unknown, .place-field input[type="checkbox"]').first().check()
  await page.locator('#intake-note').press('Enter')
  await page.getByText(seat.word('refusal.incident-exists')).waitFor()
  assert.equal((await mine()).length, before)
  seat.faults.splice(0)
  await page.reload()
  await page.locator('#intake-number:focus').waitFor()
  assert.deepEqual(await there(seat), ['', ''])
  await other.close()
})

test('open lists are as axe wants them, on a desk and on a phone', async () => {
  const { page } = seat
  const all: Finding[] = []
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 })
    await page.locator('#intake-place').fill('')
    await page.locator('#intake-place').pressSequentially('三里')
    await page.locator(offers).first().waitFor()
    all.push(...(await found(page, `places ${width}`, '#intake-place-places')))
    await page.locator(bar).fill('ou')
    await page.locator(list).first().waitFor()
    all.push(...(await found(page, `command bar ${width}`, '#command-bar-list')))
    await page.keyboard.press('Escape')
  }
  await page.setViewportSize({ width: 1440, height: 900 })
  assert.deepEqual(summed(all), [])
})

/** What an input method does: letters stand in the field, marked as not final, and its keys are no keys of the page. */
const compose = (selector: string, text: string) => `(() => {
  const field = document.querySelector(${JSON.stringify(selector)})
  field.focus()
  const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set
  field.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true }))
  set.call(field, ${JSON.stringify(text)})
  field.dispatchEvent(new InputEvent('input', { bubbles: true, isComposing: true, inputType: 'insertCompositionText' }))
  for (const key of ['ArrowDown', 'Enter', '/', 'F2', 'Escape'])
    field.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, isComposing: true }))
})()`
const committed = (selector: string) =>
  `document.querySelector(${JSON.stringify(selector)}).dispatchEvent(new CompositionEvent('compositionend', { bubbles: true }))`

test('nothing happens while an input method composes: no list, no command, nothing sent', async () => {
  const { page } = seat
  const before = (await mine()).length
  for (const [field, options, final] of [
    ['#intake-place', offers, '三里屯太古里'],
    [bar, list, seat.word('kind.assault')],
  ] as const) {
    await page.evaluate(compose(field, field === bar ? 'ou' : 'sanlitun'))
    await page.waitForTimeout(600)
    assert.deepEqual([await page.locator(options).count(), await value('#intake-kind'), (await mine()).length], [0, '', before])
    await page.locator(`${field}:focus`).waitFor()
    await page.evaluate(committed(field))
    await page.locator(options, { hasText: final }).waitFor()
    await page.keyboard.press('Escape')
    await page.locator(options).first().waitFor({ state: 'detached' })
  }
})

test('a novel in the bar is cut with a word about it, and is not slow', async () => {
  const { page } = seat
  const novel = '三里屯路的故事很长，'.repeat(20_000)
  const ms = await page.evaluate<number>(`(() => {
    const field = document.querySelector('${bar}')
    field.focus()
    const begun = performance.now()
    document.execCommand('insertText', false, ${JSON.stringify(novel)})
    return performance.now() - begun
  })()`)
  await page.getByText(seat.word('bar.cut', { count: 200 })).waitFor()
  assert.equal([...(await value(bar))].length, 200)
  assert.ok(ms < 1000, `${ms} ms`)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await seat.isClean()
})

test('the address typed is the address sent: an offer gives its point to a longer text and takes it away with its name', async () => {
  const { page } = seat
  await seat.tabTo('#intake-place')
  await page.keyboard.type('三里屯太古里19号旁')
  await page.locator(offers, { hasText: '三里屯太古里' }).first().waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  assert.equal(await value('#intake-place'), '三里屯太古里19号旁')
  assert.notEqual(await value('.place-field .spot'), '')
  await page.locator('#intake-place').fill('王府井')
  assert.equal(await value('.place-field .spot'), '')
  await page.keyboard.press('Escape')
  await page.locator('.schematic.pick').focus()
  await page.keyboard.press('ArrowRight')
  await until('the pin', async () => (await value('.place-field .spot')) !== '')
  const first = await value('.place-field .spot')
  await page.keyboard.press('Shift+ArrowUp')
  await until('the pin moved', async () => (await value('.place-field .spot')) !== first)
})
