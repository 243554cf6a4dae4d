import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { first } from '../../modules/staff/first.ts'
import { modules } from '../../modules.ts'
import { sql } from '../testing/notes.ts'
import { server, type TestServer } from '../testing/server.ts'
import { FirstDoor } from './first.ts'

/** A house that is meant, in which nobody is yet. */
let house: TestServer
before(async () => {
  house = await server(modules, { real: first })
})
after(() => house.stop())

const people = {
  bureau: '310000',
  bureauName: '某市公安局',
  systemLogin: 'zhou',
  systemName: '周某甲',
  systemPassword: 'the first of two secrets',
  securityLogin: 'qian',
  securityName: '钱某乙',
  securityPassword: 'the second of two secrets',
}

const isOpen = async () => ((await (await fetch(`${house.url}/first/door`)).json()) as { open: boolean }).open

interface Told {
  readonly status: number
  readonly code: string | undefined
  readonly fields: readonly string[]
}
async function ask(path: string, body?: unknown): Promise<Told> {
  const response = await fetch(house.url + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const { error } = (await response.json()) as { error?: { code: string; rule?: string; fields?: { path: string }[] } }
  return { status: response.status, code: error?.rule ?? error?.code, fields: error?.fields?.map(({ path }) => path) ?? [] }
}
const enter = (firstCode: unknown, more: object = {}) => ask('/first', { ...people, firstCode, ...more })
const newCode = async () => (await new FirstDoor(house.house.pool).code()) ?? assert.fail('the door is closed')
const events = async () =>
  (await sql<{ amount: number }>(house.database.owner, 'select count(*)::int as amount from kernel.event'))[0]?.amount
const logIn = (login: string, password: string) => ask('/session', { login, password })
const calm = () => sql(house.database.owner, 'delete from kernel.throttle')

test('a fresh house has no account and no demonstration', async () => {
  assert.deepEqual(await sql(house.database.owner, 'select 1 from access.account union all select 1 from kernel.secret'), [])
  for (const path of ['/demo/accounts', '/demo', '/demo/seats']) assert.equal((await ask(path)).status, 404, path)
  for (const [login, password] of [
    ['admin', 'admin'],
    ['sysadmin', ''],
    ['root', 'plumbline'],
  ] as const)
    assert.equal((await logIn(login, password)).status, 401)
  assert.equal(await isOpen(), true)
  await calm()
})

test('the code is 130 random bits of which the database knows a digest; a new one makes the last one void, a day makes it old', async () => {
  const [old, code] = [await newCode(), await newCode()]
  assert.match(code, /^([A-Z2-7]{4} ){6}[A-Z2-7]{2}$/)
  assert.notEqual(old, code)
  const [row] = await sql<{ digest: Buffer; hours: number }>(
    house.database.owner,
    'select digest, round(extract(epoch from until - now()) / 3600)::int as hours from kernel.first_code',
  )
  assert.deepEqual([row?.digest.length, row?.hours], [32, 24])
  assert.deepEqual(await enter(old), { status: 422, code: 'invalid', fields: ['firstCode'] })
  await sql(house.database.owner, `update kernel.first_code set until = now() - interval '1 second'`)
  assert.deepEqual(await enter(code), { status: 422, code: 'invalid', fields: ['firstCode'] })
  assert.equal(await events(), 0)
  await calm()
})

test('wrong codes are slowed, then the right one waits too', async () => {
  const code = await newCode()
  const seen: number[] = []
  for (let n = 0; n < 5; n++) seen.push((await enter('AAAA AAAA AAAA AAAA AAAA AAAA AA')).status)
  assert.deepEqual(seen, [422, 422, 422, 422, 422])
  assert.deepEqual([await enter(code), await events()], [{ status: 429, code: 'throttled', fields: [] }, 0])
  await calm()
})

test('what is wrong is named, nothing is half stored, and the code is still good', async () => {
  const code = await newCode()
  const wrong = await enter(code, { systemLogin: 'Z', securityPassword: 'short', bureau: '局', securityName: ' ', extra: 1 })
  assert.deepEqual(wrong, { status: 422, code: 'invalid', fields: ['bureau', 'systemLogin', 'securityName', 'securityPassword', 'extra'] })
  assert.deepEqual(await ask('/first', { firstCode: code }), {
    status: 422,
    code: 'invalid',
    fields: Object.keys(people),
  })
  assert.deepEqual(await enter(code, { securityLogin: 'zhou' }), { status: 409, code: 'login-taken', fields: [] })
  assert.deepEqual([await events(), await isOpen()], [0, true])
  assert.deepEqual(await sql(house.database.owner, 'select 1 from kernel.secret'), [])
})

test('20 people with the code at once: one; then the door is closed for ever', async () => {
  const code = (await newCode()).toLowerCase().replaceAll(' ', '-')
  const told = await Promise.all(
    Array.from({ length: 20 }, (_, n) => enter(code, { bureau: `31${n}000`, systemLogin: `zhou${n}`, securityLogin: `qian${n}` })),
  )
  assert.deepEqual(
    told.map(({ status }) => status).toSorted((a, b) => a - b),
    [200, ...Array.from({ length: 19 }, () => 410)],
  )
  const won = told.findIndex(({ status }) => status === 200)
  assert.deepEqual(await sql(house.database.owner, 'select login from access.account order by 1'), [
    { login: `qian${won}` },
    { login: `zhou${won}` },
  ])
  assert.deepEqual(
    await sql(
      house.database.owner,
      'select a.login, g.role, g.unit from access.grant_ g join access.account a on a.id = g.account order by 1',
    ),
    [
      { login: `qian${won}`, role: 'securityAdministrator', unit: `31${won}000` },
      { login: `zhou${won}`, role: 'systemAdministrator', unit: `31${won}000` },
    ],
  )
  assert.equal(await events(), 5)
  const over = { status: 410, code: 'first-over', fields: [] }
  assert.deepEqual([await enter(code), await enter('x')], [over, over])
  assert.deepEqual([await isOpen(), await new FirstDoor(house.house.pool).code()], [false, null])
  assert.equal((await logIn(`zhou${won}`, people.systemPassword)).status, 200)
  assert.deepEqual(await sql(house.database.owner, 'select 1 from kernel.first_code'), [])
})

test('it stays closed when both have been closed since', async () => {
  for (const { id } of await sql<{ id: string }>(house.database.owner, 'select id from access.account'))
    await sql(house.database.owner, 'select access.close_account($1)', [id])
  assert.deepEqual([await isOpen(), await new FirstDoor(house.house.pool).code()], [false, null])
})
