import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Role } from '#kernel/decider.ts'
import { languages } from '#kernel/words.ts'
import { type Seat, server, type TestServer } from '#kernel/testing/server.ts'
import { modules } from '../modules.ts'
import { type Document, type Request, Requests } from './fuzz/requests.ts'
import { Chance, type Known } from './fuzz/values.ts'

/** `FUZZ_SEED` tries another run. */
const seed = Number(process.env['FUZZ_SEED'] ?? 20_261_124)
const requests = 10_000
const together = 6
/** Stand in every text of another bureau's and of another station's records; nothing that is sent has them. */
const bureauMark = 'Qx7Zbureau'
const stationMark = 'Qx7Zstation'

interface Sender {
  readonly name: string
  readonly seat: Seat | null
  readonly known: Known
  readonly marks: readonly string[]
}

let house: TestServer
let document: Document
const senders: Sender[] = []
/** To log out with: who left could come back only as often as log-ins are allowed. */
const leaving: Seat[] = []

async function incidents(taker: Seat, unit: string, mark: string): Promise<string[]> {
  const ids: string[] = []
  for (let n = 0; n < 12; n++) {
    const id = randomUUID()
    const call = { id: randomUUID(), channel: 'voice', number: '13900000000', name: `${mark}甲` }
    const place = { kind: 'described', text: `${mark}门` }
    const data = { call, narrative: `${mark}有人吵架`, place, kind: 'dispute', unit, note: mark }
    assert.equal((await taker.command('dispatch', id, 'open', data)).status, 200)
    ids.push(id)
  }
  return ids
}

before(async () => {
  house = await server(modules)
  for (const [code, kind, parent] of [
    ['B1', 'bureau', undefined],
    ['S1', 'subBureau', 'B1'],
    ['A1', 'station', 'S1'],
    ['A2', 'station', 'S1'],
    ['B9', 'bureau', undefined],
    ['S9', 'subBureau', 'B9'],
    ['Z9', 'station', 'S9'],
  ] as const)
    await house.unit(code, { kind, name: code, ...(parent !== undefined && { parent }) })
  const taker = await house.seat('callTaker', 'B1')
  const foreign = await incidents(await house.seat('callTaker', 'B9'), 'Z9', bureauMark)
  const beside = await incidents(taker, 'A2', stationMark)
  const own = await incidents(taker, 'A1', 'Own')
  const people: string[] = []
  for (const [unit, name] of [
    ['Z9', `${bureauMark}乙`],
    ['A1', 'Own乙'],
  ]) {
    const account = randomUUID()
    await house.staff(account, 'openAccount', { login: `extra-${people.length}`, name, unit, password: randomUUID() })
    people.push(account)
  }
  // Who could hand a record of A2 to A1 is not told of it: else A1 might see it by right.
  const above = { ids: [...own, ...own, ...foreign, ...people], units: ['B1', 'S1', 'A1', 'B9', 'S9', 'Z9', 'NO-1'] }
  const below = { ids: [...own, ...own, ...foreign, ...beside], units: ['A1', 'A1', 'A2', 'S1', 'B1', 'Z9', 'NO-1'] }
  const both = [bureauMark, stationMark]
  const sender = (name: string, seat: Seat | null, known: Known, marks: readonly string[]) => senders.push({ name, seat, known, marks })
  sender('callTaker', taker, above, [bureauMark])
  for (const role of ['citySupervisor', 'systemAdministrator', 'securityAdministrator', 'auditAdministrator', 'importer'] as Role[])
    sender(role, await house.seat(role, 'B1'), above, [bureauMark])
  sender('subBureauDuty', await house.seat('subBureauDuty', 'S1'), above, [bureauMark])
  for (const role of ['stationDuty', 'patrolOfficer', 'caseOfficer', 'unitHead', 'legalReviewer'] as Role[])
    sender(role, await house.seat(role, 'A1'), below, both)
  sender('nobody', null, below, both)
  for (let n = 0; n < 3; n++) leaving.push(await taker.again())
  document = (await (await fetch(`${house.url}/api/docs`)).json()) as Document
})
after(() => house.stop())

const sparse: Readonly<Record<string, number>> = {
  'POST /session': 1,
  'DELETE /session': 1,
  'GET /live': 2,
  'GET /health': 2,
  'GET /webhook-key': 2,
  'GET /api/docs': 1,
}
const weight = (route: string): number => sparse[route] ?? (route.startsWith('POST /command/') ? 60 : route.startsWith('POST') ? 12 : 8)

interface Problem {
  readonly error?: {
    readonly code: string
    readonly sentence: string
    readonly rule?: string
    readonly fields?: readonly { readonly sentence: string }[]
  }
}

/** What is wrong with an answer; null: nothing. */
function fault(status: number, text: string, language: string, marks: readonly string[]): string | null {
  if (status >= 500) return 'a fault of the server'
  const leaked = marks.find((mark) => text.includes(mark))
  if (leaked !== undefined) return `says what it must not: ${leaked}`
  if (status < 400) return null
  const { error } = JSON.parse(text) as Problem
  if (typeof error?.sentence !== 'string' || error.sentence === '' || error.sentence.startsWith('error.'))
    return 'a problem without a sentence'
  // Headers that are too long are not read, nor is the language among them.
  if (status !== 431 && /\p{Script=Han}/u.test(error.sentence) === (language === 'en')) return `a sentence that is not ${language}`
  if (error.code === 'invalid' && (error.fields ?? []).length === 0) return 'no field is named'
  if ((error.fields ?? []).some(({ sentence }) => sentence === '' || /^(invalid|refusal)\./.test(sentence))) return 'a field without words'
  if (error.code === 'refused' && (error.rule === undefined || error.sentence.startsWith('refusal.'))) return 'a refusal without a rule'
  return null
}

async function send(sender: Sender, request: Request, language: string): Promise<{ status: number; text: string }> {
  const { method, path, headers, body } = request
  const seat = request.route === 'DELETE /session' ? leaving.pop() : sender.seat
  const given = { 'accept-language': language, ...(seat && { cookie: seat.cookie }), ...headers }
  const response = await fetch(house.url + path, { method, headers: given, ...(body !== undefined && { body }) })
  if (response.headers.get('content-type') !== 'text/event-stream') return { status: response.status, text: await response.text() }
  const reader = response.body?.getReader()
  const first = await reader?.read()
  await reader?.cancel()
  return { status: response.status, text: new TextDecoder().decode(first?.value) }
}

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void
const heap = (): number => {
  collect()
  return process.memoryUsage().heapUsed / 2 ** 20
}

test('10,000 requests after the document, right, nearly right and hostile: no fault, nothing of another unit, and every no has its words', async (t) => {
  const chance = new Chance(seed)
  const source = new Requests(chance, document, weight)
  const counts = new Map<number, number>()
  const routes = new Set<string>()
  const faults: string[] = []
  let left = requests
  const middle = { heap: 0 }
  const worker = async (): Promise<void> => {
    while (left-- > 0 && faults.length < 20) {
      if (left === requests / 2) middle.heap = heap()
      const sender = chance.one(senders)
      const request = source.make(sender.known, sender.name)
      const language = chance.one(languages)
      const { status, text } = await send(sender, request, language)
      counts.set(status, (counts.get(status) ?? 0) + 1)
      if (status < 400) routes.add(request.route)
      const found = fault(status, text, language, sender.marks)
      if (found !== null)
        faults.push(
          `${sender.name} ${request.method} ${request.path.slice(0, 200)} ${request.body?.slice(0, 300) ?? ''} → ${status} ${found}: ${text.slice(0, 300)}`,
        )
    }
  }
  await Promise.all(Array.from({ length: together }, worker))
  const grown = heap() - middle.heap
  const shares = [...counts].toSorted(([a], [b]) => a - b)
  t.diagnostic(
    `seed ${seed}: ${shares.map(([status, count]) => `${status} × ${count}`).join(', ')}; heap grew by ${grown.toFixed(0)} MiB in the second half`,
  )
  assert.deepEqual(faults, [])
  const share = (status: number) => (counts.get(status) ?? 0) / requests
  for (const [status, least] of [
    [200, 0.1],
    [403, 0.02],
    [404, 0.03],
    [409, 0.005],
    [422, 0.1],
  ] as const)
    assert.ok(share(status) >= least, `${status} is ${share(status)} of the answers`)
  assert.ok(share(429) < 0.05, 'limits did not keep the requests out')
  const all = Object.values(document.paths).flatMap((methods) => Object.keys(methods)).length
  assert.ok(routes.size >= all * 0.75, `${routes.size} of ${all} routes were used as they are meant`)
  assert.ok(grown < 100, `the heap grew by ${grown} MiB`)
})
