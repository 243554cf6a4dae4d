import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, Locator } from 'playwright-core'
import type { Views } from '#modules/dispatch/contract.ts'
import type { Views as StaffViews } from '#modules/staff/contract.ts'
import { browser as start } from './browser.ts'
import { accountOf, type DemoAccount, demoAccounts, openAt, Person } from './clients.ts'
import { Seat } from './seat.ts'
import { openCity } from './seeded.ts'
import { type Server, until } from './server.ts'

/** From Enter to both boards, and to the first tone. */
const promisedMs = 1000
/** The highest tone of the most urgent pattern, and a little more than its pause. */
const urgent = { pitch: 988, everyMs: 1600 }

let server: Server
let browser: Browser
let accounts: readonly DemoAccount[]
let duty: { station: DemoAccount; subBureau: DemoAccount; taker: DemoAccount; position: readonly [number, number]; neighbour: string }
let [taker, station, subBureau] = [] as unknown as [Seat, Seat, Seat]

before(async () => {
  server = await openCity()
  browser = await start()
  accounts = await demoAccounts(server.url)
  const person = await Person.logIn(server.url, accountOf(accounts, 'callTaker'))
  const { units } = (await person.view<StaffViews['units']>('staff', 'units')).data
  const stationAccount = accountOf(accounts, 'stationDuty')
  const unit = units.find(({ code }) => code === stationAccount.unit)
  const subAccount = accounts.find((account) => account.role === 'subBureauDuty' && account.unit === unit?.parent)
  const neighbour = units.find(({ code, kind, parent }) => kind === 'station' && parent === unit?.parent && code !== unit?.code)
  assert.ok(unit?.position && subAccount && neighbour)
  duty = {
    station: stationAccount,
    subBureau: subAccount,
    taker: accountOf(accounts, 'callTaker'),
    position: unit.position,
    neighbour: neighbour.code,
  }
  ;[taker, station, subBureau] = await Promise.all([Seat.open(browser), Seat.open(browser), Seat.open(browser)])
  await taker.enter(server.url, duty.taker)
  await station.enter(server.url, duty.station)
  await subBureau.enter(server.url, duty.subBureau)
  await station.startShift()
  await subBureau.startShift()
})

after(async () => {
  await browser.close()
  await server.clean()
})

const rowOf = (seat: Seat, id: string): Locator => seat.page.locator(`[role="row"][data-id="${id}"]`)

/** The trace of an incident as the server has it, by event type. */
async function trace(id: string): Promise<readonly string[]> {
  const person = await Person.logIn(server.url, duty.taker)
  const { trace: entries } = (await person.view<Views['incident']>('dispatch', 'incident', { id })).data
  return entries.map((entry) => entry.type)
}

/** Types a call from the first key to Enter; the hands never leave the keys. Gives the incident's id. */
async function takeCall(narrative: string): Promise<string> {
  const { page } = taker
  const { keyboard } = page
  const before = new Set(Object.keys((await station.noted()).shown))
  await page.locator('#intake-number:focus').waitFor()
  await keyboard.type('13800132071')
  await keyboard.press('Tab')
  await keyboard.type('张女士')
  await taker.tabTo('#intake-place')
  await keyboard.type(duty.position.join(', '))
  await taker.tabTo('#intake-narrative')
  await keyboard.type(narrative)
  await taker.tabTo('#intake-kind')
  await keyboard.type('robbery')
  await keyboard.press('Enter')
  await page.locator('.receivers b').first().waitFor()
  await taker.tabTo('#intake-note')
  await keyboard.press('Enter')
  const fresh = async () => Object.keys((await station.noted()).shown).filter((id) => !before.has(id))
  await until('the station has a new incident', async () => (await fresh()).length > 0, 10_000, 20)
  const [id, more] = await fresh()
  assert.ok(id !== undefined && more === undefined)
  return id
}

test('typed by keyboard only, it stands on both boards within a second and rings; the station signs; the call taker reads the receipt', async () => {
  const id = await takeCall('两人持刀抢包,向东跑了。𠮷 <script>')
  await rowOf(subBureau, id).waitFor()
  await until('both ring', async () => (await Promise.all([station, subBureau].map((seat) => seat.noted()))).every((one) => one.rang[id]))
  const pressed = (await taker.noted()).enter
  for (const seat of [station, subBureau]) {
    const toned = async () => (await seat.noted()).tones.find((tone) => tone.time >= pressed && tone.pitch === urgent.pitch)
    await until('a tone', async () => (await toned()) !== undefined, 5000, 20)
    const { shown, rang } = await seat.noted()
    const after = [shown[id], rang[id], (await toned())?.time].map((time) => (time ?? Infinity) - pressed)
    assert.ok(
      after.every((ms) => ms >= 0 && ms <= promisedMs),
      `shown, rang and sounded ${after.join(', ')} ms after Enter`,
    )
    assert.match(await rowOf(seat, id).innerText(), /两人持刀抢包,向东跑了。𠮷 <script>/)
  }
  await until('both lines are delivered and shown', async () => {
    const types = await trace(id)
    return ['delivered', 'seen'].every((type) => types.filter((one) => one === type).length === 2)
  })
  await signs(station, id)
  const lane = taker.page.locator('.mine', { hasText: '两人持刀抢包' }).locator('.lane').first()
  await lane.getByText(taker.word('lane.done'), { exact: true }).waitFor()
  const text = await lane.innerText()
  assert.ok(text.includes(duty.station.name) && text.includes(taker.word('source.system')), text)
  await signs(subBureau, id)
})

/** Goes to a row by the arrow keys; beside the board stands that incident then. */
async function choose(seat: Seat, id: string): Promise<void> {
  const { page } = seat
  await page.locator('.grid [role="row"][tabindex="0"]').focus()
  await page.keyboard.press('Home')
  const chosen = page.locator(`[role="row"][data-id="${id}"][aria-selected="true"]`)
  const rows = Number(await page.locator('.grid').getAttribute('aria-rowcount'))
  for (let row = 1; row < rows && (await chosen.count()) === 0; row++) {
    const before = await page.locator('[role="row"][aria-selected="true"]').getAttribute('data-id')
    await page.keyboard.press('ArrowDown')
    await page.locator(`[role="row"][aria-selected="true"]:not([data-id="${before ?? ''}"])`).waitFor()
  }
  await chosen.waitFor()
  await page.locator(`.detail .panel-head a[href="/incident/${id}"]`).waitFor()
  await page.locator('.detail .actions').waitFor()
}

/** Signs the row with Enter; from then on this board is quiet. */
async function signs(seat: Seat, id: string): Promise<void> {
  await choose(seat, id)
  await seat.page.keyboard.press('Enter')
  await seat.page.locator(`[role="row"][data-id="${id}"]:not(.ringing)`).waitFor()
  const from = Date.now()
  await sleep(urgent.everyMs + 200)
  const late = (await seat.noted()).tones.filter((tone) => tone.time > from)
  assert.deepEqual(late, [], 'it rings although everything is signed')
}

/** Presses an action's key and fills its drawer, if it has one; waits until the record shows it. */
async function acts(seat: Seat, id: string, key: string, type: string, fill?: () => Promise<void>): Promise<void> {
  const before = (await trace(id)).filter((one) => one === type).length
  await choose(seat, id)
  await seat.page.keyboard.press(key)
  if (fill) {
    await seat.page.locator('.ant-drawer-open form').waitFor()
    await fill()
    await seat.page.keyboard.press('Control+Enter')
    await seat.page.locator('.ant-drawer-open').waitFor({ state: 'detached' })
  }
  await until(`${type} is recorded`, async () => (await trace(id)).filter((one) => one === type).length > before, 10_000)
}

const types = (seat: Seat, text: string) => async (): Promise<void> => {
  await seat.page.locator('.ant-drawer-open input:focus, .ant-drawer-open textarea:focus').waitFor()
  await seat.page.keyboard.type(text)
}

/** Result, two counts, a measure and a text, field after field. */
const reports = (seat: Seat, text: string) => async (): Promise<void> => {
  const { keyboard } = seat.page
  await seat.page.locator('.ant-drawer-open input:focus').waitFor()
  await keyboard.type('mediated')
  await keyboard.press('Enter')
  await keyboard.press('Tab')
  await keyboard.type('0')
  await keyboard.press('Tab')
  await keyboard.type('2')
  await keyboard.press('Tab')
  await keyboard.press('Space')
  await seat.tabTo('.ant-drawer-open textarea')
  await keyboard.type(text)
}

test('assigned, under way, arrived, cleared, reported, sent back, reported again and closed, all by keys', async () => {
  const id = await takeCall('楼下两家争吵,越来越凶')
  await acts(station, id, 'a', 'assigned', types(station, '王警官,李警官'))
  await acts(station, id, 'd', 'departed')
  await acts(station, id, 'r', 'arrived')
  await acts(station, id, 'c', 'cleared')
  await acts(station, id, 'f', 'reported', reports(station, '已劝开'))
  await acts(subBureau, id, 'b', 'sentBack', types(subBureau, '没有写明双方身份'))
  await rowOf(station, id).getByText(station.word('phase.assigned'), { exact: true }).waitFor()
  await acts(station, id, 'f', 'reported', reports(station, '双方身份已登记'))
  await acts(station, id, 'x', 'closed')
  for (const seat of [station, subBureau]) await rowOf(seat, id).waitFor({ state: 'detached' })
  const found = (await trace(id)).filter((type) => !['delivered', 'seen'].includes(type))
  assert.deepEqual(found, [
    ...['opened', 'dispatched', 'signed', 'assigned', 'departed', 'arrived', 'cleared'],
    ...['reported', 'sentBack', 'reported', 'closed'],
  ])
})

test('transferred: the first station loses the row, the other has it, the sub-bureau keeps it', async () => {
  const id = await openAt(await Person.logIn(server.url, duty.taker), duty.station.unit, '手机在地铁站被盗')
  await rowOf(station, id).waitFor()
  await acts(subBureau, id, 't', 'transferred', async () => {
    const { keyboard } = subBureau.page
    await subBureau.page.locator('.ant-drawer-open input:focus').waitFor()
    await keyboard.type(duty.neighbour)
    await keyboard.press('Enter')
    await subBureau.tabTo('.ant-drawer-open textarea')
    await keyboard.type('现场在对方辖区')
  })
  await rowOf(station, id).waitFor({ state: 'detached' })
  await rowOf(subBureau, id).waitFor()
  const neighbour = accounts.find((account) => account.role === 'stationDuty' && account.unit === duty.neighbour)
  assert.ok(neighbour)
  const board = await (await Person.logIn(server.url, neighbour)).view<Views['board']>('dispatch', 'board', { unit: duty.neighbour })
  assert.deepEqual(
    board.data.rows.map((row) => row.id),
    [id],
  )
  const old = await Person.logIn(server.url, duty.station)
  const foreign = await old.ask('GET', `/view/dispatch/incident?id=${id}`)
  assert.equal(foreign.status, 404)
})

test('nothing on these three screens was complained of by the browser', async () => {
  for (const seat of [taker, station, subBureau]) await seat.isClean()
})
