import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Command } from '../contract.ts'
import { bureau, call, duty, incident, noFacts, openCommand, opened, person, Record, refused, subBureau } from '../testing/given.ts'
import type { Facts } from './commands.ts'

const who = person('systemAdministrator', bureau)
const stream = 'place:SLT'
const path = [bureau, subBureau]
const site = { unit: { code: subBureau, path, closed: false }, covered: true, reading: 'san li tun' }
const at = { name: '三里屯', kind: 'landmark', unit: subBureau, lon: 116.455, lat: 39.935 } as const
const set = (more: object = {}): Command => ({ type: 'setPlace', data: { ...at, ...more } })
const ask = (more: object = {}): { who: typeof who; facts: Facts } => ({ who, facts: { ...noFacts, site: { ...site, ...more } } })

test('a place is set with its reading, changed, retired and brought back', () => {
  const record = new Record()
  const placed = { ...at, path, schematic: false, pinyin: 'san li tun' }
  assert.deepEqual(record.do(set(), ask(), stream), [{ type: 'placeSet', data: placed }])
  refused('place-unchanged', () => record.do(set(), ask(), stream))
  const read = { schematic: true, pinyin: 'san li tun er' }
  assert.deepEqual(record.do(set(read), ask(), stream), [{ type: 'placeSet', data: { ...placed, ...read } }])
  const retire: Command = { type: 'retirePlace', data: { reason: '已拆除' } }
  assert.deepEqual(record.do(retire, ask(), stream), [{ type: 'placeRetired', data: { reason: '已拆除' } }])
  refused('place-retired', () => record.do(retire, ask(), stream))
  assert.deepEqual(record.do(set(read), ask(), stream), [{ type: 'placeSet', data: { ...placed, ...read } }])
})

test('only under an open unit of one’s own, and where its bureau is', () => {
  const record = new Record()
  refused('unit-unknown', () => record.do(set(), ask({ unit: null }), stream))
  refused('unit-unknown', () => record.do(set(), ask({ unit: { ...site.unit, closed: true } }), stream))
  refused('foreign-unit', () => record.do(set(), { ...ask(), who: person('systemAdministrator', '120000') }, stream))
  refused('outside', () => record.do(set(), ask({ covered: false }), stream))
})

test('a call and a place take no command of an incident, an incident none of a place', () => {
  refused('not-an-incident', () => opened().do({ type: 'sign', data: {} }, { who: duty }, call))
  const record = new Record()
  refused('not-a-place', () => record.do(set(), ask(), incident))
  record.do(set(), ask(), stream)
  refused('not-an-incident', () => record.do(openCommand(), {}, 'place:other'))
  refused('not-an-incident', () => record.do({ type: 'note', data: { text: '-' } }, {}, stream))
  record.do(openCommand(), { facts: { ...noFacts, bureau, number: '26-1122-00001' } })
  refused('not-a-place', () => record.do({ type: 'retirePlace', data: { reason: '-' } }, ask()))
})
