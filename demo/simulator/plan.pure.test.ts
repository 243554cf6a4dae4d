import assert from 'node:assert/strict'
import { test } from 'node:test'
import { commands as caseCommands } from '#modules/cases/contract.ts'
import { commands } from '#modules/dispatch/contract.ts'
import { fits, type Question } from '#modules/dispatch/rules/asking.ts'
import { kinds } from '#modules/dispatch/rules/kinds.ts'
import { inside } from '../areas.ts'
import { type Area, type Call, callOf, incidentOf, type Kind } from './calls.ts'
import { characterOf, courseOf, type Course, twistsOf } from './course.ts'
import { type CaseCourse, courseOf as caseCourse, gapOf } from './cases/course.ts'
import { openings, reportOf as openingReport } from './cases/opening.ts'
import { causes } from './cases/told.ts'
import { dice } from './dice.ts'
import { narrativeOf } from './narratives.ts'
import { optionsOf, Usage } from './options.ts'
import { along, wayBetween } from './roads.ts'
import { ofKind } from './told.ts'
import { callsPerDay, callsPerSecond, gapMs } from './rhythm.ts'

const area = (code: string, west: number): Area => ({
  code,
  name: `${code}派出所`,
  subBureau: code.slice(0, 6),
  boundary: [
    [
      [
        [west, 39],
        [west + 1, 39],
        [west + 1, 40],
        [west, 40],
        [west, 39],
      ],
    ],
  ],
  weight: 1,
})
const areas = [area('110101001', 116), area('110105001', 117)]
const calls = (seed: number, amount = 4000): Call[] => Array.from({ length: amount }, (_, n) => callOf(seed, String(n), areas, kinds))

test('every day of the week has 22,000 calls, and its nights are quieter than its evenings', () => {
  const minute = 60_000
  const midnight = Date.parse('2026-11-23T00:00:00+08:00')
  for (let day = 0; day < 7; day++) {
    const at = (m: number) => callsPerSecond(midnight + day * 1440 * minute + m * minute)
    const sum = Array.from({ length: 1440 }, (_, m) => at(m) * 60).reduce((total, part) => total + part, 0)
    assert.ok(Math.abs(sum / callsPerDay - 1) < 0.03, `day ${day}: ${sum}`)
    assert.ok(at(4 * 60) < at(20 * 60) / 3)
  }
})

test('calls one after the other come to 22,000 a day, and to so many times more at a higher rate', () => {
  const begin = Date.parse('2026-11-22T00:00:00+08:00')
  for (const [rate, days] of [
    [1, 7],
    [60, 1],
  ] as const) {
    const roll = dice('test', rate)
    let amount = 0
    for (let at = begin; at < begin + days * 86_400_000; amount++) at += gapMs(at, rate, roll.between(0, 1))
    assert.ok(Math.abs(amount / (callsPerDay * rate * days) - 1) < 0.03, String(amount))
  }
})

test('the same seed plans the same calls, another seed others', () => {
  assert.deepEqual(calls(7, 300), calls(7, 300))
  assert.notDeepEqual(calls(7, 300), calls(8, 300))
  assert.deepEqual(courseOf(7, 'a', 2, 'slow', 'fast'), courseOf(7, 'a', 2, 'slow', 'fast'))
  assert.deepEqual(twistsOf(7, 'a'), twistsOf(7, 'a'))
})

test('calls are what the house takes: of every group, placed inside an area, with a number that nobody has', () => {
  const all = calls(1, 25_000)
  const incidents = all.filter((call) => call.what === 'incident')
  const share = (what: Call['what']) => all.filter((call) => call.what === what).length / all.length
  assert.ok(Math.abs(share('incident') - 0.42) < 0.03)
  assert.ok(share('further') > 0.03 && share('nonPolice') > 0.45)
  const told = all.flatMap((call) => (call.what === 'further' ? [] : [call.kind]))
  assert.deepEqual([...new Set(told)].toSorted(), kinds.map(({ code }) => code).toSorted())
  const id = '00000000-0000-4000-8000-000000000000'
  for (const call of all) {
    const given = { id, ...call.caller }
    assert.match(call.caller.number, /^1\d\d0000\d{4}$/)
    if (call.what === 'further') commands.addCall.parse({ call: given, text: call.text })
    if (call.what === 'nonPolice') {
      commands.open.parse({ call: given, narrative: call.narrative, kind: call.kind, place: { kind: 'unknown' } })
      commands.cancel.parse({ reason: call.ends })
    }
    if (call.what !== 'incident') continue
    commands.open.parse({ call: given, narrative: call.narrative, kind: call.kind, place: call.place, answers: call.answers })
    const { questions } = kinds.find(({ code }) => code === call.kind) as Kind
    for (const { question, answer } of call.answers) assert.ok(fits(questions.find(({ code }) => code === question) as Question, answer))
    const { place } = call
    if (place.kind === 'point') assert.ok(areas.some(({ boundary }) => inside(boundary, [place.lon, place.lat])))
  }
  assert.ok(incidents.some(({ place }) => place.kind === 'described') && incidents.some(({ place }) => place.kind === 'unknown'))
})

test('a call from one area comes from there', () => {
  const [only] = areas as [Area]
  for (let n = 0; n < 200; n++) {
    const { place } = incidentOf(1, `here ${n}`, [only], kinds)
    if (place.kind === 'point') assert.ok(inside(only.boundary, [place.lon, place.lat]))
  }
})

test('every kind in force has its words, without a hole in them', () => {
  assert.deepEqual(Object.keys(ofKind).toSorted(), kinds.flatMap(({ code, group }) => (group === 'nonPolice' ? [] : [code])).toSorted())
  for (const kind of kinds) {
    if (kind.group === 'nonPolice') continue
    const told = new Set(Array.from({ length: 60 }, (_, n) => narrativeOf(kind, '某街道1号', dice(kind.code, n))))
    assert.ok(told.size > 1, kind.code)
    for (const text of told) assert.doesNotMatch(text, /[{}]|undefined/)
  }
})

const order: readonly (keyof Course)[] = ['sign', 'assign', 'depart', 'arrive', 'clear', 'feedback', 'close']

test('a course goes in order; stations have a character of their own, and few never sign', () => {
  const units = Array.from({ length: 3000 }, (_, n) => String(n))
  const of = (seed: number) => units.map((unit) => characterOf(seed, unit))
  assert.deepEqual(of(3), of(3))
  const silent = of(3).filter((character) => character === 'silent').length / units.length
  assert.ok(silent > 0.01 && silent < 0.06)
  for (const character of ['fast', 'steady', 'slow', 'silent'] as const) {
    for (let n = 0; n < 200; n++) {
      const course = courseOf(3, String(n), 2, character, 'fast')
      const moments = order.map((step) => course[step])
      assert.deepEqual(
        moments,
        moments.toSorted((a, b) => a - b),
      )
      assert.ok(course.delivered < course.seen && course.subDelivered < course.subSeen)
    }
  }
})

test('a way goes from its beginning to its end in right angles', () => {
  const way = wayBetween([116, 39], [116.1, 39.05], dice('way'))
  assert.deepEqual(
    [along(way, 0), along(way, 1)],
    [
      [116, 39],
      [116.1, 39.05],
    ],
  )
  assert.deepEqual(along(way, 7), along(way, 1))
  for (const [index, [x, y]] of way.slice(1).entries()) {
    const [fromX, fromY] = way[index] ?? [0, 0]
    assert.ok(x === fromX || y === fromY)
  }
})

test('options: defaults, what is given, and a sentence for each that cannot be', () => {
  assert.deepEqual(optionsOf([]), { base: 'http://127.0.0.1:8110', rate: 1, seed: 110 })
  assert.deepEqual(optionsOf(['--rate', '5', '--seed', '7', '--base', 'http://[::1]:1']), { base: 'http://[::1]:1', rate: 5, seed: 7 })
  for (const [args, about] of [
    [['--rate', '1e9'], /--rate 1e9/],
    [['--rate', '0'], /--rate 0/],
    [['--rate=-1'], /--rate -1/],
    [['--rate', 'fast'], /--rate fast/],
    [['--rate', ''], /--rate/],
    [['--seed', '1.5'], /--seed 1\.5/],
    [['--base', 'nowhere'], /--base nowhere/],
    [['--base', 'file:///etc'], /--base file/],
    [['--speed', '1'], /speed/],
    [['now'], /now/],
  ] as const)
    assert.throws(
      () => optionsOf(args),
      (error) => error instanceof Usage && about.test(error.message),
    )
})

test('cases go every way, the same one the same way under the same seed, and none takes a step before the one before it', () => {
  const ids = Array.from({ length: 400 }, (_, n) => `case ${n}`)
  const courses = ids.map((id) => caseCourse(7, id))
  assert.deepEqual(
    courses,
    ids.map((id) => caseCourse(7, id)),
  )
  const ways = <Key extends keyof CaseCourse>(key: Key) => new Set(courses.map((course) => course[key])).size
  assert.deepEqual([ways('sorting'), ways('ending'), ways('arrival'), ways('hearing'), ways('suspension')], [5, 8, 4, 3, 3])
  for (const key of [
    'files',
    'sentBack',
    'lengthened',
    'seized',
    'inspected',
    'appraised',
    'faulted',
    'complex',
    'declined',
    'unpaid',
  ] as const)
    assert.equal(ways(key), 2, key)
  for (const id of ids) for (const phase of ['reported', 'filed']) assert.ok(gapOf(7, { id, n: 3, phase }) >= 30_000)
})

test('the cases that the demonstration begins with are reports as the house takes them, each of another kind', () => {
  const now = Date.parse('2026-11-28T03:00:00.000Z')
  for (const opening of openings) {
    const {
      happened,
      received = new Date(now).toISOString(),
      ...data
    } = caseCommands.takeReport.parse(openingReport(opening, '110101001', now).data)
    assert.ok(Date.parse(happened?.from ?? '') < Date.parse(received) && Date.parse(received) <= now, opening.key)
    assert.equal(data.persons.length, 1)
  }
  assert.equal(new Set(openings.map(({ key }) => key)).size, openings.length)
  assert.ok(Object.keys(causes).every((code) => kinds.some((kind) => kind.code === code)))
})

test('a type that the force has added is told with the words of its group', () => {
  const told = narrativeOf({ code: 'our-own', group: 'traffic' }, '某街道1号', dice('own'))
  assert.match(told, /^某街道1号/)
})
