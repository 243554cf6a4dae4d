import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Asked, limitOf } from '../calendar.ts'
import { languages, say } from '../words.ts'
import { faultOf } from './year.ts'
import { builtInYears } from './years.ts'
import type { Approval, Pause, Restart, Step } from './step.ts'
import { parseTerm, type Term } from './term.ts'
import { limitTold, spoken, stepTold } from './told.ts'

const at = (text: string): string => new Date(`${text}:00+08:00`).toISOString()
const given = { calendar: builtInYears, now: '2026-11-27T00:00:00.000Z', liberty: false }
const stepsOf = (term: string, from: string, more: Partial<Asked> = {}): readonly Step[] =>
  limitOf({ ...given, term, from: at(from), ...more }).steps

const approval: Approval = { by: '李某', at: at('2026-03-09T18:00') }
const appraisal: Pause = { from: at('2026-03-10T09:00'), to: at('2026-03-20T16:00'), reason: 'appraisal', approval }
const hearing: Pause = { from: at('2026-03-18T09:00'), to: at('2026-03-25T09:00'), reason: 'hearing', approval: null }
const late: Pause = { from: at('2026-06-01T09:00'), to: at('2026-06-03T09:00'), reason: 'travel', approval: null }
const term = (unit: Term['unit'], count: number): Term => ({ unit, count })
const table2026: Step = { is: 'table', year: 2026, source: '国办发明电〔2025〕7号', verified: '2nd', n: 0 }
const off = (...days: number[]): Step[] => days.map((day) => ({ is: 'skipped', day: `2026-02-${day}`, why: 'springFestival' }))

test('working days: each day that is skipped, and why, and each weekend on which one works', () => {
  assert.deepEqual(stepsOf('P5WD', '2026-02-12T10:00'), [
    { is: 'beginsDay', at: at('2026-02-12T10:00'), first: '2026-02-13' },
    { is: 'swapped', day: '2026-02-14' },
    ...off(15, 16, 17, 18, 19, 20, 21, 22, 23),
    { is: 'countedDays', term: term('workingDays', 5), last: '2026-02-26' },
    table2026,
    { is: 'due', at: at('2026-02-27T00:00'), day: '2026-02-26' },
  ])
})

test('days with pauses: what each took, what two share only once, and the last day moved on', () => {
  assert.deepEqual(stepsOf('P30D', '2026-03-05T10:00', { pauses: [late, hearing, appraisal], extensions: [] }), [
    { is: 'beginsDay', at: at('2026-03-05T10:00'), first: '2026-03-06' },
    { is: 'countedDays', term: term('days', 30), last: '2026-04-04' },
    { is: 'pausedDays', pause: appraisal, days: 10 },
    { is: 'pausedDays', pause: hearing, days: 5 },
    { is: 'pausedDays', pause: late, days: 0 },
    { is: 'skipped', day: '2026-04-19', why: 'weekend' },
    { is: 'movedOn', from: '2026-04-19', to: '2026-04-20' },
    table2026,
    { is: 'due', at: at('2026-04-21T00:00'), day: '2026-04-20' },
  ])
})

test('liberty: taken off for prior restraint, extended, and not moved', () => {
  const more = { liberty: true, prior: 2, extensions: [{ term: 'P4D', approval }] }
  assert.deepEqual(stepsOf('P9D', '2026-02-10T10:00', more), [
    { is: 'beginsDay', at: at('2026-02-10T10:00'), first: '2026-02-11' },
    { is: 'offset', days: 2 },
    { is: 'extended', term: term('days', 4), approval },
    { is: 'countedDays', term: term('days', 9), last: '2026-02-21' },
    { is: 'notMoved', day: '2026-02-21', why: 'springFestival' },
    table2026,
    { is: 'due', at: at('2026-02-22T00:00'), day: '2026-02-21' },
  ])
})

test('hours: to the minute, and what the pause took', () => {
  const pauses: readonly Pause[] = [{ ...hearing, from: at('2026-03-05T10:00'), to: at('2026-03-05T13:00'), reason: 'restraint' }]
  assert.deepEqual(stepsOf('PT8H', '2026-03-05T09:00', { pauses }), [
    { is: 'beginsMinute', at: at('2026-03-05T09:00') },
    { is: 'countedHours', term: term('hours', 8), until: at('2026-03-05T17:00') },
    { is: 'pausedHours', pause: pauses[0], minutes: 180 },
    { is: 'due', at: at('2026-03-05T20:00'), day: null },
  ])
})

test('where nothing is published the steps end with the day that cannot be known', () => {
  assert.deepEqual(stepsOf('P3WD', '2026-12-25T10:00').slice(-2), [{ is: 'unsettled', day: '2026-12-29', year: 2027 }, table2026])
  assert.deepEqual(stepsOf('P30D', '2026-12-15T10:00').slice(-2), [
    { is: 'unsettled', day: '2027-01-14', year: 2027 },
    { is: 'due', at: at('2027-01-15T00:00'), day: '2027-01-14' },
  ])
})

const restart = (from: string, reason: Restart['reason']): Restart => ({ from: at(from), reason, approval })

test('counted anew: the count before stays in the history with its own pauses and extensions', () => {
  const extensions = [
    { term: 'PT16H', approval: { by: '王某', at: at('2026-03-05T12:00') } },
    // At the very moment of the new count: it belongs to that.
    { term: 'PT4H', approval: { by: '赵某', at: at('2026-03-06T08:00') } },
  ]
  const restarts = [restart('2026-03-06T08:00', 'transfer')]
  const limit = limitOf({ ...given, term: 'PT8H', from: at('2026-03-05T09:00'), extensions, restarts })
  assert.deepEqual(limit.is === 'due' && limit.due, at('2026-03-06T20:00'))
  assert.deepEqual(limit.steps.slice(0, 3), [
    { is: 'restarted', from: at('2026-03-05T09:00'), due: at('2026-03-06T09:00'), restart: restarts[0] },
    { is: 'beginsMinute', at: at('2026-03-06T08:00') },
    { is: 'extended', term: term('hours', 4), approval: extensions[1]?.approval },
  ])
})

test('counted anew twice, once while it stood still: that count had no end', () => {
  const restarts = [restart('2026-03-18T10:00', 'agreementBroken'), restart('2026-03-05T10:00', 'mediationFailed')]
  const steps = stepsOf('P30D', '2026-02-02T10:00', { restarts, pauses: [appraisal] })
  assert.deepEqual(steps.slice(0, 3), [
    { is: 'restarted', from: at('2026-02-02T10:00'), due: at('2026-03-05T00:00'), restart: restarts[1] },
    { is: 'restarted', from: at('2026-03-05T10:00'), due: null, restart: restarts[0] },
    { is: 'beginsDay', at: at('2026-03-18T10:00'), first: '2026-03-19' },
  ])
  // 18 March and 30 days: 17 April, and 19 March is out: 18 April Sat off, 19 off, 20 Mon.
  assert.deepEqual(steps.at(-1), { is: 'due', at: at('2026-04-21T00:00'), day: '2026-04-20' })
})

test('a question that law cannot mean is refused', () => {
  const wrong = (message: RegExp, more: Partial<Asked>) =>
    assert.throws(() => limitOf({ ...given, term: 'P3D', from: at('2026-03-05T10:00'), ...more }), { name: 'RangeError', message })
  wrong(/liberty/, { term: 'P3WD', liberty: true })
  wrong(/prior restraint is taken off days/, { term: 'P1M', prior: 3 })
  wrong(/prior restraint of -1 days/, { prior: -1 })
  wrong(/prior restraint of 0.5 days/, { prior: 0.5 })
  wrong(/not extended by 4 hours/, { extensions: [{ term: 'PT4H', approval }] })
  wrong(/not extended by 4 workingDays/, { extensions: [{ term: 'P4WD', approval }] })
  wrong(/a pause from/, { pauses: [{ ...appraisal, to: at('2026-03-09T09:00') }] })
  wrong(/counted anew/, { restarts: [restart('2026-03-05T09:59', 'transfer')] })
  wrong(/Invalid time/, { from: 'yesterday' })
})

test('a term is one number of one unit', () => {
  assert.deepEqual(['PT24H', 'P3D', 'P5WD', 'P1M', 'P2Y', 'P999D'].map(parseTerm), [
    term('hours', 24),
    term('days', 3),
    term('workingDays', 5),
    term('months', 1),
    term('years', 2),
    term('days', 999),
  ])
  const strange = [
    '',
    'P',
    'PT',
    'P0D',
    'P03D',
    'PT0H',
    'P24H',
    'PT3D',
    'P1W',
    'P1M2D',
    'P1DT2H',
    'P-3D',
    'P1.5D',
    'PT30M',
    'p3d',
    ' P3D',
    'P3D ',
    'P3D\n',
    'P1000D',
    'P3WDD',
    'P３D',
    'imm.',
  ]
  for (const text of strange) assert.throws(() => parseTerm(text), { name: 'RangeError' }, text)
})

test('the years that the house brings have no fault and every statutory holiday', () => {
  assert.deepEqual([...builtInYears.keys()], [2020, 2021, 2022, 2023, 2024, 2025, 2026])
  for (const year of builtInYears.values()) {
    assert.equal(faultOf(year), null, String(year.year))
    const names = new Set(year.holidays.flatMap(({ name }) => (name === 'nationalAndMidAutumn' ? ['nationalDay', 'midAutumn'] : [name])))
    assert.equal(names.size, 7, String(year.year))
  }
  // The counts of the notice for 2026: 3, 9, 3, 5, 3, 3 and 7 days off, six weekends worked.
  const days = [...(builtInYears.get(2026)?.holidays ?? [])].map(({ from, to }) => (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1)
  assert.deepEqual(days, [3, 9, 3, 5, 3, 3, 7])
})

test('a table with a fault is named by its day', () => {
  const year = {
    year: 2027,
    holidays: [
      { name: 'newYear', from: '2027-01-01', to: '2027-01-03' },
      { name: 'labourDay', from: '2027-05-01', to: '2027-05-05' },
      { name: 'nationalDay', from: '2027-10-01', to: '2027-10-07' },
    ] as const,
    workdays: ['2027-05-08'],
  }
  const plus = (name: 'springFestival' | 'newYear' | 'nationalDay' | 'other', from: string, to = from) => ({
    ...year,
    holidays: [...year.holidays, { name, from, to }],
  })
  assert.equal(faultOf(year), null)
  assert.equal(faultOf(plus('newYear', '2027-12-31')), null)
  assert.equal(faultOf({ ...plus('other', '2027-09-03'), workdays: [] }), null)
  assert.deepEqual(faultOf(plus('springFestival', '2027-02-09', '2027-02-05')), { rule: 'calendar-reversed', day: '2027-02-09' })
  assert.deepEqual(faultOf(plus('springFestival', '2028-02-09')), { rule: 'calendar-other-year', day: '2028-02-09' })
  assert.deepEqual(faultOf({ ...year, workdays: ['2026-05-09'] }), { rule: 'calendar-other-year', day: '2026-05-09' })
  assert.deepEqual(faultOf(plus('springFestival', '2027-05-05', '2027-05-06')), { rule: 'calendar-overlap', day: '2027-05-05' })
  assert.deepEqual(faultOf(plus('nationalDay', '2027-10-09')), { rule: 'calendar-hole', day: '2027-10-08' })
  assert.deepEqual(faultOf({ ...year, workdays: ['2027-01-02'] }), { rule: 'calendar-both', day: '2027-01-02' })
  assert.deepEqual(faultOf({ ...year, workdays: ['2027-05-10'] }), { rule: 'calendar-no-weekend', day: '2027-05-10' })
  assert.deepEqual(faultOf({ ...year, holidays: year.holidays.slice(1) }), { rule: 'calendar-statutory', day: '2027-01-01' })
})

test('every step and every outcome is told in every language, with no blank left over', () => {
  const asked: readonly Asked[] = [
    { ...given, term: 'P5WD', from: at('2026-02-12T10:00') },
    {
      ...given,
      term: 'P30D',
      from: at('2026-03-05T10:00'),
      pauses: [appraisal, hearing, { ...late, to: null }],
      extensions: [{ term: 'P30D', approval }],
    },
    { ...given, term: 'P9D', from: at('2026-02-10T10:00'), liberty: true, prior: 1 },
    { ...given, term: 'P1M', from: at('2026-12-15T10:00'), liberty: true },
    {
      ...given,
      term: 'PT8H',
      from: at('2026-03-05T09:00'),
      pauses: [{ ...hearing, from: at('2026-03-05T10:00') }],
      restarts: [restart('2026-03-05T09:30', 'transfer'), restart('2026-03-05T11:00', 'identityFound')],
    },
    { ...given, term: 'P2Y', from: at('2025-01-05T10:00') },
    { ...given, term: 'P3D', from: at('2026-02-12T10:00') },
    { ...given, term: 'P5WD', from: at('2026-12-25T10:00') },
  ]
  const limits = asked.map(limitOf)
  const kinds = new Set(limits.flatMap(({ steps }) => steps.map(({ is }) => is)))
  assert.equal(kinds.size, 16, [...kinds].join(' '))
  for (const language of languages) {
    const tongue = {
      say: (word: string, values: Record<string, string | number>) => say(language, word, values),
      day: (day: string) => day,
      instant: (instant: string) => instant,
    }
    for (const limit of limits)
      for (const told of [limitTold(limit), ...limit.steps.map(stepTold)]) {
        const sentence = spoken(told, tongue)
        assert.doesNotMatch(sentence, /\{\{|undefined|\[object|limit\.|holiday\./, `${language} ${told.word}`)
      }
  }
  const chinese = {
    say: (word: string, values: Record<string, string | number>) => say('zh-CN', word, values),
    day: (day: string) => day.slice(5),
    instant: (instant: string) => instant.slice(0, 16),
  }
  const [pausedDays] = limits[1]?.steps.filter(({ is }) => is === 'pausedDays') ?? []
  assert.ok(pausedDays)
  assert.equal(
    spoken(stepTold(pausedDays), chinese),
    '鉴定：2026-03-10T01:00至2026-03-20T08:00，不计入期限10日（李某于2026-03-09T10:00批准）',
  )
})
