import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { parse } from 'csv-parse/sync'
import type { Browser } from 'playwright-core'
import { Receiver } from '#kernel/testing/receiver.ts'
import { until } from '#kernel/testing/until.ts'
import type { Views } from '#modules/dispatch/contract.ts'
import { weekdays } from '#modules/dispatch/rules/series.ts'
import { browser as start } from './browser.ts'
import { accountOf, type DemoAccount, demoAccounts, openAt, Person } from './clients.ts'
import { found, summed } from './looks.ts'
import { Seat } from './seat.ts'
import { openCity } from './seeded.ts'
import type { Server } from './server.ts'

let server: Server
let receiver: Receiver
let browser: Browser
let accounts: readonly DemoAccount[]
let city: DemoAccount
let sub: DemoAccount
let duty: DemoAccount

before(async () => {
  server = await openCity()
  browser = await start()
  accounts = await demoAccounts(server.url)
  city = accountOf(accounts, 'citySupervisor')
  sub = accountOf(accounts, 'subBureauDuty')
  duty = accountOf(accounts, 'stationDuty')
  receiver = await Receiver.open()
  const admin = await Person.logIn(server.url, accountOf(accounts, 'systemAdministrator'))
  const siren = { unit: duty.unit, channel: 'webhook', target: receiver.url(), rungs: ['drill'] }
  await admin.command('dispatch', 'bell:siren', 'setBell', siren)
})
after(async () => {
  await receiver.close()
  await browser.close()
  await server.clean()
})

const strip = (seat: Seat) => seat.page.locator('.drill-strip')

/** Plans a drill of the whole city for now, with nothing but the keyboard. */
async function hold(seat: Seat): Promise<void> {
  await seat.page.getByText(seat.word('drill.empty')).waitFor()
  await seat.act('n')
  await seat.page.locator('.ant-drawer-open form').waitFor()
  await seat.tabTo('[id$="-reason"]')
  await seat.page.keyboard.type('夜间抽查值守')
  await seat.page.keyboard.press('Control+Enter')
  await seat.page.locator('.drills .drill-units:not(.drill-channels)').waitFor()
}

/** The report, on the screen and as a file, has the two that signed and all others as waiting. */
async function reported(leader: Seat, shown: Views['drills']['rows'][number]): Promise<void> {
  const line = (unit: string) => leader.page.locator(`.drill-units [data-unit="${unit}"]`)
  for (const { unit } of [duty, sub]) await line(unit).getByText(leader.word('drill.within'), { exact: true }).waitFor()
  assert.deepEqual([shown.phase, shown.counts], ['running', { units: shown.counts.units, delivered: 2, within: 2, late: 0 }])
  const [file] = await Promise.all([
    leader.page.waitForEvent('download'),
    leader.page.getByRole('button', { name: leader.word('drill.csv') }).click(),
  ])
  const text: string[][] = parse(await readFile(await file.path()), { bom: true, relax_column_count: true })
  const told = text.slice(1, 1 + shown.counts.units)
  assert.deepEqual(
    text[0]?.slice(2, 5),
    ['screen', 'webhook', 'printer'].map((channel) => `${leader.word('drill.delivered')} · ${leader.word(`drill.channel.${channel}`)}`),
  )
  const reached = (column: number) => told.filter((cells) => /\d:\d\d/.test(cells[column] ?? '')).length
  assert.deepEqual([reached(2), reached(3), reached(4)], [2, 1, 0])
  const channel = leader.page.locator('.drill-channels [data-channel="webhook"] td')
  assert.deepEqual((await channel.allTextContents()).slice(0, 3), ['1', '1', '1'])
  assert.deepEqual(
    [leader.word('drill.within'), leader.word('drill.waiting')].map((result) => told.filter((cells) => cells.at(-1) === result).length),
    [2, told.length - 2],
  )
}

test('a drill rings at station and sub-bureau, a call outranks it, both sign by keyboard, and the report has it', async () => {
  const [leader, station, bureau] = await Promise.all([
    Seat.open(browser),
    Seat.open(browser),
    Seat.open(browser, { language: 'en', width: 390, height: 844 }),
  ])
  await station.enter(server.url, duty)
  await station.startShift()
  await bureau.enter(server.url, sub)
  await bureau.page.goto(`${server.url}/statistics`)
  await leader.enter(server.url, city)
  await leader.page.goto(`${server.url}/drills`)
  const begun = Date.now()
  await hold(leader)

  for (const seat of [station, bureau]) {
    await strip(seat).waitFor()
    assert.equal(await strip(seat).locator('.drill-mark').innerText(), seat.word('drill.mark'))
    await strip(seat).getByText(seat.word('drill.notACall')).waitFor()
  }
  for (const seat of [station, bureau]) assert.deepEqual(summed(await found(seat.page, 'strip', '.drill-strip')), [])
  await until('the drill is heard', async () => (await station.heard(begun)).drill > 0 || null, 15_000)
  assert.equal((await station.heard(begun)).call, 0)
  const supervisor = await Person.logIn(server.url, city)
  const list = async () => (await supervisor.view<Views['drills']>('dispatch', 'drills', { unit: city.unit })).data.rows
  await until('both screens have told of it', async () => (await list())[0]?.counts.delivered === 2 || null, 15_000)

  const taker = await Person.logIn(server.url, accountOf(accounts, 'callTaker'))
  const incident = await openAt(taker, duty.unit, '两人持棍互殴')
  const row = station.page.locator(`[role="row"][data-id="${incident}"].ringing`)
  await row.waitFor()
  const called = Date.now()
  await until('the call is heard twice', async () => (await station.heard(called)).call > 4 || null, 20_000)
  assert.equal((await station.heard(called)).drill, 0)
  // Nothing of the drill lies over the line or over the strip that tells of it elsewhere.
  const box = (await row.boundingBox()) ?? assert.fail()
  const above = (await strip(station).boundingBox()) ?? assert.fail()
  assert.ok(above.y + above.height <= box.y)
  const real = bureau.page.locator('.strip:not(.drill-strip)')
  await real.waitFor()
  const [first, second] = [(await real.boundingBox()) ?? assert.fail(), (await strip(bureau).boundingBox()) ?? assert.fail()]
  assert.ok(first.y < second.y)

  await station.act('Enter')
  await station.page.locator(`[role="row"][data-id="${incident}"]:not(.ringing)`).waitFor()
  const silent = Date.now()
  await until('the drill is heard again', async () => (await station.heard(silent)).drill > 0 || null, 15_000)
  for (const seat of [station, bureau]) {
    await strip(seat).locator('[aria-keyshortcuts="y"]').waitFor()
    await seat.key('y')
    await strip(seat).getByText(seat.word('drill.signed')).waitFor()
  }

  await reported(leader, (await list())[0] ?? assert.fail())

  await leader.act('k')
  await leader.tabTo('.ant-drawer-open textarea')
  await leader.page.keyboard.type('检查完毕')
  await leader.page.keyboard.press('Control+Enter')
  for (const seat of [station, bureau]) await strip(seat).waitFor({ state: 'detached' })
  await leader.page.locator('.drill-facts').getByText('检查完毕').waitFor()
  for (const seat of [leader, station, bureau]) {
    await seat.isClean()
    await seat.close()
  }
})

/** Sets a drill for every day that is first due in the next minute that is ten seconds away, so that the form is sent before. */
async function setSeries(leader: Seat): Promise<{ readonly due: number; readonly time: string }> {
  const { page } = leader
  await leader.act('w')
  await page.locator('.ant-drawer-open form').waitFor()
  for (const day of weekdays) {
    const box = page.locator('.ant-drawer-open').getByLabel(leader.word(`weekday.${day}`))
    await box.evaluate((element) => element.setAttribute('data-day', ''))
    await leader.tabTo('[data-day]')
    await page.keyboard.press('Space')
    await box.evaluate((element) => element.removeAttribute('data-day'))
  }
  const due = Math.ceil((Date.now() + 10_000) / 60_000) * 60_000
  const time = new Date(due + 8 * 3_600_000).toISOString().slice(11, 16)
  await page.locator('.ant-drawer-open input[type="time"]').fill(time)
  await leader.tabTo('[id$="-reason"]')
  await page.keyboard.type('早间抽查值守')
  await page.keyboard.press('Control+Enter')
  return { due, time }
}

test('a series is set by keyboard, rings by itself in its minute as a drill, shows its runs, and is ended', async () => {
  const [leader, station] = await Promise.all([Seat.open(browser), Seat.open(browser)])
  await station.enter(server.url, duty)
  await station.startShift()
  await leader.enter(server.url, city)
  const { page } = leader
  await page.goto(`${server.url}/drills`)
  await page.getByText(leader.word('series.empty')).waitFor()
  const { due, time } = await setSeries(leader)
  await page.locator('.drill-facts').getByText(leader.word('series.daily', { time })).waitFor()
  await page.getByText(leader.word('series.noRuns')).waitFor()
  assert.equal(await strip(station).count(), 0)

  await strip(station).waitFor({ timeout: due - Date.now() + 20_000 })
  assert.ok(Date.now() >= due)
  await until('the drill is heard', async () => (await station.heard(due)).drill > 0 || null, 15_000)
  await station.key('y')
  await strip(station).getByText(station.word('drill.signed')).waitFor()
  const run = page.locator('.series-runs li')
  await run.getByText(leader.word('drill.phase.running')).waitFor()
  await page
    .locator('.drill-facts')
    .getByText(leader.word('series.ran', { ran: 1, missed: 0 }))
    .waitFor()
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page
      .locator('.panel')
      .last()
      .getByRole('button', { name: leader.word('drill.listCsv') })
      .click(),
  ])
  const rows: string[][] = parse(await readFile(await file.path()), { bom: true, relax_column_count: true })
  assert.deepEqual(rows[1]?.slice(1, 6), [
    leader.word('drill.phase.running'),
    rows[1]?.[2],
    '早间抽查值守',
    leader.word('drill.inSeries'),
    '60',
  ])

  await leader.act('k')
  await leader.tabTo('.ant-drawer-open textarea')
  await page.keyboard.type('改为每月一次')
  await page.keyboard.press('Control+Enter')
  await page.locator('.drill-facts').getByText('改为每月一次').waitFor()
  await run.getByRole('button').click()
  await page.locator(`.drill-units [data-unit="${duty.unit}"]`).getByText(leader.word('drill.within'), { exact: true }).waitFor()
  await page.getByRole('button', { name: leader.word('series.open') }).click()
  await page.locator('.drill-facts').getByText('改为每月一次').waitFor()
  for (const seat of [leader, station]) {
    await seat.isClean()
    await seat.close()
  }
})

test('a station sees its own drills and plans none; who has no part in them is told who has', async () => {
  const seat = await Seat.open(browser, { width: 390, height: 844, touch: true })
  await seat.enter(server.url, duty)
  await seat.page.goto(`${server.url}/drills`)
  await seat.page.locator('.drills [role="row"][data-id]').last().click()
  assert.equal(await seat.page.locator('.series').count(), 0)
  await seat.page.locator('[data-unit]').first().waitFor()
  assert.deepEqual(await seat.page.locator('[data-unit]').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-unit'))), [
    duty.unit,
  ])
  assert.equal(await seat.page.locator('[aria-keyshortcuts="n"]').count(), 0)
  await seat.page.goto(`${server.url}/drills?drill=00000000-0000-4000-8000-000000000000`)
  await seat.page.getByRole('alert').waitFor()
  await seat.close()
  const taker = await Seat.open(browser)
  await taker.enter(server.url, accountOf(accounts, 'callTaker'))
  await taker.page.goto(`${server.url}/drills`)
  await taker.page.getByText(taker.word('shell.forbidden')).waitFor()
  await taker.close()
})
