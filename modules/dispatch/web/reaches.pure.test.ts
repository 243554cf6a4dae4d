import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DrillRow, DrillUnit } from '../contract/drill.ts'
import type { DrillChannel } from '../rules/drill.ts'
import { reachesOf } from './reaches.ts'

const at = (seconds: number) => new Date(Date.parse('2026-11-24T04:00:00.000Z') + seconds * 1000).toISOString()
const row: DrillRow = {
  id: '5b3e3c74-9e30-4c75-9c80-2b8b7d3f4e53',
  unit: 'S1',
  path: ['B1', 'S1'],
  bureau: 'B1',
  phase: 'ended',
  limitSeconds: 60,
  reason: '抽查',
  planned: { at: at(0), by: '李某' },
  start: at(0),
  started: { at: at(0), late: false },
  until: at(60),
  cancelled: null,
  missed: null,
}
const mark = (channel: DrillChannel, seconds: number) => ({ at: at(seconds), by: '-', channel })
const unit = (code: string, delivered: DrillUnit['delivered'], bells?: readonly DrillChannel[]): DrillUnit => ({
  unit: code,
  level: 'station',
  subBureau: 'S1',
  delivered,
  signed: null,
  ...(bells && { bells }),
})
const units = [
  unit('A1', [mark('screen', 1), mark('webhook', 2), mark('printer', 61)], ['webhook', 'printer']),
  unit('A2', [mark('webhook', 60)], ['webhook']),
  unit('A3', [mark('screen', 90)], ['webhook']),
  unit('A4', []),
]

test('each channel counts the units that it rings, those that it reached, and those within the limit', () => {
  assert.deepEqual(reachesOf(row, units), [
    { channel: 'screen', units: 4, reached: 2, within: 1, first: at(1), last: at(90) },
    { channel: 'webhook', units: 3, reached: 2, within: 2, first: at(2), last: at(60) },
    { channel: 'printer', units: 1, reached: 1, within: 0, first: at(61), last: at(61) },
  ])
  assert.deepEqual(reachesOf({ ...row, until: null }, []), [
    { channel: 'screen', units: 0, reached: 0, within: 0, first: null, last: null },
    { channel: 'webhook', units: 0, reached: 0, within: 0, first: null, last: null },
    { channel: 'printer', units: 0, reached: 0, within: 0, first: null, last: null },
  ])
})
