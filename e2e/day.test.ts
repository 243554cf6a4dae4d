import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import type { Role } from '#kernel/decider.ts'
import type { IncidentRow, Views } from '#modules/dispatch/contract.ts'
import type { Views as StaffViews } from '#modules/staff/contract.ts'
import { browser as start } from './browser.ts'
import { accountOf, type DemoAccount, demoAccounts, openAt, Person } from './clients.ts'
import { wrongIn } from './recorded.ts'
import { Seat, type SeatOptions } from './seat.ts'
import { openCity } from './seeded.ts'
import { type Server, until } from './server.ts'

/** A day of each role, in a browser of its own, in a city that is at work around it. */
const bureau = '110000'
const patience = 60_000
/** Where the visitors of this test sit. */
const [dutyStation, patrolStation, subBureau] = ['110105010', '110108012', '110105']
let server: Server
let browser: Browser
let accounts: readonly DemoAccount[]
let overseer: Person

before(async () => {
  server = await openCity({ args: ['--demo', '--rate', '30', '--seed', '7'] })
  browser = await start()
  accounts = await demoAccounts(server.url)
  overseer = await Person.logIn(server.url, accountOf(accounts, 'citySupervisor'))
})

after(async () => {
  await browser.close()
  await server.clean()
})

const at = (role: Role, unit: string): DemoAccount => {
  const found = accounts.find((account) => account.role === role && account.unit === unit)
  assert.ok(found, `nobody is ${role} at ${unit}`)
  return found
}

async function sits(account: DemoAccount, options: SeatOptions = {}): Promise<Seat> {
  const seat = await Seat.open(browser, options)
  await seat.enter(server.url, account)
  return seat
}

const read = async (id: string): Promise<Views['incident']> => (await overseer.view<Views['incident']>('dispatch', 'incident', { id })).data
const signer = (row: IncidentRow): string | undefined => row.lines.find(({ level }) => level === 'station')?.signed?.by

/** Fills what the drawer of an action asks for and sends it. */
async function fills(seat: Seat, fill: () => Promise<void>): Promise<void> {
  const drawer = seat.page.locator('.ant-drawer-open')
  await drawer.locator('input:focus, textarea:focus').first().waitFor()
  await fill()
  await seat.page.keyboard.press('Control+Enter')
  await drawer.waitFor({ state: 'detached' })
}

test('a call taker takes a call by keys alone, reads who signed it, and finds it again by a word', async () => {
  const seat = await sits(accountOf(accounts, 'callTaker'))
  const { page } = seat
  const { keyboard } = page
  await page.locator('#intake-number:focus').waitFor()
  await keyboard.type('13800002071')
  await seat.tabTo('#intake-place')
  await keyboard.type('sanlitun')
  await page.locator('#intake-place-places [role="option"]').first().waitFor()
  await keyboard.press('ArrowDown')
  await keyboard.press('Enter')
  await page.locator('.receivers b').nth(1).waitFor()
  await seat.tabTo('#intake-narrative')
  await keyboard.type('楼下烧烤摊深夜喧哗，手风琴声不停')
  await seat.tabTo('#intake-kind')
  await keyboard.type('noise')
  await keyboard.press('Enter')
  await seat.tabTo('#intake-note')
  await keyboard.press('Enter')
  const mine = page.locator('.mine', { hasText: '手风琴' })
  await mine.locator('.lane').first().getByText(seat.word('lane.done'), { exact: true }).waitFor({ timeout: patience })
  await page.goto(`${server.url}/incidents?q=${encodeURIComponent('手风琴')}`)
  const row = page.locator('.grid .body [role="row"][data-id]')
  await row.first().waitFor()
  assert.equal(await row.count(), 1)
  const by = signer((await read((await row.getAttribute('data-id')) ?? '')).row)
  assert.ok(by !== undefined && accounts.some(({ role, name }) => role === 'stationDuty' && name === by))
  await seat.isClean()
  await seat.close()
})

test('a station’s duty starts the shift, is rung for by the city, signs, and sends somebody out', async () => {
  const account = at('stationDuty', dutyStation)
  const seat = await sits(account)
  const { page } = seat
  await seat.startShift()
  await page.locator('.grid [role="row"].ringing').first().waitFor({ timeout: patience })
  // Chosen by hand, so that it stays chosen when it moves among the signed ones and the city calls again.
  await page.locator('.grid [role="row"].ringing').first().click()
  const chosen = page.locator('.grid [role="row"][aria-selected="true"]')
  await chosen.waitFor()
  const id = (await chosen.getAttribute('data-id')) ?? ''
  await page.waitForURL(`**/board?*incident=${id}*`)
  await page.locator(`.detail .panel-head a[href="/incident/${id}"]`).waitFor()
  await page.keyboard.press('Enter')
  await until('it is signed', async () => signer((await read(id)).row) === account.name)
  await seat.act('a')
  await fills(seat, () => page.keyboard.type('王某甲'))
  await until('somebody is sent', async () => (await read(id)).row.handlers.includes('王某甲'))
  await seat.isClean()
  await seat.close()
})

test('a sub-bureau’s duty filters its board in the address and urges a station', async () => {
  const seat = await sits(at('subBureauDuty', subBureau))
  const { page } = seat
  const station = await Person.logIn(server.url, at('stationDuty', dutyStation))
  await station.ask('POST', '/demo/seats', { mine: true })
  const id = await openAt(await Person.logIn(server.url, accountOf(accounts, 'callTaker')), dutyStation, '催办之前无人签收')
  await page.goto(`${server.url}/board?unsigned=true&incident=${id}`)
  await page.locator(`.detail .panel-head a[href="/incident/${id}"]`).waitFor({ timeout: patience })
  await seat.act('u')
  await fills(seat, () => page.keyboard.type('请立即签收并派警'))
  await until('it is urged', async () => (await read(id)).row.urged === 1)
  await seat.isClean()
  await seat.close()
})

test('a supervisor reads the wall as it moves, and opens an incident from the board', async () => {
  const seat = await sits(accountOf(accounts, 'citySupervisor'))
  const { page } = seat
  await page.goto(`${server.url}/wall`)
  const calls = async () => Number(/[\d,]+/.exec(await page.locator('.wall .tiles b').first().innerText())?.[0].replace(',', ''))
  await page.locator('.wall .tiles').waitFor()
  const first = await calls()
  assert.ok(first > 0)
  await until('the wall moves', async () => (await calls()) > first, patience)
  await page.goto(`${server.url}/board`)
  await page.locator('.grid .body [role="row"][data-id]').first().waitFor()
  await page.locator('.detail .panel-head a').first().click()
  await page.waitForURL('**/incident/*')
  await page.locator('.plumb').waitFor()
  await seat.isClean()
  await seat.close()
})

test('a patrol officer drives out and arrives, on a phone', async () => {
  const patrol = at('patrolOfficer', patrolStation)
  const seat = await sits(patrol, { width: 390, height: 844, touch: true })
  await seat.page.locator('.live.good').waitFor()
  const station = await Person.logIn(server.url, at('stationDuty', patrolStation))
  await station.ask('POST', '/demo/seats', { mine: true })
  const id = await openAt(await Person.logIn(server.url, accountOf(accounts, 'callTaker')), patrolStation, '两车剐蹭，双方争执')
  const officer = await Person.logIn(server.url, patrol)
  await station.command('dispatch', id, 'assign', { officers: [officer.me.account], busyToo: true })
  const card = seat.page.locator(`.own-list [data-id="${id}"] .own`)
  for (const [action, milestone] of [
    ['depart', 'underWay'],
    ['arrive', 'arrived'],
  ] as const) {
    await card.getByRole('button', { name: seat.word(`action.${action}`), exact: true }).tap()
    await until(milestone, async () => (await read(id)).row.milestones[milestone]?.by === patrol.name)
  }
  await seat.isClean()
  await seat.close()
})

const login = 'day.newcomer'
const found = async () =>
  (
    await (
      await Person.logIn(server.url, accountOf(accounts, 'systemAdministrator'))
    ).view<StaffViews['accounts']>('staff', 'accounts', {
      unit: bureau,
      find: login,
    })
  ).data.accounts[0]

test('a system administrator opens an account, the security administrator gives it a role', async () => {
  const system = await sits(accountOf(accounts, 'systemAdministrator'))
  await system.page.goto(`${server.url}/accounts`)
  await system.page.getByRole('button', { name: system.word('action.openAccount') }).click()
  await fills(system, async () => {
    const { keyboard } = system.page
    await keyboard.type(login)
    await keyboard.press('Tab')
    await keyboard.type('新某甲')
    await system.tabTo('.ant-drawer-open input[type="password"]')
    await keyboard.type('the password of a newcomer')
  })
  await until('the account is there', async () => (await found())?.name === '新某甲')
  await system.isClean()
  await system.close()
  const security = await sits(accountOf(accounts, 'securityAdministrator'))
  await security.page.goto(`${server.url}/accounts?find=${login}`)
  await security.page.locator('.grid .body [role="row"][data-id]').first().waitFor()
  await security.page
    .locator('.actions button', { hasText: security.word('action.grant') })
    .first()
    .click()
  await fills(security, async () => {
    await security.page.keyboard.type(security.word('role.callTaker'))
    await security.page.keyboard.press('Enter')
  })
  await until('the role is given', async () => (await found())?.grants.some(({ role }) => role === 'callTaker') === true)
  await security.isClean()
  await security.close()
})

test('an audit administrator reads who holds what and can change nothing', async () => {
  const seat = await sits(accountOf(accounts, 'auditAdministrator'))
  for (const path of ['/units', '/accounts', '/settings', '/kinds']) {
    await seat.page.goto(server.url + path)
    await seat.page.locator('main [role="row"][data-id], main [role="treeitem"]').first().waitFor()
    assert.equal(await seat.page.locator('.actions button').count(), 0, path)
  }
  await seat.isClean()
  await seat.close()
})

test('after this day everything is as its events say', async () => {
  assert.deepEqual(await wrongIn(server.data), [])
})
