import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { modules } from '../modules.ts'
import { sql } from './testing/notes.ts'
import { type Reply, type Seat, server, type TestServer } from './testing/server.ts'
import type { SettingView } from './settings.ts'
import { verify } from './verify.ts'

let house: TestServer
let security: Seat
before(async () => {
  house = await server(modules, { at: '2026-11-24T08:00:00.000Z' })
  await house.unit('B1', { kind: 'bureau', name: '市局' })
  await house.unit('S1', { kind: 'subBureau', name: '分局', parent: 'B1' })
  await house.unit('A1', { kind: 'station', name: '派出所', parent: 'S1' })
  await house.unit('B2', { kind: 'bureau', name: '别处' })
  security = await house.seat('securityAdministrator', 'B1')
})
after(() => house.stop())

const outcome = ({ status, body }: Reply): string => {
  const { error } = body as { error?: { code: string; rule?: string; fields?: { path: string }[] } }
  return [status, error?.rule ?? error?.code, error?.fields?.map(({ path }) => path).join()].filter(Boolean).join(' ')
}
const set = (key: string, data: object, module = 'staff') =>
  security.command(module, `setting:${key}`, 'setSetting', { unit: 'B1', reason: '试行', ...data })
const view = async (unit: string, key: string, module = 'staff') => {
  const { data } = await security.view<{ settings: readonly SettingView[] }>(module, 'settings', { unit })
  return data.settings.find((one) => one.key === key) ?? assert.fail(key)
}
const session = async (seat: Seat) => {
  const text = `select extract(epoch from ends_at - created_at)::int / 3600 as hours, extract(epoch from idle)::int / 60 as idle
    from kernel.session where token = sha256(convert_to($1, 'UTF8'))`
  return (await sql<{ hours: number; idle: number }>(house.database.owner, text, [seat.cookie.slice('plumbline='.length)]))[0]
}

test('bad input is a no that names the field, and nothing is stored', async () => {
  const bad: [Promise<Reply>, string][] = [
    [set('nothing', { value: 1 }), '409 no-setting'],
    [set('idleMinutes', { value: '60' }), '422 invalid data.value'],
    [set('idleMinutes', {}), '422 invalid data.value'],
    [set('idleMinutes', { value: 1.5 }), '409 setting-value data.value'],
    [set('idleMinutes', { value: 9999 }), '409 setting-value data.value'],
    [set('idleMinutes', { value: 30, from: '2026-11-23T00:00:00Z' }), '409 setting-past data.from'],
    [set('idleMinutes', { value: 30, from: 'tomorrow' }), '422 invalid data.from'],
    [set('idleMinutes', { value: 30, unit: 'B2' }), '409 foreign-unit data.unit'],
    [set('idleMinutes', { value: 30, unit: 'Z9' }), '409 no-unit data.unit'],
    [set('idleMinutes', { value: 30, reason: ' ' }), '422 invalid data.reason'],
    [set('idleMinutes', { value: 30 }, 'dispatch'), '409 no-setting'],
    [security.command('staff', 'B1', 'setSetting', { unit: 'B1', value: 30, reason: '-' }), '409 no-setting'],
    [security.command('staff', 'setting:0', 'setSetting', { unit: 'B1', value: 30, reason: '-' }), '422 invalid stream'],
  ]
  for (const [reply, expected] of bad) assert.equal(outcome(await reply), expected)
  assert.deepEqual(await sql(house.database.owner, 'select 1 from access.setting union all select 1 from dispatch.setting'), [])
  assert.deepEqual(await view('A1', 'idleMinutes'), {
    key: 'idleMinutes',
    measure: 'minutes',
    value: 60,
    set: null,
    initial: 60,
    source: 'GB/T 22239-2019 8.1.4.1',
    verified: 'no',
    least: 5,
    most: 240,
    bound: null,
    rows: [],
  })
})

test('a log-in takes the limits of its unit at that moment: nearest upward, dated, and taken back', async () => {
  const duty = await house.seat('stationDuty', 'A1')
  assert.deepEqual(await session(duty), { hours: 14, idle: 60 })
  assert.equal(outcome(await set('idleMinutes', { value: 30 })), '200')
  assert.equal(outcome(await set('idleMinutes', { value: 20, unit: 'S1', from: '2026-11-24T09:00:00Z' })), '200')
  assert.equal(outcome(await set('sessionHours', { value: 10, unit: 'A1' })), '200')
  assert.deepEqual(await session(await duty.again()), { hours: 10, idle: 30 })
  house.clock?.pass(3600)
  assert.deepEqual(await session(await duty.again()), { hours: 10, idle: 20 })
  assert.deepEqual(await session(duty), { hours: 14, idle: 60 }, 'an open session keeps its own')
  assert.equal(outcome(await set('idleMinutes', { value: null, unit: 'S1' })), '200')
  assert.deepEqual(await session(await duty.again()), { hours: 10, idle: 30 })
  const { value, set: row, rows } = await view('A1', 'idleMinutes')
  assert.deepEqual(
    [value, row?.unit, rows.map((one) => [one.unit, one.value, one.from])],
    [
      30,
      'B1',
      [
        ['S1', null, '2026-11-24T09:00:00.000Z'],
        ['S1', 20, '2026-11-24T09:00:00.000Z'],
        ['B1', 30, '2026-11-24T08:00:00.000Z'],
      ],
    ],
  )
})

test('a patrol that is silent for longer than its unit has set is on no map', async () => {
  const patrol = await house.seat('patrolOfficer', 'A1')
  const shown = async () => (await patrol.view<{ rows: unknown[] }>('dispatch', 'patrols', { unit: 'A1' })).data.rows.length
  assert.equal((await patrol.ask('POST', '/signal/dispatch/position', { lon: 116, lat: 39 })).status, 200)
  house.clock?.pass(600)
  assert.equal(await shown(), 1)
  assert.equal(outcome(await set('patrolMinutes', { value: 5, unit: 'S1' }, 'dispatch')), '200')
  assert.equal(await shown(), 0)
  assert.equal(outcome(await set('patrolMinutes', { value: 15, unit: 'A1' }, 'dispatch')), '200')
  assert.equal(await shown(), 1)
})

test('the tables of the settings are what the events say', async () => {
  assert.deepEqual((await verify(house.database.owner, modules)).differences, [])
})
