import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import type { Browser, Locator } from 'playwright-core'
import type { TraceEntry, Views } from '#modules/dispatch/contract.ts'
import { browser as start } from './browser.ts'
import { accountOf, type DemoAccount, demoAccounts, openAt, Person } from './clients.ts'
import { Seat } from './seat.ts'
import { openCity } from './seeded.ts'
import { type Server, until } from './server.ts'
import { Wire } from './wire.ts'

let server: Server
let browser: Browser
let accounts: readonly DemoAccount[]
let wire: Wire
let phone: Seat
/** Each test's own officer, whoever is on duty at his station, and a call taker. */
let patrol: DemoAccount
let officer: Person
let station: Person
let taker: Person

before(async () => {
  server = await openCity()
  browser = await start()
  accounts = await demoAccounts(server.url)
  taker = await Person.logIn(server.url, accountOf(accounts, 'callTaker'))
})

after(async () => {
  await browser.close()
  await server.clean()
})

const patrolNumber = (n: number): DemoAccount => accounts.filter(({ role }) => role === 'patrolOfficer')[n] as DemoAccount
let used = 0
beforeEach(async () => {
  patrol = patrolNumber(used++)
  officer = await Person.logIn(server.url, patrol)
  station = await Person.logIn(server.url, accounts.find(({ role, unit }) => role === 'stationDuty' && unit === patrol.unit) as DemoAccount)
  wire = await Wire.to(server.port)
  phone = await Seat.open(browser, { width: 390, height: 844, touch: true })
  await phone.page.addInitScript({ path: join(import.meta.dirname, 'device.js') })
  await phone.enter(wire.url, patrol)
  await phone.page.locator('.live.good').waitFor()
})

afterEach(async () => {
  await phone.close()
  await wire.cut()
})

/** An incident of the officer's station, assigned to him; gives its id once his page shows it. */
async function sent(narrative: string): Promise<string> {
  const id = await openAt(taker, patrol.unit, narrative)
  await station.command('dispatch', id, 'assign', { officers: [officer.me.account], busyToo: true })
  await card(id).waitFor()
  return id
}

const card = (id: string): Locator => phone.page.locator(`.own-list [data-id="${id}"] .own`)
const says = (id: string, standing: string): Locator => card(id).locator(`.standing.${standing}`)
const button = (where: Locator, key: string): Locator => where.getByRole('button', { name: phone.word(key), exact: true })
const tap = (id: string, action: string): Promise<void> => button(card(id), `action.${action}`).tap()
const box = (): Locator => phone.page.locator('.outbox')

const trace = async (id: string): Promise<readonly TraceEntry[]> =>
  (await station.view<Views['incident']>('dispatch', 'incident', { id })).data.trace
const types = async (id: string): Promise<string[]> =>
  (await trace(id))
    .map(({ type }) => type as string)
    .filter((type) => ['departed', 'arrived', 'cleared', 'reported', 'noted'].includes(type))

interface Stored {
  readonly keys: number
  readonly entries: readonly { readonly account: string; readonly text: string }[]
}
const stored = (): Promise<Stored> => phone.page.evaluate<Stored>('stored()')

test('an officer’s day: assigned, seen at once, tapped without a line and with a killed server, delivered once and in order', async () => {
  const id = await sent('楼上漏水，两家争执')
  await tap(id, 'depart')
  await says(id, 'delivered').waitFor()
  await button(card(id), 'action.arrive').waitFor()
  await wire.cut()
  const cut = Date.now()
  await tap(id, 'arrive')
  await tap(id, 'clear')
  await box()
    .getByText(phone.word('outbox.countWaiting', { count: 2 }))
    .waitFor()
  await says(id, 'waiting').waitFor()
  await box().locator('summary').tap()
  assert.equal(await box().locator('li.delivered').count(), 1)
  assert.doesNotMatch(await phone.page.locator('body').innerText(), /已保存|保存成功/)
  const tapped = Date.now()
  await server.killServer()
  await server.start()
  assert.deepEqual(await types(id), ['departed'])
  await wire.mend()
  await phone.page.reload()
  await until('everything is delivered', async () => (await types(id)).length === 3, 30_000)
  assert.deepEqual(await types(id), ['departed', 'arrived', 'cleared'])
  const [arrived] = (await trace(id)).filter(({ type }) => type === 'arrived')
  const time = Date.parse(arrived?.occurred.time ?? '')
  assert.equal(arrived?.occurred.source, 'typed')
  assert.ok(time >= cut - 1500 && time <= tapped + 1500, `${time} is not between ${cut} and ${tapped}`)
  assert.ok(Date.parse(arrived.at) > tapped)
  await card(id).locator('.phase').getByText(phone.word('phase.cleared')).waitFor()
  await until('nothing stays on the device', async () => (await stored()).entries.length === 0)
})

test('a server that dies while it answers: the same command again, recorded once', async () => {
  const id = await sent('店门口停车纠纷')
  await Promise.all([tap(id, 'depart'), server.killServer()])
  await server.start()
  await until('it is delivered', async () => (await types(id)).length > 0, 30_000)
  await says(id, 'delivered').waitFor()
  assert.deepEqual(await types(id), ['departed'])
})

/** Every field of the feedback by touch. */
async function report(id: string, text: string): Promise<void> {
  const form = card(id).locator('.duty-form')
  await form.getByText(phone.word('result.mediated'), { exact: true }).tap()
  await form.getByRole('button', { name: `${phone.word('field.injured')} −1` }).tap()
  await form.getByRole('button', { name: `${phone.word('field.persons')} +1` }).tap()
  await form.getByText(phone.word('measure.warned'), { exact: true }).tap()
  await form.locator('textarea').fill(text)
  await form.locator('button[type="submit"]').tap()
}

test('feedback that comes too late is refused in words, changed into a note is not lost, discarded only when asked twice', async () => {
  const id = await sent('夜间施工')
  await wire.cut()
  await tap(id, 'feedback')
  await card(id).locator('button[type="submit"]').tap()
  assert.equal(await card(id).locator('.field.wrong').count(), 5)
  await report(id, '已劝停')
  await says(id, 'waiting').waitFor()
  await station.command('dispatch', id, 'feedback', { result: 'handled', injured: 0, persons: 0, measures: ['none'], text: '电话处理' })
  await wire.mend()
  await box().locator('li.refused').waitFor({ timeout: 30_000 })
  await box()
    .getByText(phone.word('refusal.reported-already', { by: station.me.name }))
    .waitFor()
  await button(box(), 'outbox.change').tap()
  assert.equal(await card(id).locator('textarea').inputValue(), '已劝停')
  await button(card(id), 'form.cancel').tap()
  await phone.page.reload()
  await box().locator('li.refused').waitFor()
  await button(box(), 'outbox.discard').tap()
  await button(box(), 'outbox.keep').tap()
  await button(box(), 'outbox.discard').tap()
  await button(box(), 'outbox.discardNow').tap()
  await box().locator('li.refused').waitFor({ state: 'detached' })
  await until('it is gone from the device', async () => (await stored()).entries.length === 0)
  assert.deepEqual(await types(id), ['reported'])
})

test('a slip that was delivered stays and is said by a note; one that was not is taken back', async () => {
  const id = await sent('走失老人')
  await tap(id, 'depart')
  await button(card(id), 'duty.slip').tap()
  await card(id).locator('button[type="submit"]').tap()
  await until('the note is there', async () => (await types(id)).includes('noted'))
  await wire.cut()
  await tap(id, 'arrive')
  await button(card(id), 'outbox.discard').tap()
  await button(card(id), 'outbox.discardNow').tap()
  await button(card(id), 'action.arrive').waitFor()
  await wire.mend()
  await phone.page.reload()
  await card(id).waitFor()
  assert.deepEqual(await types(id), ['departed', 'noted'])
})

test('another account on the same phone neither sees nor sends what waits; its owner does when he is back', async () => {
  const id = await sent('不能给别人看的内容')
  const { page } = phone
  await page.route('**/command/**', (route) => route.abort())
  await button(card(id), 'action.note').tap()
  await card(id).locator('textarea').fill('证人手机尾号 2071')
  await card(id).locator('button[type="submit"]').tap()
  await says(id, 'waiting').waitFor()
  const kept = await stored()
  assert.deepEqual([kept.entries.map(({ account }) => account), kept.keys], [[officer.me.account], 1])
  assert.doesNotMatch(JSON.stringify(kept), /2071|note/)
  await page.context().clearCookies()
  await page.unroute('**/command/**')
  const second = patrolNumber(used)
  await phone.enter(wire.url, second)
  await page.locator('.telling').waitFor()
  assert.equal(await box().count(), 0)
  await page.getByRole('button', { name: phone.word('shell.menu') }).tap()
  await page.getByRole('button', { name: phone.word('shell.logOut') }).tap()
  await page.locator('#login').waitFor()
  assert.deepEqual(await types(id), [])
  assert.equal((await stored()).entries.length, 1)
  await phone.enter(wire.url, patrol)
  await until('the owner’s note is delivered', async () => (await types(id)).length === 1)
  const noted = (await trace(id)).find(({ type }) => type === 'noted')
  assert.equal(noted?.by, officer.me.name)
})

test('a command meant by one account is not taken in the session of another', async () => {
  const id = await sent('谁的操作')
  const { status } = await fetch(`${server.url}/command/dispatch/${id}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: officer.cookie, 'plumbline-account': station.me.account },
    body: JSON.stringify({ id: randomUUID(), type: 'depart', data: {} }),
  })
  assert.equal(status, 409)
  assert.deepEqual(await types(id), [])
})

test('log-out with something undelivered asks first, and destroys it with its key', async () => {
  const id = await sent('退出之前')
  const { page } = phone
  await wire.cut()
  await tap(id, 'depart')
  await says(id, 'waiting').waitFor()
  const leave = async (answer: string) => {
    await page.getByRole('button', { name: phone.word('shell.menu') }).tap()
    await page.getByRole('button', { name: phone.word('shell.logOut') }).tap()
    const asked = page.getByRole('alertdialog').filter({ hasText: phone.word('outbox.leaving', { count: 1 }) })
    await button(asked, answer).tap()
    await asked.waitFor({ state: 'detached' })
  }
  await leave('outbox.stay')
  assert.equal((await stored()).entries.length, 1)
  await page.getByRole('button', { name: phone.word('shell.menu') }).tap()
  await leave('outbox.leaveAnyway')
  await page.locator('#login').waitFor()
  assert.deepEqual(await stored(), { keys: 0, entries: [] })
})

test('the position is told only once it is switched on, to those above; near the place it bears out the arrival', async () => {
  const spot = { lon: 116.39, lat: 39.91 }
  await phone.page.context().grantPermissions(['geolocation'])
  await phone.page.context().setGeolocation({ longitude: spot.lon, latitude: spot.lat + 0.0005, accuracy: 20 })
  const id = randomUUID()
  const call = { id: randomUUID(), channel: 'voice' }
  const place = { kind: 'point', ...spot, text: '路口' }
  await taker.command('dispatch', id, 'open', { call, narrative: '路口两车相撞', place, kind: 'other', unit: patrol.unit })
  await station.command('dispatch', id, 'assign', { officers: [officer.me.account] })
  await card(id).waitFor()
  const known = async () =>
    (await station.view<Views['officers']>('dispatch', 'officers', { unit: patrol.unit })).data.rows.find(
      ({ account }) => account === officer.me.account,
    )
  assert.equal((await known())?.at, null)
  await phone.page.locator('.telling input').tap()
  await until('the station knows it', async () => (await known())?.at !== null)
  await card(id)
    .getByText(phone.word('duty.metres', { m: 60 }))
    .waitFor()
  await tap(id, 'depart')
  await tap(id, 'arrive')
  await until('the arrival is there', async () => (await types(id)).length === 2)
  const sources = (await trace(id)).filter(({ type }) => type === 'departed' || type === 'arrived').map(({ occurred }) => occurred.source)
  assert.deepEqual(sources, ['typed', 'position'])
  await phone.isClean()
})

test('a browser that does not allow it is said to', async () => {
  await phone.page.context().clearPermissions()
  await phone.page.locator('.telling input').tap()
  await phone.page.getByText(phone.word('position.denied')).waitFor()
  await phone.isClean()
})

test('the whole day by keyboard alone', async () => {
  const id = await sent('键盘也可以')
  const { keyboard } = phone.page
  for (const type of ['departed', 'arrived', 'cleared']) {
    await phone.tabTo(`.own-list [data-id="${id}"] .big`)
    await keyboard.press('Enter')
    await until(`${type} is there`, async () => (await types(id)).at(-1) === type)
    await button(card(id), { departed: 'action.arrive', arrived: 'action.clear', cleared: 'action.feedback' }[type] ?? '').waitFor()
  }
  await phone.tabTo(`.own-list [data-id="${id}"] .big`)
  await keyboard.press('Enter')
  await phone.page.locator('.duty-form input:focus').waitFor()
  await keyboard.press('Space')
  for (const field of ['injured', 'persons'] as const) {
    await phone.tabTo(`.count input[aria-label="${phone.word(`field.${field}`)}"]`)
    await keyboard.type('0')
  }
  await phone.tabTo('.duty-form input[type="checkbox"]')
  await keyboard.press('Space')
  await phone.tabTo('.duty-form textarea')
  await keyboard.type('已处置')
  await phone.tabTo('.duty-form button[type="submit"]')
  await keyboard.press('Enter')
  await until('the feedback is there', async () => (await types(id)).at(-1) === 'reported')
  await card(id).getByText(phone.word('duty.nothingLeft')).waitFor()
  await phone.isClean()
})

test('nothing runs out of a small screen or of one with text twice as large, and what is tapped is as large as a thumb', async () => {
  const id = await sent('很长的内容'.repeat(30))
  await button(card(id), 'action.feedback').tap()
  for (const [width, height] of [
    [390, 844],
    [360, 640],
    [195, 422],
    [180, 320],
  ] as const) {
    await phone.page.setViewportSize({ width, height })
    const found = await phone.page.evaluate('outgrown()')
    assert.deepEqual(found, { page: 0, main: 0, small: [] }, `${width} × ${height}`)
  }
})
