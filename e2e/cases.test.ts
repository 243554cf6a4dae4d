import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import type { Views } from '#modules/cases/contract.ts'
import { browser as start } from './browser.ts'
import { accountOf, type DemoAccount, demoAccounts, Person } from './clients.ts'
import { Seat } from './seat.ts'
import { openCity } from './seeded.ts'
import { type Server, until } from './server.ts'

/** A simple report at the desk: so long at most, in minutes, with a person typing. A test types faster; the keys that it needs are counted. */
const keysMost = 400

let server: Server
let browser: Browser
let accounts: readonly DemoAccount[]
let officer: DemoAccount
let head: DemoAccount
let incident: string

const at = (role: DemoAccount['role'], unit: string): DemoAccount => {
  const found = accounts.find((account) => account.role === role && account.unit === unit)
  assert.ok(found, `${role} at ${unit}`)
  return found
}

before(async () => {
  server = await openCity()
  browser = await start()
  accounts = await demoAccounts(server.url)
  officer = accountOf(accounts, 'caseOfficer')
  head = at('unitHead', officer.unit)
  incident = crypto.randomUUID()
  const [taker, duty] = await Promise.all([
    Person.logIn(server.url, accountOf(accounts, 'callTaker')),
    Person.logIn(server.url, at('stationDuty', officer.unit)),
  ])
  const call = { id: crypto.randomUUID(), channel: 'voice' }
  const place = { kind: 'described', text: '东门' }
  await taker.command('dispatch', incident, 'open', { call, narrative: '两人持棍互殴', place, kind: 'assault', unit: officer.unit })
  const feedback = { result: 'handled', injured: 1, persons: 2, measures: ['warned'], text: '双方已分开' }
  await duty.command('dispatch', incident, 'feedback', feedback)
  await duty.command('dispatch', incident, 'close', {})
})
after(async () => {
  await browser.close()
  await server.clean()
})

/** Types into the field that Tab leads to; gives how many keys it took. */
async function type(seat: Seat, selector: string, text: string): Promise<number> {
  await seat.tabTo(selector)
  await seat.page.keyboard.type(text)
  return [...text].length
}

test('an incident that nobody answered for becomes a report by keyboard alone, is accepted and filed by another', async () => {
  const desk = await Seat.open(browser)
  await desk.enter(server.url, officer)
  await desk.page.goto(`${server.url}/questions`)
  await desk.page.locator(`.grid [data-id="question:${incident}"]`).waitFor()
  const take = desk.page.locator('#main').getByRole('link', { name: desk.word('questions.takeReport') })
  await take.evaluate((element) => element.setAttribute('data-wanted', ''))
  await desk.tabTo('[data-wanted]')
  await desk.page.keyboard.press('Enter')
  await desk.page.locator('#report-cause:focus').waitFor()

  // Sent with hardly anything: the summary takes the keyboard and leads to the first field that is missing.
  let keys = await type(desk, '#report-cause', '殴打他人')
  await desk.page.keyboard.press('Control+Enter')
  await desk.page.locator('#report-problems:focus').waitFor()
  await desk.page.keyboard.press('Tab')
  await desk.page.keyboard.press('Enter')
  await desk.page.locator('#report-narrative:focus').waitFor()
  keys += await type(desk, '#report-narrative', '昨晚八时许在东门外与一男子争执，被对方持木棍击打头部。')
  // A reload loses nothing, and the id stays: it is the same report.
  await desk.page.reload()
  await desk.page.locator('#report-cause').waitFor()
  assert.equal(await desk.page.locator('#report-narrative').inputValue(), '昨晚八时许在东门外与一男子争执，被对方持木棍击打头部。')
  keys += await type(desk, '#report-place', '东门外')
  keys += await type(desk, '#report-person-0-personName', '周某丙')
  keys += await type(desk, '#report-person-0-phone', '13800002071')
  await desk.page.keyboard.press('Control+Enter')
  await desk.page.locator('[data-code]').waitFor()
  assert.match(await desk.page.locator('[data-code]').innerText(), /^[2-9A-Z]{10}$/)
  const number = (await desk.page.locator('[data-number]').innerText()).trim()
  assert.ok(keys < keysMost, `${keys} keys`)

  const link = desk.page.getByRole('link', { name: desk.word('report.toCase') })
  await link.evaluate((element) => element.setAttribute('data-wanted', ''))
  await desk.tabTo('[data-wanted]')
  await desk.page.keyboard.press('Enter')
  await desk.page.locator('.plumb').waitFor()
  await desk.act('Enter')
  await desk.page.locator('.tag').getByText(desk.word('matterPhase.accepted')).waitFor()
  const person = await Person.logIn(server.url, officer)
  const asked = async () => (await person.view<Views['questions']>('cases', 'questions', { unit: officer.unit })).data.rows
  const unanswered = () => `the question to be answered; the server said ${server.said.slice(-2000)}`
  await until(unanswered, async () => (await asked()).every(({ row }) => row.incident !== incident))

  await desk.act('f')
  await desk.page.locator('.ant-drawer-open').waitFor()
  await desk.page.getByLabel(desk.word('filingOutcome.file'), { exact: true }).check()
  await desk.page.getByLabel(desk.word('caseKind.administrative'), { exact: true }).check()
  await desk.page.locator('.ant-drawer-open textarea').fill('有伤情照片和监控，违法事实清楚')
  await desk.page.keyboard.press('Control+Enter')
  await desk.page.locator('.panel-head .tag').getByText(desk.word('matterPhase.proposed')).waitFor()
  const path = new URL(desk.page.url()).pathname
  await desk.isClean()

  const chief = await Seat.open(browser)
  await chief.enter(server.url, head)
  await chief.page.goto(`${server.url}/cases`)
  await chief.page.getByRole('link', { name: number }).click()
  await chief.page.waitForURL(`**${path}`)
  await chief.page.getByRole('button', { name: chief.word('action.approveFiling'), exact: true }).click()
  await chief.page.locator('.panel-head .tag').getByText(chief.word('matterPhase.filed')).waitFor()
  // The officer's page follows without being asked.
  await desk.page.locator('.panel-head .tag').getByText(desk.word('matterPhase.filed')).waitFor()
  await chief.isClean()
  await Promise.all([desk.close(), chief.close()])
})

test('two write one record: the second is told what happened since, and what was typed stays', async () => {
  const first = await Person.logIn(server.url, officer)
  const id = crypto.randomUUID()
  const reporter = { id: crypto.randomUUID(), roles: ['reporter'], personName: '吴某乙' }
  const data = {
    unit: officer.unit,
    source: 'counter',
    nature: 'administrative',
    cause: '盗窃',
    narrative: '自行车被盗',
    persons: [reporter],
  }
  await first.command('cases', id, 'takeReport', data)
  const seat = await Seat.open(browser)
  await seat.enter(server.url, officer)
  await seat.page.goto(`${server.url}/case/${id}`)
  await seat.page.locator('.plumb').waitFor()
  // What the screen hears meanwhile is held back, as on a slow line.
  await seat.page.route('**/view/cases/matter**', () => undefined)
  await seat.act('e')
  const drawer = seat.page.locator('.ant-drawer-open')
  await drawer.locator('textarea').last().fill('补充询问')
  await drawer.locator('textarea').first().fill('自行车被盗，车锁被剪断')
  await first.command('cases', id, 'amend', { cause: '盗窃自行车', reason: '更正', seen: 2 })
  await seat.page.keyboard.press('Control+Enter')
  await drawer.locator('.since').getByText(seat.word('caseEvent.amended')).waitFor()
  assert.equal(await drawer.locator('textarea').first().inputValue(), '自行车被盗，车锁被剪断')
  seat.faults.splice(0)
  await seat.isClean()
  await seat.close()
})
