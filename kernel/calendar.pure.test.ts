import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Asked, inTime, type Limit, limitOf } from './calendar.ts'
import type { Pause, PauseReason } from './calendar/step.ts'
import { builtInYears } from './calendar/years.ts'
import { inZones } from './testing/zones.ts'

type More = Partial<Asked>
/** One count: a name, the term, the trigger where the force is, what was reckoned by hand on the notices' days, and where that leads. */
type Row = readonly [name: string, term: string, from: string, hand: string, due: string, more?: More]

const liberty: More = { liberty: true }
const approval = { by: '李某', at: '2026-03-20T02:00:00.000Z' }
const local = (text: string): string => `${text}:00+08:00`
const pause = (reason: PauseReason, from: string, to: string | null): Pause => ({
  reason,
  from: local(from),
  to: to === null ? null : local(to),
  approval: null,
})
const pauses = (...list: readonly Pause[]): More => ({ pauses: list })
const longer = (...terms: readonly string[]): More => ({ extensions: terms.map((term) => ({ term, approval })) })

/** `2026-02-26` stands for the end of that day, 24:00 there; `2026-02-13 10:03` for that minute there. */
const instant = (due: string): string => (due.includes(' ') ? new Date(local(due.replace(' ', 'T'))).toISOString() : `${due}T16:00:00.000Z`)
const ask = (term: string, from: string, more: More = {}): Limit =>
  limitOf({ term, from: local(from), liberty: false, calendar: builtInYears, now: '2026-11-27T00:00:00Z', ...more })

/** Spring Festival 2026 is off from Sunday 15 to Monday 23 February; Saturdays 14 and 28 February are worked. */
const workingDays: readonly Row[] = [
  [
    'a working Saturday counts, the festival does not',
    'P5WD',
    '2026-02-12T10:00',
    '13 Fri 1, 14 Sat 2, 15-23 off, 24 Tue 3, 25 4, 26 5',
    '2026-02-26',
  ],
  ['two days over the festival', 'P2WD', '2026-02-13T17:59', '14 Sat 1, 15-23 off, 24 Tue 2', '2026-02-24'],
  ['a trigger within the festival', 'P3WD', '2026-02-17T09:00', '18-23 off, 24 Tue 1, 25 2, 26 3', '2026-02-26'],
  ['the working Saturday after it', 'P3WD', '2026-02-26T09:00', '27 Fri 1, 28 Sat 2, 1 March Sun off, 2 Mon 3', '2026-03-02'],
  ['a working Sunday is the first', 'P1WD', '2026-01-02T09:00', '3 Sat off, 4 Sun worked 1', '2026-01-04'],
  ['a trigger on a day off', 'P2WD', '2026-01-03T09:00', '4 Sun worked 1, 5 Mon 2', '2026-01-05'],
  ['over Qingming', 'P3WD', '2026-04-01T09:00', '2 Thu 1, 3 Fri 2, 4-6 off, 7 Tue 3', '2026-04-07'],
  ['over Labour Day', 'P7WD', '2026-04-30T09:00', '1-5 off, 6 Wed 1, 7 2, 8 3, 9 Sat worked 4, 10 Sun off, 11 5, 12 6, 13 7', '2026-05-13'],
  ['over the Dragon Boat Festival', 'P5WD', '2026-06-18T09:00', '19-21 off, 22 Mon 1, 23 2, 24 3, 25 4, 26 5', '2026-06-26'],
  ['a working Sunday before Mid-Autumn', 'P5WD', '2026-09-18T09:00', '19 Sat off, 20 Sun worked 1, 21 2, 22 3, 23 4, 24 5', '2026-09-24'],
  [
    'over two festivals',
    'P10WD',
    '2026-09-25T09:00',
    '26-27 off, 28 1, 29 2, 30 3, 1-7 off, 8 4, 9 5, 10 Sat worked 6, 11 off, 12 7, 13 8, 14 9, 15 10',
    '2026-10-15',
  ],
  ['a trigger in the last minute of a day', 'P1WD', '2026-11-27T23:59', 'Friday is not counted, 28-29 off, 30 Mon 1', '2026-11-30'],
  ['over a leap day', 'P2WD', '2024-02-28T09:00', '29 Thu 1, 1 March Fri 2', '2024-03-01'],
  ['over the end of a year', 'P3WD', '2025-12-31T09:00', '1-3 off, 4 Sun worked 1, 5 2, 6 3', '2026-01-06'],
  ['the end of a year that is settled by the next', 'P2WD', '2025-12-30T09:00', '31 Wed 1, 1-3 off, 4 Sun worked 2', '2026-01-04'],
  ['a notice that reached back into December', 'P2WD', '2022-12-29T09:00', '30 Fri 1, 31 Sat off, 1-2 off, 3 Tue 2', '2023-01-03'],
]

const days: readonly Row[] = [
  ['the last day in the festival moves on', 'P3D', '2026-02-12T10:00', '13, 14, 15 Sun off; 16-23 off; 24 Tue', '2026-02-24'],
  ['not when one works on it', 'P2D', '2026-02-12T10:00', '13, 14 Sat worked', '2026-02-14'],
  ['a plain day', 'P3D', '2026-02-24T10:00', '25, 26, 27 Fri', '2026-02-27'],
  ['a working Saturday after the festival', 'P4D', '2026-02-24T10:00', '25, 26, 27, 28 Sat worked', '2026-02-28'],
  ['a plain Sunday moves on', 'P5D', '2026-02-24T10:00', '25, 26, 27, 28, 1 March Sun off; 2 Mon', '2026-03-02'],
  [
    'thirty days onto a working Saturday',
    'P30D',
    '2026-01-15T10:00',
    '16-31 January are 16, 14 more: 14 February Sat worked',
    '2026-02-14',
  ],
  ['thirty days into the festival', 'P30D', '2026-01-16T10:00', '17-31 January are 15, 15 more: 15 February off; to 24 Tue', '2026-02-24'],
  ['sixty days into National Day', 'P60D', '2026-08-08T10:00', 'August 23, September 30, October 7: off; 8 Thu', '2026-10-08'],
  ['within Labour Day', 'P3D', '2026-05-01T10:00', '2, 3, 4 off; 5 off; 6 Wed', '2026-05-06'],
  ['onto the working Saturday after it', 'P8D', '2026-05-01T10:00', '2-9: 9 Sat worked', '2026-05-09'],
  ['onto a working Sunday', 'P15D', '2026-09-05T10:00', '6-20: 20 Sun worked', '2026-09-20'],
  ['onto a leap day', 'P1D', '2024-02-28T10:00', '29 Thu', '2024-02-29'],
  ['a Saturday of December', 'P10D', '2026-12-16T10:00', '17-26: 26 Sat off, 27 off, 28 Mon, which no notice has reached', '2026-12-28'],
  ['the last second of a day is that day', 'P1D', '2026-11-25T23:59', '26 Thu', '2026-11-26'],
  ['midnight is the next day', 'P1D', '2026-11-26T00:00', '27 Fri', '2026-11-27'],
]

const free: readonly Row[] = [
  ['liberty ends in the festival', 'P3D', '2026-02-12T10:00', '13, 14, 15 Sun: it stays', '2026-02-15', liberty],
  ['thirty days of liberty', 'P30D', '2026-01-16T10:00', '15 January days, 15 of February', '2026-02-15', liberty],
  ['a month of liberty', 'P1M', '2026-01-20T10:00', 'the 20th, in the festival', '2026-02-20', liberty],
  ['liberty in a year nobody has published', 'P30D', '2026-12-15T10:00', '16-31 are 16, 14 of January', '2027-01-14', liberty],
  ['an extended detention', 'P3D', '2026-02-12T10:00', '3 and 4 days: 13-19', '2026-02-19', { ...liberty, ...longer('P4D') }],
  ['prior restraint is taken off', 'P10D', '2026-03-05T10:00', '10 less 3 are 7: 6-12', '2026-03-12', { ...liberty, prior: 3 }],
  ['all of it was served before', 'P10D', '2026-03-05T10:00', '10 less 10: at once', '2026-03-05 10:00', { ...liberty, prior: 10 }],
  [
    'psychiatric appraisal out of custody',
    'P1M',
    '2026-03-05T10:00',
    '5 April, and 10-14 March are 5 days out',
    '2026-04-10',
    { ...liberty, ...pauses(pause('psychiatricAppraisal', '2026-03-10T09:00', '2026-03-15T09:00')) },
  ],
]

const months: readonly Row[] = [
  ['a month that has no such day', 'P1M', '2026-01-31T10:00', 'February has no 31st: the 28th, Sat worked', '2026-02-28'],
  ['from the last day of February', 'P1M', '2026-02-28T10:00', '28 March Sat off, 29 off; 30 Mon', '2026-03-30'],
  ['onto a leap day', 'P1M', '2024-01-31T10:00', '29 February Thu', '2024-02-29'],
  ['a year from a leap day', 'P1Y', '2024-02-29T10:00', '2025 has none: 28 February Fri', '2025-02-28'],
  ['two years from the last day of one', 'P2Y', '2022-12-31T10:00', '31 December 2024 Tue, settled since 2025 is published', '2024-12-31'],
  ['half a year', 'P6M', '2025-08-31T10:00', '28 February 2026 Sat worked', '2026-02-28'],
  ['a month into National Day', 'P1M', '2026-09-01T10:00', '1 October off, to 8 Thu', '2026-10-08'],
  ['a year into Labour Day', 'P1Y', '2025-05-03T10:00', '3 May 2026 off, to 6 Wed', '2026-05-06'],
  ['a month and a month are two', 'P1M', '2026-01-31T10:00', '31 March Tue, not 28', '2026-03-31', longer('P1M')],
  ['two months and thirty days', 'P2M', '2026-01-31T10:00', '31 March, and 30 days: 30 April Thu', '2026-04-30', longer('P30D')],
]

const hours: readonly Row[] = [
  ['a day and a night', 'PT24H', '2026-02-12T10:03', 'the same minute of the next day', '2026-02-13 10:03'],
  ['over midnight', 'PT8H', '2026-02-28T20:00', '4 and 4', '2026-03-01 04:00'],
  ['hours do not wait for a festival', 'PT24H', '2026-02-14T18:30', '15 is off, and the minute stays', '2026-02-15 18:30'],
  ['over a leap day', 'PT48H', '2024-02-28T12:00', '29 and 1', '2024-03-01 12:00'],
  ['into a year nobody has published', 'PT24H', '2026-12-31T18:00', 'hours need no calendar', '2027-01-01 18:00'],
  ['longer by hours', 'PT8H', '2026-02-28T20:00', '8 and 16: a day', '2026-03-01 20:00', longer('PT16H')],
  [
    'restraint until sober is out',
    'PT8H',
    '2026-03-05T09:00',
    '17:00, and 3 hours',
    '2026-03-05 20:00',
    pauses(pause('restraint', '2026-03-05T10:00', '2026-03-05T13:00')),
  ],
  [
    'what overlaps counts once',
    'PT8H',
    '2026-03-05T09:00',
    '17:00, and 10 to 13',
    '2026-03-05 20:00',
    pauses(pause('restraint', '2026-03-05T11:00', '2026-03-05T13:00'), pause('travel', '2026-03-05T10:00', '2026-03-05T12:00')),
  ],
  [
    'a pause when it is over',
    'PT8H',
    '2026-03-05T09:00',
    '17:00, and the pause comes at 17:00',
    '2026-03-05 17:00',
    pauses(pause('restraint', '2026-03-05T17:00', '2026-03-05T19:00')),
  ],
  [
    'a pause in the last minute',
    'PT8H',
    '2026-03-05T09:00',
    '1 minute is left at 19:00',
    '2026-03-05 19:01',
    pauses(pause('restraint', '2026-03-05T16:59', '2026-03-05T19:00')),
  ],
  [
    'a pause that had begun before',
    'PT8H',
    '2026-03-05T09:00',
    '17:00, and 9 to 10',
    '2026-03-05 18:00',
    pauses(pause('travel', '2026-03-05T08:00', '2026-03-05T10:00')),
  ],
  [
    'a pause drawn into by another',
    'PT8H',
    '2026-03-05T09:00',
    '17:00 and 10-12 are 19:00, and 18-19 are 20:00',
    '2026-03-05 20:00',
    pauses(pause('travel', '2026-03-05T18:00', '2026-03-05T19:00'), pause('restraint', '2026-03-05T10:00', '2026-03-05T12:00')),
  ],
]

const appraisal = pause('appraisal', '2026-03-10T09:00', '2026-03-20T16:00')
const out: readonly Row[] = [
  ['appraisal', 'P30D', '2026-03-05T10:00', '4 April, and 10-19 March are 10 days: 14 April Tue', '2026-04-14', pauses(appraisal)],
  [
    'appraisal and hearing overlap',
    'P30D',
    '2026-03-05T10:00',
    '4 April, and 10-24 March are 15: 19 April Sun off; 20 Mon',
    '2026-04-20',
    pauses(appraisal, pause('hearing', '2026-03-18T09:00', '2026-03-25T09:00')),
  ],
  [
    'an appraisal of one day takes no day',
    'P30D',
    '2026-03-05T10:00',
    '4 April, off to 6; 7 Tue',
    '2026-04-07',
    pauses(pause('appraisal', '2026-03-10T09:00', '2026-03-10T17:00')),
  ],
  [
    'ordered on the day of the trigger',
    'P3D',
    '2026-03-02T10:00',
    '3, 4 out; 5, 6, 7 Sat off; 9 Mon',
    '2026-03-09',
    pauses(pause('appraisal', '2026-03-02T11:00', '2026-03-05T11:00')),
  ],
  [
    'ordered on the last day',
    'P3D',
    '2026-03-02T10:00',
    '3, 4, then 5-9 out, 10 Tue is the third',
    '2026-03-10',
    pauses(pause('appraisal', '2026-03-05T09:00', '2026-03-10T09:00')),
  ],
  [
    'ordered a day too late',
    'P3D',
    '2026-03-02T10:00',
    '3, 4, 5 Thu; it was over',
    '2026-03-05',
    pauses(pause('appraisal', '2026-03-06T09:00', '2026-03-10T09:00')),
  ],
  [
    'while the last day moves on',
    'P3D',
    '2026-02-12T10:00',
    '15 off to 23, 24 and 25 out, 26 Thu',
    '2026-02-26',
    pauses(pause('hearing', '2026-02-24T09:00', '2026-02-26T09:00')),
  ],
  [
    'public notice in working days',
    'P5WD',
    '2026-02-12T10:00',
    '13 1, 14 Sat 2, 15-23 off, 24-25 out, 26 3, 27 4, 28 Sat 5',
    '2026-02-28',
    pauses(pause('publicNotice', '2026-02-24T09:00', '2026-02-26T09:00')),
  ],
  [
    'travel',
    'P5D',
    '2026-03-02T10:00',
    '7 March, and 3-4 are 2 days: 9 Mon',
    '2026-03-09',
    pauses(pause('travel', '2026-03-03T08:00', '2026-03-05T20:00')),
  ],
  [
    'thirty days and thirty more',
    'P30D',
    '2026-03-05T10:00',
    '26 of March, 30 of April, 4 of May: off; 6 Wed',
    '2026-05-06',
    longer('P30D'),
  ],
  [
    'extended and paused',
    'P30D',
    '2026-03-05T10:00',
    '4 May and 10 days: 14 May Thu',
    '2026-05-14',
    { ...longer('P30D'), ...pauses(appraisal) },
  ],
  [
    'working days extended',
    'P10WD',
    '2026-02-12T10:00',
    '13, 14, 24, 25, 26, 27, 28 are 7, 2-6 March 12, 9-13 17, 16-18 20',
    '2026-03-18',
    longer('P10WD'),
  ],
]

inZones(() => {
  for (const [kind, rows] of Object.entries({ workingDays, days, free, months, hours, out }))
    for (const [name, term, from, hand, due, more] of rows)
      test(`${kind}: ${name}, ${term} from ${from}: ${hand}`, () => {
        const limit = ask(term, from, more)
        assert.deepEqual(limit, { is: 'due', due: instant(due), provisional: false, steps: limit.steps })
      })

  test('working days stop at a year that is not published, and at the end of one that the next may still change', () => {
    const gap = (term: string, from: string, more: More = {}) => {
      const limit = ask(term, from, more)
      return limit.is === 'gap' ? limit.gap : limit
    }
    assert.equal(gap('P5WD', '2026-12-25T10:00'), 2027)
    assert.equal(gap('P1WD', '2019-06-03T10:00'), 2019)
    assert.equal(gap('P5WD', '2026-12-25T10:00', pauses(pause('hearing', '2026-12-26T10:00', null))), 2027)
    const end = ask('P1WD', '2026-12-25T10:00')
    assert.equal(end.is === 'due' && end.due, instant('2026-12-28'))
  })

  test('days that end where nothing is published are provisional, as early as they can become', () => {
    const provisional = (due: string, limit: Limit) =>
      assert.deepEqual(limit, { is: 'due', due: instant(due), provisional: true, steps: limit.steps })
    provisional('2026-12-30', ask('P5D', '2026-12-25T10:00'))
    // A Sunday, if nothing else is said; what is said is not known.
    provisional('2027-01-17', ask('P1M', '2026-12-17T10:00'))
    provisional('2027-01-14', ask('P30D', '2026-12-15T10:00'))
  })

  test('a pause that still goes on: nothing is due, and when it would be if it ended now', () => {
    const open = pauses(pause('appraisal', '2026-03-10T09:00', null))
    const at = (now: string, term = 'P30D') => {
      const { steps: _steps, ...limit } = ask(term, '2026-03-05T10:00', { ...open, now: local(now) })
      return limit
    }
    assert.deepEqual(at('2026-03-20T09:00'), { is: 'paused', ifEndedNow: instant('2026-04-14'), provisional: false })
    assert.deepEqual(at('2026-03-21T09:00'), { is: 'paused', ifEndedNow: instant('2026-04-15'), provisional: false })
    // Asked before it began, and ordered when the limit was over.
    assert.deepEqual(at('2026-03-09T09:00'), { is: 'due', due: instant('2026-04-07'), provisional: false })
    assert.deepEqual(at('2026-03-20T09:00', 'P3D'), { is: 'due', due: instant('2026-03-09'), provisional: false })
    assert.deepEqual(at('2026-03-11T09:00', 'PT120H'), { is: 'paused', ifEndedNow: instant('2026-03-11 10:00'), provisional: false })
  })

  test('papers posted before the end are in time', () => {
    const due = instant('2026-02-26')
    const late = '2026-03-05T02:00:00Z'
    assert.equal(inTime(due, { posted: '2026-02-26T23:59:00+08:00', received: late }), true)
    assert.equal(inTime(due, { posted: '2026-02-27T00:01:00+08:00', received: late }), false)
    assert.equal(inTime(due, { posted: null, received: late }), false)
    assert.equal(inTime(due, { posted: null, received: due }), true)
  })
})
