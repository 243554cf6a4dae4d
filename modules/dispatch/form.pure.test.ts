import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { KindRow } from './rules/kinds.ts'
import { blank, dataOf, intakeOf, type Opening } from './web/form.ts'
import { slipNumber, unsentOf } from './web/unsent.ts'

const call = '3fc6266e-0000-4000-8000-000000000001'
const asks = { questions: [{ code: 'weapon', ask: 'yesNo' }] } as unknown as KindRow
const kinds = { find: (code: string) => (code === 'assault' ? asks : undefined) }

const whole: Opening = {
  call: { id: call, channel: 'voice', number: '138 0000 2071', name: '周某' },
  narrative: '两人持棍互殴',
  place: { kind: 'point', lon: 116.448123, lat: 39.935, text: '三里屯太古里北区东门' },
  kind: 'assault',
  priority: 1,
  answers: [{ question: 'weapon', answer: 'yes' }],
  unit: '110105010',
  note: '有人受伤',
}
const bare = { call: { id: call, channel: 'voice' as const }, narrative: '说不清', kind: 'other' }

test('a form that is opened again from a call that was taken gives the same call', () => {
  const openings: readonly Opening[] = [
    whole,
    { ...bare, place: { kind: 'unknown' } },
    { ...bare, place: { kind: 'described', text: '灯市口站 A 口' } },
    { ...bare, place: { kind: 'point', lon: -0.5, lat: 0.5 } },
  ]
  for (const opening of openings) assert.deepEqual(dataOf(intakeOf(opening), call, kinds), opening)
  assert.deepEqual(intakeOf({ ...bare, place: { kind: 'unknown' } }), {
    ...blank,
    narrative: '说不清',
    kind: 'other',
    place: { ...blank.place, unknown: true },
  })
})

const entry = (stream: string, standing: string, type = 'open') => ({
  intention: { module: 'dispatch', stream, type, data: whole },
  standing,
})

test('a call is shown as its own until its incident stands in the list; other commands are not calls', () => {
  const entries = [
    entry('a', 'waiting'),
    entry('b', 'refused'),
    entry('c', 'delivered'),
    entry('d', 'delivered'),
    entry('e', 'waiting', 'note'),
  ]
  const rows = [{ id: 'c' }, { id: 'a' }]
  assert.deepEqual(
    unsentOf(entries, rows).map(({ intention }) => intention.stream),
    ['d', 'b', 'a'],
  )
  assert.equal(slipNumber(entry(call, 'waiting')), '3FC6266E')
})
