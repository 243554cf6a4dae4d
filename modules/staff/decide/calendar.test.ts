import assert from 'node:assert/strict'
import { test } from 'node:test'
import { builtInYears } from '#kernel/calendar/years.ts'
import type { Recorded } from '#kernel/decider.ts'
import type { Command, Event } from '../contract.ts'
import { account, accountOpened, at, decide, fold, occurred, refused, road, security, station } from '../testing/given.ts'
import { evolve, owners } from './state.ts'

type Set = Extract<Command, { type: 'setCalendar' }>['data']
const year: Omit<Set, 'seen'> = {
  holidays: [
    { name: 'newYear', from: '2027-01-01', to: '2027-01-03' },
    { name: 'springFestival', from: '2027-02-05', to: '2027-02-11' },
    { name: 'labourDay', from: '2027-05-01', to: '2027-05-05' },
    { name: 'nationalDay', from: '2027-10-01', to: '2027-10-07' },
  ],
  workdays: ['2027-02-20', '2027-05-08'],
  source: '国办发明电〔2026〕9号',
  verified: 'yes',
  reason: '通知已公布',
}
const stream = 'calendar:2027'
const set = (part: Partial<Set> = {}): Command => ({ type: 'setCalendar', data: { ...year, seen: 0, ...part } })
const calendarSet = (part: Partial<typeof year> = {}): Event => ({ type: 'calendarSet', data: { ...year, ...part } })
const ask = { who: security, stream }

test('a year is set whole, in order of its days and each once, and set anew over what was seen', () => {
  const disordered = set({ holidays: year.holidays.toReversed(), workdays: ['2027-05-08', '2027-02-20', '2027-05-08'] })
  assert.deepEqual(decide(disordered, ask), [calendarSet()])
  const workdays = ['2027-05-08']
  assert.deepEqual(decide(set({ workdays, seen: 1 }), { ...ask, given: [calendarSet()] }), [calendarSet({ workdays })])
  assert.deepEqual(decide(set({ verified: 'no', seen: 1 }), { ...ask, given: [calendarSet()] }), [calendarSet({ verified: 'no' })])
})

test('a year that came with the house can be corrected, not said again', () => {
  const known = builtInYears.get(2026)
  assert.ok(known)
  const { year: _year, n: _n, ...same } = known
  const data = { ...same, holidays: [...same.holidays], workdays: [...same.workdays], reason: '核对原文', seen: 0 }
  const built = { ...ask, stream: 'calendar:2026' }
  refused('calendar-unchanged', { type: 'setCalendar', data }, built)
  assert.equal(decide({ type: 'setCalendar', data: { ...data, verified: 'yes' } }, built)[0]?.type, 'calendarSet')
  refused('calendar-unchanged', set({ seen: 1 }), { ...ask, given: [calendarSet()] })
})

test('who has not seen the version in force changes nothing', () => {
  refused('calendar-changed', set({ workdays: [] }), { ...ask, given: [calendarSet()] })
  refused('calendar-changed', set({ seen: 1 }), ask)
})

test('a table with a fault is refused', () => {
  const wrong = (rule: string, part: Partial<Set>) => refused(rule, set(part), ask)
  const plus = (name: 'springFestival' | 'labourDay', from: string, to = from) => ({ holidays: [...year.holidays, { name, from, to }] })
  wrong('calendar-reversed', plus('labourDay', '2027-06-03', '2027-06-01'))
  wrong('calendar-other-year', plus('labourDay', '2026-06-03'))
  wrong('calendar-overlap', plus('springFestival', '2027-05-05', '2027-05-06'))
  wrong('calendar-hole', plus('springFestival', '2027-02-13'))
  wrong('calendar-both', { workdays: ['2027-05-01'] })
  wrong('calendar-no-weekend', { workdays: ['2027-05-10'] })
  wrong('calendar-statutory', { holidays: year.holidays.slice(1) })
})

test('a year is no unit and no account', () => {
  refused('not-a-calendar', set(), { ...ask, stream: station })
  refused('not-a-calendar', set(), { ...ask, stream: account, given: [accountOpened] })
  refused('not-a-unit', { type: 'closeUnit', data: { reason: '-' } }, { stream, given: [calendarSet()] })
})

test('what was set is what is remembered, also when a content was erased', () => {
  const { reason: _reason, ...table } = year
  const state = fold(stream, calendarSet())
  assert.deepEqual(state, { what: 'calendar', table: { year: 2027, n: 1, ...table }, by: 'start' })
  assert.deepEqual(owners(state), [])
  const erased = { stream, n: 2, version: 1, at, occurred, by: road.by, type: 'calendarSet', data: null } as Recorded<Event>
  assert.deepEqual(evolve(state, erased), state)
})
