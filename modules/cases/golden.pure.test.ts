import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import type { Recorded } from '#kernel/decider.ts'
import { type Event, events } from './contract.ts'
import { initial, type State } from './decide/matter.ts'
import { evolve } from './decide/state.ts'
import { clocks, owners, project } from './views.ts'

/** Events of each type as a database has kept them. A landed line is never edited: a new shape of a type is a new version and a new line. */
const golden = readFileSync(new URL('events.golden.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Recorded<Event> & { position: number; module: string })

test('every type of event has a golden one, and each fits its schema to the letter', () => {
  assert.deepEqual([...new Set(golden.map(({ type }) => type))].toSorted(), Object.keys(events).toSorted())
  for (const event of golden) assert.deepEqual([event.module, events[event.type].parse(event.data)], ['cases', event.data])
})

function fold(list: readonly Recorded<Event>[]): ReadonlyMap<string, State> {
  const states = new Map<string, State>()
  for (const event of list) states.set(event.stream, evolve(states.get(event.stream) ?? initial, event))
  return states
}
const standing = (state: State): unknown => {
  if (state.kind === 'none') return 'none'
  const limits = state.row.limits.map(({ limit, state: at }) => `${limit.rule} ${at}`)
  return [state.kind, state.row.phase, state.row.n, ...limits]
}

const filed = ['intake-admin-file.review met', 'intake-admin-file.hard met']
/** In mediation twice and broken, settled and kept, accepted; imposed on the spot. */
const settled = [
  ['matter', 'filed', 10, ...filed, 'med-times met', 'med-settle.kept met', 'dec-limit running'],
  ['matter', 'closed', 9, ...filed, 'dec-limit met', 'med-settle.kept met'],
  ['matter', 'filed', 8, ...filed, 'dec-limit met'],
  [
    'matter',
    'served',
    15,
    ...filed,
    'dec-limit met',
    'ex-fine.pay met',
    'spot-file.usual met',
    'ex-fine-spot.turnIn met',
    'ex-fine-spot.bank met',
  ],
]
const withEvidence = [
  'matter',
  'filed',
  42,
  'intake-admin-file.review met',
  'intake-admin-file.hard met',
  'dec-limit running',
  'ev-save-7 late',
  'ev-seize-30 met',
  'ev-seize-spot.report met',
  'ev-seize-30 met',
  'ev-seize-spot.report met',
  'ev-return.unclaimed met',
  'ev-injury-24h.order met',
  'ev-injury-24h.opinion met',
  'ev-injury-24h.paper met',
  'ev-appraisal.copy running',
  'ev-appraisal.copy met',
  'ev-appraisal.refused met',
]

test('they fold as they did when they landed', () => {
  assert.deepEqual([...fold(golden).values()].map(standing), [
    [
      'matter',
      'filed',
      16,
      'intake-admin-file.review met',
      'intake-admin-file.hard met',
      'intake-undetermined met',
      'intake-transfer-24h met',
    ],
    ['matter', 'refused', 7, 'intake-admin-file.review met', 'intake-admin-file.hard met', 'intake-by-mail met'],
    ['matter', 'notPolice', 5, 'intake-transfer-24h met', 'intake-admin-file.review met', 'intake-admin-file.hard met'],
    ['question', 'confirmed', 5, 'question-open met', 'question-confirm met', 'question-climbed met'],
    ['question', 'answered', 4, 'question-open late', 'question-climbed met'],
    ['matter', 'filed', 12, 'intake-admin-file.review met', 'intake-admin-file.hard met', 'dec-limit running'],
    ['matter', 'filed', 22, 'intake-admin-file.review met', 'intake-admin-file.hard met', 'dec-limit running', 'q-8h met', 'q-24h met'],
    ['matter', 'filed', 10, 'intake-admin-file.review met', 'intake-admin-file.hard met', 'dec-limit running', 'q-recusal met'],
    ['matter', 'accepted', 11, 'intake-admin-file.review running', 'intake-admin-file.hard running', 'cq-12 met', 'cq-24 met'],
    withEvidence,
    [
      'matter',
      'closed',
      43,
      'intake-admin-file.review met',
      'intake-admin-file.hard met',
      'dec-limit met',
      'hear-request met',
      'hear-steps.accept met',
      'hear-steps.hold late',
      'hear-steps.notice met',
      'dec-serve.absent met',
      'ex-fine.pay met',
      'ex-suspend.decide met',
      'ex-suspend.bank met',
      'ex-wrong met',
    ],
    [
      'matter',
      'served',
      18,
      'intake-admin-file.review met',
      'intake-admin-file.hard met',
      'dec-limit met',
      'hear-request met',
      'dec-notice-public met',
      'dec-serve.absent met',
      'ex-fine.pay running',
    ],
    ['matter', 'filed', 14, 'intake-admin-file.review met', 'intake-admin-file.hard met', 'dec-limit met'],
    ['matter', 'filed', 14, 'intake-admin-file.review met', 'intake-admin-file.hard met', 'dec-limit running'],
    [
      'matter',
      'handedOver',
      5,
      'intake-admin-file.review met',
      'intake-admin-file.hard met',
      'intake-transfer-24h met',
      'intake-jurisdiction met',
    ],
    ...settled,
  ])
})

test('lawfully erased contents leave a record that can still be read and shown', () => {
  const erased = golden.map((event) => ({ ...event, data: null }) as Recorded<Event>)
  for (const state of fold(erased).values()) assert.equal(state.kind, 'none')
  const later = golden.map((event) => (event.n === 1 ? event : ({ ...event, data: null } as Recorded<Event>)))
  for (const [stream, state] of fold(later)) {
    assert.notEqual(state.kind, 'none')
    assert.ok(owners(state).length > 0)
    assert.ok(clocks(state).length >= 0)
    assert.ok(project(stream, [], state).length > 0)
  }
})
