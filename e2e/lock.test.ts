import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import type { Views } from '#modules/dispatch/contract.ts'
import { browser as start } from './browser.ts'
import { accountOf, type DemoAccount, demoAccounts, Person } from './clients.ts'
import { found, summed } from './looks.ts'
import { Seat } from './seat.ts'
import { openCity } from './seeded.ts'
import { type Server, until } from './server.ts'

let server: Server
let browser: Browser
let duty: DemoAccount
let taker: Person
let station: Person

before(async () => {
  server = await openCity()
  browser = await start()
  const accounts = await demoAccounts(server.url)
  duty = accountOf(accounts, 'stationDuty')
  taker = await Person.logIn(server.url, accountOf(accounts, 'callTaker'))
  station = await Person.logIn(server.url, duty)
  await station.command('dispatch', `shift:${randomUUID()}`, 'startShift', { unit: duty.unit })
})
after(async () => {
  await browser.close()
  await server.clean()
})

async function call(): Promise<string> {
  const incident = randomUUID()
  const data = {
    call: { id: randomUUID(), channel: 'voice' },
    narrative: '两车相撞',
    place: { kind: 'unknown' },
    kind: 'collision',
    unit: duty.unit,
  }
  await taker.command('dispatch', incident, 'open', data)
  return incident
}
const lineOf = async (incident: string) => {
  const { row } = (await station.view<Views['incident']>('dispatch', 'incident', { id: incident })).data
  return row.lines.find(({ unit }) => unit === duty.unit) ?? assert.fail('the station has no line')
}
/** What the server refuses to any window of this browser, from now on. */
function refusals(page: Page): readonly string[] {
  const all: string[] = []
  page.context().on('response', (answer) => {
    if (answer.status() >= 400) all.push(`${answer.status()} ${new URL(answer.url()).pathname}`)
  })
  return all
}
const lockOf = (page: Page) => page.locator('.locking form')

test('a locked desk shows no record in any of its windows, rings on, and opens with the password', async () => {
  const seat = await Seat.open(browser)
  await seat.enter(server.url, duty)
  await seat.page.goto(`${server.url}/board`)
  await seat.startShift()
  const other = await seat.page.context().newPage()
  await other.goto(`${server.url}/incidents`)
  await other.locator('#main h1').first().waitFor()
  await seat.page.bringToFront()

  await seat.page.getByRole('button', { name: seat.word('lock.lock') }).focus()
  await seat.page.keyboard.press('Enter')
  await lockOf(seat.page).waitFor()
  await lockOf(other).waitFor()
  assert.deepEqual(await Promise.all([seat.page, other].map((page) => page.locator('#main').isVisible())), [false, false])
  const refused = refusals(seat.page)
  const quiet = (await seat.noted()).tones.length
  const incident = await call()
  await until('the call has been delivered to the locked desk', async () => (await lineOf(incident)).delivered !== null)
  await seat.page.waitForFunction((before) => (globalThis as never as { noted: { tones: unknown[] } }).noted.tones.length > before, quiet)
  await seat.page.locator('.strip', { hasText: seat.word('board.waiting', { count: 1 }) }).waitFor()
  assert.equal((await lineOf(incident)).seen, null)

  await seat.page.reload()
  await seat.page.locator('#unlock').waitFor()
  await seat.page.locator('.strip', { hasText: seat.word('board.waiting', { count: 1 }) }).waitFor()
  assert.deepEqual(await seat.page.locator('.strip a, #main').count(), 0)
  await seat.page.keyboard.type('not the password')
  await seat.page.keyboard.press('Enter')
  await seat.page.getByText(seat.word('lock.wrong')).waitFor()
  await seat.page.locator('#unlock').focus()
  await seat.page.keyboard.type(duty.password)
  await seat.page.keyboard.press('Enter')
  await seat.page.locator(`[role="row"][data-id="${incident}"]`).waitFor()
  await lockOf(other).waitFor({ state: 'detached' })
  await until('the row has been seen', async () => (await lineOf(incident)).seen !== null)
  assert.deepEqual(refused, ['401 /session/unlock'])
  // Of two that wait the next test would hear the call and not the drill.
  await station.command('dispatch', incident, 'sign', {})
  // The browser itself writes down that the password was refused.
  assert.deepEqual(
    seat.faults.filter((fault) => !fault.includes('/session/unlock')),
    [],
  )
  await seat.close()
})

test('a drill rings at a locked desk as a drill, a call comes before it there, and either is signed once the desk is open', async () => {
  const seat = await Seat.open(browser)
  const { page } = seat
  await seat.enter(server.url, duty)
  await page.goto(`${server.url}/board`)
  await seat.startShift()
  await page.getByRole('button', { name: seat.word('lock.lock') }).click()
  await lockOf(page).waitFor()
  const refused = refusals(page)
  const begun = Date.now()
  const account = accountOf(await demoAccounts(server.url), 'citySupervisor')
  const city = await Person.logIn(server.url, account)
  const drill = randomUUID()
  await city.command('dispatch', `drill:${drill}`, 'planDrill', { unit: account.unit, limitSeconds: 600, reason: '夜间抽查值守' })
  const own = async () => {
    const { units } = (await city.view<Views['drill']>('dispatch', 'drill', { id: drill })).data
    return units.find(({ unit }) => unit === duty.unit) ?? assert.fail('the station is not in the drill')
  }

  const strip = page.locator('.drill-strip')
  for (const text of ['drill.mark', 'drill.notACall', 'drill.unlockFirst'])
    await strip.getByText(seat.word(text), { exact: true }).waitFor()
  await until('the drill is heard', async () => (await seat.heard(begun)).drill > 0, 15_000)
  await until('the drill has been delivered', async () => (await own()).delivered.length > 0, 15_000)
  assert.deepEqual(summed(await found(page, 'locked desk')), [])
  await page.setViewportSize({ width: 390, height: 844 })
  assert.deepEqual(summed(await found(page, 'locked desk, phone')), [])
  await page.setViewportSize({ width: 1440, height: 900 })

  const called = Date.now()
  const incident = await call()
  const real = page.locator('.strip:not(.drill-strip)')
  await real.waitFor()
  const [first, second] = [(await real.boundingBox()) ?? assert.fail(), (await strip.boundingBox()) ?? assert.fail()]
  assert.ok(first.y < second.y)
  await until('the call is heard twice', async () => (await seat.heard(called)).call > 1, 20_000)
  const after = Date.now()
  await until('the call is heard again', async () => (await seat.heard(after)).call > 0, 20_000)
  assert.equal((await seat.heard(after)).drill, 0)
  assert.equal(await page.locator('.strip a, .strip button').count(), 0)
  await lockOf(page).locator('h1').click()
  for (const key of ['y', 'Enter']) await page.keyboard.press(key)

  await page.locator('#unlock').focus()
  await page.keyboard.type(duty.password)
  await page.keyboard.press('Enter')
  await page.locator(`[role="row"][data-id="${incident}"].ringing`).click()
  assert.deepEqual([(await own()).signed, (await lineOf(incident)).signed, refused], [null, null, []])
  await seat.act('Enter')
  await until('the call is signed', async () => (await lineOf(incident)).signed !== null)
  await strip.locator('[aria-keyshortcuts="y"]').waitFor()
  await seat.key('y')
  await strip.getByText(seat.word('drill.signed')).waitFor()
  assert.equal((await own()).signed?.late, false)
  await city.command('dispatch', `drill:${drill}`, 'cancelDrill', { reason: '检查完毕' })
  await seat.isClean()
  await seat.close()
})

test('a form that was being filled is hidden while the desk is locked, hears no key, and has its text again afterwards', async () => {
  const seat = await Seat.open(browser)
  const { page } = seat
  await seat.enter(server.url, duty)
  await page.goto(`${server.url}/incident/${await call()}`)
  await seat.act('n')
  const text = page.locator('.ant-drawer-open textarea')
  await text.fill('报警人又来电')
  const other = await page.context().newPage()
  await other.goto(`${server.url}/me`)
  await other.getByRole('button', { name: seat.word('lock.lock') }).click()
  await page.bringToFront()
  await lockOf(page).waitFor()
  assert.equal(await text.isVisible(), false)
  await lockOf(page).locator('h1').click()
  await page.keyboard.press('Control+Enter')
  await page.locator('#unlock').focus()
  await page.keyboard.type(duty.password)
  await page.keyboard.press('Enter')
  await text.waitFor()
  assert.equal(await text.inputValue(), '报警人又来电')
  await seat.isClean()
  await seat.close()
})

test('a desk on which nobody lays a hand for an hour locks by itself, and one that is used does not', async () => {
  const seat = await Seat.open(browser)
  await seat.page.clock.install()
  await seat.enter(server.url, duty)
  await seat.page.goto(`${server.url}/board`)
  await seat.page.locator('[role="grid"]').waitFor()
  await seat.page.clock.runFor('50:00')
  await seat.page.keyboard.press('Shift')
  await seat.page.clock.runFor('50:00')
  assert.equal(await lockOf(seat.page).count(), 0)
  await seat.page.clock.runFor('11:00')
  await lockOf(seat.page).waitFor()
  await seat.close()
})
