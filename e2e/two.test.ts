import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { after, before, test, type TestContext } from 'node:test'
import type { Browser } from 'playwright-core'
import { Screen as Stream } from '#kernel/testing/screen.ts'
import type { IncidentRow, Views } from '#modules/dispatch/contract.ts'
import type { Views as StaffViews } from '#modules/staff/contract.ts'
import { everyAccount } from '#modules/staff/import/accounts.ts'
import { browser as start } from './browser.ts'
import { accountOf, type DemoAccount, demoAccounts, openAt, Person, Screen } from './clients.ts'
import { Nginx } from './nginx.ts'
import { asOwner, listening, wrongIn } from './recorded.ts'
import { Seat } from './seat.ts'
import { openCity } from './seeded.ts'
import { Server, until } from './server.ts'
import { Wire } from './wire.ts'

/** From the command to the board of the other server. */
const promisedMs = 1000
/** From the death of a server until its screens are live on the other. */
const backMs = 5000
/** Far sooner than a server's next look at every session. */
const toldMs = 2000

let a: Server
let b: Server
let nginx: Nginx
let browser: Browser
let accounts: readonly DemoAccount[]
let duty: DemoAccount
let subBureau: DemoAccount

before(async () => {
  a = await openCity()
  b = await Server.prepare({ folder: a.folder })
  await b.start()
  nginx = await Nginx.open({ servers: [a.url, b.url] })
  browser = await start()
  accounts = await demoAccounts(b.url)
  duty = accountOf(accounts, 'stationDuty')
  const found = accounts.find((account) => account.role === 'subBureauDuty' && account.unit === duty.unit.slice(0, 6))
  assert.ok(found)
  subBureau = found
})

after(async () => {
  await browser.close()
  await nginx.stop()
  await b.stop()
  await a.clean()
})

const personAt = (server: { readonly url: string }, role: DemoAccount['role']) => Person.logIn(server.url, accountOf(accounts, role))
const trace = async (id: string): Promise<readonly string[]> => {
  const { data } = await (await personAt(b, 'callTaker')).view<Views['incident']>('dispatch', 'incident', { id })
  return data.trace.map(({ type }) => type)
}
const amount = (list: readonly string[], one: string) => list.filter((each) => each === one).length

async function seatAt(t: TestContext, url: string, account: DemoAccount): Promise<Seat> {
  const seat = await Seat.open(browser)
  t.after(() => seat.close())
  await seat.enter(url, account)
  await seat.page.locator('.live.good', { hasText: seat.word('live.live') }).waitFor()
  return seat
}

async function streamAt(t: TestContext, server: Server, person: Person): Promise<Stream> {
  const stream = await Stream.open(server.url, person.cookie)
  t.after(() => stream.close())
  await stream.until('hello', (frames) => frames.length > 0)
  return stream
}

const about = (stream: Stream, id: string) => stream.of('change').filter(({ data }) => data['stream'] === id)

test('taken at one server it stands on the boards of both within a second and rings; signed at the other, the call taker reads it', async (t) => {
  const taker = await seatAt(t, a.url, accountOf(accounts, 'callTaker'))
  const station = await seatAt(t, b.url, duty)
  const above = await seatAt(t, a.url, subBureau)
  for (const seat of [station, above]) await seat.startShift()
  const person = await personAt(a, 'callTaker')
  const sent = Date.now()
  const id = await openAt(person, duty.unit, '两台服务器之间')
  const noted = () => Promise.all([station, above].map((seat) => seat.noted()))
  await until('both ring', async () => (await noted()).every(({ rang, tones }) => rang[id] && tones.some(({ time }) => time >= sent)))
  const after = (await noted()).flatMap(({ shown, rang }) => [shown[id], rang[id]].map((time) => (time ?? Infinity) - sent))
  assert.ok(
    after.every((ms) => ms <= promisedMs),
    `shown and rang ${after.join(', ')} ms after the command`,
  )
  const row = station.page.locator(`[role="row"][data-id="${id}"]`)
  await row.click()
  await station.page.locator(`.detail .panel-head a[href="/incident/${id}"]`).waitFor()
  await station.page.locator('.detail .actions').waitFor()
  await row.press('Enter')
  const lane = taker.page.locator('.mine', { hasText: '两台服务器之间' }).locator('.lane').first()
  await lane.getByText(taker.word('lane.done'), { exact: true }).waitFor()
  for (const seat of [taker, station, above]) await seat.isClean()
})

test('20 commands of one id at both servers at once: one incident and 20 equal answers', async () => {
  const takers = [await personAt(a, 'callTaker'), await personAt(b, 'callTaker')] as const
  const incident = randomUUID()
  const call = { id: randomUUID(), channel: 'voice' }
  const data = { call, narrative: '同一个编号', place: { kind: 'unknown' }, kind: 'theft', unit: duty.unit }
  const body = { id: randomUUID(), type: 'open', data }
  const replies = await Promise.all(
    Array.from({ length: 20 }, (_, n) => takers[n % 2 === 0 ? 0 : 1].ask('POST', `/command/dispatch/${incident}`, body)),
  )
  assert.equal(replies[0]?.status, 200, JSON.stringify(replies[0]?.body))
  for (const reply of replies) assert.deepEqual(reply, replies[0])
  const recorded = await asOwner(a.data, async (client) => {
    const text = `select type, count(*)::int as amount from kernel.event where stream = any ($1) and type in ('opened', 'received') group by 1 order by 1`
    return (await client.query(text, [[incident, call.id]])).rows as unknown[]
  })
  assert.deepEqual(recorded, [
    { type: 'opened', amount: 1 },
    { type: 'received', amount: 1 },
  ])
})

test('two closings at once at two servers: one closes, the other hears that it is over', async () => {
  const [here, there] = [await Person.logIn(a.url, duty), await Person.logIn(b.url, duty)]
  const taker = await personAt(a, 'callTaker')
  for (let round = 0; round < 5; round++) {
    const id = await openAt(taker, duty.unit, '两处结束')
    await here.command('dispatch', id, 'sign', {})
    await there.command('dispatch', id, 'feedback', { result: 'handled', injured: 0, persons: 1, measures: ['none'], text: '-' })
    const close = () => ({ id: randomUUID(), type: 'close', data: {} })
    const replies = await Promise.all([here, there].map((person) => person.ask('POST', `/command/dispatch/${id}`, close())))
    const outcomes = replies.map(({ status, body }) => `${status} ${(body as { error?: { rule?: string } }).error?.rule ?? ''}`)
    assert.deepEqual(outcomes.toSorted(), ['200 ', '409 incident-over'])
    assert.equal(amount(await trace(id), 'closed'), 1)
  }
})

test('each server gives one screen of the unit the turn; that both acknowledge at once is recorded once', async (t) => {
  const people = [await Person.logIn(a.url, duty), await Person.logIn(b.url, duty)] as const
  const streams = [await streamAt(t, a, people[0]), await streamAt(t, b, people[1])] as const
  const taker = await personAt(b, 'callTaker')
  for (let round = 0; round < 5; round++) {
    const id = await openAt(taker, duty.unit, '两块屏幕')
    await Promise.all(streams.map((stream) => stream.until('the incident', () => about(stream, id).length > 0)))
    assert.deepEqual(
      streams.map((stream) => about(stream, id)[0]?.data['turn']),
      [true, true],
    )
    const [frame] = about(streams[0], id)
    assert.ok(frame)
    const line = (frame.data['row'] as IncidentRow).lines.find(({ unit }) => unit === duty.unit)?.line
    const said = { lines: [{ incident: id, line, seen: true }] }
    const replies = await Promise.all(people.map((person) => person.ask('POST', '/signal/dispatch/acknowledge', said)))
    assert.deepEqual(
      replies.map(({ status }) => status),
      [200, 200],
    )
    const types = await trace(id)
    assert.deepEqual([amount(types, 'delivered'), amount(types, 'seen')], [1, 1])
  }
})

test('log-out at one server ends the stream at the other at once', async (t) => {
  const person = await Person.logIn(a.url, duty)
  const [stream, other] = [await streamAt(t, b, person), await streamAt(t, b, await Person.logIn(b.url, duty))]
  assert.equal((await person.ask('DELETE', '/session')).status, 204)
  await stream.until('the end of the session', (frames) => frames.at(-1)?.event === 'bye', toldMs)
  assert.equal((await fetch(`${b.url}/session`, { headers: { cookie: person.cookie } })).status, 401)
  assert.equal(other.ended, false)
})

test('a grant revoked at one server takes the record from the screen at the other, also while that screen is cut off', async (t) => {
  const chosen = accounts.filter(({ role }) => role === 'stationDuty').at(-1)
  assert.ok(chosen)
  const wire = await Wire.to(b.port)
  t.after(() => wire.cut())
  const seat = await seatAt(t, wire.url, chosen)
  const id = await openAt(await personAt(a, 'callTaker'), chosen.unit, '职权撤销之前')
  const row = seat.page.locator(`[role="row"][data-id="${id}"]`)
  await row.waitFor()
  const security = await personAt(a, 'securityAdministrator')
  const read = async (query: Record<string, string>) => (await security.view<StaffViews['accounts']>('staff', 'accounts', query)).data
  const account = (await everyAccount(read, chosen.unit)).find(({ login }) => login === chosen.login)
  assert.ok(account)
  const revoke = () => security.command('staff', account.id, 'revoke', { role: 'stationDuty', unit: chosen.unit, reason: '调离' })
  await revoke()
  await row.waitFor({ state: 'detached', timeout: 2 * toldMs })
  assert.equal(await seat.page.getByText('职权撤销之前').count(), 0)
  // Who only had the page open has not tried to read what is not his.
  await seat.isClean()
  await security.command('staff', account.id, 'grant', { role: 'stationDuty', unit: chosen.unit })
  await row.waitFor({ timeout: 2 * toldMs })
  await wire.cut()
  await revoke()
  await wire.mend()
  await row.waitFor({ state: 'detached' })
  assert.equal(await seat.page.getByText('职权撤销之前').count(), 0)
})

test('a wake-up that is lost costs about a second', async (t) => {
  const stream = await streamAt(t, b, await Person.logIn(b.url, duty))
  const taker = await personAt(a, 'callTaker')
  const deaf = await listening(a.data, true)
  assert.equal(deaf.length, 2)
  const sent = performance.now()
  const id = await openAt(taker, duty.unit, '没有听见')
  await stream.until('the incident by the poll', () => about(stream, id).length > 0, 3000)
  const took = performance.now() - sent
  assert.ok(took < 1500, `${took} ms`)
  await until('both listen again', async () => {
    const now = await listening(a.data)
    return now.length === 2 && now.every((pid) => !deaf.includes(pid))
  })
})

test('readings that the database cannot take wait in a file of each server, and come into the table once', async () => {
  const people = [await Person.logIn(a.url, duty), await Person.logIn(b.url, duty)]
  const id = await openAt(await personAt(a, 'callTaker'), duty.unit, '查阅')
  const waiting = async () => (await readdir(a.data)).filter((name) => name.startsWith('readings')).toSorted()
  await asOwner(a.data, async (client) => {
    // Everything can be read and nothing recorded, until the servers' patience with a statement is over.
    await client.query('begin; lock table kernel.counter in share mode')
    for (const person of people) await person.view('dispatch', 'incident', { id })
    await until('both keep theirs', async () => (await waiting()).length === 2)
    assert.deepEqual(await waiting(), [a, b].map(({ port }) => `readings-${port}`).toSorted())
    await client.query('commit')
  })
  await until('both are written', async () => (await waiting()).length === 0)
  const { rows } = await asOwner(a.data, (client) =>
    client.query<{ amount: number }>(
      `select count(*)::int as amount from kernel.content c cross join jsonb_array_elements(c.data -> 'readings') one
       where c.class = 'access' and one -> 'streams' @> to_jsonb($1::text)`,
      [id],
    ),
  )
  assert.deepEqual(rows, [{ amount: 2 }])
})

/** The browser has had a frame of each of these, all frames in order of position, none twice, none left out by a reset. */
async function browserHasAll(seat: Seat, ids: readonly string[]): Promise<void> {
  const missing = async () => {
    const had = new Set((await seat.noted()).frames.map(({ stream }) => stream))
    return ids.filter((id) => !had.has(id))
  }
  await until('the browser has everything', async () => (await missing()).length === 0, 10_000)
  const { frames, resets } = await seat.noted()
  const positions = frames.map(({ position }) => position)
  assert.deepEqual(
    positions,
    [...new Set(positions)].toSorted((x, y) => x - y),
  )
  assert.equal(resets, 0)
}

/** How many screens each server has. */
const clientsOf = async (server: Server): Promise<number> =>
  ((await (await fetch(`${server.url}/health`)).json()) as { clients: number }).clients

test('kill -9 of one server under load: its screens are on the other within 5 s, everything in order, nothing lost, nothing twice', async (t) => {
  const boards = accounts.filter(({ role }) => role === 'stationDuty').slice(0, 12)
  const screens: Screen[] = []
  for (const account of boards) screens.push(new Screen(nginx.url, await Person.logIn(nginx.url, account), account.unit))
  t.after(() => Promise.all(screens.map((screen) => screen.close())))
  for (const screen of screens) screen.open()
  await until('every screen is connected', () => screens.every(({ connections }) => connections === 1))
  const before = await clientsOf(a)
  const seat = await seatAt(t, nginx.url, duty)
  const [dies, lives] = (await clientsOf(a)) > before ? [a, b] : [b, a]
  const there = await clientsOf(dies)
  assert.ok(there > 4 && (await clientsOf(lives)) > 4, 'both servers have screens')

  const taker = await Person.logIn(nginx.url, accountOf(accounts, 'callTaker'))
  const sent: { incident: string; unit: string }[] = []
  const refused: unknown[] = []
  let on = true
  t.after(() => {
    on = false
  })
  const write = async (): Promise<void> => {
    for (let n = 0; on; n++) {
      const [incident, unit] = [randomUUID(), boards[n % boards.length]?.unit ?? '']
      const data = {
        call: { id: randomUUID(), channel: 'voice' },
        narrative: `第 ${n} 起`,
        place: { kind: 'unknown' },
        kind: 'theft',
        unit,
      }
      // Once: that a server has died in the middle of it is the proxy's affair.
      const { status, body } = await taker.ask('POST', `/command/dispatch/${incident}`, { id: randomUUID(), type: 'open', data })
      if (status === 200) sent.push({ incident, unit })
      else refused.push([status, body])
    }
  }
  const writing = Promise.all(Array.from({ length: 6 }, write))
  await until('some are written', () => sent.length > 30)
  const killed = Date.now()
  await dies.killServer()
  await until('every screen is on the other', async () => (await clientsOf(lives)) === screens.length + 1, backMs, 20)
  const back = Date.now() - killed
  const then = sent.length
  await until('more are written', () => sent.length > then + 30)
  await seat.page.locator('.live.good', { hasText: seat.word('live.live') }).waitFor()
  on = false
  await writing
  t.diagnostic(`${there} screens were on the other server ${back} ms after the kill; ${sent.length} incidents`)
  assert.deepEqual(refused, [])

  const own = sent.filter(({ unit }) => unit === duty.unit).map(({ incident }) => incident)
  await until('every board has everything', () =>
    sent.every(({ incident, unit }) => screens.some((screen) => screen.unit === unit && screen.shown.has(incident))),
  )
  await until('every line is acknowledged', () => screens.every(({ settled }) => settled))
  assert.deepEqual(
    screens.flatMap(({ faults }) => faults),
    [],
  )
  await browserHasAll(seat, own)
  const { rows } = await asOwner(a.data, (client) =>
    client.query(`select stream from kernel.event where type = 'opened' and stream = any ($1) group by 1 having count(*) <> 1`, [
      sent.map(({ incident }) => incident),
    ]),
  )
  assert.deepEqual(rows, [])
  await dies.start()
  await until('who comes next is served by either', async () => (await Person.logIn(nginx.url, duty)).me.login === duty.login)
})

test('after all this the database is what its events say', async () => {
  assert.deepEqual(await wrongIn(a.data), [])
})
