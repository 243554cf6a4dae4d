import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { browser as start } from './browser.ts'
import { openAt, Person } from './clients.ts'
import { type Finding, judged, summed } from './looks.ts'
import { type Overdue, openOverdue } from './overdue.ts'
import { wrongIn } from './recorded.ts'
import { Seat } from './seat.ts'
import { until } from './server.ts'
import { open, overdueVisits } from './visits.ts'

let city: Overdue
let browser: Browser
before(async () => {
  city = await openOverdue()
  browser = await start()
})
after(async () => {
  await browser.close()
  await city.server.clean()
})

const words = { arrival: 'lapse.arrival-late', signed: 'lapse.assignment-late' } as const

test('a board shows who has not arrived and whom nobody was sent to, as told rows; the record says why the next moment is then', async () => {
  const seat = await Seat.open(browser)
  await seat.enter(city.server.url, city.station)
  await seat.page.goto(`${city.server.url}/board?incident=${city.arrival}`)
  for (const name of ['arrival', 'signed'] as const) {
    const row = seat.page.locator(`[role="row"][data-id="${city[name]}"]`)
    await row.getByText(seat.word(words[name])).waitFor()
    assert.match((await row.getAttribute('class')) ?? '', /ringing/)
  }
  // The departure is late as well; what comes next of it is the finding.
  const why = seat.page.getByRole('list', { name: seat.word('why.title') }).locator('li')
  await why.first().waitFor()
  const said = await why.allTextContents()
  assert.equal(said.length, 1)
  for (const part of [
    seat.word('lapse.departure-finding'),
    seat.word('clock.rule.dispatch.departure'),
    seat.word('eventName.assigned'),
    seat.word('why.setting', {
      name: seat.word('setting.dispatch.departMinutes'),
      value: seat.word('setting.measure.minutes', { value: 3 }),
      where: seat.word('why.initial'),
    }),
    seat.word('setting.dispatch.abandonedMinutes'),
    seat.word('why.noPause'),
  ])
    assert.ok(said[0]?.includes(part), `${part} in ${said[0]}`)
  await seat.isClean()
  await seat.close()
})

test('boards on which much is late, and the words why, are sound in every look', async () => {
  const all: Finding[] = []
  for (const [role, visits] of Object.entries(overdueVisits(city.arrival))) {
    const seat = await Seat.open(browser)
    await seat.enter(city.server.url, city.who(role))
    for (const visit of visits) {
      await open(seat.page, city.server.url, visit)
      all.push(...(await judged(seat.page, visit.name)))
    }
    await seat.isClean()
    await seat.close()
  }
  assert.deepEqual(summed(all), [])
})

test('the sub-bureau sees the same on its board, and a phone shows the tag instead of the phase', async () => {
  const sub = await Seat.open(browser)
  await sub.enter(city.server.url, city.who('subBureauDuty'))
  await sub.page.goto(`${city.server.url}/board`)
  const row = sub.page.locator(`[role="row"][data-id="${city.arrival}"]`)
  await row.getByText(sub.word(words.arrival)).waitFor()
  await sub.page.setViewportSize({ width: 390, height: 844 })
  await row.getByText(sub.word(words.arrival)).waitFor()
  await sub.isClean()
  await sub.close()
})

test('a late arrival is heard at a station that has signed everything, in the tone of its priority, and no longer once they are there', async () => {
  const { url } = city.server
  const quiet = city.accounts.find(({ role, unit }) => role === 'stationDuty' && unit !== city.station.unit) ?? assert.fail()
  const security = await Person.logIn(url, city.who('securityAdministrator'))
  for (const [key, value] of [
    ['arrivalMinutesUrban1', 1],
    ['arrivalWarnSeconds', 0],
  ] as const)
    await security.command('dispatch', `setting:${key}`, 'setSetting', { unit: quiet.unit, value, reason: '演练' })
  const seat = await Seat.open(browser)
  await seat.enter(url, quiet)
  await seat.startShift()
  const [taker, duty] = await Promise.all([city.who('callTaker'), quiet].map((account) => Person.logIn(url, account)))
  assert.ok(taker && duty)
  const incident = await openAt(taker, quiet.unit, '两人持棍互殴')
  const act = (type: string, data: object = {}) => duty.command('dispatch', incident, type, data)
  await act('correct', { kind: 'assault', priority: 1, reason: '报警人来电补充' })
  await act('sign')
  await act('assign', { handlers: ['王某甲'] })
  await act('depart')
  const row = seat.page.locator(`[role="row"][data-id="${incident}"]`)
  await row.getByText(seat.word('phase.underWay'), { exact: true }).waitFor()
  // What the call itself began to play has ended.
  await seat.page.waitForTimeout(2000)
  const since = Date.now()
  await seat.page.waitForTimeout(10_000)
  assert.deepEqual(await seat.heard(since), { drill: 0, call: 0 })
  await row.and(seat.page.locator('.ringing')).waitFor({ timeout: 70_000 })
  await row.getByText(seat.word(words.arrival)).waitFor()
  await until('the late arrival is heard', async () => (await seat.heard(since)).call > 3, 10_000)
  const pitches = (await seat.noted()).tones.filter(({ time }) => time >= since).map(({ pitch }) => Math.round(pitch))
  assert.deepEqual(pitches.slice(0, 4), [988, 740, 988, 740])
  await act('arrive')
  await row.getByText(seat.word('phase.arrived'), { exact: true }).waitFor()
  const there = Date.now()
  await seat.page.waitForTimeout(4000)
  assert.deepEqual(await seat.heard(there), { drill: 0, call: 0 })
  await seat.isClean()
  await seat.close()
})

test('every clock that was passed meanwhile stands as the events say', async () => {
  assert.deepEqual(await wrongIn(city.server.data), [])
})
