import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import type { Browser, Locator, Page } from 'playwright-core'
import type { IncidentRow, TraceEntry, Views } from '#modules/dispatch/contract.ts'
import { browser as start } from './browser.ts'
import { type DemoAccount, demoAccounts, Person } from './clients.ts'
import { type Finding, found, judged, summed, tall, widths } from './looks.ts'
import { moveTime, wrongIn } from './recorded.ts'
import { Seat } from './seat.ts'
import { openCity } from './seeded.ts'
import { type Server, until } from './server.ts'
import { Wire } from './wire.ts'

/** The server is away while calls come in. Its clock and those of the browsers are moved by the same ten minutes: what passes in between is short. */
const half = 5 * 60_000
/** How well a console knows the server's clock: the Date of its answers is cut to the second. */
const vagueMs = 1500
const patience = 60_000

let server: Server
let browser: Browser
let takers: readonly DemoAccount[]
let station: DemoAccount
let subBureau: DemoAccount
let wire: Wire
let seat: Seat
let person: Person

before(async () => {
  server = await openCity()
  browser = await start()
  const accounts = await demoAccounts(server.url)
  const of = (role: string) => accounts.filter((account) => account.role === role)
  takers = of('callTaker')
  station = of('stationDuty')[0] as DemoAccount
  subBureau = of('subBureauDuty').find(({ unit }) => station.unit.startsWith(unit)) as DemoAccount
})

after(async () => {
  await browser.close()
  await server.clean()
})

/** Each test's own call taker, at a console behind a wire. */
let used = 0
beforeEach(async () => {
  const taker = takers[used++] as DemoAccount
  person = await Person.logIn(server.url, taker)
  wire = await Wire.to(server.port)
  seat = await Seat.open(browser)
  await seat.page.context().addInitScript({ path: join(import.meta.dirname, 'printer.js') })
  await seat.page.context().addInitScript({ path: join(import.meta.dirname, 'device.js') })
  await seat.page.clock.install()
  // What a console has read once it goes on with.
  const read = ['/view/dispatch/kinds', '/view/staff/units'].map((path) =>
    seat.page.waitForResponse((response) => response.url().includes(path)),
  )
  await seat.enter(wire.url, taker)
  await Promise.all(read)
  await seat.page.locator('.live.good').waitFor()
})

afterEach(async () => {
  await seat.close()
  await wire.cut()
})

const unsent = (narrative: string, page: Page = seat.page): Locator => page.locator('.mine.unsent', { hasText: narrative })
const button = (where: Locator, key: string): Locator => where.getByRole('button', { name: seat.word(key), exact: true })
const mine = async (): Promise<readonly IncidentRow[]> => (await person.view<Views['mine']>('dispatch', 'mine')).data.rows
const narratives = async (): Promise<string[]> => (await mine()).map(({ narrative }) => narrative)
const trace = async (id: string): Promise<readonly TraceEntry[]> =>
  (await person.view<Views['incident']>('dispatch', 'incident', { id })).data.trace
const stored = () => seat.page.evaluate<{ keys: number; entries: readonly { account: string; text: string }[] }>('stored()')

/** Takes a call with nothing but keys, for the station by its code; the moment of Enter by the browser's clock. */
async function take(narrative: string, spot = ''): Promise<number> {
  const { keyboard } = seat.page
  await seat.page.locator('#intake-number:focus').waitFor()
  await keyboard.type('138 0000 2071')
  await seat.tabTo('#intake-place')
  await keyboard.type('灯市口站 A 口')
  await keyboard.press('Escape')
  if (spot !== '') {
    await seat.tabTo('.place-field .spot')
    await keyboard.type(spot)
  }
  await seat.tabTo('#intake-toUnit')
  await keyboard.type(station.unit)
  await keyboard.press('Enter')
  await seat.tabTo('#intake-narrative')
  await keyboard.type(narrative)
  await seat.tabTo('#intake-kind')
  await keyboard.type('theft')
  await keyboard.press('Enter')
  await seat.tabTo('#intake-note')
  await keyboard.press('Enter')
  const { enter } = await seat.noted()
  await seat.page.locator('#intake-number:focus').waitFor()
  assert.equal(await seat.page.locator('#intake-narrative').inputValue(), '')
  return enter
}

const near = (time: string | undefined, wanted: number) =>
  assert.ok(Math.abs(Date.parse(time ?? '') - wanted) <= vagueMs, `${time} is not ${new Date(wanted).toISOString()}`)

const clock = (time: number): string =>
  new Intl.DateTimeFormat('zh-CN', {
    timeZone: 'Asia/Shanghai',
    hourCycle: 'h23',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).format(time)
const aroundClock = (time: number): RegExp => new RegExp([-1000, 0, 1000].map((off) => clock(time + off)).join('|'))

/** Somebody at a board, in a browser whose clock can be moved, with the sound on. */
async function watches(account: DemoAccount): Promise<Seat> {
  const board = await Seat.open(browser)
  await board.page.clock.install()
  await board.enter(wire.url, account)
  await board.startShift()
  return board
}

/** The banner and the head of the list say since when it may be out of date. */
async function saysLate(board: Seat): Promise<void> {
  await board.page.locator('.late').waitFor({ timeout: patience })
  const last = (await board.noted()).frames.at(-1)?.time ?? 0
  const said = await board.page.locator('.panel-head .tag.warn', { hasText: board.word('live.asOf', { time: '' }).trim() }).innerText()
  const [, time] = /(\d\d:\d\d:\d\d)/.exec(said) ?? []
  assert.ok((await board.page.locator('.late').innerText()).includes(time ?? '—'), said)
  // Heartbeats come every 15 s after the last change.
  assert.ok(clock(last - vagueMs) <= (time ?? '') && (time ?? '') <= clock(Date.now() + vagueMs), `${said}, ${clock(last)}`)
}

/** One bell for all that waits: each round, which begins with its own pitch, one rhythm after the one before. */
async function ringsAsOne(board: Seat, since: number): Promise<void> {
  const rounds = async () => (await board.noted()).tones.filter(({ time, pitch }) => time > since && pitch === 784).map(({ time }) => time)
  await until('the bell has rung three times', async () => (await rounds()).length >= 3, patience)
  const times = await rounds()
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0))
  assert.ok(
    gaps.every((gap) => gap > 2000),
    `a storm: ${gaps.join(', ')} ms`,
  )
}

/** What is on the paper, and that nothing else is; the printer is done with it then. */
async function printed(narrative: string, taken: number): Promise<void> {
  const { page } = seat
  await button(unsent(narrative), 'slip.print').focus()
  await page.keyboard.press('Enter')
  await until('it went to the printer', async () => (await page.evaluate<number>('printed')) === 1)
  await page.emulateMedia({ media: 'print' })
  const slip = page.locator('.slip')
  const text = await slip.innerText()
  for (const part of [
    seat.word('slip.unsent'),
    '138 0000 2071',
    '灯市口站 A 口',
    narrative,
    seat.word('kind.theft'),
    seat.word('priority.2'),
  ])
    assert.ok(text.includes(part), `${part} is not on the slip:\n${text}`)
  assert.match(text, aroundClock(taken))
  assert.equal(await page.locator('#root').isVisible(), false)
  const pdf = await page.pdf({ ...(process.env['SLIP'] && { path: process.env['SLIP'] }) })
  assert.equal(/\/Count (\d+)/.exec(pdf.toString('latin1'))?.[1], '1', 'a slip is one page')
  await slip.waitFor({ state: 'detached' })
  await page.emulateMedia({ media: 'screen' })
}

test('the server is away for ten minutes: calls are taken, shown as not sent, printed, and delivered once with their times', async () => {
  const boards = [await watches(station), await watches(subBureau)]
  const all = [seat, ...boards]
  const later = () => Promise.all(all.map(({ page }) => page.clock.fastForward(half)))
  await take('停机之前')
  await seat.page.locator('.mine', { hasText: '停机之前' }).waitFor()
  for (const board of boards) {
    await board.page.locator('.ringing', { hasText: '停机之前' }).waitFor()
    await board.act('Enter')
    await board.page.locator('.ringing').waitFor({ state: 'detached' })
  }
  await server.stop()
  await seat.page.locator('.away').waitFor({ timeout: patience })
  for (const board of boards) await saysLate(board)
  const first = await take('停机之初')
  await later()
  const second = await take('停机之中')
  for (const [narrative, taken] of [
    ['停机之初', first],
    ['停机之中', second],
  ] as const) {
    await unsent(narrative).getByText(seat.word('intake.unsent'), { exact: true }).waitFor()
    assert.match(await unsent(narrative).locator('time').innerText(), aroundClock(taken))
  }
  await seat.page.getByText(seat.word('intake.unsentCount', { count: 2 })).waitFor()
  await printed('停机之中', second)
  assert.deepEqual(
    (await stored()).entries.map(({ account }) => account),
    [person.me.account, person.me.account],
  )
  assert.doesNotMatch(JSON.stringify(await stored()), /停机|2071/)
  await later()
  const back = Date.now() + 2 * half
  await moveTime(server.data, 2 * half)
  await server.start()
  await until('both are delivered', async () => (await mine()).length === 3, patience)
  await seat.page.locator('.mine.unsent').first().waitFor({ state: 'detached' })
  await seat.page.locator('.away').waitFor({ state: 'detached' })
  await seat.page.locator('#intake-number').focus()
  await take('恢复之后')
  await until('the last is there', async () => (await mine()).length === 4)
  const rows = new Map((await mine()).map((row) => [row.narrative, row]))
  assert.deepEqual(new Set(rows.keys()), new Set(['停机之前', '停机之初', '停机之中', '恢复之后']))
  for (const [narrative, taken] of [
    ['停机之初', first],
    ['停机之中', second],
  ] as const) {
    const row = rows.get(narrative)
    near(row?.received.time, taken)
    assert.equal(row?.received.source, 'typed')
    assert.ok(Date.parse(row.opened) >= back)
    assert.deepEqual(
      row.lines.map(({ sent }) => [sent.source, sent.time === row.opened]),
      [
        ['system', true],
        ['system', true],
      ],
    )
    assert.equal((await trace(row.id)).filter(({ type }) => type === 'opened').length, 1)
  }
  assert.equal(rows.get('恢复之后')?.received.source, 'system')
  for (const board of boards) {
    await board.page.locator('.late').waitFor({ state: 'detached', timeout: patience })
    for (const narrative of ['停机之初', '停机之中', '恢复之后']) await board.page.locator('.ringing', { hasText: narrative }).waitFor()
    await ringsAsOne(board, back)
    await board.close()
  }
  assert.deepEqual(await stored(), { keys: 1, entries: [] })
  assert.deepEqual(await wrongIn(server.data), [])
})

test('an answer that is lost on its way: the call goes into the queue and is found to be there already, with the server’s own time', async () => {
  const { page } = seat
  let asked = 0
  await page.route('**/command/**', async (route) => {
    if (asked++ === 0) await route.fetch()
    await route.abort()
  })
  await take('答复丢失')
  await unsent('答复丢失').waitFor()
  const [row] = await mine()
  assert.equal(row?.narrative, '答复丢失')
  await page.unroute('**/command/**')
  await unsent('答复丢失').waitFor({ state: 'detached' })
  await until('nothing stays on the console', async () => (await stored()).entries.length === 0)
  assert.deepEqual(await narratives(), ['答复丢失'])
  assert.equal(row.received.source, 'system')
  assert.equal((await trace(row.id)).filter(({ type }) => type === 'opened').length, 1)
})

test('a call that is refused when it comes says why, is changed and sent; one from a clock that runs ahead as well', async () => {
  await wire.cut()
  await seat.page.locator('.away').waitFor({ timeout: patience })
  await take('辖区之外', '100.5, 10.5')
  await seat.page.clock.fastForward(half)
  await take('时钟偏快')
  const looks: Finding[] = []
  for (const width of widths) {
    await seat.page.setViewportSize({ width, height: tall })
    looks.push(...(await found(seat.page, `away ${width}`)))
  }
  await seat.page.setViewportSize({ width: 1440, height: 900 })
  await wire.mend()
  for (const [narrative, why] of [
    ['辖区之外', seat.word('refusal.outside')],
    ['时钟偏快', seat.word('error.invalid')],
  ] as const) {
    await unsent(narrative).locator('.problem', { hasText: why }).waitFor({ timeout: patience })
    await unsent(narrative).getByText(seat.word('intake.unsent'), { exact: true }).waitFor()
  }
  assert.deepEqual(await narratives(), [])
  assert.deepEqual(summed([...looks, ...(await judged(seat.page, 'refused'))]), [])
  await seat.page.reload()
  await unsent('辖区之外').locator('.problem').waitFor()
  assert.equal((await stored()).entries.length, 2)
  await button(unsent('辖区之外'), 'outbox.change').click()
  assert.equal(await seat.page.locator('#intake-narrative').inputValue(), '辖区之外')
  assert.equal(await button(unsent('时钟偏快'), 'outbox.change').count(), 0)
  await seat.page.locator('.place-field .spot').fill('')
  await seat.page.locator('#intake-note').press('Enter')
  await unsent('辖区之外').waitFor({ state: 'detached' })
  await button(unsent('时钟偏快'), 'outbox.change').click()
  await seat.page.locator('#intake-note').press('Enter')
  await until('both are there', async () => (await mine()).length === 2)
  assert.deepEqual(new Set(await narratives()), new Set(['辖区之外', '时钟偏快']))
  await until('nothing stays on the console', async () => (await stored()).entries.length === 0)
})

test('a reload while the server is away loses nothing; another account neither sees nor sends it; two tabs send it once', async () => {
  const { page } = seat
  const context = page.context()
  await page.locator('#intake-note').fill('草稿')
  await page.locator('.draft.num').waitFor()
  await page.locator('#intake-number').focus()
  await wire.cut()
  await page.locator('.away').waitFor({ timeout: patience })
  await take('重新打开之前')
  await until('it is kept', async () => (await stored()).entries.length === 1)
  await assert.rejects(page.reload(), /ERR_CONNECTION_REFUSED/)
  await page.waitForURL('chrome-error://**')
  await wire.mend()
  const cookies = await context.cookies()
  await context.clearCookies()
  await seat.enter(wire.url, takers[used] as DemoAccount)
  await page.locator('#intake-number:focus').waitFor()
  assert.equal(await page.locator('.mine.unsent').count(), 0)
  await context.clearCookies()
  await context.addCookies(cookies)
  await context.route('**/command/**', (route) => route.abort())
  await page.goto(`${wire.url}/intake`)
  const second = await context.newPage()
  await second.goto(`${wire.url}/intake`)
  for (const tab of [page, second]) await unsent('重新打开之前', tab).getByText(seat.word('intake.unsent'), { exact: true }).waitFor()
  // The server still had it as a form that is being written: that must not stand there to be sent a second time.
  await until('the draft is over', async () => (await person.view<Views['draft']>('dispatch', 'draft')).data.draft === null)
  for (const tab of [page, second]) assert.equal(await tab.locator('#intake-note').inputValue(), '')
  assert.deepEqual(await narratives(), [])
  await context.unroute('**/command/**')
  for (const tab of [page, second]) {
    await unsent('重新打开之前', tab).waitFor({ state: 'detached', timeout: patience })
    await tab.locator('.mine', { hasText: '重新打开之前' }).waitFor()
  }
  const rows = await mine()
  assert.deepEqual(
    rows.map(({ narrative, taker }) => [narrative, taker]),
    [['重新打开之前', person.me.account]],
  )
  assert.equal((await trace(rows[0]?.id ?? '')).filter(({ type }) => type === 'opened').length, 1)
  assert.equal((await stored()).entries.length, 0)
})
