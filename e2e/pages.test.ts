import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { languages, say } from '#kernel/words.ts'
import type { Views } from '#modules/staff/contract.ts'
import { browser as start } from './browser.ts'
import { accountOf, type DemoAccount, demoAccounts, Person } from './clients.ts'
import { type Finding, found, judged, summed } from './looks.ts'
import { Seat } from './seat.ts'
import { openCity } from './seeded.ts'
import type { Server } from './server.ts'
import { fill, type Known, open, visitsOf, working } from './visits.ts'

let server: Server
let browser: Browser
let accounts: readonly DemoAccount[]
let known: Known

before(async () => {
  server = await openCity()
  browser = await start()
  accounts = await demoAccounts(server.url)
  known = await fill(server.url, accounts)
})

after(async () => {
  await browser.close()
  await server.clean()
})

test('the page of logging in, which the keyboard alone can pass; a wrong password is said', async () => {
  const seat = await Seat.open(browser)
  await seat.page.goto(server.url)
  await seat.page.locator('#login').waitFor()
  assert.deepEqual(summed(await judged(seat.page, 'login')), [])
  await seat.isClean()
  const { login } = accountOf(accounts, 'patrolOfficer')
  await seat.tabTo('#login')
  await seat.page.keyboard.type(login)
  await seat.tabTo('#password')
  await seat.page.keyboard.type('not the password')
  await seat.page.keyboard.press('Enter')
  await seat.page
    .getByRole('alert')
    .getByText(say(languages.at(-1) ?? '', 'error.login'))
    .waitFor()
  assert.deepEqual(await found(seat.page, 'login refused'), [])
  await seat.close()
})

for (const role of working) {
  test(`every page of ${role}: axe finds nothing, the browser complains of nothing, nothing leaves this machine`, async () => {
    const seat = await Seat.open(browser)
    await seat.enter(server.url, accountOf(accounts, role))
    const all: Finding[] = []
    for (const visit of visitsOf(known)[role]) {
      await open(seat.page, server.url, visit)
      all.push(...(await judged(seat.page, visit.name, visit.height)))
      await seat.isClean()
    }
    assert.deepEqual(summed(all), [])
    await seat.close()
  })
}

test('a page of somebody else’s duty says whose it is', async () => {
  const seat = await Seat.open(browser)
  await seat.enter(server.url, accountOf(accounts, 'patrolOfficer'))
  await seat.page.goto(`${server.url}/intake`)
  const roles = seat.word('role.callTaker')
  await seat.page.getByText(seat.word('shell.forbidden')).waitFor()
  await seat.page.getByText(seat.word('shell.forbiddenWho', { roles })).waitFor()
  await seat.close()
})

test('one ends a forgotten log-in, mistypes the old password and is told, sets a new one and enters with it', async () => {
  const account = accounts.filter(({ role }) => role === 'patrolOfficer').at(-1)
  assert.ok(account)
  await Person.logIn(server.url, account)
  const seat = await Seat.open(browser)
  await seat.enter(server.url, account)
  const { page } = seat
  await page.locator('a.who-name').click()
  await page.locator('.own-sessions li').nth(1).waitFor()
  await page.getByRole('button', { name: seat.word('own.endOthers') }).click()
  await page.locator('.own-sessions li').nth(1).waitFor({ state: 'detached' })
  const [old, next] = [page.locator('.own form input').first(), page.locator('.own form input').nth(1)]
  await old.fill('not the password')
  await next.fill('a new password of the tests')
  await page.keyboard.press('Control+Enter')
  await page.getByText(seat.word('invalid.oldPassword')).waitFor()
  seat.faults.splice(0)
  await old.fill(account.password)
  await page.keyboard.press('Control+Enter')
  await page.locator('#login').waitFor()
  await seat.enter(server.url, { login: account.login, password: 'a new password of the tests' })
  await seat.isClean()
  await seat.close()
})

test('an empty board says what would be here, in the unit’s name', async () => {
  const duty = accounts.filter((account) => account.role === 'stationDuty').at(-1)
  assert.ok(duty)
  const seat = await Seat.open(browser)
  await seat.enter(server.url, duty)
  const { units } = (await (await Person.logIn(server.url, duty)).view<Views['units']>('staff', 'units')).data
  const unit = units.find(({ code }) => code === duty.unit)?.name ?? ''
  await seat.page.getByText(seat.word('board.empty'), { exact: true }).waitFor()
  await seat.page.getByText(seat.word('board.emptyHow', { unit })).waitFor()
  await seat.close()
})

test('the drawer of an action, and the menu of a phone', async () => {
  const seat = await Seat.open(browser)
  await seat.enter(server.url, accountOf(accounts, 'stationDuty'))
  await seat.page.goto(`${server.url}/incident/${known.placed}`)
  await seat.page.locator('.actions').waitFor()
  await seat.key('n')
  await seat.page.locator('.ant-drawer-open textarea:focus').waitFor()
  const all = await found(seat.page, 'drawer 1440', '.ant-drawer-open')
  await seat.page.setViewportSize({ width: 390, height: 844 })
  all.push(...(await found(seat.page, 'drawer 390', '.ant-drawer-open')))
  await seat.page.keyboard.press('Escape')
  await seat.page.locator('.ant-drawer-open').waitFor({ state: 'detached' })
  await seat.page.getByRole('button', { name: seat.word('shell.menu') }).click()
  await seat.page.locator('.preferences select').first().waitFor()
  all.push(...(await found(seat.page, 'menu 390', 'header')))
  assert.deepEqual(summed(all), [])
  await seat.isClean()
  await seat.close()
})
