import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { parse } from 'csv-parse/sync'
import type { Browser, Page } from 'playwright-core'
import type { Statistics } from '#modules/dispatch/contract/statistics.ts'
import { browser as start } from './browser.ts'
import { accountOf, type DemoAccount, demoAccounts, Person } from './clients.ts'
import { Seat } from './seat.ts'
import { openCity } from './seeded.ts'
import type { Server } from './server.ts'

let server: Server
let browser: Browser
let city: DemoAccount
let duty: DemoAccount
let supervisor: Person

/** Three thefts at one station: signed, signed and arrived, and as it came; and one noise. */
before(async () => {
  server = await openCity()
  browser = await start()
  const accounts = await demoAccounts(server.url)
  city = accountOf(accounts, 'citySupervisor')
  duty = accountOf(accounts, 'stationDuty')
  supervisor = await Person.logIn(server.url, city)
  const [taker, station] = await Promise.all([accountOf(accounts, 'callTaker'), duty].map((account) => Person.logIn(server.url, account)))
  assert.ok(taker && station)
  const steps: readonly (readonly [string, readonly string[]])[] = [
    ['theft', ['sign']],
    ['theft', ['sign', 'arrive']],
    ['theft', []],
    ['noise', []],
  ]
  for (const [kind, acts] of steps) {
    const id = randomUUID()
    const call = { id: randomUUID(), channel: 'voice' }
    await taker.command('dispatch', id, 'open', { call, narrative: '-', place: { kind: 'unknown' }, kind, unit: duty.unit })
    for (const type of acts) await station.command('dispatch', id, type, {})
  }
})
after(async () => {
  await browser.close()
  await server.clean()
})

const cells = (page: Page, row: string): Promise<string[]> => page.locator(`.statistics ${row} > *`).allInnerTexts()
/** Numbers without what they are shown with. */
const bare = (texts: readonly string[]) => texts.map((text) => text.trim())

async function downloaded(seat: Seat, name: string): Promise<Buffer> {
  const [file] = await Promise.all([seat.page.waitForEvent('download'), seat.page.getByRole('button', { name }).click()])
  return readFile(await file.path())
}

test('a supervisor goes through the statistics by keyboard, finds them in the address, and takes along what stands there', async () => {
  const seat = await Seat.open(browser)
  await seat.enter(server.url, city)
  await seat.tabTo('.nav a[href="/statistics"]')
  await seat.page.keyboard.press('Enter')
  await seat.page.locator('.statistics tr.total').waitFor()
  await seat.tabTo(`.choice:text-is("${seat.word('statistics.by.kind')}")`)
  await seat.page.keyboard.press('Enter')
  await seat.page.locator('.statistics tbody th', { hasText: seat.word('kind.noise') }).waitFor()
  const { data } = await supervisor.view<Statistics>('dispatch', 'statistics', { unit: city.unit, of: 'receipt', by: 'kind' })
  const head = bare(await cells(seat.page, 'thead tr'))
  const body = await Promise.all(data.rows.map(async (_, index) => bare(await cells(seat.page, `tbody tr:nth-child(${index + 1})`))))
  assert.deepEqual(
    body.map(([name, incidents, counted]) => [name, incidents, counted]),
    data.rows.map(({ key, incidents, figure }) => [seat.word(`kind.${key}`), String(incidents), String(figure.count)]),
  )
  assert.deepEqual([...new URL(seat.page.url()).searchParams], [['by', 'kind']])

  const text = parse(await downloaded(seat, seat.word('statistics.csv')), { bom: true, relax_column_count: true })
  // Head, rows, total, an empty line, and what the figures count.
  assert.equal(text.length, body.length + 3 + (await seat.page.locator('.statistics-notes li').count()))
  assert.deepEqual(
    text.slice(1, 1 + body.length).map((row) => row.slice(0, 3)),
    body.map((row) => row.slice(0, 3)),
  )
  assert.equal(text[0]?.[0], head[0])
  assert.equal(text[1 + body.length]?.[0], seat.word('statistics.total'))
  const sheet = await downloaded(seat, seat.word('statistics.xlsx'))
  assert.equal(sheet.toString('latin1', 0, 4), 'PK\u0003\u0004')
  await seat.isClean()
  await seat.close()
})

test('a station has its own alone, on a phone as cards, and is told when a period ends before it begins', async () => {
  const phone = await Seat.open(browser, { width: 390, height: 844, touch: true })
  await phone.enter(server.url, duty)
  await phone.page.goto(`${server.url}/statistics?of=arrival&by=kind`)
  const total = phone.page.locator('.statistics-cards .total dd')
  await total.first().waitFor()
  assert.deepEqual(await Promise.all([0, 1].map((at) => total.nth(at).innerText())), ['4', '1'])
  assert.equal(await phone.page.locator('.unit-choice').count(), 0)
  await phone.page.goto(`${server.url}/statistics?unit=${city.unit}`)
  await phone.page.locator('.statistics .state-title').waitFor()
  assert.equal(await phone.page.locator('.statistics-cards').count(), 0)
  await phone.close()

  const seat = await Seat.open(browser)
  await seat.enter(server.url, duty)
  await seat.page.goto(`${server.url}/statistics?from=2026-01-02&until=2026-01-01`)
  await seat.page.getByRole('alert').getByText(seat.word('invalid.period')).waitFor()
  await seat.page.locator('input[type="date"]').nth(0).fill('2026-01-01')
  await seat.page.locator('.statistics tr.total').waitFor()
  await seat.page.getByText(seat.word('statistics.empty')).waitFor()
  assert.deepEqual(Object.fromEntries(new URL(seat.page.url()).searchParams), { from: '2026-01-01', until: '2026-01-01' })
  await seat.close()
})
