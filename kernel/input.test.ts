import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { z } from 'zod'
import { modules } from '../modules.ts'
import type { Role } from './decider.ts'
import { sql } from './testing/notes.ts'
import { type Reply, type Seat, server, type TestServer } from './testing/server.ts'
import { verify } from './verify.ts'

/** Every run the same: a failure is reported with its path, which replays it. */
const seed = 20_261_122
const roles: readonly Role[] = [
  'callTaker',
  'stationDuty',
  'subBureauDuty',
  'citySupervisor',
  'systemAdministrator',
  'securityAdministrator',
  'importer',
]
const homes: Partial<Record<Role, string>> = { stationDuty: 'A1', subBureauDuty: 'S1' }
/** Stands in every text that is sent: what of it reaches the log or the error answers can be found. */
const marker = 'Mk7q'
const incident = '11111111-1111-4111-8111-111111111111'

let house: TestServer
const seats: Seat[] = []
before(async () => {
  house = await server(modules)
  await house.unit('B1', { kind: 'bureau', name: '市局' })
  await house.unit('S1', { kind: 'subBureau', name: '分局', parent: 'B1' })
  await house.unit('A1', { kind: 'station', name: 'A1', parent: 'S1' })
  for (const role of roles) seats.push(await house.seat(role, homes[role] ?? 'B1'))
  const data = { call: { id: randomUUID(), channel: 'voice' }, narrative: 'x', place: { kind: 'unknown' }, kind: 'noise', unit: 'A1' }
  assert.equal((await seats[0]?.command('dispatch', incident, 'open', data))?.status, 200)
})
after(() => house.stop())

const nasty = fc.constantFrom(
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\udfff\ud800',
  '𠮷䶮',
  "'; drop table kernel.event; --",
  '<script>alert(1)</script>',
  '{{field}}',
  '$1',
  '\u202e\u200b',
  `\n    at ${marker} (/etc/passwd:1:1)`,
  'e\u0301'.repeat(50),
  'x'.repeat(3000),
  '',
  ' ',
)
const word = fc.oneof(nasty, fc.string({ unit: 'binary', maxLength: 40 })).map((text) => `${marker}${text}`)
const number = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(-0, 1e308, -1, 2 ** 53, 0.1, 181, 91))
const instant = fc.constantFrom(
  '0000-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
  '2020-02-30T00:00:00Z',
  '2020-01-01T00:00:00+14:00',
  '2020-01-01',
  marker,
)
const key = fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty', 'length', '', 'id', 'lines', marker)
const rubbish: fc.Arbitrary<unknown> = fc.oneof(
  word,
  number,
  fc.constantFrom(null, true, [], {}, [[]], incident, 'A1', 'B1', 'NO-SUCH'),
  fc.array(word, { maxLength: 3 }),
  fc.dictionary(key, fc.oneof(word, number), { maxKeys: 3 }),
)

const plain = [
  `${marker} 𠮷䶮 '; drop table x; -- <script>`,
  incident,
  'A1',
  'S1',
  `x${marker.toLowerCase()}`,
  '010-1234',
  '2020-01-01T00:00:00Z',
  'Mk7q long password',
]
/** A leaf: most of the time something that fits it. */
function leaf(schema: z.core.$ZodType): fc.Arbitrary<unknown> {
  const fitting = [...plain, 0, 1, 2, 0.5].filter((value) => z.safeParse(schema, value).success)
  const strange = fc.oneof(word, number, instant)
  return fitting.length === 0
    ? strange
    : fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...fitting) }, { weight: 1, arbitrary: strange })
}

/** Input that follows a schema's shape most of the time, so that it comes far before it is wrong. */
function shaped(schema: z.core.$ZodType): fc.Arbitrary<unknown> {
  const { def } = schema._zod
  const good = (): fc.Arbitrary<unknown> => {
    switch (def.type) {
      case 'object': {
        const { shape } = def as z.core.$ZodObjectDef
        return fc.record(Object.fromEntries(Object.entries(shape).map(([name, field]) => [name, shaped(field)])))
      }
      case 'array':
        return fc.oneof(
          fc.array(shaped((def as z.core.$ZodArrayDef).element), { maxLength: 4 }),
          fc.constant([
            [
              [
                [0, 0],
                [1, 0],
                [1, 1],
                [0, 0],
              ],
            ],
          ]),
        )
      case 'tuple':
        return fc.tuple(...(def as z.core.$ZodTupleDef).items.map(shaped))
      case 'union':
        return fc.oneof(...(def as z.core.$ZodUnionDef).options.map(shaped))
      case 'optional':
        return fc.option(shaped((def as z.core.$ZodOptionalDef).innerType), { nil: undefined })
      case 'enum':
        return fc.constantFrom(...Object.values((def as z.core.$ZodEnumDef).entries))
      case 'literal':
        return fc.constantFrom(...(def as z.core.$ZodLiteralDef<z.core.util.Literal>).values)
      case 'boolean':
        return fc.boolean()
      default:
        return leaf(schema)
    }
  }
  return fc.oneof({ weight: 30, arbitrary: good() }, { weight: 1, arbitrary: rubbish })
}

const statuses = new Map<number, number>()
/** What every answer to whatever input must be. */
function answered(reply: Reply, what: string): void {
  statuses.set(reply.status, (statuses.get(reply.status) ?? 0) + 1)
  assert.ok(reply.status < 500, `${what}: ${reply.status} ${JSON.stringify(reply.body)}`)
  if (reply.status === 200) return
  const { error } = reply.body as {
    error: { code: string; sentence: string; rule?: string; fields?: { path: string; sentence: string }[] }
  }
  const sentences = [error.sentence, ...(error.fields ?? []).map(({ sentence }) => sentence)]
  for (const sentence of sentences) assert.doesNotMatch(sentence, /^(error|invalid|refusal|field)\.|undefined|^$/, `${what}: ${sentence}`)
  if (error.code === 'invalid') assert.ok((error.fields ?? []).length > 0, `${what}: no field is named`)
}
const seat = fc.constantFrom(...roles.keys()).map((index) => () => seats[index] as Seat)
const property = { seed, endOnFailure: true }

/** Those who may give a command, most of the time. */
const giver = (entitled: unknown) => {
  const may = Array.isArray(entitled) ? roles.flatMap((role, index) => (entitled.includes(role) ? [() => seats[index] as Seat] : [])) : []
  return may.length === 0 ? seat : fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...may) }, { weight: 1, arbitrary: seat })
}
const seldom = <Value>(arbitrary: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: 8, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary })
const occurred = fc.oneof(fc.record({ time: instant, source: fc.constantFrom('typed', 'radio', 'imported', 'system') }), rubbish)

test('whatever is sent as a command is answered, and never by a fault', async () => {
  const commands = modules.flatMap((module) => Object.entries(module.commands).map(([type, rule]) => ({ module: module.name, type, rule })))
  for (const { module, type, rule } of commands) {
    const open = rule.opens === true ? fc.uuid() : fc.constant(incident)
    const address = fc.oneof(
      fc.constantFrom('A1', 'B1', 'X9'),
      word.map((text) => encodeURIComponent(text.toWellFormed()).slice(0, 80)),
    )
    const input = fc.record({
      by: giver(rule.roles),
      stream: fc.oneof({ weight: 4, arbitrary: open }, { weight: 1, arbitrary: address }),
      data: shaped(rule.schema),
      when: seldom(occurred),
      id: seldom(rubbish),
    })
    const check = fc.asyncProperty(input, async ({ by, stream, data, when, id }) => {
      const body = { id: id ?? randomUUID(), type, data, ...(when !== undefined && { occurred: when }) }
      answered(await by().ask('POST', `/command/${module}/${stream}`, body, { 'x-marker': marker, referer: marker }), `${module}.${type}`)
    })
    await fc.assert(check, { ...property, numRuns: 60 })
  }
  assert.ok((statuses.get(200) ?? 0) > 20 && (statuses.get(422) ?? 0) > 200, JSON.stringify(Object.fromEntries(statuses)))
})

test('whatever is asked of a view, a signal or a stream is answered, and never by a fault', async () => {
  const tools = { system: async () => undefined, keep: async () => undefined }
  const asked = modules.flatMap((module) => [
    ...Object.entries(module.views).map(([name, { input }]) => ({ path: `/view/${module.name}/${name}`, input, method: 'GET' })),
    ...Object.entries(module.signals(tools)).map(([name, { input }]) => ({
      path: `/signal/${module.name}/${name}`,
      input,
      method: 'POST',
    })),
  ])
  for (const { path, input, method } of asked) {
    const check = fc.asyncProperty(seat, shaped(input), fc.dictionary(key, word, { maxKeys: 1 }), async (by, data, more) => {
      const pairs = Object.entries({ ...(data as object), ...more }).map(
        ([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)] as [string, string],
      )
      if (method === 'POST') answered(await by().ask('POST', path, data), path)
      else answered(await by().ask('GET', `${path}?${new URLSearchParams(pairs).toString()}`), path)
    })
    await fc.assert(check, { ...property, numRuns: 60 })
  }
})

test('whatever the envelope, the address or the header is, the answer is one of ours', async () => {
  const [by] = seats
  assert.ok(by)
  const names = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf', '%00', '%ff', '%', '..', marker]
  for (const name of names) {
    for (const path of [`/view/${name}/board`, `/view/dispatch/${name}`, `/view/staff/${name}`]) answered(await by.ask('GET', path), path)
    for (const path of [`/signal/dispatch/${name}`, `/signal/${name}/x`, `/command/${name}/x`, `/command/dispatch/${name}`, `/${name}`]) {
      answered(await by.ask('POST', path, { id: randomUUID(), type: 'open', data: {} }), path)
    }
    const body = { id: randomUUID(), type: name, data: {} }
    for (const module of ['dispatch', 'staff']) answered(await by.ask('POST', `/command/${module}/${randomUUID()}`, body), `type ${name}`)
  }
  const bodies = [
    '',
    'null',
    '[]',
    '"x"',
    '7',
    '{',
    `{"${marker}`,
    '{"__proto__":{"a":1}}',
    '[[[['.repeat(5000),
    `{"id":${'9'.repeat(500)}}`,
    '\ufeff{}',
    '\u0000',
  ]
  for (const path of [`/command/dispatch/${incident}`, '/signal/dispatch/acknowledge', '/session']) {
    for (const body of bodies) answered(await by.ask('POST', path, body), `${path} ${body.slice(0, 20)}`)
  }
  const check = fc.asyncProperty(
    fc.oneof(word, fc.constantFrom('zh', 'zh-TW', 'en;q=x', ',,,', '*', '-')),
    rubbish,
    async (language, body) => {
      const header = encodeURIComponent(language.toWellFormed()).slice(0, 200)
      answered(
        await by.ask('POST', `/command/dispatch/${incident}`, body, {
          'accept-language': header,
          cookie: `${by.cookie}; ${header}=${header}`,
        }),
        header,
      )
    },
  )
  await fc.assert(check, { ...property, numRuns: 100 })
})

test('nothing of all this is half stored, and none of it stands in the log or the spool', async () => {
  await house.house.log.flush()
  assert.deepEqual((await verify(house.database.owner, modules)).differences, [])
  const kept = await sql<{ amount: number }>(
    house.database.owner,
    `select count(*)::int as amount from kernel.content where data::text like '%' || $1 || '%'`,
    [marker],
  )
  assert.ok((kept[0]?.amount ?? 0) > 5, 'nothing of it was ever accepted')
  assert.deepEqual(
    house.log.filter((line) => line.includes(marker)),
    [],
  )
  assert.deepEqual(house.log, [])
  assert.equal(await readFile(house.spool, 'utf8').catch(() => ''), '')
})
