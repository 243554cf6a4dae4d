import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import type { Browser } from 'playwright-core'
import type { Views } from '#modules/dispatch/contract.ts'
import { browser as start } from './browser.ts'
import { accountOf, type DemoAccount, demoAccounts, openAt, Person } from './clients.ts'
import { Seat } from './seat.ts'
import { openCity } from './seeded.ts'
import { type Server, until } from './server.ts'
import { Wire } from './wire.ts'

/** What a board misses while it is cut off. */
const missed = 200
const patienceMs = 60_000

let server: Server
let browser: Browser
let wire: Wire
let board: Seat
let taker: Person
let duty: DemoAccount

before(async () => {
  server = await openCity()
  browser = await start()
})

after(async () => {
  await browser.close()
  await server.clean()
})

/** A board at the far end of a wire, with one incident on it; each test at another station. */
let stations = 0
beforeEach(async () => {
  const accounts = await demoAccounts(server.url)
  duty = accounts.filter((account) => account.role === 'stationDuty')[stations++] as DemoAccount
  taker = await Person.logIn(server.url, accountOf(accounts, 'callTaker'))
  wire = await Wire.to(server.port)
  board = await Seat.open(browser)
  await board.enter(wire.url, duty)
  await board.page.locator('.live.good', { hasText: board.word('live.live') }).waitFor()
  await openAt(taker, duty.unit, '断线之前')
  await board.page.getByText('断线之前').first().waitFor()
})

afterEach(async () => {
  await board.close()
  await wire.cut()
})

const clock = (time: number): string =>
  new Intl.DateTimeFormat('zh-CN', {
    timeZone: 'Asia/Shanghai',
    hourCycle: 'h23',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).format(time)

/** The banner says that the screen may be out of date, and since when, to the second. */
async function saysLate(lastFrame: number): Promise<void> {
  const banner = board.page.locator('.late')
  await banner.waitFor({ timeout: patienceMs })
  const text = await banner.innerText()
  const allowed = [-1000, 0, 1000].map((off) => board.word('live.since', { time: clock(lastFrame + off) }))
  assert.ok(
    allowed.some((sentence) => text.includes(sentence)),
    `${text} — ${allowed[1] ?? ''}`,
  )
  await board.page.locator('.live.alarm', { hasText: board.word('live.late') }).waitFor()
}

/** Opens many while nobody is looking; gives their ids in order. */
async function meanwhile(): Promise<readonly string[]> {
  const ids: string[] = []
  for (let index = 0; index < missed; index++) ids.push(await openAt(taker, duty.unit, `断线期间 ${index}`))
  return ids
}

/** What of an element of the page is asked for here. */
interface Scrolled {
  readonly clientHeight: number
  readonly scrollHeight: number
  scrollTo(x: number, y: number): void
}
interface Line {
  readonly dataset: { readonly id: string }
  getAttribute(name: string): string | null
}

/** Every row of the board from top to bottom, as somebody sees who scrolls through it. */
async function scrolled(): Promise<readonly string[]> {
  const { page } = board
  const rows = new Map<number, string>()
  const body = page.locator('.grid .body')
  const [height, whole] = await body.evaluate((element: Scrolled): [number, number] => [element.clientHeight, element.scrollHeight])
  for (let top = 0; top < whole; top += height / 2) {
    await body.evaluate((element: Scrolled, to: number) => element.scrollTo(0, to), top)
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))')
    const seen = await page
      .locator('.grid .body [role="row"][data-id]')
      .evaluateAll((lines: Line[]) => lines.map((line): [number, string] => [Number(line.getAttribute('aria-rowindex')), line.dataset.id]))
    for (const [index, id] of seen) rows.set(index, id)
  }
  return [...rows].toSorted(([a], [b]) => a - b).map(([, id]) => id)
}

/** The board is current again and has caught up: everything, in order, nothing twice. */
async function hasAll(ids: readonly string[], framesBefore: number): Promise<void> {
  const { page } = board
  await page.locator('.late').waitFor({ state: 'detached', timeout: patienceMs })
  await page.locator('.live.good', { hasText: board.word('live.live') }).waitFor()
  await until(
    'the board counts every row',
    async () => Number(await page.locator('.grid').getAttribute('aria-rowcount')) === ids.length + 2,
    patienceMs,
  )
  const { frames, resets } = await board.noted()
  assert.equal(resets, 0)
  const positions = frames.map((frame) => frame.position)
  assert.deepEqual(
    positions,
    [...new Set(positions)].toSorted((a, b) => a - b),
  )
  const first = [...new Set(frames.slice(framesBefore).map((frame) => frame.stream))]
  assert.deepEqual(
    first.filter((id) => ids.includes(id)),
    ids,
  )
  const rows = await scrolled()
  assert.equal(new Set(rows).size, rows.length)
  const { data } = await (await Person.logIn(server.url, duty)).view<Views['board']>('dispatch', 'board', { unit: duty.unit })
  assert.deepEqual(
    rows,
    data.rows.map((row) => row.id),
  )
  assert.deepEqual(rows.slice(0, ids.length), ids.toReversed())
}

const lastFrame = async (): Promise<number> => (await board.noted()).frames.at(-1)?.time ?? 0

test('a board whose line is cut says so and since when; back again it shows what it missed, in order, nothing twice', async () => {
  const framesBefore = (await board.noted()).frames.length
  const last = await lastFrame()
  await wire.cut()
  await saysLate(last)
  const ids = await meanwhile()
  await wire.mend()
  await hasAll(ids, framesBefore)
})

test('the same when the server is killed and started again in between', async () => {
  const framesBefore = (await board.noted()).frames.length
  const last = await lastFrame()
  await wire.cut()
  await saysLate(last)
  const ids = await meanwhile()
  await server.killServer()
  await server.start()
  await wire.mend()
  await hasAll(ids, framesBefore)
})

test('a line that stays open and carries nothing is noticed by the missing heartbeats', async () => {
  const framesBefore = (await board.noted()).frames.length
  const last = await lastFrame()
  wire.still()
  await saysLate(last)
  const id = await openAt(taker, duty.unit, '没有心跳')
  wire.flow()
  await hasAll([id], framesBefore)
})
