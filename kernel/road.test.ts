import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { connected, foreignEvent, houseModules, type Notes, notes, openNote, sql, table } from './testing/notes.ts'
import { password, type Reply } from './testing/server.ts'
import { until } from './testing/until.ts'
import { verify } from './verify.ts'

let house: Notes
before(async () => {
  house = await notes()
})
after(() => house.stop())

const errorOf = (reply: Reply) =>
  (reply.body as { error: { code: string; rule?: string; fields?: { path: string }[]; since?: { n: number; type: string }[] } }).error
const outcome = (reply: Reply): string => {
  if (reply.status === 200) return '200'
  const { code, rule, fields } = errorOf(reply)
  return [reply.status, rule ?? code, fields?.map(({ path }) => path).join(' ')].filter(Boolean).join(' ')
}
const eventsOf = async (stream: string) =>
  (await table(house.database.owner)).filter((event) => event.stream === stream).map(({ n, type, data }) => [n, type, data])
const amount = async () => (await table(house.database.owner)).length
const add = (stream: string, data: object, more: { id?: string; occurred?: unknown } = {}) =>
  house.taker.command('probe', stream, 'add', data, more)

test('a repeat gets the first answer; with another body, stream, time or account it is 422', async () => {
  const stream = await openNote(house.taker)
  const other = await openNote(house.taker)
  const duty = await house.seat('stationDuty', 'A1')
  const id = randomUUID()
  const first = await add(stream, { text: 'once' }, { id })
  assert.equal(first.status, 200)
  assert.deepEqual(await add(stream, { text: 'once' }, { id }), first)
  const occurred = { time: new Date(Date.now() - 60_000).toISOString(), source: 'typed' }
  const wrong = [
    await add(stream, { text: 'twice' }, { id }),
    await add(other, { text: 'once' }, { id }),
    await add(stream, { text: 'once' }, { id, occurred }),
    await duty.command('probe', stream, 'add', { text: 'once' }, { id }),
    await house.taker.command('probe', stream, 'move', { unit: 'A2' }, { id }),
  ]
  assert.deepEqual(
    wrong.map(outcome),
    Array.from({ length: 5 }, () => '422 repeat'),
  )
  assert.deepEqual((await eventsOf(stream)).slice(1), [[2, 'added', { text: 'once' }]])
  const atOnce = await Promise.all(
    [stream, other].map((each) => add(each, { text: 'at once' }, { id: '00000000-0000-4000-8000-000000000001' })),
  )
  assert.deepEqual(atOnce.map(outcome).toSorted(), ['200', '422 repeat'])
})

/** Streams that were written past the road: their views cannot know. */
const behindViews = new Set<string>()

/** Runs a command that waits in its decision, and appends events behind its lock each time before it goes on. */
async function overtaken(stream: string, gate: number, behind: readonly number[]): Promise<Reply> {
  return connected(house.database.owner, async (holder) => {
    for (const n of behind) await holder.query('select pg_advisory_lock($1)', [gate + n - 1])
    const reply = add(stream, { text: 'slow', gate })
    for (const n of behind) {
      await until(`the decision at ${n}`, async () => {
        const text = `select 1 from pg_locks where locktype = 'advisory' and objid = $1 and not granted and database = (select oid from pg_database where datname = current_database())`
        return (await holder.query(text, [gate + n - 1])).rows.length > 0 || null
      })
      behindViews.add(stream)
      const { text, values } = foreignEvent(stream, n, `behind ${n}`)
      await sql(house.database.app, text, values)
      await holder.query('select pg_advisory_unlock($1)', [gate + n - 1])
    }
    return reply
  })
}

test('who is overtaken decides once more; overtaken twice is stale, with what happened since', async () => {
  const once = await openNote(house.taker)
  assert.equal(outcome(await overtaken(once, 1000, [2])), '200')
  assert.deepEqual((await eventsOf(once)).slice(1), [
    [2, 'added', { text: 'behind 2' }],
    [3, 'added', { text: 'slow' }],
  ])
  const twice = await openNote(house.taker)
  const reply = await overtaken(twice, 2000, [2, 3])
  assert.equal(outcome(reply), '409 stale')
  assert.deepEqual(
    errorOf(reply).since?.map(({ n, type }) => [n, type]),
    [[3, 'added']],
  )
  assert.deepEqual((await eventsOf(twice)).slice(1), [
    [2, 'added', { text: 'behind 2' }],
    [3, 'added', { text: 'behind 3' }],
  ])
})

test('a constraint of the database is a refusal, of whatever kind it is', async () => {
  await openNote(house.taker, 'A1', { slug: 'taken', amount: 2 })
  const before = await amount()
  const open = (data: object) => house.taker.command('probe', randomUUID(), 'open', { unit: 'A1', text: 'x', ...data })
  assert.deepEqual(outcome(await open({ slug: 'taken' })), '409 slug-taken')
  assert.deepEqual(outcome(await open({ amount: 3 })), '409 amount-odd')
  assert.equal(await amount(), before)
  const replies = await Promise.all(Array.from({ length: 20 }, () => open({ slug: 'raced' })))
  assert.deepEqual(replies.map(outcome).toSorted(), ['200', ...Array.from({ length: 19 }, () => '409 slug-taken')])
})

test('a fault stores nothing and says nothing of the input, wherever it happens', async () => {
  const stream = await openNote(house.taker)
  const before = await amount()
  const marker = 'MARKER-7f3a'
  const lines = house.log.length
  for (const where of ['facts', 'decide', 'nothing', 'project', 'sql', 'content']) {
    const text = `${marker}\n    at ${marker}${where === 'content' ? '\u0000' : ''}`
    const reply = await house.taker.command('probe', stream, 'fail', { where, text })
    assert.equal(outcome(reply), '500 fault', where)
    assert.doesNotMatch(JSON.stringify(reply.body), new RegExp(marker))
  }
  assert.equal(await amount(), before)
  assert.equal(house.log.length - lines, 6)
  assert.deepEqual(
    house.log.slice(lines).filter((line) => line.includes(marker)),
    [],
  )
  assert.equal(outcome(await add(stream, { text: 'goes on' })), '200')
})

test('one command writes several streams, or none of them', async () => {
  const [a, b, c] = [randomUUID(), randomUUID(), randomUUID()]
  const reply = await house.taker.command('probe', a, 'open', { unit: 'A1', text: 'all', slug: 'all', also: [c, b] })
  assert.deepEqual({ ...(reply.body as object), position: 0 }, { stream: a, position: 0, count: 3 })
  assert.deepEqual(
    (await Promise.all([a, b, c].map(eventsOf))).map((list) => list.length),
    [1, 1, 1],
  )
  const fresh = randomUUID()
  const refused = await house.taker.command('probe', fresh, 'open', { unit: 'A1', text: 'x', slug: 'new', also: [randomUUID(), b] })
  assert.equal(outcome(refused), '409 note-exists')
  const clash = await house.taker.command('probe', fresh, 'open', { unit: 'A1', text: 'x', slug: 'all', also: [] })
  assert.equal(outcome(clash), '409 slug-taken')
  assert.deepEqual(await eventsOf(fresh), [])
  const both = await Promise.all([
    ...Array.from({ length: 10 }, () => add(a, { text: 'ab', also: [b] })),
    ...Array.from({ length: 10 }, () => add(b, { text: 'ba', also: [a] })),
  ])
  assert.deepEqual(
    both.map(outcome),
    Array.from({ length: 20 }, () => '200'),
  )
  assert.deepEqual(
    (await Promise.all([a, b].map(eventsOf))).map((list) => list.length),
    [21, 21],
  )
})

test('a secret stands in no event, no content, no answer and no log; its repeat is known again', async () => {
  const secret = 'correct horse battery 9'
  const id = randomUUID()
  const keep = (value: string) => house.taker.command('probe', house.taker.account, 'keep', { secret: value }, { id })
  const first = await keep(secret)
  assert.equal(outcome(first), '200')
  assert.deepEqual(await keep(secret), first)
  assert.equal(outcome(await keep('another secret altogether')), '422 repeat')
  const [[, type, data] = []] = (await eventsOf(house.taker.account)).slice(-1)
  assert.equal(type, 'kept')
  const kept = await sql<{ hash: string }>(house.database.app, 'select hash from kernel.secret where id = $1', [
    (data as { credential: string }).credential,
  ])
  assert.match(kept[0]?.hash ?? '', /^\$argon2id\$/)
  const everything = await sql<{ text: string }>(
    house.database.owner,
    `select to_jsonb(e)::text || to_jsonb(c)::text as text from kernel.event e join kernel.content c using (position)`,
  )
  assert.deepEqual(
    everything.filter(({ text }) => text.includes(secret) || text.includes('argon2id')),
    [],
  )
  assert.deepEqual(
    house.log.filter((line) => line.includes(secret)),
    [],
  )
})

test('no time in the future or before anybody could have kept one; imported only by an importer, and he imports only', async () => {
  const importer = await house.seat('importer', 'B1')
  const data = { unit: 'A1', text: 'when' }
  const open = async (seat: typeof importer, time: string, source: string) =>
    outcome(await seat.command('probe', randomUUID(), 'open', data, { occurred: { time, source } }))
  const soon = new Date(Date.now() + 60_000).toISOString()
  const past = '2020-02-29T12:00:00+08:00'
  const got: Record<string, string> = {}
  for (const [name, seat] of [
    ['taker', house.taker],
    ['importer', importer],
  ] as const) {
    got[`${name} none`] = outcome(await seat.command('probe', randomUUID(), 'open', data))
    for (const source of ['typed', 'imported', 'system']) got[`${name} ${source}`] = await open(seat, past, source)
    const own = (more: object) => seat.command('staff', seat.account, 'setPassword', { password: 'a longer secret', old: password }, more)
    got[`${name} own imported`] = outcome(await own({ occurred: { time: past, source: 'imported' } }))
  }
  const second = await house.seat('importer', 'B1')
  got['importer own'] = outcome(
    await second.command('staff', second.account, 'setPassword', { password: 'a longer secret', old: password }),
  )
  const nobody = await house.seat('callTaker', 'B1')
  await house.staff(nobody.account, 'revoke', { role: 'callTaker', unit: 'B1', reason: 'none left' })
  await until(
    'the loss to be felt',
    async () => ((await nobody.ask('GET', '/session')).body as { grants?: unknown[] }).grants?.length === 0 || null,
  )
  got['nobody another'] = outcome(await nobody.command('staff', importer.account, 'setPassword', { password: 'a longer secret' }))
  got['nobody own'] = outcome(await nobody.command('staff', nobody.account, 'setPassword', { password: 'a longer secret', old: password }))
  for (const time of [soon, '0000-01-01T00:00:00Z', '0001-01-01T00:00:00+14:00', '9999-12-31T23:59:59Z', '2026-02-30T00:00:00Z', 'now'])
    got[time === soon ? 'soon' : time] = await open(house.taker, time, 'typed')
  assert.deepEqual(got, {
    'taker none': '200',
    'taker typed': '200',
    'taker imported': '422 invalid occurred.source',
    'taker system': '422 invalid occurred.source',
    'taker own imported': '422 invalid occurred.source',
    'importer none': '422 invalid occurred.source',
    'importer typed': '422 invalid occurred.source',
    'importer imported': '200',
    'importer system': '422 invalid occurred.source',
    'importer own': '200',
    'importer own imported': '200',
    'nobody another': '409 own-password-only',
    'nobody own': '200',
    soon: '422 invalid occurred.time',
    '0000-01-01T00:00:00Z': '422 invalid occurred.time',
    '0001-01-01T00:00:00+14:00': '422 invalid occurred.time',
    '9999-12-31T23:59:59Z': '422 invalid occurred.time',
    '2026-02-30T00:00:00Z': '422 invalid occurred.time',
    now: '422 invalid occurred.time',
  })
})

test('connections killed in the middle: each command is whole or not there', async () => {
  const gated = await openNote(house.taker)
  await connected(house.database.owner, async (holder) => {
    await holder.query('select pg_advisory_lock(3001)')
    const reply = add(gated, { text: 'killed', gate: 3000 })
    const [{ pid } = { pid: 0 }] = await until('the decision', async () => {
      const { rows } = await holder.query<{ pid: number }>(
        `select pid from pg_locks where objid = 3001 and not granted and database = (select oid from pg_database where datname = current_database())`,
      )
      return rows.length > 0 ? rows : null
    })
    await sql(house.database.app, 'select pg_terminate_backend($1)', [pid])
    assert.equal(outcome(await reply), '500 fault')
  })
  assert.equal((await eventsOf(gated)).length, 1)
  const streams = await Promise.all(Array.from({ length: 8 }, () => openNote(house.taker)))
  const given: { id: string; stream: string; also: string; status: number }[] = []
  let done = false
  const killing = connected(house.database.app, async (killer) => {
    let killed = 0
    while (!done) {
      const text = `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = current_user and pid <> pg_backend_pid() and state <> 'idle' limit 2`
      killed += (await killer.query(text)).rows.length
      await new Promise((resolve) => setTimeout(resolve, 15))
    }
    return killed
  })
  const writing = streams.map(async (stream, writer) => {
    for (let round = 0; round < 12; round++) {
      const [id, also] = [randomUUID(), streams[(writer + 1) % streams.length] ?? '']
      const { status } = await add(stream, { text: 'all or nothing', also: [also] }, { id })
      given.push({ id, stream, also, status })
    }
  })
  await Promise.all(writing)
  done = true
  assert.ok((await killing) > 0)
  const stored = await sql<{ id: string; streams: string[] }>(
    house.database.owner,
    'select command_id as id, array_agg(stream order by command_n) as streams from kernel.event group by 1',
  )
  const byId = new Map(stored.map(({ id, streams: made }) => [id, made]))
  for (const { id, stream, also, status } of given) {
    if (status === 200) assert.deepEqual(byId.get(id), [stream, also])
    else assert.deepEqual([status, byId.get(id) ?? [stream, also]], [500, [stream, also]])
  }
  assert.equal(outcome(await add(streams[0] ?? '', { text: 'goes on' })), '200')
})

test('after all this the database is what its events say', async () => {
  await house.house.log.flush()
  const { differences } = await verify(house.database.owner, houseModules)
  assert.deepEqual(
    differences.filter(({ detail }) => ![...behindViews].some((stream) => detail.includes(stream))),
    [],
  )
})
