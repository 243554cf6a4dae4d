import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Event, IncidentRow, TraceEntry } from '../contract.ts'
import type { Wait } from '../contract/clocks.ts'
import type { WaitPoint, WaitRule } from '../rules/waiting.ts'
import { duty, later, limits, noFacts, opened, patrol, start, station, subBureau, system } from '../testing/given.ts'
import { lapsedOf, lapseFor, lapseRings, reasonsOf } from './waits.ts'

const { row } = opened()
const told = (rule: WaitRule, point: WaitPoint, rings = true): Wait => ({ rule, clock: null, last: { point, at: start, rings } })
const waiting = (...waits: Wait[]): IncidentRow => ({ ...row, waits })
const at = (seconds: number) => Date.parse(later(seconds))

test('of what is late a board shows the most pressing; a warning is no alarm', () => {
  assert.equal(lapsedOf(row), null)
  assert.equal(lapsedOf(waiting({ rule: 'arrival', clock: null, last: null })), null)
  assert.deepEqual(lapsedOf(waiting(told('arrival', 'warn'))), { name: 'arrival-warn', tone: 'warn' })
  assert.deepEqual(lapsedOf(waiting(told('arrival', 'warn'), told('departure', 'late'))), { name: 'departure-late', tone: 'alarm' })
  assert.deepEqual(lapsedOf(waiting(told('departure', 'finding'), told('arrival', 'late'))), { name: 'arrival-late', tone: 'alarm' })
})

test('station and sub-bureau hear it for thirty seconds, nobody else, and nobody one that is too old', () => {
  const late = waiting(told('arrival', 'late'))
  const heard = (units: readonly string[], seconds: number) => units.map((unit) => lapseRings(late, unit, at(seconds)))
  assert.deepEqual(heard([station, subBureau, row.bureau, '110105002'], 29), [true, true, false, false])
  assert.deepEqual(heard([station, subBureau], 30), [false, false])
  assert.deepEqual([lapseFor(late, station), lapseFor(waiting(told('arrival', 'late', false)), station)], [true, false])
})

const entry = (n: number, event: Event, seconds: number): TraceEntry => ({
  n,
  position: n,
  type: event.type,
  at: later(seconds),
  occurred: { time: later(seconds), source: 'system' },
  by: null,
  unit: null,
  data: event.data,
})

test('each clock says since when it runs, by what event, and by which settings its next moment is then', () => {
  const record = opened()
  const trace: TraceEntry[] = []
  const rows = { departMinutes: [{ unit: station, value: 7, from: start, by: '-', reason: '-', at: start }] }
  const more = { who: duty, at: later(20), facts: { ...noFacts, limits: rows } }
  for (const event of record.do({ type: 'assign', data: { handlers: ['王某'] } }, more)) trace.push(entry(trace.length + 1, event, 20))
  const common = { unit: station, started: later(20), ran: null, begun: 'assigned' }
  const [warn] = limits(['arrival'])[0]?.points ?? []
  assert.deepEqual(reasonsOf(record.row, trace), [
    { ...common, rule: 'arrival', due: { point: 'warn', time: later(260) }, set: warn?.set },
    { ...common, rule: 'departure', due: { point: 'late', time: later(440) }, set: [{ key: 'departMinutes', value: 7, unit: station }] },
  ])
  record.do({ type: 'lapse', data: { clock: 'arrival', point: 'warn', due: later(260) } }, { who: system, at: later(260) })
  record.do({ type: 'depart', data: {} }, { who: patrol, at: later(270) })
  assert.deepEqual(
    reasonsOf(record.row, trace).map(({ rule, due, set }) => [rule, due, set?.map(({ key }) => key)]),
    [['arrival', { point: 'late', time: later(320) }, ['arrivalMinutesUrban1', 'outskirts']]],
  )
})

test('the ladder says it as well; one that was sent before settings were kept with it says that they were not', () => {
  const ladder = [{ name: 'ring', after: 30_000, set: [{ key: 'ringSeconds1', value: 30, unit: null }] }] as const
  const lines = [{ line: 1, unit: station, level: 'station' }] as const
  const data = { station, subBureau, routed: 'boundary', lines: [...lines] } as const
  const due = { point: 'ring', time: later(30) }
  const said = (kept: readonly unknown[]) => {
    const event = { type: 'dispatched', data: { ...data, ladder: kept } } as unknown as Event
    return reasonsOf(row, [entry(2, event, 0)])
  }
  const reason = { rule: 'receipt', unit: station, due, started: start, ran: null }
  assert.deepEqual(said(ladder), [{ ...reason, begun: 'dispatched', set: ladder[0].set }])
  assert.deepEqual(said([{ name: 'ring', after: 30_000 }]), [{ ...reason, begun: 'dispatched', set: null }])
  assert.deepEqual(reasonsOf(row, []), [{ ...reason, begun: null, set: null }])
})

test('a clock that is paused says so, and one that was says how long it had run', () => {
  const clock = row.climb?.clock
  assert.ok(clock && row.climb)
  const asked = (changed: Partial<typeof clock>) =>
    reasonsOf({ ...row, climb: { line: 1, rung: null, clock: { ...clock, ...changed } } }, []).map(({ due, ran }) => [
      due?.time ?? null,
      ran,
    ])
  assert.deepEqual(asked({ since: null, ran: 9000 }), [[null, 9000]])
  assert.deepEqual(asked({ since: later(100), ran: 9000 }), [[later(121), 9000]])
})
