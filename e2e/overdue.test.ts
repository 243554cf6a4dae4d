import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { browser as start } from './browser.ts'
import { accountOf } from './clients.ts'
import { judged } from './looks.ts'
import { type Overdue, openOverdue } from './overdue.ts'
import { wrongIn } from './recorded.ts'
import { Seat } from './seat.ts'

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
  await seat.page.goto(`${city.server.url}/incident/${city.arrival}`)
  await why.first().waitFor()
  await seat.isClean()
  assert.deepEqual(await judged(seat.page, 'overdue'), [])
  await seat.close()
})

test('the sub-bureau sees the same on its board, and a phone shows the tag instead of the phase', async () => {
  const unit = city.accounts.find(({ role, unit }) => role === 'subBureauDuty' && city.station.unit.startsWith(unit))
  const sub = await Seat.open(browser)
  await sub.enter(city.server.url, unit ?? accountOf(city.accounts, 'subBureauDuty'))
  await sub.page.goto(`${city.server.url}/board`)
  const row = sub.page.locator(`[role="row"][data-id="${city.arrival}"]`)
  await row.getByText(sub.word(words.arrival)).waitFor()
  await sub.page.setViewportSize({ width: 390, height: 844 })
  await row.getByText(sub.word(words.arrival)).waitFor()
  await sub.isClean()
  await sub.close()
  assert.deepEqual(await wrongIn(city.server.data), [])
})
