import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import type { Views } from '#modules/dispatch/contract.ts'
import type { Statistics } from '#modules/dispatch/contract/statistics.ts'
import { dayOf } from '#kernel/day.ts'
import { browser as start } from './browser.ts'
import { accountOf, type DemoAccount, demoAccounts, Person } from './clients.ts'
import { Seat } from './seat.ts'
import { openCity } from './seeded.ts'
import type { Server } from './server.ts'

/** The server believes to be in New York, and so does the browser, whose clock is a day ahead besides. */
const zone = 'America/New_York'
const ahead = 24 * 3_600_000
const seconds = { ring: 12, assign: 20, city: 28 } as const
/** A countdown is shown in whole seconds, and the house's time reaches a browser in whole seconds. */
const unsure = 2000

let server: Server
let browser: Browser
let duty: DemoAccount
let sub: DemoAccount
let city: DemoAccount
let taker: Person
let station: Person

before(async () => {
  server = await openCity({ env: { TZ: zone } })
  browser = await start()
  const accounts = await demoAccounts(server.url)
  duty = accountOf(accounts, 'stationDuty')
  sub = accounts.find((account) => account.role === 'subBureauDuty' && duty.unit.startsWith(account.unit)) ?? assert.fail('no sub-bureau')
  city = accountOf(accounts, 'citySupervisor')
  taker = await Person.logIn(server.url, accountOf(accounts, 'callTaker'))
  station = await Person.logIn(server.url, duty)
  const security = await Person.logIn(server.url, accountOf(accounts, 'securityAdministrator'))
  for (const [rung, value] of Object.entries(seconds))
    await security.command('dispatch', `setting:${rung}Seconds1`, 'setSetting', { unit: '110000', value, reason: '演练' })
})
after(async () => {
  await browser.close()
  await server.clean()
})

/** Seconds of the last span in a text, as screens show it: `m:ss`, or seconds alone. */
const spanOf = (text: string): number => {
  const [, minutes = '0', rest] = /(?:(\d+):)?(\d+(?:\.\d+)?)(?!.*\d)/s.exec(text) ?? assert.fail(`no span in “${text}”`)
  return Number(minutes) * 60 + Number(rest)
}

test('an unsigned call climbs on the boards it tells, rings there and counts down, whatever the browser’s clock and the server’s zone say', async () => {
  const [low, high] = [await Seat.open(browser, { ahead, zone }), await Seat.open(browser, { ahead, zone })]
  await low.enter(server.url, sub)
  await low.page.goto(`${server.url}/board`)
  await low.startShift()
  await high.enter(server.url, city)
  await high.page.goto(`${server.url}/wall`)

  const incident = randomUUID()
  const call = { id: randomUUID(), channel: 'voice' }
  const place = { kind: 'unknown' }
  await taker.command('dispatch', incident, 'open', { call, narrative: '有人持刀', place, kind: 'robbery', unit: duty.unit })
  const { row } = (await station.view<Views['incident']>('dispatch', 'incident', { id: incident })).data
  const points = row.climb?.clock?.points.map(({ name, after }) => [name, after / 1000]) ?? []
  assert.deepEqual([row.priority, points.slice(0, 3)], [1, Object.entries(seconds)])
  const sent = Date.parse(row.lines[0]?.sent.time ?? '')
  const at = (name: keyof typeof seconds) => sent + seconds[name] * 1000

  const inBoard = (seat: Seat) => seat.page.locator(`[role="row"][data-id="${incident}"]`)
  await inBoard(low).click()
  const countdown = low.page.getByText(low.word('rung.next', { rung: low.word('rung.ring'), time: '' }).trim()).first()
  await countdown.waitFor()
  const left = at('ring') - Date.now()
  const shown = spanOf(await countdown.innerText()) * 1000
  assert.ok(Math.abs(shown - left) <= unsure, `the screen counts ${shown} ms, the clock has ${left} ms`)

  const quiet = (await low.noted()).tones.length
  assert.equal(await inBoard(low).getByText(low.word('rung.ring'), { exact: true }).count(), 0)
  await inBoard(low).getByText(low.word('rung.ring'), { exact: true }).waitFor()
  const late = Date.now() - at('ring')
  assert.ok(late >= 0 && late < unsure, `the rung stood on the board ${late} ms after its moment`)
  await low.page.waitForFunction((before) => (globalThis as never as { noted: { tones: unknown[] } }).noted.tones.length > before, quiet)
  await inBoard(low).getByText(low.word('rung.assign'), { exact: true }).waitFor()

  // The supervisor has another page open: there it is a strip, in which he lets his browser ring.
  const strip = high.page.locator('.strip', { hasText: high.word('rung.city') })
  await strip.waitFor()
  const before = (await high.noted()).tones.length
  await strip.getByRole('button', { name: high.word('board.startShift') }).click()
  await high.page.waitForFunction((most) => (globalThis as never as { noted: { tones: unknown[] } }).noted.tones.length > most, before)

  // Both lines are signed: one that still waited would be counted once it has waited too long, and so by how fast this test is.
  for (const person of [station, await Person.logIn(server.url, sub)]) await person.command('dispatch', incident, 'sign', {})
  await inBoard(low).getByText(low.word('rung.city'), { exact: true }).waitFor({ state: 'detached' })

  await high.page.goto(`${server.url}/statistics`)
  await high.page.locator('.statistics tr.total').waitFor()
  const today = dayOf(new Date().toISOString())
  const supervisor = await Person.logIn(server.url, city)
  const { data } = await supervisor.view<Statistics>('dispatch', 'statistics', {
    unit: city.unit,
    of: 'receipt',
    by: 'kind',
    from: today,
    until: today,
  })
  assert.deepEqual([data.total.incidents, data.total.figure.count], [1, 2])
  const cells = await high.page.locator('.statistics tr.total > *').allInnerTexts()
  assert.deepEqual(
    cells.slice(1, 3).map((text) => text.trim()),
    ['1', '2'],
  )
  for (const seat of [low, high]) {
    await seat.isClean()
    await seat.close()
  }
})
