import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { withClient } from '#kernel/database/roles.ts'
import type { Role } from '#kernel/decider.ts'
import { type Reply, type Seat, server, type TestServer } from '#kernel/testing/server.ts'
import { until } from '#kernel/testing/until.ts'
import { verify } from '#kernel/verify.ts'
import type { Views } from './contract.ts'
import { staffModule } from './module.ts'

const password = 'a password of the tests'
const square = (lon: number, lat: number, side: number): [number, number][] => [
  [lon, lat],
  [lon + side, lat],
  [lon + side, lat + side],
  [lon, lat + side],
  [lon, lat],
]

let house: TestServer
let system: Seat
let security: Seat
before(async () => {
  house = await server([staffModule])
  await house.unit('110000', { kind: 'bureau', name: '北京市公安局' })
  await house.unit('110105', { kind: 'subBureau', parent: '110000', name: '朝阳分局', boundary: [[square(116, 39, 1)]] })
  await house.unit('110105001', { kind: 'station', parent: '110105', name: '建外派出所', boundary: [[square(116, 39, 0.5)]] })
  await house.unit('320000', { kind: 'bureau', name: '别处' })
  system = await house.seat('systemAdministrator', '110000')
  security = await house.seat('securityAdministrator', '110000')
})
after(() => house.stop())

const rule = (reply: Reply): string | undefined => (reply.body as { error?: { rule?: string } }).error?.rule
const outcome = (reply: Reply): string =>
  `${reply.status} ${rule(reply) ?? (reply.body as { error?: { code: string } }).error?.code ?? ''}`.trim()
const tally = (replies: readonly Reply[]): Record<string, number> =>
  Object.fromEntries([...Map.groupBy(replies, outcome)].map(([key, group]) => [key, group.length]))
const twenty = <Value>(make: (n: number) => Promise<Value>): Promise<Value[]> => Promise.all(Array.from({ length: 20 }, (_, n) => make(n)))
const accounts = async (by = security) =>
  (await by.view<Views['accounts']>('staff', 'accounts', { unit: '110000', closed: 'with' })).data.accounts
const openAccount = async (login: string, unit = '110105001'): Promise<string> => {
  const id = randomUUID()
  const reply = await system.command('staff', id, 'openAccount', { login, name: '周某甲', unit, password })
  assert.equal(reply.status, 200, JSON.stringify(reply.body))
  return id
}
const logIn = (login: string, secret: string) =>
  fetch(`${house.url}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login, password: secret }),
  })

test('a unit is opened, renamed, drawn and closed; everybody sees the tree', async () => {
  const open = { kind: 'station', parent: '110105', name: '三里屯派出所', position: [116.45, 39.93], schematic: true }
  assert.equal(outcome(await system.command('staff', '110105008', 'openUnit', open)), '200')
  assert.equal(outcome(await system.command('staff', '110105008', 'renameUnit', { name: '𠮷兆路派出所', reason: '改名' })), '200')
  const boundary = [[square(116.50123456789, 39.5, 0.25), square(116.6, 39.6, 0.05)], [square(116.8, 39.8, 0.125)]]
  assert.equal(outcome(await system.command('staff', '110105008', 'drawBoundary', { boundary, schematic: true, reason: '重划' })), '200')
  const duty = await house.seat('stationDuty', '110105001')
  const { units } = (await duty.view<Views['units']>('staff', 'units')).data
  assert.deepEqual(
    units.find((unit) => unit.code === '110105008'),
    {
      code: '110105008',
      kind: 'station',
      name: '𠮷兆路派出所',
      parent: '110105',
      position: [116.45, 39.93],
      schematic: true,
      keys: '𠮷 zhao lu pai chu suo 𠮷zlpcs',
      closed: false,
    },
  )
  const { areas } = (await duty.view<Views['boundaries']>('staff', 'boundaries', { unit: '110105' })).data
  assert.deepEqual(
    areas.map((area) => area.unit),
    ['110105', '110105001', '110105008'],
  )
  assert.deepEqual(areas[2], { unit: '110105008', boundary, schematic: true })
  assert.equal(outcome(await system.command('staff', '110105008', 'closeUnit', { reason: '撤并' })), '200')
  assert.equal(outcome(await system.command('staff', '110105008', 'renameUnit', { name: '某所', reason: '-' })), '409 unit-closed')
  assert.equal(
    outcome(await system.command('staff', '110105001', 'closeUnit', { reason: '-' })),
    '409 unit-in-use',
    'accounts and grants hang on it',
  )
  assert.equal(outcome(await system.command('staff', '110105', 'closeUnit', { reason: '-' })), '409 unit-in-use')
})

test('a point belongs to a station, to its sub-bureau alone, or lies outside', async () => {
  const at = async (lon: number, lat: number, bureau: string) => {
    const rows = await house.house.pool.read('*', (tx) => tx.query('select * from access.unit_at($1, $2, $3)', [lon, lat, bureau]))
    return rows[0]
  }
  const hole = [[square(116.5, 39.5, 0.4), square(116.6, 39.6, 0.1)]]
  await house.unit('110105077', { kind: 'station', parent: '110105', name: '环形派出所', boundary: hole })
  assert.deepEqual(await at(116.2, 39.2, '110000'), { station: '110105001', sub_bureau: '110105', in_bureau: true })
  assert.deepEqual(await at(116.55, 39.55, '110000'), { station: '110105077', sub_bureau: '110105', in_bureau: true })
  assert.deepEqual(await at(116.65, 39.65, '110000'), { station: null, sub_bureau: '110105', in_bureau: true }, 'in the hole')
  assert.deepEqual(await at(118, 39, '110000'), { station: null, sub_bureau: null, in_bureau: false })
  assert.deepEqual(await at(116.2, 39.2, '320000'), { station: null, sub_bureau: null, in_bureau: true }, 'a bureau without areas')
})

test('an account logs in, changes its password, and is gone when closed', async () => {
  const id = await openAccount('li.mou')
  assert.equal(outcome(await security.command('staff', id, 'grant', { role: 'stationDuty', unit: '110105001' })), '200')
  const session = await logIn('li.mou', password)
  assert.equal(session.status, 200)
  const { account, unit, grants } = (await session.json()) as { account: string; unit: string; grants: unknown }
  assert.deepEqual({ account, unit, grants }, { account: id, unit: '110105001', grants: [{ role: 'stationDuty', unit: '110105001' }] })
  const cookieOf = (answer: Response) => answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const first = cookieOf(session)
  let cookie = first
  const own = (type: string, data: unknown, stream = id) =>
    fetch(`${house.url}/command/staff/${stream}`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json' },
      body: JSON.stringify({ id: randomUUID(), type, data }),
    })
  assert.equal((await own('setPassword', { password: 'another password' })).status, 409)
  assert.equal((await own('setPassword', { password: 'another password', old: 'not the password' })).status, 422)
  assert.equal((await own('setPassword', { password: 'another password', old: password })).status, 200)
  await until('the session of the old password has ended', async () => {
    const { status } = await fetch(`${house.url}/session`, { headers: { cookie: first } })
    return status === 401
  })
  cookie = cookieOf(await logIn('li.mou', 'another password'))
  assert.equal((await own('grant', { role: 'stationDuty', unit: '110105001' })).status, 403)
  assert.equal((await own('setPassword', { password: 'short' })).status, 422)
  assert.deepEqual([(await logIn('li.mou', password)).status, (await logIn('li.mou', 'another password')).status], [401, 200])
  assert.equal(outcome(await system.command('staff', id, 'closeAccount', { reason: '离职' })), '200')
  assert.equal((await logIn('li.mou', 'another password')).status, 401)
  assert.deepEqual(
    (await accounts()).find((row) => row.id === id),
    { id, login: 'li.mou', name: '周某甲', unit: '110105001', grants: [], secondFactor: false, closed: true },
  )
})

test('no password and no hash of one stands in an event', async () => {
  const held = await house.house.pool.read('*', (tx) =>
    tx.query<{ data: unknown }>(`select data from kernel.content where data::text like '%password%' or data::text like '%argon2%'`),
  )
  assert.deepEqual(held, [])
})

test('each office keeps to its own, and to its own house', async () => {
  const id = await openAccount('wang.mou')
  assert.equal(
    outcome(await security.command('staff', randomUUID(), 'openAccount', { login: 'xxx', name: '-', unit: '110000', password })),
    '403 role',
  )
  assert.equal(outcome(await system.command('staff', id, 'grant', { role: 'stationDuty', unit: '110105001' })), '403 role')
  assert.equal(outcome(await security.command('staff', id, 'grant', { role: 'callTaker', unit: '110105001' })), '409 role-unit')
  assert.equal(outcome(await security.command('staff', id, 'grant', { role: 'callTaker', unit: '320000' })), '409 foreign-unit')
  assert.equal(outcome(await security.command('staff', security.account, 'grant', { role: 'callTaker', unit: '110000' })), '409 own-grant')
  assert.equal(
    outcome(await system.command('staff', '320001', 'openUnit', { kind: 'station', parent: '320000', name: '某所' })),
    '409 foreign-unit',
  )
  assert.equal(outcome(await system.command('staff', '320000', 'renameUnit', { name: '某局', reason: '-' })), '404 unknown')
  assert.equal(outcome(await system.command('staff', '999999', 'renameUnit', { name: '某局', reason: '-' })), '404 unknown')
  assert.equal(
    outcome(await system.command('staff', '110105001', 'openUnit', { kind: 'station', parent: '110105', name: '某所' })),
    '409 unit-exists',
  )
  const stranger = await house.seat('securityAdministrator', '320000')
  assert.equal(outcome(await stranger.command('staff', id, 'grant', { role: 'callTaker', unit: '320000' })), '404 unknown')
  assert.equal(outcome(await stranger.ask('GET', '/view/staff/accounts?unit=110000')), '404 unknown')
  const taker = await house.seat('callTaker', '110000')
  assert.equal(outcome(await taker.ask('GET', '/view/staff/accounts?unit=110000')), '403 role')
  assert.equal(outcome(await taker.command('staff', id, 'setPassword', { password })), '409 own-password-only')
})

test('accounts show only in a scope that reaches them, and not at all without one', async () => {
  const login = (scope: string[]) =>
    house.house.pool.read(scope, (tx) => tx.query<{ login: string }>('select login from access.account where unit = $1', ['110105001']))
  assert.deepEqual(await login(['320000']), [])
  assert.deepEqual(await login(['110105002']), [])
  assert.ok((await login(['110105'])).length > 0)
  await withClient(house.database.app, async (client) => {
    await assert.rejects(client.query('select login from access.account'), { code: 'PL001' })
    await assert.rejects(client.query('select account from access.grant_'), { code: 'PL001' })
    await assert.rejects(client.query(`insert into access.grant_ values (gen_random_uuid(), 'callTaker', '110000')`), { code: '42501' })
    await assert.rejects(client.query(`update access.unit set name = ''`), { code: '42501' })
    await assert.rejects(client.query('select credential from access.account'), { code: '42501' })
  })
})

test('20 units with one code at once: one', async () => {
  const replies = await twenty((n) =>
    system.command('staff', '110105900', 'openUnit', { kind: 'centre', parent: '110105', name: `中心${n}` }),
  )
  assert.deepEqual(tally(replies), { '200': 1, '409 unit-exists': 19 })
})

test('20 accounts with one login at once: one', async () => {
  const replies = await twenty(() =>
    system.command('staff', randomUUID(), 'openAccount', { login: 'same.login', name: '周某甲', unit: '110105001', password }),
  )
  assert.deepEqual(tally(replies), { '200': 1, '409 login-taken': 19 })
  assert.equal((await accounts()).filter((row) => row.login === 'same.login').length, 1)
})

test('20 grants of the three offices to one account at once: one', async () => {
  const id = await openAccount('one.office', '110000')
  const offices: Role[] = ['systemAdministrator', 'securityAdministrator', 'auditAdministrator']
  const replies = await twenty((n) => security.command('staff', id, 'grant', { role: offices[n % 3], unit: '110000' }))
  const counted = tally(replies)
  assert.deepEqual([counted['200'], (counted['409 one-administrator'] ?? 0) + (counted['409 already-granted'] ?? 0)], [1, 19])
  assert.equal((await accounts()).find((row) => row.id === id)?.grants.length, 1)
  await withClient(house.database.owner, async (client) => {
    const insert = `insert into access.grant_ select $1, role, '320000' from unnest(array['systemAdministrator', 'auditAdministrator']) as list (role)`
    await assert.rejects(client.query(insert, [id]), { code: '23505', constraint: 'one_administrator' })
  })
})

test('20 security administrators revoke each other in a ring at once: one at least stays', async () => {
  await house.unit('330000', { kind: 'bureau', name: '第三处' })
  const ring = await twenty(() => house.seat('securityAdministrator', '330000'))
  const replies = await twenty((n) =>
    (ring[n] as Seat).command('staff', ring[(n + 1) % 20]?.account ?? '', 'revoke', {
      role: 'securityAdministrator',
      unit: '330000',
      reason: '-',
    }),
  )
  // Who has been revoked a moment before may be told 403 instead.
  const done = replies.filter((reply) => reply.status === 200).length
  assert.deepEqual(new Set(replies.map(outcome)).difference(new Set(['200', '409 last-administrator', '403 role'])), new Set())
  const left = await house.house.pool.read('*', (tx) => tx.query(`select account from access.grant_ where unit = '330000'`))
  assert.ok(left.length > 0)
  assert.equal(left.length, 20 - done)
})

test('the views are what the events say', async () => {
  const { differences } = await verify(house.database.owner, [staffModule])
  assert.deepEqual(differences, [])
})
