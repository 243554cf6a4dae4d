import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { limitOf } from '#kernel/calendar.ts'
import { builtInYears } from '#kernel/calendar/years.ts'
import { calendarAt } from '#kernel/calendars.ts'
import { type Reply, type Seat, server, type TestServer } from '#kernel/testing/server.ts'
import { verify } from '#kernel/verify.ts'
import type { Views } from './contract.ts'
import { staffModule } from './module.ts'

const start = '2026-11-27T02:00:00.000Z'
let house: TestServer
let security: Seat
let duty: Seat
before(async () => {
  house = await server([staffModule], { at: start })
  await house.unit('110000', { kind: 'bureau', name: '北京市公安局' })
  await house.unit('110105', { kind: 'subBureau', parent: '110000', name: '朝阳分局' })
  await house.unit('110105001', { kind: 'station', parent: '110105', name: '建外派出所' })
  security = await house.seat('securityAdministrator', '110000')
  duty = await house.seat('stationDuty', '110105001')
})
after(() => house.stop())

const year = {
  holidays: [
    { name: 'newYear', from: '2027-01-01', to: '2027-01-03' },
    { name: 'labourDay', from: '2027-05-01', to: '2027-05-05' },
    { name: 'nationalDay', from: '2027-10-01', to: '2027-10-07' },
  ],
  workdays: ['2027-01-09'],
  source: '国办发明电〔2026〕9号',
  verified: 'yes',
  reason: '通知已公布',
} as const
const set = (data: object, seat = security, of = 2027) =>
  seat.command('staff', `calendar:${of}`, 'setCalendar', { ...year, seen: 0, ...data })
const said = ({ status, body }: Reply): string => `${status} ${(body as { error?: { rule?: string } }).error?.rule ?? ''}`.trim()
const seen = async (of: number) => (await duty.view<Views['calendar']>('staff', 'calendar', { year: String(of) })).data
const now = (): string => house.clock?.now() ?? ''
/** As any module counts: with the tables that were in force then. */
const counted = (at: string) =>
  house.house.pool.read([], async (tx) =>
    limitOf({ term: 'P5WD', from: '2026-12-30T02:00:00Z', liberty: false, now: at, calendar: await calendarAt(tx, at) }),
  )

test('everybody reads the years, of the house and of nobody', async () => {
  const known = await seen(2026)
  assert.deepEqual(known.versions, [{ table: builtInYears.get(2026), by: null, at: null, reason: null }])
  assert.deepEqual(
    known.years.map((one) => `${one.year} ${one.verified}`),
    ['2020 2nd', '2021 2nd', '2022 2nd', '2023 2nd', '2024 2nd', '2025 2nd', '2026 2nd'],
  )
  assert.deepEqual((await seen(2027)).versions, [])
  assert.equal((await duty.ask('GET', '/view/staff/calendar?year=1999')).status, 422)
  assert.equal((await duty.ask('GET', '/view/staff/calendar')).status, 422)
})

test('a year is published once for all, corrected with its history, and each moment keeps its table', async () => {
  const unpublished = now()
  house.clock?.pass(60)
  assert.equal(said(await set({}, duty)), '403')
  assert.equal(said(await set({ holidays: year.holidays.slice(1) })), '409 calendar-statutory')
  assert.equal(said(await set({})), '200')
  house.clock?.pass(60)
  const first = now()
  assert.equal(said(await set({ workdays: [] })), '409 calendar-changed')
  house.clock?.pass(60)
  assert.equal(said(await set({ workdays: ['2027-01-10'], seen: 1, reason: '更正' })), '200')
  house.clock?.pass(60)

  const { versions, years } = await seen(2027)
  assert.deepEqual(
    versions.map(({ table, reason }) => [table.n, table.workdays, reason]),
    [
      [2, ['2027-01-10'], '更正'],
      [1, ['2027-01-09'], '通知已公布'],
    ],
  )
  assert.equal(years.at(-1)?.year, 2027)

  const [before, then, after] = await Promise.all([counted(unpublished), counted(first), counted(now())])
  assert.deepEqual(before.is === 'gap' && before.gap, 2027)
  // 31 Thu 1, 1-3 off, 4 Mon 2, 5 3, 6 4, 7 Thu 5: both versions; with the table's number in its steps.
  const table = (limit: typeof then) => limit.steps.flatMap((step) => (step.is === 'table' && step.year === 2027 ? [step.n] : []))
  assert.deepEqual([then.is === 'due' && then.due, table(then)], ['2027-01-07T16:00:00.000Z', [1]])
  assert.deepEqual([after.is === 'due' && after.due, table(after)], ['2027-01-07T16:00:00.000Z', [2]])
})

test('twenty at once set one version', async () => {
  const holidays = year.holidays.map(({ name, from, to }) => ({ name, from: from.replace('2027', '2028'), to: to.replace('2027', '2028') }))
  const replies = await Promise.all(
    Array.from({ length: 20 }, (_, n) => set({ holidays, workdays: [], source: `通知 ${n}` }, security, 2028)),
  )
  assert.deepEqual(replies.filter(({ status }) => status === 200).length, 1)
  assert.equal((await seen(2028)).versions.length, 1)
})

test('the views are what the events make of them', async () => {
  assert.deepEqual((await verify(house.database.owner, [staffModule])).differences, [])
})
