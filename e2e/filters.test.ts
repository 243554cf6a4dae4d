import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { browser as start } from './browser.ts'
import { accountOf, type DemoAccount, demoAccounts, Person } from './clients.ts'
import { Seat } from './seat.ts'
import { openCity } from './seeded.ts'
import type { Server } from './server.ts'

let server: Server
let browser: Browser
let duty: DemoAccount
let sub: DemoAccount
const ids: Record<string, string> = {}

/** Thefts: one signed by both levels, one urged, one as it came. Assaults, of the first priority: one signed by the station alone, one as it came. */
before(async () => {
  server = await openCity()
  browser = await start()
  const accounts = await demoAccounts(server.url)
  duty = accountOf(accounts, 'stationDuty')
  sub = accountOf(accounts, 'subBureauDuty')
  const [taker, station, above] = await Promise.all(
    [accountOf(accounts, 'callTaker'), duty, sub].map((account) => Person.logIn(server.url, account)),
  )
  assert.ok(taker && station && above)
  const open = async (name: string, kind: string) => {
    const id = randomUUID()
    const call = { id: randomUUID(), channel: 'voice' }
    await taker.command('dispatch', id, 'open', { call, narrative: name, place: { kind: 'unknown' }, kind, unit: duty.unit })
    ids[name] = id
    return id
  }
  const signed = await open('signed', 'theft')
  await station.command('dispatch', signed, 'sign', {})
  await above.command('dispatch', signed, 'sign', {})
  await above.command('dispatch', await open('urged', 'theft'), 'urge', { text: '请尽快' })
  await open('theft', 'theft')
  await station.command('dispatch', await open('half', 'assault'), 'sign', {})
  await open('assault', 'assault')
})
after(async () => {
  await browser.close()
  await server.clean()
})

const named = (...names: string[]) => new Set(names.map((name) => ids[name]))
const rows = async (seat: Seat): Promise<Set<string>> =>
  new Set(
    await seat.page
      .locator('.grid .body [role="row"][data-id]')
      .evaluateAll((found) => found.map((row) => row.getAttribute('data-id') ?? '')),
  )
const chips = (seat: Seat): Promise<string[]> => seat.page.locator('.chip').allInnerTexts()
const many = (seat: Seat, count: number) => seat.page.locator(`[role="grid"][aria-rowcount="${count + 1}"]`).waitFor()

test('filters are set by keyboard, combine, stand in the address, and the address restores them for somebody else on a phone', async () => {
  const seat = await Seat.open(browser)
  await seat.enter(server.url, sub)
  await many(seat, 5)
  await seat.tabTo('.filter-bar > button')
  await seat.page.keyboard.press('Enter')
  await seat.tabTo('.filter-choices select >> nth=0')
  await seat.page.locator('.filter-choices select').nth(0).selectOption('criminal')
  await many(seat, 3)
  assert.deepEqual(await rows(seat), named('signed', 'urged', 'theft'))
  await seat.tabTo(`.filter-choices .choice:has-text("${seat.word('filter.unsigned')}")`)
  await seat.page.keyboard.press('Enter')
  await many(seat, 2)
  assert.deepEqual(await rows(seat), named('urged', 'theft'))
  const group = seat.word('filter.is', { name: seat.word('filter.group'), value: seat.word('kindGroup.criminal') })
  assert.deepEqual(await chips(seat), [`${group} ×`, `${seat.word('filter.unsigned')} ×`])
  const address = new URL(seat.page.url())
  assert.deepEqual(
    [...address.searchParams].filter(([name]) => name !== 'incident'),
    [
      ['group', 'criminal'],
      ['unsigned', 'true'],
    ],
  )
  await seat.isClean()

  const phone = await Seat.open(browser, { width: 390 })
  await phone.enter(server.url, sub)
  await phone.page.goto(address.href)
  await many(phone, 2)
  assert.deepEqual(await rows(phone), named('urged', 'theft'))
  assert.deepEqual(await chips(phone), await chips(seat))
  await phone.page.locator('.chip').nth(1).click()
  await many(phone, 3)
  await phone.isClean()
  await phone.close()

  await seat.tabTo('.chip >> nth=0')
  await seat.page.keyboard.press('Delete')
  await many(seat, 4)
  assert.deepEqual(await rows(seat), named('urged', 'theft', 'half', 'assault'))
  assert.equal(await seat.page.locator('.filter-bar > button:focus').count(), 1)
  await seat.close()
})

test('where nothing is left it says which filter hides how many, and each takes itself away', async () => {
  const seat = await Seat.open(browser)
  await seat.enter(server.url, sub)
  await seat.page.goto(`${server.url}/board?priority=1&urged=true&unsigned=true`)
  await seat.page.getByText(seat.word('filter.noneLeft', { count: 5 })).waitFor()
  const priority = seat.word('filter.is', { name: seat.word('filter.priority'), value: seat.word('priority.1') })
  assert.deepEqual(
    await seat.page.locator('.hiders button').allInnerTexts(),
    (
      [
        [priority, 3, 1],
        [seat.word('filter.unsigned'), 1, 0],
        [seat.word('filter.urged'), 4, 2],
      ] as const
    ).map(([name, hides, without]) => seat.word('filter.hides', { name, hides, without })),
  )
  await seat.page.locator('.hiders button').nth(2).click()
  await many(seat, 2)
  assert.deepEqual(await rows(seat), named('half', 'assault'))
  await seat.close()
})

test('an address with what is no filter shows the whole board', async () => {
  const seat = await Seat.open(browser)
  await seat.enter(server.url, sub)
  await seat.page.goto(`${server.url}/board?priority=9&group=%27%3B--&phase=nonsense&station=*&unsigned=false`)
  await many(seat, 5)
  assert.deepEqual(await chips(seat), [])
  await seat.isClean()
  await seat.close()
})
