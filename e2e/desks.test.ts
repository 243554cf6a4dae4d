import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import type { Views } from '#modules/dispatch/contract.ts'
import { equipment } from '#modules/dispatch/rules/shift.ts'
import { browser as start } from './browser.ts'
import { accountOf, type DemoAccount, demoAccounts, openAt, Person } from './clients.ts'
import { Seat } from './seat.ts'
import { openCity } from './seeded.ts'
import { type Server, until } from './server.ts'

/** The shortest limit that can be set, in seconds, and how long until the alarm must have been heard after it. */
const limit = 30
const heardMs = 10_000

let server: Server
let browser: Browser
let accounts: readonly DemoAccount[]
let sub: DemoAccount
let duty: DemoAccount

before(async () => {
  server = await openCity()
  browser = await start()
  accounts = await demoAccounts(server.url)
  sub = accountOf(accounts, 'subBureauDuty')
  const found = accounts.find(({ role, unit }) => role === 'stationDuty' && unit.startsWith(sub.unit))
  assert.ok(found)
  duty = found
  const security = await Person.logIn(server.url, accountOf(accounts, 'securityAdministrator'))
  await security.command('dispatch', 'setting:presenceSeconds', 'setSetting', { unit: '110000', value: limit, reason: '演练' })
})
after(async () => {
  await browser.close()
  await server.clean()
})

/** Reaches what bears this name by keyboard, and presses it. */
async function press(seat: Seat, within: string, name: string): Promise<void> {
  const button = seat.page.locator(within).getByRole('button', { name })
  await button.waitFor()
  await button.evaluate((element) => element.setAttribute('data-wanted', ''))
  await seat.tabTo('[data-wanted]')
  await button.evaluate((element) => element.removeAttribute('data-wanted'))
  await seat.page.keyboard.press('Enter')
}

test('a board on shift is closed: the sub-bureau rings within the limit, and is told when a screen is back', async () => {
  const above = await Seat.open(browser)
  await above.enter(server.url, sub)
  await above.page.goto(`${server.url}/board`)
  await above.startShift()
  const station = await Seat.open(browser)
  await station.enter(server.url, duty)
  await station.page.goto(`${server.url}/board`)
  await press(station, '.desk-strip', station.word('action.startShift'))
  await station.page.locator('.desk-line .sign.good').waitFor()
  await station.page.getByText(station.word('board.onShift')).waitFor()
  await station.page.getByRole('button', { name: station.word('lock.lock') }).waitFor()
  // Its first word has been kept.
  const person = await Person.logIn(server.url, sub)
  const screens = async () =>
    (await person.view<Views['staffing']>('dispatch', 'staffing', { unit: duty.unit })).data.rows[0]?.screens.alive
  await until('the first word of the screen', async () => (await screens()) === 1)
  await station.isClean()
  await station.close()
  const closed = Date.now()
  const alarm = above.page.locator('.desk-alarm')
  await alarm.waitFor({ timeout: limit * 1000 + heardMs })
  assert.ok(Date.now() - closed <= limit * 1000 + heardMs)
  assert.match(await alarm.innerText(), new RegExp(above.word('desks.silent')))
  await above.page.waitForFunction(`noted.tones.some(({ time }) => time > ${closed + 5000})`)
  await alarm.getByRole('link').click()
  await above.page.locator('.grid .body [role="row"]').first().locator('.tag.alarm').waitFor()
  await above.page.locator('.plumb .bob.alarm').waitFor()

  const again = await Seat.open(browser)
  await again.enter(server.url, duty)
  await above.page.locator('.grid .tag.alarm').waitFor({ state: 'detached' })
  await above.page.locator('.plumb .bob').nth(2).waitFor()
  await above.isClean()
  await again.close()
  await above.close()
})

test('one supervisor hands over to the other by keyboard, each at his own session', async () => {
  const supervisors = accounts.filter(({ role }) => role === 'citySupervisor')
  const [early, late] = await Promise.all([Seat.open(browser), Seat.open(browser)])
  const [first, second] = supervisors
  assert.ok(first && second)
  await openAt(await Person.logIn(server.url, accountOf(accounts, 'callTaker')), duty.unit, '楼上漏水')
  for (const [seat, who] of [
    [early, first],
    [late, second],
  ] as const) {
    await seat.enter(server.url, who)
    await seat.page.goto(`${server.url}/board`)
  }
  await press(early, '.desk-strip', early.word('action.startShift'))
  await press(early, '.desk-strip', early.word('shift.details'))
  await early.page.locator('.hand li').first().waitFor()
  await press(early, '.desk-details', early.word('action.handOver'))
  const form = early.page.locator('.ant-drawer-open form')
  await form.waitFor()
  await early.tabTo('.ant-drawer-open form input[type="radio"]')
  await early.page.keyboard.press('Space')
  for (const item of equipment) {
    await early.tabTo(`.ant-drawer-open input[name="check-${item}"]`)
    await early.page.keyboard.press('Space')
  }
  await early.tabTo('.ant-drawer-open textarea')
  await early.page.keyboard.type('东门有积水')
  await early.page.keyboard.press('Control+Enter')
  await early.page.locator('.desk-details q').waitFor()

  await press(late, '.desk-strip', late.word('shift.toTakeOver'))
  await late.page.locator('.hand li').first().waitFor()
  await late.page.locator('.desk-details q', { hasText: '东门有积水' }).waitFor()
  await press(late, '.desk-details', late.word('action.takeOver'))
  await late.page.locator('.desk-line', { hasText: second.name }).waitFor()
  await early.page.locator('.desk-line', { hasText: second.name }).waitFor()
  await late.page.getByRole('button', { name: late.word('lock.lock') }).waitFor()
  await early.page.getByRole('button', { name: early.word('lock.lock') }).waitFor({ state: 'detached' })
  const person = await Person.logIn(server.url, second)
  const { shift } = (await person.view<Views['desk']>('dispatch', 'desk', { unit: '110000' })).data
  assert.deepEqual([shift?.people.map(({ name }) => name), shift?.after === null], [[second.name], false])
  for (const seat of [early, late]) {
    await seat.isClean()
    await seat.close()
  }
})
