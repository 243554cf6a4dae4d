import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { after, before, beforeEach, test } from 'node:test'
import type { OwnSession } from './sessions.ts'
import { type Notes, notes, openNote, sql } from '../testing/notes.ts'
import { Screen } from '../testing/screen.ts'
import { password } from '../testing/server.ts'
import { until } from '../testing/until.ts'

let house: Notes
before(async () => {
  house = await notes()
})
after(() => house.stop())

const owner = <Row extends object>(text: string, values: readonly unknown[] = []) => sql<Row>(house.database.owner, text, values)
beforeEach(() => owner('delete from kernel.throttle'))

async function logIn(login: unknown, secret: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${house.url}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': 'en', ...headers },
    body: JSON.stringify({ login, password: secret }),
  })
  const body = (await response.json()) as { error?: { code: string } }
  return {
    status: response.status,
    code: body.error?.code,
    wait: response.headers.get('retry-after'),
    body,
    cookies: response.headers.getSetCookie(),
  }
}
const statuses = async (login: string, secrets: readonly string[]) => {
  const seen: number[] = []
  for (const secret of secrets) seen.push((await logIn(login, secret)).status)
  return seen
}
const wrong = (times: number) => Array.from({ length: times }, () => 'not the password')
const status = async (cookie: string, url = house.url) => (await fetch(`${url}/session`, { headers: { cookie } })).status
const waitIsOver = () => owner('update kernel.throttle set until = now()')

test('five failures on a login: then a wait that doubles to a quarter of an hour, for the right password too', async () => {
  const { login } = house.taker
  assert.deepEqual(await statuses(login, wrong(5)), [401, 401, 401, 401, 401])
  const waits: number[] = []
  for (let round = 0; round < 10; round++) {
    const { status: refused, code, wait } = await logIn(login, password)
    assert.deepEqual([refused, code], [429, 'throttled'])
    waits.push(Number(wait))
    await waitIsOver()
    await logIn(login, 'not the password')
  }
  assert.deepEqual(waits, [5, 10, 20, 40, 80, 160, 320, 640, 900, 900])
  await waitIsOver()
  assert.equal((await logIn(login, password)).status, 200)
  assert.deepEqual(await statuses(login, [...wrong(4), password]), [401, 401, 401, 401, 200])
})

test('five failures from one address on different logins: the address waits', async () => {
  for (let n = 0; n < 5; n++) assert.equal((await logIn(`nobody-${n}`, password)).status, 401)
  assert.deepEqual([(await logIn('nobody-6', password)).status, (await logIn(house.taker.login, password)).status], [429, 429])
  await owner(`delete from kernel.throttle where key like 'from:%'`)
  assert.equal((await logIn(house.taker.login, password)).status, 200)
})

test('after an hour of quiet counting begins anew', async () => {
  const { login } = house.taker
  await statuses(login, wrong(5))
  await owner(`update kernel.throttle set failures = 12, until = now() - interval '2 hours'`)
  assert.deepEqual(await statuses(login, [...wrong(4), password]), [401, 401, 401, 401, 200])
})

test('forty guesses at once are not forty answers', async () => {
  const replies = await Promise.all(Array.from({ length: 40 }, () => logIn(house.taker.login, 'not the password')))
  const answered = replies.filter((reply) => reply.status === 401).length
  assert.deepEqual([answered, replies.filter((reply) => reply.status === 429).length], [5, 35])
})

test('a session ends after an hour without use and after fourteen hours in any case; use keeps it', async () => {
  const [idle, old, used] = [await house.taker.again(), await house.taker.again(), await house.taker.again()]
  const of = `token = sha256(convert_to($1, 'UTF8'))`
  const token = ({ cookie }: { cookie: string }) => cookie.slice('plumbline='.length)
  const hours = await owner<{ hours: number }>(
    `select extract(epoch from ends_at - created_at)::int / 3600 as hours from kernel.session where ${of}`,
    [token(old)],
  )
  assert.deepEqual(hours, [{ hours: 14 }])
  await owner(`update kernel.session set used_at = now() - interval '59 minutes' where ${of}`, [token(used)])
  await owner(`update kernel.session set used_at = now() - interval '61 minutes' where ${of}`, [token(idle)])
  await owner(`update kernel.session set ends_at = now() - interval '1 second' where ${of}`, [token(old)])
  const second = await house.another()
  assert.deepEqual(await Promise.all([idle, old, used].map(({ cookie }) => status(cookie, second.url))), [401, 401, 200])
  await second.close()
  const [row] = await owner<{ fresh: boolean }>(`select used_at > now() - interval '1 minute' as fresh from kernel.session where ${of}`, [
    token(used),
  ])
  assert.deepEqual(row, { fresh: true })
  await until('this house to feel it', async () => (await status(idle.cookie)) === 401 || null, 2500)
  await until('this house to feel it', async () => (await status(old.cookie)) === 401 || null, 2500)
})

async function askAt(url: string, cookie: string, method: string, path: string, body?: unknown): Promise<string> {
  const headers = { cookie, 'accept-language': 'en', ...(body !== undefined && { 'content-type': 'application/json' }) }
  const answer = await fetch(`${url}${path}`, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) })
  const text = await answer.text()
  const code = answer.ok || text === '' ? '' : ((JSON.parse(text) as { error?: { code?: string } }).error?.code ?? '')
  return `${answer.status} ${code}`.trim()
}

/** As the module of the shifts says it. */
const onShift = (account: string, on: boolean) => owner('select kernel.set_on_shift($1, $2)', [account, on])
const accountOf = async ({ cookie }: { cookie: string }) =>
  ((await (await fetch(`${house.url}/session`, { headers: { cookie } })).json()) as { account: string }).account

test('on shift no session ends by itself: it locks, hears on, and opens with the password alone', async (t) => {
  const seat = await house.seat('callTaker', 'B1')
  const account = await accountOf(seat)
  const token = seat.cookie.slice('plumbline='.length)
  const set = (text: string) => owner(`update kernel.session set ${text} where token = sha256(convert_to($1, 'UTF8'))`, [token])
  assert.equal(await askAt(house.url, seat.cookie, 'POST', '/session/lock'), '409 off-shift')
  await onShift(account, true)
  t.after(() => onShift(account, false))
  await set(`used_at = now() - interval '61 minutes', ends_at = now() - interval '1 second'`)
  const fresh = await house.another()
  t.after(() => fresh.close())
  const me = async () => {
    const answer = await fetch(`${fresh.url}/session`, { headers: { cookie: seat.cookie } })
    const { onShift: shift, locked, idleMinutes } = (await answer.json()) as { onShift: boolean; locked: boolean; idleMinutes: number }
    return { shift, locked, idleMinutes }
  }
  assert.deepEqual(await me(), { shift: true, locked: true, idleMinutes: 60 })
  // Looking at it is use of a session, and opens none.
  await setTimeout(1100)
  assert.deepEqual(await me(), { shift: true, locked: true, idleMinutes: 60 })
  const screen = await screenAt(fresh.url, seat)
  const there = { ask: (method: string, path: string, body?: unknown) => askAt(fresh.url, seat.cookie, method, path, body) }
  assert.deepEqual(
    [
      await there.ask('GET', '/view/staff/units'),
      await there.ask('GET', '/view/probe/board?unit=B1'),
      await there.ask('POST', `/command/probe/${randomUUID()}`, { id: randomUUID(), type: 'open', data: { unit: 'A1', text: 'no' } }),
      await there.ask('POST', '/session/unlock', { password: 'not the password' }),
    ],
    ['200', '423 locked', '423 locked', '401 login'],
  )
  await openNote(house.taker, 'A1')
  await screen.until('a note of another', (frames) => frames.some(({ event }) => event === 'change'), soonMs)
  assert.equal(await there.ask('POST', '/session/unlock', { password }), '204')
  assert.deepEqual(await me(), { shift: true, locked: false, idleMinutes: 60 })
  assert.equal(await there.ask('POST', '/session/lock'), '204')
  assert.equal((await me()).locked, true)
  await set(`ends_at = now() - interval '1 second'`)
  await onShift(account, false)
  await until('the end of a session that is over', async () => (await status(seat.cookie, fresh.url)) === 401 || null, 2500)
  screen.close()
})

test('a revocation holds at once, here and within a second elsewhere', async () => {
  const second = await house.another()
  const seat = await house.taker.again()
  assert.deepEqual([await status(seat.cookie), await status(seat.cookie, second.url)], [200, 200])
  assert.equal((await seat.ask('DELETE', '/session')).status, 204)
  assert.equal(await status(seat.cookie), 401)
  await until('the other house', async () => (await status(seat.cookie, second.url)) === 401 || null, 2500)
  assert.equal(await status(house.taker.cookie), 200)
  assert.equal((await seat.ask('DELETE', '/session')).status, 401)
  await second.close()
})

/** An open screen of this session at one house. */
async function screenAt(url: string, { cookie }: { cookie: string }): Promise<Screen> {
  const screen = await Screen.open(url, cookie)
  await screen.until('hello', (frames) => frames.length > 0)
  return screen
}
/** Far sooner than the next look at every session. */
const soonMs = 2000
const told = (screen: Screen, ms = soonMs) =>
  screen.until('the end of its session', (frames) => frames.some(({ event }) => event === 'bye'), ms)

test('whoever ends a session ends its screens in every house, and no other’s', async (t) => {
  const second = await house.another()
  t.after(() => second.close())
  const own = await house.seat('callTaker', 'B1')
  const [out, one, others] = [await own.again(), await own.again(), await own.again()]
  const stays = [await screenAt(house.url, own), await screenAt(second.url, own), await screenAt(second.url, house.taker)]
  const [outAway, oneHere, oneAway] = [await screenAt(second.url, out), await screenAt(house.url, one), await screenAt(second.url, one)]
  const [othersHere, othersAway] = [await screenAt(house.url, others), await screenAt(second.url, others)]
  assert.equal((await out.ask('DELETE', '/session')).status, 204)
  await told(outAway)
  assert.equal(await status(out.cookie, second.url), 401)
  const listed = ((await one.ask('GET', '/sessions')).body as { sessions: OwnSession[] }).sessions
  assert.equal((await own.ask('DELETE', `/sessions/${listed[0]?.id}`)).status, 204)
  await Promise.all([told(oneHere), told(oneAway)])
  assert.equal((await own.ask('DELETE', '/sessions')).status, 204)
  await Promise.all([told(othersHere), told(othersAway)])
  assert.deepEqual(
    stays.map((screen) => [screen.ended, screen.of('bye').length]),
    [
      [false, 0],
      [false, 0],
      [false, 0],
    ],
  )
  for (const screen of stays) screen.close()
})

test('a house that could not hear that a session ended looks when it hears again', async (t) => {
  const second = await house.another()
  t.after(() => second.close())
  const seat = await house.taker.again()
  const screen = await screenAt(second.url, seat)
  const ears = `datname = current_database() and usename = current_user and query = 'listen plumbline'`
  const killed = await sql(house.database.worker, `select pg_terminate_backend(pid) from pg_stat_activity where ${ears}`)
  assert.equal(killed.length, 2)
  assert.equal((await seat.ask('DELETE', '/session')).status, 204)
  await told(screen, 4000)
})

test('failures in one house are counted in every other', async (t) => {
  const second = await house.another()
  t.after(() => second.close())
  const { login } = house.taker
  const at = async (url: string, secret: string) => {
    const body = JSON.stringify({ login, password: secret })
    return (await fetch(`${url}/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })).status
  }
  const seen: number[] = []
  for (const url of [house.url, second.url, house.url, second.url, house.url]) seen.push(await at(url, 'not the password'))
  seen.push(await at(second.url, password), await at(house.url, password))
  assert.deepEqual(seen, [401, 401, 401, 401, 401, 429, 429])
})

test('one sees one’s own sessions, ends one or all others, and never another’s', async () => {
  const seat = await house.seat('callTaker', 'B1')
  const listed = async (by = seat) => ((await by.ask('GET', '/sessions')).body as { sessions: OwnSession[] }).sessions
  const second = await seat.again()
  const third = await seat.again()
  const { cookies } = await logIn(seat.login, password, { 'user-agent': 'A browser of the tests' })
  const sessions = await listed()
  assert.deepEqual(
    sessions.map(({ own }) => own),
    [true, false, false, false],
  )
  const named = sessions.find(({ device }) => device === 'A browser of the tests')
  assert.ok(named)
  assert.match(named.since, /^\d{4}-.*Z$/)
  assert.equal((await house.taker.ask('DELETE', `/sessions/${named.id}`)).status, 404)
  assert.equal((await seat.ask('DELETE', '/sessions/x')).status, 422)
  assert.equal(await status(cookies[0]?.split(';')[0] ?? ''), 200)
  assert.equal((await seat.ask('DELETE', `/sessions/${named.id}`)).status, 204)
  assert.equal((await seat.ask('DELETE', `/sessions/${named.id}`)).status, 404)
  assert.equal(await status(cookies[0]?.split(';')[0] ?? ''), 401)
  assert.equal((await fetch(`${house.url}/sessions`, { method: 'DELETE' })).status, 401)
  assert.equal((await seat.ask('DELETE', '/sessions')).status, 204)
  assert.deepEqual(await Promise.all([seat, second, third, house.taker].map(({ cookie }) => status(cookie))), [200, 401, 401, 200])
  assert.equal((await listed()).length, 1)
})

test('guessing the old password at an open screen is slowed as at the door, and the door stays open', async () => {
  const seat = await house.seat('callTaker', 'B1')
  const change = async (old: string) =>
    (await seat.command('staff', seat.account, 'setPassword', { password: 'a longer secret', old })).status
  const seen: number[] = []
  for (const old of [...wrong(5), password]) seen.push(await change(old))
  assert.deepEqual(seen, [422, 422, 422, 422, 422, 429])
  assert.equal((await logIn(seat.login, password)).status, 200)
  await waitIsOver()
  assert.equal(await change(password), 200)
  assert.deepEqual(await statuses(seat.login, [password, 'a longer secret']), [401, 200])
})

test('the cookie is out of reach of scripts and of other sites, and ends with the browser', async () => {
  const { cookies } = await logIn(house.taker.login, password)
  assert.equal(cookies.length, 1)
  const [value = '', ...flags] = (cookies[0] ?? '').split('; ')
  assert.match(value, /^plumbline=[\w-]{43}$/)
  assert.deepEqual(flags.toSorted(), ['HttpOnly', 'Path=/', 'SameSite=Strict'])
  for (const forged of ['', 'x', 'a'.repeat(5000), "';drop", '%00', '𠮷'])
    assert.equal(await status(`plumbline=${encodeURIComponent(forged)}`), 401)
})

test('a foreign site changes nothing with a session that the browser would lend it', async () => {
  const seat = await house.taker.again()
  const from = async (site: string) => (await seat.ask('POST', '/signal/dispatch/acknowledge', {}, { 'sec-fetch-site': site })).status
  assert.deepEqual(await Promise.all(['cross-site', 'same-site', 'nonsense', 'same-origin', 'none'].map(from)), [403, 403, 403, 404, 404])
  assert.equal((await seat.ask('DELETE', '/session', undefined, { 'sec-fetch-site': 'cross-site' })).status, 403)
  assert.equal(await status(seat.cookie), 200)
  const plain = await fetch(`${house.url}/session`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: JSON.stringify({ login: 'x', password }),
  })
  assert.equal(plain.status, 400)
})

test('neither token nor password stands in the database in clear', async () => {
  const seat = await house.taker.again()
  const token = seat.cookie.slice('plumbline='.length)
  const forms = [token, Buffer.from(token).toString('hex'), Buffer.from(token, 'base64url').toString('hex'), password]
  const tables = await owner<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
  )
  assert.ok(tables.length > 10)
  for (const { name } of tables) {
    const rows = await owner(
      `select 1 from ${name} t where exists (select from unnest($1::text[]) f where to_jsonb(t)::text like '%' || f || '%')`,
      [forms],
    )
    assert.deepEqual(rows, [], name)
  }
  const digests = await owner(`select 1 from kernel.session where token = sha256(convert_to($1, 'UTF8'))`, [token])
  assert.equal(digests.length, 1)
})

test('an unknown login, a wrong password and a closed account are answered alike; nonsense is no fault', async () => {
  const closed = await house.seat('stationDuty', 'A1')
  await house.staff(closed.account, 'closeAccount', { reason: 'left' })
  const answers = []
  for (const [login, secret] of [
    ['nobody', password],
    [house.taker.login, 'not the password'],
    [closed.login, password],
  ] as const)
    answers.push((await logIn(login, secret)).body)
  assert.deepEqual(answers[1], answers[0])
  assert.deepEqual(answers[2], answers[0])
  await owner('delete from kernel.throttle')
  const nonsense = [
    ['a\u0000b', password],
    ['\ud800', password],
    ['', ''],
    [7, password],
    ['x'.repeat(101), 'y'],
    ['nobody', 'a\u0000\ud800'],
    [null, null],
    [['a'], {}],
  ]
  const got = []
  for (const [login, secret] of nonsense) got.push((await logIn(login, secret)).status)
  assert.deepEqual(got, [422, 422, 422, 422, 422, 401, 422, 422])
})
