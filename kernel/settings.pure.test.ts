import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { type Person, type Recorded, Refusal } from './decider.ts'
import {
  decideSetting,
  evolveSetting,
  inForce,
  type SettingCommand,
  type SettingEvent,
  type SettingFacts,
  type SettingRow,
  settingSet,
} from './settings.ts'

/** Made up: a limit of hours that the law bounds from above, and one that nobody bounds. */
const settings = {
  hours: {
    schema: z.int().min(1).max(48),
    measure: 'hours',
    value: 8,
    source: null,
    verified: 'no',
    bound: { value: 24, looser: 'above', article: 'Made-up law, article 1' },
  },
  minutes: { schema: z.int().min(1).max(60), measure: 'minutes', value: 10, source: null, verified: '2nd' },
} as const

const at = '2026-11-24T08:00:00.000Z'
const later = '2026-12-01T00:00:00.000Z'
const by: Person = { account: 'a', name: '钱某乙', unit: 'B1', grants: [] }
const free: SettingFacts = { unit: { path: ['B1', 'S1'], closed: false } }
const ask = (part: Partial<SettingCommand['data']>, { key = 'hours', facts = free, unit = 'B1' } = {}) =>
  decideSetting(
    settings,
    { type: 'setSetting', stream: `setting:${key}`, data: { unit: 'S1', value: 12, reason: '试行', ...part } },
    { at, occurred: { time: at, source: 'system' }, by, as: [{ role: 'securityAdministrator', unit }], facts },
  )
const refused = (rule: string, work: () => unknown, field?: string, article?: string) =>
  assert.throws(work, (error) => {
    assert.ok(error instanceof Refusal)
    assert.deepEqual([error.rule, error.field, error.article], [rule, field, article])
    return true
  })

test('a value is set from now or from a later day on, up to the law’s bound and not beyond', () => {
  assert.deepEqual(ask({}), { type: 'settingSet', data: { unit: 'S1', value: 12, from: at, reason: '试行' } })
  assert.deepEqual(ask({ from: later, value: 24 }).data, { unit: 'S1', value: 24, from: later, reason: '试行' })
  assert.equal(ask({ value: null }).data.value, null)
  refused('looser-than-law', () => ask({ value: 25 }), 'data.value', 'Made-up law, article 1')
  assert.equal(ask({ value: 60 }, { key: 'minutes' }).data.value, 60)
})

test('what is no setting, no value of it, past, or another’s is refused and named', () => {
  for (const key of ['nothing', 'constructor', 'toString']) refused('no-setting', () => ask({}, { key }))
  for (const value of [0, 49, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) refused('setting-value', () => ask({ value }), 'data.value')
  refused('setting-past', () => ask({ from: '2026-11-24T07:59:59.999Z' }), 'data.from')
  refused('foreign-unit', () => ask({}, { unit: 'B2' }), 'data.unit')
  refused('no-unit', () => ask({}, { facts: { unit: null } }), 'data.unit')
  refused('no-unit', () => ask({}, { facts: { unit: { path: ['B1', 'S1'], closed: true } } }), 'data.unit')
})

const row = (unit: string, value: number | null, from: string): SettingRow => ({ unit, value, from, by: '-', reason: '-', at })

test('the nearest unit upward wins, of its rows the one that began last, of two at one moment the later set', () => {
  const rows = [
    row('B1', 20, '2026-01-01T00:00:00.000Z'),
    row('S1', 5, '2026-03-01T00:00:00.000Z'),
    row('S1', 6, '2026-03-01T00:00:00.000Z'),
    row('S1', 7, '2026-02-01T00:00:00.000Z'),
    row('S1', null, '2026-06-01T00:00:00.000Z'),
    row('B1', 30, later),
  ]
  const value = (path: string[], moment: string) => inForce(rows, path, moment)?.value ?? null
  assert.deepEqual(
    ['2025-12-31', '2026-01-01', '2026-02-15', '2026-03-02', '2026-06-02', '2026-12-02'].map((day) =>
      value(['B1', 'S1'], `${day}T00:00:00.000Z`),
    ),
    [null, 20, 7, 6, 20, 30],
  )
  assert.deepEqual([value(['B1'], at), value(['B1', 'S2'], at), value(['B2'], at), value([], at)], [20, 20, null, null])
})

test('a real event of each version folds, and an erased one leaves the rows as they were', () => {
  const golden = {
    stream: 'setting:hours',
    n: 1,
    version: 1,
    at,
    occurred: { time: at, source: 'system' },
    by,
    type: 'settingSet',
    data: { unit: 'B1', value: 12, from: at, reason: '试行' },
  } as const satisfies Recorded<SettingEvent>
  assert.deepEqual(settingSet.parse(golden.data), golden.data)
  const rows = evolveSetting([], golden)
  assert.deepEqual(rows, [{ unit: 'B1', value: 12, from: at, by: '钱某乙', reason: '试行', at }])
  assert.deepEqual(evolveSetting(rows, { ...golden, data: null }), rows)
})
