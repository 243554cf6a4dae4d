import { addDays, type Day, weekday, yearOf } from './day.ts'

/** 《全国年节及纪念日放假办法》 and how a notice joins two of them; `other` for days off that a notice gives once. Words: `holiday.<name>`. */
export const holidayNames = [
  'newYear',
  'springFestival',
  'qingming',
  'labourDay',
  'dragonBoat',
  'midAutumn',
  'nationalDay',
  'nationalAndMidAutumn',
  'other',
] as const
export type HolidayName = (typeof holidayNames)[number]

/** Days off on end, first and last included. */
export interface Holiday {
  readonly name: HolidayName
  readonly from: Day
  readonly to: Day
}

/** What a yearly notice makes of one calendar year, 1 January to 31 December. */
export interface Year {
  readonly year: number
  readonly holidays: readonly Holiday[]
  /** Saturdays and Sundays on which one works. */
  readonly workdays: readonly Day[]
  /** The notice. */
  readonly source: string
  /** `yes`: its own text was read. */
  readonly verified: 'yes' | '2nd' | 'no'
  /** 0: came with the house; else the number of the event that set it, within its stream. */
  readonly n: number
}

/** The years that are published, each in the version in force. */
export type Calendar = ReadonlyMap<number, Year>

/** Why a day is no working day. */
export type Off = 'weekend' | HolidayName
export type DayKind = { readonly off: Off } | { readonly swapped: boolean } | { readonly unsettled: number }

/**
 * From this day on a year is settled only together with the next one: the notices of 2007, 2008, 2012, 2019 and 2023 reached back into the December before
 * (29 December 2018 was a working Saturday, 31 December a day off), none further than to the 29th.
 */
const reachedBack = '-12-29'

/** `unsettled`: the year whose notice is still to come. `swapped`: a Saturday or Sunday on which one works. */
export function dayKind(calendar: Calendar, day: Day): DayKind {
  const year = yearOf(day)
  const table = calendar.get(year)
  if (table === undefined) return { unsettled: year }
  if (day.slice(4) >= reachedBack && !calendar.has(year + 1)) return { unsettled: year + 1 }
  const holiday = table.holidays.find(({ from, to }) => from <= day && day <= to)
  if (holiday !== undefined) return { off: holiday.name }
  if (weekday(day) < 6) return { swapped: false }
  return table.workdays.includes(day) ? { swapped: true } : { off: 'weekend' }
}

/** What is wrong with the table of a year, as the rule of a refusal and the day it is about; null: nothing. */
export interface Fault {
  readonly rule:
    | 'calendar-reversed'
    | 'calendar-other-year'
    | 'calendar-overlap'
    | 'calendar-hole'
    | 'calendar-both'
    | 'calendar-no-weekend'
    | 'calendar-statutory'
  readonly day: Day
}

/** 《全国年节及纪念日放假办法》 2: whatever a notice moves, these are days off. */
const statutory = ['-01-01', '-05-01', '-10-01']

export function faultOf({ year, holidays, workdays }: Pick<Year, 'year' | 'holidays' | 'workdays'>): Fault | null {
  const ordered = holidays.toSorted((a, b) => a.from.localeCompare(b.from))
  for (const { from, to } of ordered) if (to < from) return { rule: 'calendar-reversed', day: from }
  const strange = [...ordered.flatMap(({ from, to }) => [from, to]), ...workdays].find((day) => yearOf(day) !== year)
  if (strange !== undefined) return { rule: 'calendar-other-year', day: strange }
  for (const [at, { name, from }] of ordered.entries()) {
    const before = ordered[at - 1]
    if (before === undefined) continue
    if (from <= before.to) return { rule: 'calendar-overlap', day: from }
    // One holiday is one row of days; only New Year may stand at both ends of a year.
    if (name !== 'other' && name !== 'newYear' && name === before.name) return { rule: 'calendar-hole', day: addDays(before.to, 1) }
  }
  const isOff = (day: Day): boolean => ordered.some(({ from, to }) => from <= day && day <= to)
  for (const day of workdays) {
    if (isOff(day)) return { rule: 'calendar-both', day }
    if (weekday(day) < 6) return { rule: 'calendar-no-weekend', day }
  }
  const missing = statutory.map((day) => `${year}${day}`).find((day) => !isOff(day))
  return missing === undefined ? null : { rule: 'calendar-statutory', day: missing }
}
