import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import type { Views } from '#modules/dispatch/contract.ts'
import { browser as start } from './browser.ts'
import { accountOf, type DemoAccount, demoAccounts, Person } from './clients.ts'
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
  // The browser itself writes down that the password was refused.
  assert.deepEqual(
    seat.faults.filter((fault) => !fault.includes('/session/unlock')),
    [],
  )
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
