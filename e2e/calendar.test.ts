import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import type { Views } from '#modules/staff/contract.ts'
import { browser as start } from './browser.ts'
import { accountOf, type DemoAccount, demoAccounts, Person } from './clients.ts'
import { found } from './looks.ts'
import { Seat } from './seat.ts'
import { openCity } from './seeded.ts'
import type { Server } from './server.ts'

/** In the form of the notices; no such notice was published when this was written. */
const notice = `一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（周五）至11日（周四）放假调休，共7天。2月20日（周六）上班。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。`

let server: Server
let browser: Browser
let accounts: readonly DemoAccount[]
let security: Person
let seat: Seat
before(async () => {
  server = await openCity()
  browser = await start()
  accounts = await demoAccounts(server.url)
  const account = accountOf(accounts, 'securityAdministrator')
  security = await Person.logIn(server.url, account)
  // Neither the force's zone nor the server's.
  seat = await Seat.open(browser, { zone: 'America/New_York' })
  await seat.enter(server.url, account)
})
after(async () => {
  await browser.close()
  await server.clean()
})

const keys = async (...list: string[]) => {
  for (const key of list) await seat.page.keyboard.press(key)
}
const versions = async (year: number) => (await security.view<Views['calendar']>('staff', 'calendar', { year: String(year) })).data.versions
const focused = () => seat.page.locator('td:has(button:focus)').getAttribute('data-day')

test('a year that nobody has published says so, and is set by keyboard from the pasted notice and its days', async () => {
  await seat.page.goto(`${server.url}/calendar?year=2027`)
  await seat.page.locator('.calendar-gap').getByText('2027').waitFor()
  await seat.tabTo('.calendar-side .ant-btn-primary')
  await keys('Enter')
  await seat.tabTo('.calendar-paste textarea')
  await seat.page.keyboard.insertText(notice)
  await keys('Tab', 'Enter')
  await seat.page
    .locator('.calendar-paste [role="status"]')
    .getByText(seat.word('calendar.read', { count: 16 }))
    .waitFor()
  assert.deepEqual(await found(seat.page, 'calendar being set'), [])

  await seat.tabTo('.form textarea >> nth=0')
  await seat.page.keyboard.insertText('国办发明电〔2026〕9号')
  await seat.tabTo('.form input[type="radio"] >> nth=0')
  await keys('Space')
  await seat.tabTo('.form textarea >> nth=1')
  await seat.page.keyboard.insertText('通知已公布')
  await keys('Control+Enter')
  await seat.page
    .getByRole('alert')
    .getByText(seat.word('refusal.calendar-statutory', { day: '2027-10-01' }))
    .waitFor()
  assert.equal((await versions(2027)).length, 0)
  // The refusal itself, which the browser writes down.
  assert.deepEqual(
    seat.faults.splice(0).filter((fault) => !fault.includes('409')),
    [],
  )

  await seat.page.locator('.calendar-brush select').selectOption('nationalDay')
  await seat.tabTo('.months button[tabindex="0"]')
  await keys(...Array.from({ length: 9 }, () => 'PageDown'))
  assert.equal(await focused(), '2027-10-01')
  await keys('Space', 'ArrowRight', 'Space', 'ArrowDown', 'ArrowUp', 'ArrowRight', 'Space')
  assert.equal(await focused(), '2027-10-03')
  await seat.tabTo('.form textarea >> nth=1')
  await keys('Control+Enter')
  await seat.page.locator('.calendar-side .grants li').waitFor()
  const [set] = await versions(2027)
  assert.deepEqual(set?.table.holidays, [
    { name: 'newYear', from: '2027-01-01', to: '2027-01-03' },
    { name: 'springFestival', from: '2027-02-05', to: '2027-02-11' },
    { name: 'labourDay', from: '2027-05-01', to: '2027-05-05' },
    { name: 'nationalDay', from: '2027-10-01', to: '2027-10-03' },
  ])
  assert.deepEqual([set?.table.workdays, set?.table.verified, set?.reason], [['2027-02-20'], 'yes', '通知已公布'])
  await seat.isClean()
})

test('a limit is tried: its end and each step are said where the force is, whatever the browser believes', async () => {
  await seat.page.goto(`${server.url}/calendar?year=2026`)
  await seat.tabTo('.reckon summary')
  await keys('Enter')
  const field = (label: string) => seat.page.locator('.reckon').getByLabel(seat.word(label), { exact: true })
  await field('field.trigger').fill('2026-02-12T10:00')
  await field('field.termCount').fill('5')
  await field('field.termCount').press('Control+Enter')
  const said = seat.page.locator('.reckon [role="status"]')
  await said.locator('.tag').getByText('2026/02/26周四24时届满').waitFor()
  const steps = await said.locator('li').allInnerTexts()
  assert.deepEqual([steps.length, steps[1], steps[2]], [14, '2026/02/14周六：周末调休上班，按工作日计', '2026/02/15周日：春节，不是工作日'])
  assert.deepEqual(await found(seat.page, 'a limit tried'), [])
  await seat.isClean()
})

test('an audit administrator reads it and can change nothing; a phone shows all of it', async () => {
  const auditor = await Seat.open(browser, { width: 390, height: 844 })
  await auditor.enter(server.url, accountOf(accounts, 'auditAdministrator'))
  await auditor.page.goto(`${server.url}/calendar?year=2026`)
  await auditor.page.locator('.months td.off').first().waitFor()
  assert.equal(await auditor.page.locator('.months td.off').count(), 33)
  assert.equal(await auditor.page.locator('.months td.work').count(), 6)
  assert.equal(
    await auditor.page
      .locator('.calendar-side .ant-btn-primary')
      .filter({ hasText: auditor.word('calendar.correct') })
      .count(),
    0,
  )
  const wide = await auditor.page.evaluate('document.documentElement.scrollWidth > innerWidth')
  assert.equal(wide, false)
  await auditor.isClean()
  await auditor.close()
})
