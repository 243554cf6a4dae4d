import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { browser as start } from './browser.ts'
import { accountOf, type DemoAccount, demoAccounts, Person } from './clients.ts'
import { Seat } from './seat.ts'
import { openCity } from './seeded.ts'
import type { Server } from './server.ts'

let server: Server
let browser: Browser
let accounts: readonly DemoAccount[]
let officer: DemoAccount
let person: Person

before(async () => {
  server = await openCity()
  browser = await start()
  accounts = await demoAccounts(server.url)
  officer = accountOf(accounts, 'caseOfficer')
  person = await Person.logIn(server.url, officer)
})
after(async () => {
  await browser.close()
  await server.clean()
})

const report = (cause: string, more: object = {}) => ({
  unit: officer.unit,
  source: 'counter',
  nature: 'administrative',
  cause,
  narrative: '昨晚在东门外被打伤',
  persons: [{ id: crypto.randomUUID(), roles: ['reporter'], personName: '周某丙' }],
  ...more,
})
async function take(cause: string, more: object = {}): Promise<string> {
  const id = crypto.randomUUID()
  await person.command('cases', id, 'takeReport', report(cause, more))
  return id
}
const at = (role: DemoAccount['role'], unit: string): DemoAccount => {
  const found = accounts.find((account) => account.role === role && account.unit === unit)
  assert.ok(found, `${role} at ${unit}`)
  return found
}
const lines = (seat: Seat) => seat.page.locator('.desk .grid [data-id]')

test('an officer begins at his desk: overdue on top, what comes stands there at once, j and k step, Enter opens the case', async () => {
  const letter = { source: 'mail', sender: '匿名来信', received: new Date(Date.now() - 70 * 3_600_000).toISOString(), persons: [] }
  const late = await take('赌博', letter)
  const seat = await Seat.open(browser)
  await seat.enter(server.url, officer)
  await seat.page.goto(server.url)
  await seat.page.waitForURL('**/desk')
  await lines(seat).first().waitFor()
  // The time that it had began when the letter came: it was over before it was registered.
  assert.match((await lines(seat).first().getAttribute('data-id')) ?? '', new RegExp(late))
  assert.ok((await lines(seat).first().locator('.heading').innerText()).startsWith(seat.word('desk.group.overdue').split('{{')[0] ?? ''))
  const fresh = await take('盗窃')
  const own = seat.page.locator(`.desk .grid [data-id*="${fresh}"]`)
  await own.waitFor()
  const there = await lines(seat).count()

  const focused = () => seat.page.evaluate('document.activeElement?.getAttribute("aria-rowindex")')
  await lines(seat).first().focus()
  await seat.page.keyboard.press('j')
  await seat.page.locator('.desk [aria-rowindex="3"]:focus').waitFor()
  await seat.page.keyboard.press('k')
  await seat.page.locator('.desk [aria-rowindex="2"]:focus').waitFor()
  assert.equal(await focused(), '2')
  await own.focus()
  await own.click({ position: { x: 4, y: 4 } })
  await seat.page.keyboard.press('Enter')
  await seat.page.waitForURL(`**/case/${fresh}`)
  await seat.page.goBack()
  await lines(seat).first().waitFor()
  assert.equal(await lines(seat).count(), there)

  // What he proposes waits on another desk; when it is decided, it leaves his own.
  await person.command('cases', fresh, 'accept', {})
  await person.command('cases', fresh, 'proposeFiling', {
    outcome: 'refuse',
    caseKind: 'administrative',
    ground: 'noFacts',
    reason: '系民事纠纷',
  })
  const chief = await Seat.open(browser)
  const head = at('unitHead', officer.unit)
  await chief.enter(server.url, head)
  await chief.page.goto(`${server.url}/desk`)
  await chief.page
    .locator(`.desk [data-id="cases ${fresh} approveFiling intake-admin-file.review"]`)
    .getByText(chief.word('task.cases.approveFiling'))
    .waitFor()
  await (await Person.logIn(server.url, head)).command('cases', fresh, 'approveFiling', {})
  await chief.page.locator(`.desk [data-id*="${fresh}"]`).waitFor({ state: 'detached' })
  await seat.page.locator(`.desk [data-id*="${fresh}"]`).getByText(seat.word('task.cases.giveNotice')).waitFor()
  await seat.isClean()
  await chief.isClean()
  await Promise.all([seat.close(), chief.close()])
})

test('a desk with nothing to do says so, and who has none is told who has; the board of limits leads down to a station and back', async () => {
  const reviewer = accounts.findLast(({ role }) => role === 'legalReviewer')
  assert.ok(reviewer)
  await take('殴打他人')
  const empty = await Seat.open(browser)
  await empty.enter(server.url, reviewer)
  await empty.page.goto(`${server.url}/desk`)
  await empty.page.getByText(empty.word('desk.empty')).waitFor()
  await empty.isClean()
  const city = await Seat.open(browser)
  await city.enter(server.url, accountOf(accounts, 'citySupervisor'))
  await city.page.goto(`${server.url}/desk`)
  await city.page.getByText(city.word('shell.forbidden')).waitFor()
  await city.page.goto(`${server.url}/limits`)
  const below = city.page.locator('.tally tbody button')
  await below.first().click()
  await city.page.waitForURL((url) => url.search.includes(officer.unit.slice(0, 6)))
  await below.first().click()
  await city.page.waitForURL((url) => url.search.includes(officer.unit))
  await city.page.locator('.tally').waitFor({ state: 'detached' })
  await city.page.locator('.panel-head button.plain').click()
  await city.page.locator('.tally').waitFor()
  await city.isClean()
  await Promise.all([empty.close(), city.close()])
})
