import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import type { AccountRow, UnitRow, Views } from '#modules/staff/contract.ts'
import { everyAccount } from '#modules/staff/import/accounts.ts'
import { browser as start } from './browser.ts'
import { accountOf, type DemoAccount, demoAccounts, Person } from './clients.ts'
import { Seat } from './seat.ts'
import { openCity } from './seeded.ts'
import type { Server } from './server.ts'

let server: Server
let browser: Browser
let accounts: readonly DemoAccount[]
before(async () => {
  server = await openCity()
  browser = await start()
  accounts = await demoAccounts(server.url)
})
after(async () => {
  await browser.close()
  await server.clean()
})

const unitsCsv = ['编码,类型,名称,上级', '110101902,派出所,第二新所,110101', '110101901,派出所,第一新所,110101'].join('\r\n')
const file = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })

async function system(): Promise<{ units: readonly UnitRow[]; people: readonly AccountRow[] }> {
  const person = await Person.logIn(server.url, accountOf(accounts, 'systemAdministrator'))
  const { units } = (await person.view<Views['units']>('staff', 'units')).data
  const people = await everyAccount(async (query) => (await person.view<Views['accounts']>('staff', 'accounts', query)).data, '110101901')
  return { units, people }
}

async function at(seat: Seat, role: 'systemAdministrator' | 'securityAdministrator', kind: string): Promise<void> {
  await seat.enter(server.url, accountOf(accounts, role))
  await seat.page.goto(`${server.url}/import?kind=${kind}`)
  await seat.page.locator('.file-drop').waitFor()
}

test('a file with a wrong line shows it first and cannot be sent; mended, it is sent with nothing but the keyboard', async () => {
  const seat = await Seat.open(browser)
  await at(seat, 'systemAdministrator', 'units')
  const { page } = seat
  const input = page.locator('.file-drop input')
  await input.setInputFiles(file('units.csv', `${unitsCsv}\r\n110101903,派出所,第三新所,999999\r\n`))
  const first = page.locator('.grid .body [role="row"]').first()
  await first.getByText(seat.word('refusal.no-unit', { code: '999999' })).waitFor()
  await page.getByText(seat.word('import.mend', { count: 1 })).waitFor()
  assert.equal(await page.getByRole('button', { name: seat.word('import.send', { count: 2 }) }).count(), 0)
  await page.getByRole('button', { name: seat.word('import.another') }).click()
  await seat.tabTo('.file-drop input')
  await input.setInputFiles(file('units.csv', unitsCsv))
  await page.getByText(seat.word('import.send', { count: 2 })).waitFor()
  await seat.tabTo('.import-plan .ant-btn-primary')
  await page.keyboard.press('Enter')
  await page.getByText(seat.word('import.sent', { lines: 2, commands: 2 })).waitFor()
  const { units } = await system()
  assert.deepEqual(
    units.filter(({ code }) => code.startsWith('1101019')).map(({ code, name, parent }) => [code, name, parent]),
    [
      ['110101901', '第一新所', '110101'],
      ['110101902', '第二新所', '110101'],
    ],
  )
  await seat.isClean()
  await seat.close()
})

test('people come in by two offices with one file; the passwords are handed over once and open the accounts', async () => {
  const people = file('people.csv', '登录名,姓名,单位,角色\nxin.yi,周某甲,110101901,派出所值班\nxin.er,吴某乙,110101901,巡邏民警\n')
  const first = await Seat.open(browser)
  await at(first, 'systemAdministrator', 'people')
  await first.page.locator('.file-drop input').setInputFiles(people)
  await first.page
    .getByText(first.word('import.wrong.role', { role: '巡邏民警' }))
    .first()
    .waitFor()
  await first.page.getByRole('button', { name: first.word('import.another') }).click()
  const mended = { ...people, buffer: Buffer.from(people.buffer.toString().replace('巡邏', '巡逻')) }
  await first.page.locator('.file-drop input').setInputFiles(mended)
  await first.page.getByText(first.word('import.left', { count: 2, role: first.word('role.securityAdministrator') })).waitFor()
  const [download] = await Promise.all([
    first.page.waitForEvent('download'),
    first.page.getByRole('button', { name: first.word('import.send', { count: 2 }) }).click(),
  ])
  await first.page.getByText(first.word('import.sent', { lines: 2, commands: 2 })).waitFor()
  const lines = (await readFile(await download.path(), 'utf8')).trim().split('\r\n')
  assert.deepEqual(
    lines.map((line) => line.split(',').slice(0, 2).join()),
    ['login,name', 'xin.yi,周某甲', 'xin.er,吴某乙'],
  )
  await first.isClean()
  await first.close()

  const second = await Seat.open(browser)
  await at(second, 'securityAdministrator', 'people')
  await second.page.locator('.file-drop input').setInputFiles(mended)
  await second.page.getByRole('button', { name: second.word('import.send', { count: 2 }) }).click()
  await second.page.getByText(second.word('import.sent', { lines: 2, commands: 2 })).waitFor()
  await second.isClean()
  await second.close()
  assert.deepEqual(
    (await system()).people.map(({ login, name, grants }) => [login, name, grants]),
    [
      ['xin.er', '吴某乙', [{ role: 'patrolOfficer', unit: '110101901' }]],
      ['xin.yi', '周某甲', [{ role: 'stationDuty', unit: '110101901' }]],
    ],
  )
  const person = await Person.logIn(server.url, { login: 'xin.yi', password: lines[1]?.split(',')[2] ?? '' })
  assert.equal(person.me.name, '周某甲')
})
