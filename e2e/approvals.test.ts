import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import type { Views } from '#modules/cases/contract.ts'
import { browser as start } from './browser.ts'
import { fillCases, type KnownCases } from './cases.ts'
import { accountOf, type DemoAccount, demoAccounts, Person } from './clients.ts'
import { Seat } from './seat.ts'
import { openCity } from './seeded.ts'
import type { Server } from './server.ts'

let server: Server
let browser: Browser
let known: KnownCases
let officer: DemoAccount
let accounts: readonly DemoAccount[]

before(async () => {
  server = await openCity()
  browser = await start()
  accounts = await demoAccounts(server.url)
  officer = accountOf(accounts, 'caseOfficer')
  known = await fillCases(server.url, accounts)
})
after(async () => {
  await browser.close()
  await server.clean()
})

async function seatAt(role: DemoAccount['role'], unit: string, path: string): Promise<Seat> {
  const found = accounts.find((account) => account.role === role && account.unit === unit)
  assert.ok(found, `${role} at ${unit}`)
  const seat = await Seat.open(browser)
  await seat.enter(server.url, found)
  await seat.page.goto(server.url + path)
  return seat
}
const lines = (seat: Seat) => seat.page.locator('.waiting .grid [data-id]')
async function phaseOf(id: string): Promise<string> {
  const person = await Person.logIn(server.url, officer)
  return (await person.view<Views['matter']>('cases', 'matter', { id })).data.row.phase
}

test('a head decides by keys without leaving the list: yes is meant twice, no has a reason, and the keyboard goes on with the next', async () => {
  const seat = await seatAt('unitHead', officer.unit, '/approvals')
  const { page } = seat
  const proposal = page.locator(`.waiting .grid [data-id^="${known.matter}"]`)
  await proposal.click()
  await page.locator('.waiting [aria-keyshortcuts="a"]').waitFor()
  await proposal.focus()
  const there = await lines(seat).count()
  await page.keyboard.press('a')
  // What a yes means stands there, and nothing is done yet.
  await page.locator('.ant-drawer-open .narrative', { hasText: seat.word('filingOutcome.file') }).waitFor()
  assert.equal(await phaseOf(known.matter), 'proposed')
  await page.locator('.ant-drawer-open button[type="submit"]:focus').waitFor()
  await page.keyboard.press('Enter')
  await proposal.waitFor({ state: 'detached' })
  assert.equal(await phaseOf(known.matter), 'filed')
  assert.equal(await lines(seat).count(), there - 1)
  await page.locator('.waiting [role="row"][aria-selected="true"]:focus').waitFor()
  // What is left is for heads above: it says whose it is, and cannot be decided here.
  await page.locator('.waiting .refused').waitFor()
  assert.equal(await page.locator('.waiting [aria-keyshortcuts="a"]').count(), 0)
  await seat.isClean()
  await seat.close()
})

test('the head above says no with a reason', async () => {
  const seat = await seatAt('unitHead', officer.unit.slice(0, 6), '/approvals')
  const { page } = seat
  const asked = page.locator('.waiting .grid [data-id]', { hasText: seat.word('act.decidePenalty') })
  await asked.first().click()
  await page.locator('.waiting [aria-keyshortcuts="d"]').waitFor()
  await asked.first().focus()
  const count = await asked.count()
  await page.keyboard.press('d')
  await page.locator('.ant-drawer-open textarea').waitFor()
  await page.keyboard.type('裁量理由不足')
  await page.keyboard.press('Control+Enter')
  await asked.nth(count - 1).waitFor({ state: 'detached' })
  await seat.isClean()
  await seat.close()
})

test('a reviewer has what was found the last time under each item, and sends back what is not mended', async () => {
  const seat = await seatAt('legalReviewer', officer.unit.slice(0, 6), '/reviews')
  const { page } = seat
  const row = lines(seat).filter({ hasText: seat.word('task.cases.review') })
  await row.first().click()
  await page.locator('.waiting [aria-keyshortcuts="r"]').waitFor()
  assert.match(await page.locator('.waiting .panel-body').last().innerText(), /缺少邻桌两名证人/)
  await row.first().focus()
  const count = await row.count()
  await page.keyboard.press('r')
  await page.locator('.findings small', { hasText: '告知笔录没有写明' }).waitFor()
  await page.locator('.ant-drawer-open input[type="radio"]').last().check()
  await page.locator('.findings textarea').first().fill('仍缺少一名证人的笔录')
  await page.keyboard.press('Control+Enter')
  await row.nth(count - 1).waitFor({ state: 'detached' })
  await seat.isClean()
  await seat.close()
})

test('an officer is told whose the desk is', async () => {
  const seat = await seatAt('caseOfficer', officer.unit, '/approvals')
  await seat.page.locator('h1.state-title').waitFor()
  assert.ok((await seat.page.locator('main').innerText()).includes(seat.word('role.unitHead')))
  await seat.close()
})
