import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import type { Views } from '#modules/dispatch/contract.ts'
import { browser as start } from './browser.ts'
import { accountOf, type DemoAccount, demoAccounts, Person } from './clients.ts'
import { Seat } from './seat.ts'
import { openCity } from './seeded.ts'
import type { Server } from './server.ts'

let server: Server
let browser: Browser
let accounts: readonly DemoAccount[]
let duty: DemoAccount
let station: Person
const incident = randomUUID()

before(async () => {
  server = await openCity()
  browser = await start()
  accounts = await demoAccounts(server.url)
  duty = accountOf(accounts, 'stationDuty')
  station = await Person.logIn(server.url, duty)
  const taker = await Person.logIn(server.url, accountOf(accounts, 'callTaker'))
  const call = { id: randomUUID(), channel: 'voice' }
  const data = { call, narrative: '两车相撞', place: { kind: 'unknown' }, kind: 'collision', unit: duty.unit }
  await taker.command('dispatch', incident, 'open', data)
})
after(async () => {
  await browser.close()
  await server.clean()
})

test('a station signs in its room by keyboard, sees its patrol where it is, and its day’s figure changes with it', async () => {
  const seat = await Seat.open(browser)
  await seat.enter(server.url, duty)
  await seat.page.goto(`${server.url}/room`)
  const row = seat.page.locator(`[role="row"][data-id="${incident}"]`)
  await row.waitFor()
  await seat.startShift()
  await seat.page.locator('.shift .good').waitFor()
  const unsigned = seat.page.locator('.day dd').nth(1).locator('b')
  assert.equal(await unsigned.innerText(), '1')
  await row.focus()
  await seat.page.keyboard.press('Enter')
  await row.locator('.tag.good').first().waitFor()
  await unsigned.getByText('0', { exact: true }).waitFor()

  const officer = accounts.find((account) => account.role === 'patrolOfficer' && account.unit === duty.unit)
  assert.ok(officer, 'the station has an officer')
  const patrol = await Person.logIn(server.url, officer)
  const { units } = (await station.view<{ units: readonly { code: string; position: [number, number] | null }[] }>('staff', 'units')).data
  const [lon, lat] = units.find(({ code }) => code === duty.unit)?.position ?? [0, 0]
  assert.equal((await patrol.ask('POST', '/signal/dispatch/position', { lon, lat, incident: null })).status, 200)
  await station.command('dispatch', incident, 'note', { text: '巡逻车已在附近' })
  await seat.page.locator('.schematic .mark.good rect').waitFor()
  assert.equal(
    await seat.page
      .locator('.schematic .mark.good title')
      .textContent()
      .then((text) => text?.startsWith(officer.name)),
    true,
  )
  await seat.isClean()
  await seat.close()
})

test('a sub-bureau looks into the room of a station of its own and of no other', async () => {
  const sub = accountOf(accounts, 'subBureauDuty')
  const seat = await Seat.open(browser)
  await seat.enter(server.url, sub)
  await seat.page.goto(`${server.url}/room?unit=${duty.unit}`)
  await seat.page.locator(`[role="row"][data-id="${incident}"]`).waitFor()
  const board = await (await Person.logIn(server.url, sub)).view<Views['board']>('dispatch', 'board', { unit: duty.unit })
  await seat.page.locator(`[role="grid"][aria-rowcount="${board.data.rows.length + 1}"]`).waitFor()
  await seat.isClean()
  const foreign = accounts.find((account) => account.role === 'stationDuty' && !account.unit.startsWith(sub.unit))
  assert.ok(foreign)
  await seat.page.goto(`${server.url}/room?unit=${foreign.unit}`)
  await seat.page.getByText(seat.word('error.unknown')).first().waitFor()
  await seat.close()
})

test('who is on shift stands in the room, also for the sub-bureau above it, which can do nothing there; the lock goes when the shift has ended', async () => {
  const sub = accounts.find(({ role, unit }) => role === 'subBureauDuty' && duty.unit.startsWith(unit)) ?? assert.fail()
  const [own, above] = await Promise.all([Seat.open(browser), Seat.open(browser, { language: 'en' })])
  await above.enter(server.url, sub)
  await above.page.goto(`${server.url}/room?unit=${duty.unit}`)
  const line = above.page.locator('.desk-strip')
  await line.getByText(above.word('shift.none')).waitFor()
  await own.enter(server.url, duty)
  await own.page.goto(`${server.url}/room`)
  await own.page.getByRole('button', { name: own.word('action.startShift') }).click()
  const lock = own.page.getByRole('button', { name: own.word('lock.lock') })
  await lock.waitFor()
  await line.getByText(duty.name).waitFor()
  assert.equal(await line.locator('button').count(), 0)

  await own.page.getByRole('button', { name: own.word('shift.details') }).click()
  await own.page.getByRole('button', { name: own.word('action.endShift') }).click()
  await own.page.locator('.ant-drawer-open textarea').fill('停电，迁至备用席位')
  await own.page.keyboard.press('Control+Enter')
  await line.getByText(above.word('shift.none')).waitFor()
  await lock.waitFor({ state: 'detached' })
  for (const seat of [own, above]) {
    await seat.isClean()
    await seat.close()
  }
})
