import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PlaceRow } from './contract.ts'
import { folded, keysOf, namesWithin, rankOf, spellingsOf, stemOf } from './rules/finding.ts'
import { completed, cut, type Entry, mostTyped, undoing, written } from './web/bar.ts'
import { noPlace, retold, taken } from './web/place.ts'

const rank = (name: string, reading: string, asked: string) => rankOf(spellingsOf(name, reading), keysOf(name, reading), folded(asked))

test('a name is found by each of its spellings, as a whole, from its beginning and from within', () => {
  const ranks = (asked: string) => rank('三里屯', 'san li tun', asked)
  assert.deepEqual(['三里屯', 'SAN LI TUN', 's l t', '三里', 'sanl', 'sl', '里屯', 'litun', 'lt', 'anli', '四'].map(ranks), [
    ...[0, 0, 0],
    ...[1, 1, 1],
    ...[2, 2, 2],
    ...[null, null],
  ])
  assert.deepEqual(['s', 'l', '屯'].map(ranks), [1, null, 2])
  assert.deepEqual([rank('T3航站楼', 'T3 hang zhan lou', 't3hzl'), rank('绿地', 'lv di', 'lüdi')], [0, 0])
})

test('what nobody could ask for is nothing; names within an address are its runs of characters', () => {
  assert.deepEqual([folded(" '；:* 🙂 "), folded('Ｔ３ 航站楼')], ['', 't3航站楼'])
  assert.deepEqual(namesWithin('三里屯19号'), ['三里', '三里屯', '里屯'])
  assert.deepEqual(['三里屯街道', '张镇', '首钢园'].map(stemOf), ['三里屯', '张镇', '首钢园'])
})

const row: PlaceRow = { code: 'x', name: '三里屯街道', kind: 'street', unit: '110105', lon: 116.455, lat: 39.935, schematic: true }

test('an offer replaces what was typed to find it, never an address that says more; its point goes with its name', () => {
  const text = (typed: string) => taken(row, { ...noPlace, text: typed }).text
  assert.deepEqual(['slt', '三里', '三里屯', '三里屯路19号东门'].map(text), ['三里屯街道', '三里屯街道', '三里屯街道', '三里屯路19号东门'])
  const draft = taken(row, { ...noPlace, text: 'slt' })
  assert.deepEqual(draft, { text: '三里屯街道', spot: '116.45500, 39.93500', unknown: false, taken: '三里屯' })
  assert.deepEqual(retold(draft, '三里屯街道19号'), { ...draft, text: '三里屯街道19号' })
  assert.deepEqual(retold(draft, '王府井'), { text: '王府井', spot: '', unknown: false })
  const byHand = { ...noPlace, spot: '116.4, 39.9' }
  assert.deepEqual(retold(byHand, '王府井'), { ...byHand, text: '王府井' })
})

const entry = (label: string, reading: string, code: string): Entry => ({
  ...{ id: code, label, hint: '' },
  echo: 'kind',
  effect: { does: 'fill', part: { kind: code, priority: undefined } },
  written: [written(code), written(label, reading)],
})
const [assault, theft, taxi] = [
  entry('殴打他人', 'ou da ta ren', 'assault'),
  entry('盗窃', 'dao qie', 'theft'),
  entry('打车', 'da che', 'taxi'),
]
const place: Entry = { ...entry('大望路', '', 'place'), echo: 'place', written: [] }

test('the bar offers what it is before what begins so, then places, then what has it within', () => {
  const found = (asked: string, places: readonly Entry[] = []) => completed(asked, [assault, theft, taxi], places).map(({ id }) => id)
  assert.deepEqual(found('da', [place]), ['theft', 'taxi', 'place', 'assault'])
  assert.deepEqual(
    [found('theft'), found('殴'), found('odtr'), found('盗窃'), found(' ')],
    [['theft'], ['assault'], ['assault'], ['theft'], []],
  )
})

test('a novel is cut, fast, and a rare character counts as one', () => {
  assert.deepEqual(cut('殴打'), { text: '殴打', lost: false })
  assert.deepEqual(cut('𠮷'.repeat(mostTyped)), { text: '𠮷'.repeat(mostTyped), lost: false })
  const begun = performance.now()
  const { text, lost } = cut('很长的故事'.repeat(1_000_000))
  completed(text, [assault, theft, taxi], [place])
  assert.deepEqual([[...text].length, lost], [mostTyped, true])
  assert.ok(performance.now() - begun < 200)
})

test('undoing puts back what the command changed and nothing else', () => {
  const intake = { number: '1', name: '', place: noPlace, unit: '', narrative: 'x', kind: 'theft', priority: 1 as const, note: '' }
  assert.deepEqual(undoing(intake, { kind: 'assault', priority: undefined }), { kind: 'theft', priority: 1 })
})
