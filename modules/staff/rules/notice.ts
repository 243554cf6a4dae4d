import { addDays, type Day, yearOf } from '#kernel/calendar/day.ts'
import type { Holiday, HolidayName, Year } from '#kernel/calendar/year.ts'

/** What a day is: off by a holiday, or a weekend on which one works. */
export type Mark = HolidayName | 'work'
export type Marks = ReadonlyMap<Day, Mark>

function spanOf(from: Day, to: Day): Day[] {
  const days: Day[] = []
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day)
  return days
}

export const marksOf = ({ holidays, workdays }: Pick<Year, 'holidays' | 'workdays'>): Marks =>
  new Map<Day, Mark>([
    ...holidays.flatMap(({ name, from, to }) => spanOf(from, to).map((day) => [day, name] as const)),
    ...workdays.map((day) => [day, 'work'] as const),
  ])

/** The way back: days on end of one holiday are one row. */
export function tableOf(marks: Marks): Pick<Year, 'holidays' | 'workdays'> {
  const holidays: Holiday[] = []
  const workdays: Day[] = []
  for (const [day, mark] of [...marks].toSorted(([a], [b]) => a.localeCompare(b))) {
    const before = holidays.at(-1)
    if (mark === 'work') workdays.push(day)
    else if (before?.name === mark && addDays(before.to, 1) === day) holidays[holidays.length - 1] = { ...before, to: day }
    else holidays.push({ name: mark, from: day, to: day })
  }
  return { holidays, workdays }
}

/** Days that are something else in one than in the other. */
export const changedDays = (before: Marks, after: Marks): Day[] =>
  [...new Set([...before.keys(), ...after.keys()])].filter((day) => before.get(day) !== after.get(day)).toSorted()

const names: readonly (readonly [RegExp, HolidayName])[] = [
  [/国庆.*中秋|中秋.*国庆/, 'nationalAndMidAutumn'],
  [/元旦/, 'newYear'],
  [/春节/, 'springFestival'],
  [/清明/, 'qingming'],
  [/劳动/, 'labourDay'],
  [/端午/, 'dragonBoat'],
  [/中秋/, 'midAutumn'],
  [/国庆/, 'nationalDay'],
]
const item = /^\s*(?:[一二三四五六七八九十]+、)?([^一二三四五六七八九十\d：:]{2,12})[：:](.+)$/su
const date = /(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:(?:至|—|-|～|~)(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日)?/gu

/** The days of a sentence; what is left out is as it was before: `2月15日至23日`, `2月14日、2月28日`. Days that no calendar has are left out. */
function daysOf(sentence: string, year: number): Day[] {
  let [inYear, month] = [year, '']
  const dayIn = (ofYear: string | undefined, ofMonth: string | undefined, ofDay: string): Day => {
    inYear = ofYear === undefined ? inYear : Number(ofYear)
    month = ofMonth ?? month
    return `${inYear}-${month.padStart(2, '0')}-${ofDay.padStart(2, '0')}`
  }
  const real = (day: Day): boolean => !Number.isNaN(Date.parse(day)) && addDays(day, 0) === day
  return [...sentence.matchAll(date)].flatMap(([, year1, month1, day1 = '', year2, month2, day2]) => {
    inYear = year
    const from = dayIn(year1, month1, day1)
    const to = day2 === undefined ? from : dayIn(year2, month2, day2)
    return real(from) && real(to) && to < addDays(from, 60) ? spanOf(from, to) : []
  })
}

export interface Read {
  readonly marks: Marks
  /** Days that the notice gives to another year: they are set there. */
  readonly outside: readonly Day[]
}

/**
 * The yearly notice as it is published, one numbered item a holiday: `二、春节：2月15日至23日放假调休，共9天。2月14日、2月28日上班。` Everything that is no such item is passed
 * over, so that the whole text can be pasted.
 */
export function readNotice(text: string, year: number): Read {
  const marks = new Map<Day, Mark>()
  const outside: Day[] = []
  const plain = text.replaceAll(/（[^）]*）|\([^)]*\)|[ \t　]/g, '')
  for (const part of plain.split(/\n|(?<=。)(?=[一二三四五六七八九十]+、)/u)) {
    const [, title = '', body = ''] = item.exec(part) ?? []
    const name = names.find(([pattern]) => pattern.test(title))?.[1]
    if (name === undefined) continue
    for (const sentence of body.split('。')) {
      const mark: Mark | null = sentence.includes('上班') ? 'work' : /放假|调休|补休/.test(sentence) ? name : null
      if (mark === null) continue
      for (const day of daysOf(sentence, year)) {
        if (yearOf(day) === year) marks.set(day, mark)
        else outside.push(day)
      }
    }
  }
  return { marks, outside }
}
