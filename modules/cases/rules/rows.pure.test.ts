import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseTerm } from '#kernel/calendar/term.ts'
import { spoken, type Tongue } from '#kernel/calendar/told.ts'
import { builtInYears } from '#kernel/calendar/years.ts'
import { beginLimit, ruleOn } from '#kernel/statute.ts'
import { articleTold, whyTold } from '#kernel/statute/told.ts'
import { languages, say } from '#kernel/words.ts'
import { levels, type Row, triggers } from './row.ts'
import { rules } from './rows.ts'
import { legalSettings, longQuestioningApprover } from './settings.ts'

const rows: readonly Row[] = rules
const counted = rows.flatMap((row) => (row.is === 'limit' || row.is === 'wait' ? [row] : []))

test('of each rule one wording is in force on a day, and one that ends is followed by the next or given up', () => {
  for (const [rule, wordings] of Map.groupBy(rows, (row) => row.rule)) {
    const ordered = wordings.toSorted((a, b) => a.from.localeCompare(b.from))
    for (const [at, { from, until }] of ordered.entries()) {
      assert.ok(until === null || from <= until, rule)
      const next = ordered[at + 1]
      if (next !== undefined) assert.ok(until !== null && until < next.from, `${rule}: two wordings on ${next.from}`)
    }
  }
})

test('a term can be counted, a looser reading by a setting that is there, liberty in no working days', () => {
  for (const { rule, term, otherwise, extension, liberty, trigger } of counted) {
    const { unit } = parseTerm(term)
    if (otherwise !== undefined) assert.ok(otherwise.setting in legalSettings && parseTerm(otherwise.term).count > 0, rule)
    if (extension !== undefined) assert.ok(parseTerm(extension.term).count > 0 && levels.includes(extension.approver), rule)
    assert.ok(liberty !== true || unit !== 'workingDays', rule)
    assert.ok(triggers.includes(trigger), rule)
  }
  assert.deepEqual([longQuestioningApprover(0), longQuestioningApprover(1)], ['countyHead', 'departmentHead'])
  for (const { value } of Object.values(legalSettings)) assert.equal(value, 0)
  const used = new Set(counted.map(({ trigger }) => trigger))
  assert.deepEqual(
    triggers.filter((trigger) => !used.has(trigger)),
    [],
  )
})

test('why of every limit, and every article, is told in every language with no blank left over', () => {
  for (const language of languages) {
    const tongue: Tongue = { say: (word, values) => say(language, word, values), day: (day) => day, instant: (instant) => instant }
    const whole = (sentence: string, rule: string): void =>
      assert.doesNotMatch(sentence, /\{\{|undefined|\[object|limit\.|clock\.|law\.|setting\./, `${language} ${rule}: ${sentence}`)
    for (const row of counted) {
      const from = '2026-03-02T02:00:00.000Z'
      const limit = beginLimit(row, { from, settings: { twoDaysWorking: 1 } }, { calendar: builtInYears, now: from })
      for (const told of whyTold('cases', limit)) whole(spoken(told, tongue), row.rule)
    }
    for (const { rule, article } of rows) for (const told of articleTold(article)) whole(spoken(told, tongue), rule)
  }
})

test('2026-01-01: the same question has another answer on either side', () => {
  const [before, after] = ['2025-12-31', '2026-01-01'] as const
  const cap = (day: string) => ruleOn(rules, 'spot-cap.security', day).amount
  assert.deepEqual([cap(before), cap(after)], [200, 500])
  const fine = (day: string) => ruleOn(rules, 'dec-level.station', day).amount
  assert.deepEqual([fine(before), fine(after)], [500, 1000])
  const extended = (day: string) => ruleOn(rules, 'dec-limit', day).extension.most
  assert.deepEqual([extended(before), extended(after)], [1, 2])
  const recorded = (day: string) => ruleOn(rules, 'q-av', day).is
  assert.deepEqual([recorded(before), recorded(after)], ['may', 'duty'])
  assert.throws(() => ruleOn(rules, 'q-12h', before), /q-12h is not in force on 2025-12-31/)
  assert.equal(ruleOn(rules, 'q-12h', after).term, 'PT12H')
})
