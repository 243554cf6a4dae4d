import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { IncidentRow } from './contract.ts'
import { put } from './web/rows.ts'

const most = 5
const opened = (second: number) => new Date(Date.UTC(2026, 10, 23, 0, 0, second)).toISOString()
const row = (second: number, more: Partial<IncidentRow> = {}) =>
  ({
    id: `i${second}`,
    opened: opened(second),
    phase: 'open',
    station: 'S',
    subBureau: 'B',
    bureau: 'C',
    lines: [],
    ...more,
  }) as unknown as IncidentRow
const change = (of: IncidentRow, more: object = {}) => ({ position: 1, module: 'dispatch', stream: of.id, type: 'x', row: of, ...more })
const full = { rows: Array.from({ length: most }, (_, index) => row(most - index)) }
const apply = (data: Parameters<typeof put>[0], changed: Parameters<typeof put>[1]) =>
  put(data, changed, most, (one) => one.phase !== 'closed' && one.station === 'S')

test('a full board takes the newest in and lets the oldest go', () => {
  const next = apply(full, change(row(most + 1)))
  assert.ok(next !== null)
  assert.deepEqual([next.rows.length, next.rows[0]?.id, next.rows.at(-1)?.id], [most, `i${most + 1}`, 'i2'])
})

test('a full board that loses a row reads again: only the server knows which older one comes back', () => {
  assert.equal(apply(full, change(row(3, { phase: 'closed' }))), null)
  assert.equal(apply(full, change(row(3), { gone: true, row: undefined })), null)
})

test('a row that stands nowhere on it changes nothing, and one that is closed goes', () => {
  const two = { rows: [row(2), row(1)] }
  assert.equal(apply(two, change(row(9, { station: 'T' }))), two)
  assert.deepEqual(apply(two, change(row(1, { phase: 'closed' }))), { rows: [row(2)] })
})
