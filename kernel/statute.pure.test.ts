import assert from 'node:assert/strict'
import { test } from 'node:test'
import { builtInYears } from './calendar/years.ts'
import { dueOf, passPoint } from './clock.ts'
import { Refusal } from './decider.ts'
import { statutoryLimit } from './statute/stored.ts'
import { articleTold, whyTold } from './statute/told.ts'
import {
  beginLimit,
  type Counting,
  extendLimit,
  limitClock,
  type LimitRow,
  pauseLimit,
  restartLimit,
  resumeLimit,
  ruleOn,
  type StatutoryLimit,
} from './statute.ts'
import { inZones } from './testing/zones.ts'

const at = (text: string): string => new Date(`${text}:00+08:00`).toISOString()
/** 24:00 of the day there. */
const endOf = (day: string): string => `${day}T16:00:00.000Z`
const counting = (now: string): Counting => ({ calendar: builtInYears, now: at(now) })
const approval = { by: '李某', at: at('2026-03-20T10:00') }

const decide = { rule: 'decide', is: 'limit', stops: ['appraisal', 'hearing'], term: 'P30D', trigger: 'filing', verified: 'yes' } as const
const rows = [
  { ...decide, from: '2020-08-06', until: '2025-12-31', article: 'OLD 99', extension: { term: 'P30D', most: 1, approver: 'above' } },
  { ...decide, from: '2026-01-01', until: null, article: 'NEW 118', extension: { term: 'P30D', most: 2, approver: 'above' } },
  {
    rule: 'ask',
    from: '2026-01-01',
    until: null,
    is: 'limit',
    term: 'PT8H',
    trigger: 'arrival',
    liberty: true,
    article: 'NEW 97',
    verified: '2nd',
  },
  { rule: 'notice', from: '2026-01-01', until: null, is: 'wait', term: 'P7D', trigger: 'notice', article: 'NEW 1', verified: 'yes' },
  {
    rule: 'serve',
    from: '2026-01-01',
    until: null,
    is: 'limit',
    term: 'P2D',
    trigger: 'decision',
    article: 'NEW 116',
    verified: 'yes',
    otherwise: { setting: 'twoDays', term: 'P2WD' },
  },
  { rule: 'register', from: '2026-01-01', until: null, is: 'atOnce', article: 'NEW 2', verified: 'yes' },
] as const

const begun = (row: LimitRow, from: string, settings: Record<string, number> = {}): StatutoryLimit =>
  beginLimit(row, { from: at(from), settings }, counting(from))
const refused = (rule: string, work: () => unknown): void =>
  assert.throws(work, (error) => error instanceof Refusal && error.rule === rule && error.article !== undefined)
const clock = { id: 'c', unit: 'A1' }
const points = (limit: StatutoryLimit): string[] => {
  const list: string[] = []
  for (let one = limitClock(limit, clock); one !== null; one = passPoint(one)) {
    const due = dueOf(one)
    list.push(due === null ? 'standing' : `${due.point} ${due.time}`)
  }
  return list
}

test('the wording of the day is in force, and no other', () => {
  assert.equal(ruleOn(rows, 'decide', '2025-12-31').article, 'OLD 99')
  assert.equal(ruleOn(rows, 'decide', '2026-01-01').article, 'NEW 118')
  assert.equal(ruleOn(rows, 'register', '2026-01-01').is, 'atOnce')
  assert.throws(() => ruleOn(rows, 'ask', '2025-12-31'), /ask is not in force on 2025-12-31/)
  const known: readonly LimitRow[] = []
  assert.throws(() => ruleOn(known, 'unheard', '2026-01-01'), /no rule unheard/)
})

inZones(() => {
  test('a limit in days warns a week and three days before its end, and breaches at it', () => {
    // 6-31 March are 26 days, 4 more: 4 April off, 5 and 6 too; 7 Tue.
    const limit = begun(ruleOn(rows, 'decide', '2026-03-05'), '2026-03-05T10:00')
    assert.equal(limit.due, endOf('2026-04-07'))
    assert.deepEqual(points(limit), [`early ${endOf('2026-03-31')}`, `warn ${endOf('2026-04-04')}`, `breach ${endOf('2026-04-07')}`])
  })

  test('hours warn an hour before, and a wait only says that it is over', () => {
    const hours = begun(ruleOn(rows, 'ask', '2026-03-05'), '2026-03-05T10:00')
    assert.deepEqual(points(hours), [`warn ${at('2026-03-05T17:00')}`, `breach ${at('2026-03-05T18:00')}`])
    const wait = begun(ruleOn(rows, 'notice', '2026-03-05'), '2026-03-05T10:00')
    assert.deepEqual(points(wait), [`reached ${endOf('2026-03-12')}`])
  })

  test('recorded late: what lies before is not warned of any more, and a breach is one at once', () => {
    const row = ruleOn(rows, 'ask', '2026-03-05')
    const late = beginLimit(row, { from: at('2026-03-05T10:00') }, counting('2026-03-05T17:30'))
    assert.deepEqual(points(late), [`breach ${at('2026-03-05T18:00')}`])
    const over = beginLimit(row, { from: at('2026-03-05T10:00') }, counting('2026-03-06T17:30'))
    assert.deepEqual(points(over), [`breach ${at('2026-03-05T18:00')}`])
  })

  test('two readings: the strict one where nobody has chosen', () => {
    const row = ruleOn(rows, 'serve', '2026-02-13')
    // 14 Sat, 15 in the festival, to 24 Tue; in working days 14 Sat is worked, then 24.
    assert.deepEqual([begun(row, '2026-02-13T10:00').due, begun(row, '2026-02-13T10:00').term], [endOf('2026-02-24'), 'P2D'])
    // 25 Wed, 26 Thu either way: a Friday tells them apart. 28 February Sat is worked, 1 March is off, 2 Mon.
    assert.equal(begun(row, '2026-02-27T10:00').due, endOf('2026-03-02'))
    // 20 March is a Friday: 22 Sun moves to 23 Mon; in working days 23 and 24.
    assert.deepEqual(begun(row, '2026-03-20T10:00').decided, { setting: 'twoDays', value: 0 })
    assert.equal(begun(row, '2026-03-20T10:00').due, endOf('2026-03-23'))
    const loose = begun(row, '2026-03-20T10:00', { twoDays: 1 })
    assert.deepEqual([loose.due, loose.term, loose.decided], [endOf('2026-03-24'), 'P2WD', { setting: 'twoDays', value: 1 }])
  })
})

inZones(() => {
  test('stands still while something is examined, and goes on with its days', () => {
    const limit = begun(ruleOn(rows, 'decide', '2026-03-05'), '2026-03-05T10:00')
    const still = pauseLimit(limit, { from: at('2026-03-10T09:00'), reason: 'appraisal', approval }, counting('2026-03-10T09:00'))
    assert.deepEqual([still.standing, points(still)[0]], [true, 'standing'])
    // 4 April and 10 days: 14 April Tue.
    const on = resumeLimit(still, 'appraisal', at('2026-03-20T16:00'), counting('2026-03-20T16:00'))
    assert.deepEqual([on.standing, on.due], [false, endOf('2026-04-14')])
    assert.deepEqual(points(on).at(-1), `breach ${endOf('2026-04-14')}`)
    const told = on.steps.filter(({ is }) => is === 'pausedDays')
    assert.equal(told.length, 1)
    refused('limit-paused', () =>
      pauseLimit(still, { from: at('2026-03-11T09:00'), reason: 'appraisal', approval }, counting('2026-03-11T09:00')),
    )
    refused('limit-not-paused', () => resumeLimit(still, 'hearing', at('2026-03-20T16:00'), counting('2026-03-20T16:00')))
    refused('limit-not-paused', () => resumeLimit(still, 'appraisal', at('2026-03-09T16:00'), counting('2026-03-20T16:00')))
    refused('limit-no-pause', () =>
      pauseLimit(limit, { from: at('2026-03-10T09:00'), reason: 'travel', approval }, counting('2026-03-10T09:00')),
    )
    refused('limit-over', () =>
      pauseLimit(limit, { from: at('2026-04-08T00:00'), reason: 'hearing', approval }, counting('2026-04-08T09:00')),
    )
  })

  test('longer as often as its own wording allows, never when it is over', () => {
    const limit = begun(ruleOn(rows, 'decide', '2026-03-05'), '2026-03-05T10:00')
    const once = extendLimit(limit, approval, counting('2026-03-20T10:00'))
    // 26 of March, 30 of April, 4 of May: off; 6 Wed.
    assert.equal(once.due, endOf('2026-05-06'))
    const twice = extendLimit(once, approval, counting('2026-03-20T10:00'))
    // 26, 30, 31 are 87, 3 of June: 3 Wed.
    assert.equal(twice.due, endOf('2026-06-03'))
    refused('limit-extended', () => extendLimit(twice, approval, counting('2026-03-20T10:00')))
    const old = begun(ruleOn(rows, 'decide', '2025-12-30'), '2025-12-30T10:00')
    const early = { by: '李某', at: at('2026-01-10T10:00') }
    const longer = extendLimit(old, early, counting('2026-01-10T10:00'))
    refused('limit-extended', () => extendLimit(longer, early, counting('2026-01-11T10:00')))
    refused('limit-over', () => extendLimit(limit, { by: '李某', at: at('2026-04-08T00:01') }, counting('2026-04-08T00:01')))
    refused('limit-no-extension', () =>
      extendLimit(begun(ruleOn(rows, 'ask', '2026-03-05'), '2026-03-05T10:00'), approval, counting('2026-03-05T10:00')),
    )
  })
})

inZones(() => {
  test('counted anew: the old count stays in the steps, and its extensions are not the new one’s', () => {
    const limit = extendLimit(begun(ruleOn(rows, 'decide', '2026-03-05'), '2026-03-05T10:00'), approval, counting('2026-03-20T10:00'))
    const from = at('2026-04-01T09:00')
    const anew = restartLimit(limit, { from, reason: 'mediationFailed', approval: null }, counting('2026-04-01T09:00'))
    // 29 of April, 1 of May: off; 6 Wed.
    assert.deepEqual([anew.due, anew.steps[0]?.is], [endOf('2026-05-06'), 'restarted'])
    assert.equal(limitClock(anew, clock)?.started, from)
    const later = { by: '李某', at: at('2026-04-20T10:00') }
    const longer = extendLimit(extendLimit(anew, later, counting('2026-04-20T10:00')), later, counting('2026-04-20T10:00'))
    refused('limit-extended', () => extendLimit(longer, later, counting('2026-04-20T10:00')))
    refused('limit-restart-before', () =>
      restartLimit(anew, { from: at('2026-03-31T09:00'), reason: 'transfer', approval: null }, counting('2026-04-01T09:00')),
    )
  })

  test('a breach is recorded once, and again only of another end', () => {
    const limit = begun(ruleOn(rows, 'decide', '2026-03-05'), '2026-03-05T10:00')
    assert.equal(limitClock(limit, { ...clock, breached: limit.due }), null)
    assert.notEqual(limitClock(limit, { ...clock, breached: endOf('2026-04-06') }), null)
  })

  test('working days in a year without holidays are refused, days there are marked', () => {
    refused('limit-unpublished', () => begun(ruleOn(rows, 'serve', '2026-12-31'), '2026-12-31T10:00', { twoDays: 1 }))
    assert.equal(begun(ruleOn(rows, 'serve', '2026-12-31'), '2026-12-31T10:00').provisional, true)
  })

  test('what an event stores is all of it: read back it is the same limit with the same clock', () => {
    const limit = begun(ruleOn(rows, 'decide', '2026-03-05'), '2026-03-05T10:00')
    const still = pauseLimit(limit, { from: at('2026-03-10T09:00'), reason: 'appraisal', approval }, counting('2026-03-10T09:00'))
    const anew = restartLimit(still, { from: at('2026-03-15T09:00'), reason: 'transfer', approval: null }, counting('2026-03-15T09:00'))
    for (const one of [limit, still, anew, begun(ruleOn(rows, 'ask', '2026-03-05'), '2026-03-05T10:00')]) {
      const read = statutoryLimit.parse(JSON.parse(JSON.stringify(one)))
      assert.deepEqual(read, one)
      assert.deepEqual(limitClock(read, clock), limitClock(one, clock))
    }
  })
})

test('why: how it stands, rule and trigger, the law, its wording, each step', () => {
  const limit = begun(ruleOn(rows, 'serve', '2026-03-20'), '2026-03-20T10:00')
  const words = whyTold('probe', limit).map(({ word }) => word)
  const law = ['limit.settled', 'limit.ruled', 'limit.article', 'limit.version', 'limit.readStrictly']
  assert.deepEqual(words, [...law, 'limit.beginsDay', 'limit.counted', 'limit.skipped', 'limit.movedOn', 'limit.table', 'limit.dueDay'])
  assert.deepEqual(articleTold('AP 69, 70; RO 二(一)1; 办理伤害案件规定 18'), [
    { word: 'limit.article', values: { law: { word: 'law.AP', values: {} }, articles: '69, 70' } },
    { word: 'limit.passage', values: { law: { word: 'law.RO', values: {} }, articles: '二(一)1' } },
    { word: 'limit.cited', values: { articles: '办理伤害案件规定 18' } },
  ])
})
