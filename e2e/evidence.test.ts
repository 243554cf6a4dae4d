import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Locator } from 'playwright-core'
import { browser as start } from './browser.ts'
import { CasePage } from './casePage.ts'
import { accountOf, type DemoAccount, demoAccounts, Person } from './clients.ts'
import { openCity } from './seeded.ts'
import type { Server } from './server.ts'

let server: Server
let browser: Browser
let officer: DemoAccount
let head: DemoAccount
let chief: DemoAccount
let second: DemoAccount

before(async () => {
  server = await openCity()
  browser = await start()
  const accounts = await demoAccounts(server.url)
  officer = accountOf(accounts, 'caseOfficer')
  const headOf = (unit: string): DemoAccount => {
    const found = accounts.find((one) => one.role === 'unitHead' && one.unit === unit)
    assert.ok(found, `a head of ${unit}`)
    return found
  }
  const other = accounts.find((one) => one.role === 'caseOfficer' && one.unit === officer.unit && one.login !== officer.login)
  assert.ok(other, 'a second officer')
  second = other
  head = headOf(officer.unit)
  chief = headOf(officer.unit.slice(0, 6))
})
after(async () => {
  await browser.close()
  await server.clean()
})

/** A filed case with a victim who has reported it and a suspect. */
async function filed(): Promise<string> {
  const [desk, approver] = await Promise.all([officer, head].map((one) => Person.logIn(server.url, one)))
  const id = crypto.randomUUID()
  const persons = [
    { id: crypto.randomUUID(), roles: ['reporter', 'victim'], personName: '周某丙' },
    { id: crypto.randomUUID(), roles: ['suspect'], personName: '郑某巳' },
  ]
  const told = { nature: 'administrative', cause: '殴打他人', narrative: '在东门外被对方持木棍击打。' }
  await desk?.command('cases', id, 'takeReport', { unit: officer.unit, source: 'counter', ...told, persons })
  await desk?.command('cases', id, 'accept', {})
  await desk?.command('cases', id, 'proposeFiling', { outcome: 'file', caseKind: 'administrative', reason: '有违法事实' })
  await approver?.command('cases', id, 'approveFiling', {})
  return id
}

/** What is on the list: an item's fields stand inside the one field of the form. */
const thing =
  (thingName: string, measureWord: string) =>
  async (drawer: Locator): Promise<void> => {
    await drawer.locator('[id$="-things-0-thingName"]').fill(thingName)
    await drawer.locator('[id$="-things-0-measureWord"]').fill(measureWord)
  }

test('what a reporter hands in is listed at once, and its list is what is printed', async () => {
  const desk = await CasePage.open(browser, server.url, officer, await filed())
  const { page } = desk.seat
  await desk.step('receiveEvidence', { giver: { name: '周某丙' }, signed: { word: 'signing.signed' } }, thing('收据', '张'))
  await page.locator('.case-things').getByText('收据').waitFor()
  await page.getByRole('link', { name: desk.seat.word('evidence.toPaper'), exact: true }).click()
  await page.locator('[data-list]').waitFor()
  assert.match(await page.locator('.paper').innerText(), /收据[^]*周某丙/)
  await desk.seat.isClean()
  await desk.seat.close()
})

test('seized when county level has approved it, by two officers, and given back', async () => {
  const id = await filed()
  const desk = await CasePage.open(browser, server.url, officer, id)
  const { page } = desk.seat
  const paper = { preserved: { word: 'measureWay.seizure' }, holder: { name: '郑某巳' }, reason: '防止证据灭失' }
  await desk.step('preserve', paper, thing('木棍', '根'))
  const above = await CasePage.open(browser, server.url, chief, id)
  // He sees what he approves.
  await above.seat.page
    .getByText(/木棍 1 根/)
    .first()
    .waitFor()
  await above.step('approveRequest')
  const two = { second: { name: second.name }, signed: { word: 'signing.refused' }, attestor: '保安王某' }
  await desk.step('carryOutMeasure', two)
  await page.getByText(desk.seat.word('measureState.standing'), { exact: true }).waitFor()
  const back = { receiver: { name: '郑某巳' }, returnReason: { word: 'returnReason.unrelated' }, signed: { word: 'signing.signed' } }
  await desk.step('returnThings', { items: true, ...back, second: { name: second.name } })
  await page.getByText(desk.seat.word('measureState.ended'), { exact: true }).waitFor()
  await Promise.all([desk.seat.isClean(), above.seat.isClean()])
  await Promise.all([desk.seat.close(), above.seat.close()])
})
