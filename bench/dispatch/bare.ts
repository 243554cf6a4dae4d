// The same rows of one incident with the same driver, as many connections and one commit an incident, and nothing else: no decision, no lock, no order.
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { openAt, stations, bureau } from './plan.ts'
import { answer } from './messages.ts'

const eventColumns =
  'position, module, stream, n, type, version, by, unit, at, occurred_at, occurred_source, command_id, command_n, command_digest, digest'
const tables = `
  create schema bare;
  create table bare.event (like kernel.event including all);
  create table bare.content (like kernel.content including all, foreign key (position) references bare.event);
  create table bare.incident (like dispatch.incident including all) with (toast_tuple_target = 8160, fillfactor = 70);
  create table bare.call (like dispatch.call including all);
  create table bare.word (like dispatch.word including all);
  create table bare.line (like dispatch.line including all);
  create table bare.measured (like dispatch.measured including all);
  create table bare.clock (like kernel.clock including all);
  create sequence bare.position increment 3`

const eventText = `insert into bare.event (${eventColumns}) values ${placeholders(3, 15)}`
const contentText = `insert into bare.content (position, salt, data, class, sealed) values ${placeholders(3, 5)}`
const incidentText = `insert into bare.incident (id, number, bureau, sub_bureau, station, taker, open, lon, lat, opened_at, row) values ${placeholders(1, 11)}`
const wordText = `insert into bare.word (id, bureau, sub_bureau, station, open, kind, received, content, words)
  select $1, $2, $3, $4, $5, $6, $7::timestamptz, content, kernel.words_of(content) from kernel.folded($8) content`
const lineText = `insert into bare.line (incident, line, bureau, sub_bureau, unit, level, sent)
  select incident, line, bureau, sub_bureau, unit, level, sent from jsonb_populate_recordset(null::bare.line, $1::jsonb)`
const measuredText = `insert into bare.measured (incident, bureau, sub_bureau, station, kind, received, received_source, imported, cancelled, arrival_fast) values ${placeholders(1, 10)}`
const clockText = `insert into bare.clock (module, stream, id, unit, rule, point, due, clock) values ${placeholders(1, 8)}`
const callText = `insert into bare.call (id, incident, row) values ${placeholders(1, 3)}`

function placeholders(rows: number, width: number): string {
  return Array.from(
    { length: rows },
    (_, row) => `(${Array.from({ length: width }, (_, column) => `$${row * width + column + 1}`).join(', ')})`,
  ).join(', ')
}

const ladder = {
  id: 'receipt-1',
  rule: 'receipt',
  source: 'setting',
  ran: 0,
  points: ['ring', 'assign', 'city', 'finding'].map((name, index) => ({ name, after: (index + 1) * 1_000_000 })),
}

const digest = (salt: Buffer, text: string) => createHash('sha256').update(salt).update(text).digest()
const clockOf = (incident: string, unit: string, at: string) => [
  'dispatch',
  incident,
  ladder.id,
  unit,
  ladder.rule,
  'ring',
  at,
  JSON.stringify({ ...ladder, unit, started: at, since: at }),
]

function rowsOf(position: number) {
  const station = stations[position % stations.length] ?? stations[0]
  if (station === undefined) throw new Error('a city without stations')
  const { incident, command } = openAt(station)
  const { call, narrative, place, kind } = command.data
  const at = new Date().toISOString()
  const by = { account: randomUUID(), name: 'taker', unit: bureau }
  const stamp = { time: at, source: 'system', at, by: 'taker' }
  const lines = [station.code, station.subBureau].map((unit, index) => ({
    line: index + 1,
    unit,
    level: index === 0 ? 'station' : 'subBureau',
  }))
  const number = `26-0101-${position}`
  const drafts = [
    { stream: call.id, n: 1, type: 'received', data: { incident, call } },
    { stream: incident, n: 1, type: 'opened', data: { number, bureau, call: call.id, kind, priority: 3, narrative, place } },
    {
      stream: incident,
      n: 2,
      type: 'dispatched',
      data: { station: station.code, subBureau: station.subBureau, routed: 'boundary', lines },
    },
  ].map((draft) => ({ ...draft, salt: randomBytes(16), text: JSON.stringify(draft.data) }))
  const row = {
    id: incident,
    number,
    n: 2,
    phase: 'open',
    kind,
    priority: 3,
    narrative,
    place,
    bureau,
    subBureau: station.subBureau,
    station: station.code,
    received: stamp,
    opened: at,
    imported: false,
    lines: lines.map((line) => ({ ...line, sent: stamp, delivered: null, seen: null, signed: null, ended: null })),
    handlers: [],
    milestones: {},
    urged: 0,
    findings: 0,
    calls: 1,
    taker: by.account,
  }
  const commandDigest = createHash('sha256').update(JSON.stringify(command)).digest()
  return {
    // biome-ignore format: one line an event
    events: drafts.flatMap(({ stream, n, type, salt, text }, index) => [
      position + index, 'dispatch', stream, n, type, 1, JSON.stringify(by), bureau, at, at, 'system', command.id, index, commandDigest, digest(salt, text),
    ]),
    contents: drafts.flatMap(({ salt, text }, index) => [position + index, salt, text, 'dispatch', false]),
    incident: [incident, number, bureau, station.subBureau, station.code, by.account, true, 116.4, 39.9, at, JSON.stringify(row)],
    line: [
      JSON.stringify(
        row.lines.map(({ line, unit, level }) => ({ incident, line, bureau, sub_bureau: station.subBureau, unit, level, sent: at })),
      ),
    ],
    measured: [incident, bureau, station.subBureau, station.code, kind, at, 'system', false, false, false],
    clock: clockOf(incident, station.code, at),
    word: [incident, bureau, station.subBureau, station.code, true, kind, at, narrative],
    call: [
      call.id,
      incident,
      JSON.stringify({ id: call.id, channel: call.channel, number: call.number, name: call.name, text: null, received: stamp }),
    ],
  }
}

const config = (url: string): pg.ClientConfig & { pipeline: true } => ({ connectionString: url, pipeline: true })

async function clientsOf(url: string, count: number): Promise<readonly [pg.Client, ...pg.Client[]]> {
  const [first, ...others] = Array.from({ length: count }, () => new pg.Client(config(url)))
  if (first === undefined) throw new Error('a script without a connection')
  await Promise.all([first, ...others].map((client) => client.connect()))
  await first.query(tables)
  return [first, ...others]
}

async function end(clients: readonly pg.Client[]): Promise<void> {
  await clients[0]?.query('drop schema bare cascade')
  await Promise.all(clients.map((client) => client.end()))
}

/** The rows of one incident, in one packet with their commit. */
async function write(client: pg.Client, position: number): Promise<void> {
  const { events, contents, incident, word, line, measured, clock, call } = rowsOf(position)
  await Promise.all([
    client.query({ name: 'begin', text: 'begin' }),
    client.query({ name: 'event', text: eventText, values: events }),
    client.query({ name: 'content', text: contentText, values: contents }),
    client.query({ name: 'incident', text: incidentText, values: incident }),
    client.query({ name: 'word', text: wordText, values: word }),
    client.query({ name: 'line', text: lineText, values: line }),
    client.query({ name: 'measured', text: measuredText, values: measured }),
    client.query({ name: 'clock', text: clockText, values: clock }),
    client.query({ name: 'call', text: callText, values: call }),
    client.query({ name: 'commit', text: 'commit' }),
  ])
}

async function run({ url, workers, seconds }: { url: string; workers: number; seconds: number }): Promise<{ rate: number }> {
  const clients = await clientsOf(url, workers)
  let [done, position] = [0, 1]
  const begun = performance.now()
  const worker = async (client: pg.Client) => {
    while (performance.now() - begun < seconds * 1000) {
      const own = position
      position += 3
      await write(client, own)
      done++
    }
  }
  await Promise.all(clients.map(worker))
  const rate = done / ((performance.now() - begun) / 1000)
  await end(clients)
  return { rate }
}

/** Round trips to the database, one after the other, between a call and its screens: locks, facts, commit, and the reading of what was committed. */
const roundTrips = 4

/**
 * Open loop: each incident is due at its own moment, and done when its rows are committed and read again, after as many round trips as the road makes.
 * Nobody else is at work, so what it takes beyond a few milliseconds is the machine.
 */
async function open({ url, rate, seconds }: { url: string; rate: number; seconds: number }): Promise<{ p50: number; p99: number }> {
  const clients = await clientsOf(url, 4)
  const took: number[] = []
  const one = async (client: pg.Client, number: number, due: number) => {
    for (let trip = 2; trip < roundTrips; trip++) await client.query({ name: 'trip', text: 'select 1 as one' })
    await write(client, number * 3 + 1)
    await client.query({ name: 'read', text: 'select * from bare.event where position > $1', values: [number * 3] })
    took.push(performance.now() - due)
  }
  const flying: Promise<void>[] = []
  const begun = performance.now()
  for (let sent = 0; sent < rate * seconds; sent++) {
    const due = begun + (sent * 1000) / rate
    const wait = due - performance.now()
    if (wait > 0) await pause(wait)
    flying.push(one(clients[sent % clients.length] as pg.Client, sent, due))
  }
  await Promise.all(flying)
  await end(clients)
  const sorted = took.toSorted((a, b) => a - b)
  const rank = (percent: number) => sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN
  return { p50: rank(50), p99: rank(99) }
}

answer({ run, open })
