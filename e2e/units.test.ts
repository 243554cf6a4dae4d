import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import type { Views } from '#modules/staff/contract.ts'
import { browser as start } from './browser.ts'
import { accountOf, demoAccounts, Person } from './clients.ts'
import { found } from './looks.ts'
import { Seat } from './seat.ts'
import { openCity } from './seeded.ts'
import type { Server } from './server.ts'

let server: Server
let browser: Browser
let system: Person
let seat: Seat
before(async () => {
  server = await openCity()
  browser = await start()
  const account = accountOf(await demoAccounts(server.url), 'systemAdministrator')
  system = await Person.logIn(server.url, account)
  seat = await Seat.open(browser)
  await seat.enter(server.url, account)
})
after(async () => {
  await browser.close()
  await server.clean()
})

const focused = () => seat.page.locator('.tree [role="treeitem"]:focus')
const name = async () => (await focused().locator('.text').innerText()).trim()
const press = async (...keys: string[]) => {
  for (const key of keys) await seat.page.keyboard.press(key)
}

test('the areas of the demonstration fit: nothing is found', async () => {
  const { data } = await system.view<Views['findings']>('staff', 'findings', { unit: '110000' })
  assert.deepEqual(data, { findings: [], gap: null })
  const dongcheng = await system.view<Views['findings']>('staff', 'findings', { unit: '110101' })
  assert.deepEqual(dongcheng.data, { findings: [], gap: { share: 0, drawn: 17, all: 17 } })
})

test('the tree is walked by arrows, Home, End and letters of the name’s sound', async () => {
  await seat.page.goto(`${server.url}/units`)
  await seat.page.locator('.tree [role="treeitem"]').nth(16).waitFor()
  await seat.tabTo('.tree [role="treeitem"]')
  assert.equal(await name(), '北京市公安局')
  await press('ArrowRight')
  assert.equal(await name(), '东城分局')
  assert.equal(await focused().getAttribute('aria-expanded'), 'false')
  await press('ArrowRight')
  assert.equal(await focused().getAttribute('aria-expanded'), 'true')
  await press('ArrowRight', 'ArrowDown')
  assert.equal(await name(), '东华门派出所')
  assert.deepEqual([await focused().getAttribute('aria-level'), await focused().getAttribute('aria-setsize')], ['3', '18'])
  await press('ArrowLeft')
  assert.equal(await name(), '东城分局')
  await press('ArrowLeft')
  assert.equal(await focused().getAttribute('aria-expanded'), 'false')
  await seat.page.keyboard.type('hdfj')
  assert.equal(await name(), '海淀分局')
  await press('End')
  assert.equal(await name(), '延庆分局')
  await press('Home')
  assert.equal(await name(), '北京市公安局')
  await seat.isClean()
})

test('a unit is found by how its name sounds, by initials and by code; what it belongs to stands above it', async () => {
  const shown = async (words: string) => {
    await seat.page.locator('.find').fill(words)
    await seat.page.locator('.tree [role="treeitem"]').nth(2).waitFor()
    return (await seat.page.locator('.tree .text').allInnerTexts()).map((text) => text.trim())
  }
  const path = ['北京市公安局', '东城分局']
  for (const words of ['donghuamen', '110101001', '东华门']) assert.deepEqual(await shown(words), [...path, '东华门派出所'], words)
  assert.deepEqual(await shown('jdkpcs'), [...path, '交道口派出所'])
})

test('a boundary that overlaps is said at both units and on the map, and no more once it is mended', async () => {
  const code = '110101001'
  const draw = async (shift: number) => {
    const { areas } = (await system.view<Views['boundaries']>('staff', 'boundaries', { unit: code })).data
    const boundary = areas[0]?.boundary.map((polygon) => polygon.map((ring) => ring.map(([lon, lat]) => [lon + shift, lat])))
    await system.command('staff', code, 'drawBoundary', { boundary, schematic: true, reason: '试画' })
  }
  await draw(0.004)
  const { findings } = (await system.view<Views['findings']>('staff', 'findings', { unit: code })).data
  assert.ok(findings.length > 0 && findings.every(({ kind }) => kind === 'overlap'), JSON.stringify(findings))
  const units = new Set(findings.flatMap((finding) => finding.units))
  await seat.page.goto(`${server.url}/units?unit=${code}`)
  await seat.page.getByRole('button', { name: seat.word('staff.misfits', { count: units.size }) }).click()
  await seat.page
    .locator('.tree .tag.warn')
    .nth(units.size - 1)
    .waitFor()
  assert.equal(await seat.page.locator('.schematic .area.noted').count(), units.size)
  assert.deepEqual(await found(seat.page, 'misfits'), [])
  await draw(-0.004)
  await seat.page.goto(`${server.url}/units?unit=${code}`)
  await seat.page.getByText(seat.word('staff.fitsAll')).waitFor()
  await seat.isClean()
})
