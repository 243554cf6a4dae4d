import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, beforeEach, test } from 'node:test'
import { generateSync } from 'otplib'
import { z } from 'zod'
import type { Role } from '../decider.ts'
import { notes, type Notes, sql } from '../testing/notes.ts'
import { password, type Reply, type Seat } from '../testing/server.ts'
import { until } from '../testing/until.ts'
import { plainCode, type NewFactor } from './factors.ts'

/** A house that is meant: its administrators owe a second factor. */
let house: Notes
before(async () => {
  house = await notes({ at: '2026-11-24T08:00:00.000Z', real: { input: z.object({}), begin: async () => false } })
})
after(() => house.stop())
beforeEach(() => sql(house.database.owner, 'delete from kernel.throttle'))

const stepMs = 30_000
const code = (secret: string, steps = 0): string =>
  generateSync({ secret: plainCode(secret), epoch: (Date.parse(house.clock?.now() ?? '') + steps * stepMs) / 1000 })
const errorOf = ({ body }: Reply) => (body as { error?: { code: string; rule?: string; fields?: { sentence: string }[] } }).error
const outcome = (reply: Reply): string => `${reply.status} ${errorOf(reply)?.rule ?? errorOf(reply)?.code ?? ''}`.trim()
const tally = (replies: readonly string[]) =>
  Object.fromEntries([...Map.groupBy(replies, (one) => one)].map(([key, { length }]) => [key, length]))
const twenty = <Value>(make: (n: number) => Promise<Value>): Promise<Value[]> => Promise.all(Array.from({ length: 20 }, (_, n) => make(n)))

async function logIn(login: string, oneTimeCode?: string, secret = password, url = house.url) {
  const response = await fetch(`${url}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': 'en' },
    body: JSON.stringify({ login, password: secret, ...(oneTimeCode !== undefined && { oneTimeCode }) }),
  })
  const body = (await response.json()) as { error?: { code: string } }
  return { outcome: `${response.status} ${body.error?.code ?? ''}`.trim(), cookie: response.headers.getSetCookie()[0]?.split(';')[0] }
}
const offered = async (seat: Seat): Promise<NewFactor> => {
  const { status, body } = await seat.ask('POST', '/second-factor')
  assert.equal(status, 200, JSON.stringify(body))
  return body as NewFactor
}
const confirm = (seat: Seat, factor: string, oneTimeCode: string) =>
  seat.command('staff', seat.account, 'setSecondFactor', { factor, oneTimeCode })
/** Sets one up; the next code is of the next step. */
async function setUp(seat: Seat): Promise<NewFactor> {
  const factor = await offered(seat)
  assert.equal(outcome(await confirm(seat, factor.id, code(factor.secret))), '200')
  house.clock?.pass(30)
  assert.deepEqual(((await seat.ask('GET', '/session')).body as { secondFactor: unknown }).secondFactor, { left: 10 })
  return factor
}

test('codes are those of RFC 6238, appendix B', () => {
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
  const vectors: readonly [number, string][] = [
    [59, '94287082'],
    [1111111109, '07081804'],
    [1111111111, '14050471'],
    [1234567890, '89005924'],
    [2000000000, '69279037'],
    [20000000000, '65353130'],
  ]
  for (const [epoch, token] of vectors) assert.equal(generateSync({ secret, epoch, digits: 8 }), token)
})

test('who has set one up is asked for a code after the password, and no session is open before', async () => {
  const seat = await house.seat('callTaker', 'B1')
  const factor = await setUp(seat)
  assert.match(factor.secret, /^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/)
  assert.deepEqual([factor.recovery.length, new Set(factor.recovery).size], [10, 10])
  assert.equal(new URL(factor.uri).searchParams.get('secret'), plainCode(factor.secret))
  const asked = await logIn(seat.login)
  assert.deepEqual(asked, { outcome: '401 second-factor', cookie: undefined })
  assert.equal((await logIn(seat.login, code(factor.secret), 'not the password')).outcome, '401 login')
  assert.equal((await logIn(seat.login, '000000')).outcome, '401 code')
  const entered = await logIn(seat.login, code(factor.secret).replace(/^.{3}/, '$& '))
  assert.equal(entered.outcome, '200')
})

test('a code is good once, within one step of the server’s time on either side, and never one older than the last', async () => {
  const seat = await house.seat('callTaker', 'B1')
  const { secret } = await setUp(seat)
  house.clock?.pass(300)
  const tried: string[] = []
  for (const steps of [-2, 2, -1, -1, 0, 0, -1, 1, 1, 0]) tried.push((await logIn(seat.login, code(secret, steps))).outcome.slice(0, 3))
  assert.deepEqual(tried, ['401', '401', '200', '401', '200', '401', '401', '200', '401', '401'])
})

test('20 log-ins with one code at once, at two houses: one', async (t) => {
  const second = await house.another()
  t.after(() => second.close())
  const seat = await house.seat('callTaker', 'B1')
  const { secret } = await setUp(seat)
  const urls = [house.url, second.url]
  const outcomes = (await twenty((n) => logIn(seat.login, code(secret), password, urls[n % 2]))).map((one) => one.outcome)
  assert.equal(outcomes.filter((one) => one === '200').length, 1, JSON.stringify(tally(outcomes)))
})

test('wrong codes are slowed as wrong passwords are, and the right password alone does not forget them', async () => {
  const seat = await house.seat('callTaker', 'B1')
  const { secret } = await setUp(seat)
  const seen: string[] = []
  for (let n = 0; n < 5; n++) {
    seen.push((await logIn(seat.login, '000000')).outcome)
    if (n < 4) assert.equal((await logIn(seat.login)).outcome, '401 second-factor')
  }
  assert.deepEqual(
    seen,
    Array.from({ length: 5 }, () => '401 code'),
  )
  assert.deepEqual([(await logIn(seat.login, code(secret))).outcome, (await logIn(seat.login)).outcome], ['429 throttled', '429 throttled'])
  await sql(house.database.owner, 'update kernel.throttle set until = now()')
  assert.equal((await logIn(seat.login, code(secret))).outcome, '200')
})

test('20 log-ins with one recovery code at once: one, and its account says so', async () => {
  const seat = await house.seat('callTaker', 'B1')
  const { recovery } = await setUp(seat)
  const typed = recovery[3]?.toLowerCase().replaceAll(' ', '-') ?? ''
  const outcomes = (await twenty(() => logIn(seat.login, typed))).map((one) => one.outcome)
  assert.equal(outcomes.filter((one) => one === '200').length, 1, JSON.stringify(tally(outcomes)))
  const used = await sql<{ by: unknown }>(house.database.owner, `select by from kernel.event where stream = $1 and type = 'recoveryUsed'`, [
    seat.account,
  ])
  assert.deepEqual(used, [{ by: { system: 'log-in', because: 0 } }])
  await sql(house.database.owner, 'delete from kernel.throttle')
  assert.equal((await logIn(seat.login, recovery[4])).outcome, '200')
  assert.deepEqual(((await seat.ask('GET', '/session')).body as { secondFactor: unknown }).secondFactor, { left: 8 })
})

test('a session that has not shown the second factor is over when one is set', async () => {
  const seat = await house.seat('callTaker', 'B1')
  const elsewhere = await seat.again()
  await setUp(seat)
  await until('the other session to end', async () => (await elsewhere.ask('GET', '/session')).status === 401)
  assert.equal((await seat.ask('GET', '/session')).status, 200)
})

test('only an offered one is confirmed, by a code of it; a new offer makes the last one void, and nobody confirms another’s', async () => {
  const [seat, other] = [await house.seat('callTaker', 'B1'), await house.seat('callTaker', 'B1')]
  const first = await offered(seat)
  const second = await offered(seat)
  const theirs = await offered(other)
  assert.equal(outcome(await confirm(seat, first.id, code(first.secret))), '422 invalid')
  assert.equal(outcome(await confirm(seat, second.id, '123 456')), '422 invalid')
  assert.equal(outcome(await confirm(seat, theirs.id, code(theirs.secret))), '422 invalid')
  assert.equal(outcome(await confirm(seat, randomUUID(), '123456')), '422 invalid')
  assert.equal(
    outcome(await seat.command('staff', other.account, 'setSecondFactor', { factor: second.id, oneTimeCode: code(second.secret) })),
    '409 own-second-factor',
  )
  assert.equal((await seat.ask('POST', '/second-factor')).status, 200, 'still none in force')
  assert.equal(outcome(await confirm(other, theirs.id, code(theirs.secret))), '200')
  assert.equal((await other.ask('POST', '/second-factor')).status, 409)
})

test('it is removed with password and code, or by another system administrator with a reason, never by his own office', async () => {
  const seat = await house.seat('callTaker', 'B1')
  const { secret, recovery } = await setUp(seat)
  const remove = (old: string, oneTimeCode: string) => seat.command('staff', seat.account, 'removeSecondFactor', { old, oneTimeCode })
  assert.equal(outcome(await remove('not the password', code(secret))), '422 invalid')
  assert.equal(outcome(await remove(password, '000000')), '422 invalid')
  assert.equal(outcome(await remove(password, code(secret))), '200')
  assert.equal((await logIn(seat.login)).outcome, '200')
  assert.equal((await logIn(seat.login, recovery[0])).outcome, '200', 'nothing is asked any more')
  const [one, two] = [await house.seat('systemAdministrator', 'B1'), await house.seat('systemAdministrator', 'B1')]
  await setUp(one)
  await setUp(two)
  const reset = (by: Seat, whose: Seat) => by.command('staff', whose.account, 'resetSecondFactor', { reason: 'lost phone' })
  assert.equal(outcome(await reset(one, one)), '409 not-own-second-factor')
  assert.equal(outcome(await reset(one, seat)), '409 no-second-factor')
  assert.equal(outcome(await reset(seat, two)), '403 role')
  assert.equal(outcome(await reset(one, two)), '200')
  assert.equal(outcome(await two.ask('GET', '/view/staff/units')), '403 totp-first')
})

test('an administrator without one may do nothing but set it up, on every route', async () => {
  for (const role of ['systemAdministrator', 'securityAdministrator', 'auditAdministrator'] as const satisfies readonly Role[]) {
    const seat = await house.seat(role, 'B1')
    const early = new Set([
      'GET /session',
      'DELETE /session',
      'GET /sessions',
      'DELETE /sessions',
      'DELETE /sessions/:id',
      'POST /second-factor',
    ])
    const routes = house.house.app.registered.filter((route) => route.who === 'session')
    assert.ok(routes.length > early.size)
    for (const { method, url } of routes) {
      const name = `${method} ${url}`
      if (early.has(name)) continue
      const path = url.replace(':module', 'staff').replace(':name', 'units').replace(':stream', 'B1').replace(':id', 'x')
      const body = method === 'GET' ? undefined : { id: randomUUID(), type: 'renameUnit', data: { name: 'x', reason: 'y' } }
      assert.equal(outcome(await seat.ask(method, path, body)), '403 totp-first', `${role} ${name}`)
    }
    const me = (await seat.ask('GET', '/session')).body as { owes: boolean; secondFactor: unknown }
    assert.deepEqual([me.owes, me.secondFactor], [true, null])
    for (const type of ['openUnit', 'openAccount', 'grant', 'removeSecondFactor', 'useRecovery', 'begin'])
      assert.equal((await seat.command('staff', seat.account, type, {})).status, 403, type)
    const changed = await seat.command('staff', seat.account, 'setPassword', { password: 'a longer secret', old: 'not the password' })
    assert.equal(outcome(changed), '422 invalid')
    await setUp(seat)
    assert.equal((await seat.ask('GET', '/view/staff/units')).status, 200)
  }
  assert.equal((await house.taker.ask('GET', '/view/staff/units')).status, 200, 'others may go without')
})

test('neither secret nor recovery code stands in an event, nor a recovery code anywhere in clear', async () => {
  const seat = await house.seat('callTaker', 'B1')
  const { secret, recovery } = await setUp(seat)
  const held = (table: string, text: string) =>
    sql(house.database.owner, `select 1 from ${table} t where to_jsonb(t)::text like '%' || $1 || '%'`, [text])
  assert.deepEqual(await held('kernel.content', plainCode(secret)), [])
  assert.equal((await held('kernel.factor', plainCode(secret))).length, 1)
  for (const table of ['kernel.content', 'kernel.recovery', 'kernel.factor', 'kernel.secret'])
    for (const text of [recovery[0] ?? '', plainCode(recovery[0] ?? '')]) assert.deepEqual(await held(table, text), [])
})
