import type { Calendar, HolidayName, Year } from './year.ts'

/**
 * The yearly notices of the State Council's office (国务院办公厅关于…年部分节假日安排的通知) since 2020, as two public projects code them and, for 2026, as the news
 * agency printed it: none was read at its own place, so each is `2nd`. A landed row is never edited: a correction is set by an administrator, dated.
 */
const notices: readonly (readonly [year: number, notice: string, off: string, work: string])[] = [
  [
    2020,
    '国办发明电〔2019〕16号、〔2020〕1号',
    'newYear 01-01 springFestival 01-24..02-02 qingming 04-04..04-06 labourDay 05-01..05-05 dragonBoat 06-25..06-27 nationalAndMidAutumn 10-01..10-08',
    '01-19 04-26 05-09 06-28 09-27 10-10',
  ],
  [
    2021,
    '国办发明电〔2020〕27号',
    'newYear 01-01..01-03 springFestival 02-11..02-17 qingming 04-03..04-05 labourDay 05-01..05-05 dragonBoat 06-12..06-14 midAutumn 09-19..09-21 nationalDay 10-01..10-07',
    '02-07 02-20 04-25 05-08 09-18 09-26 10-09',
  ],
  [
    2022,
    '国办发明电〔2021〕11号、〔2022〕16号',
    'newYear 01-01..01-03 springFestival 01-31..02-06 qingming 04-03..04-05 labourDay 04-30..05-04 dragonBoat 06-03..06-05 midAutumn 09-10..09-12 nationalDay 10-01..10-07 newYear 12-31',
    '01-29 01-30 04-02 04-24 05-07 10-08 10-09',
  ],
  [
    2023,
    '国办发明电〔2022〕16号',
    'newYear 01-01..01-02 springFestival 01-21..01-27 qingming 04-05 labourDay 04-29..05-03 dragonBoat 06-22..06-24 nationalAndMidAutumn 09-29..10-06',
    '01-28 01-29 04-23 05-06 06-25 10-07 10-08',
  ],
  [
    2024,
    '国办发明电〔2023〕7号',
    'newYear 01-01 springFestival 02-10..02-17 qingming 04-04..04-06 labourDay 05-01..05-05 dragonBoat 06-10 midAutumn 09-15..09-17 nationalDay 10-01..10-07',
    '02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12',
  ],
  [
    2025,
    '国办发明电〔2024〕12号',
    'newYear 01-01 springFestival 01-28..02-04 qingming 04-04..04-06 labourDay 05-01..05-05 dragonBoat 05-31..06-02 nationalAndMidAutumn 10-01..10-08',
    '01-26 02-08 04-27 09-28 10-11',
  ],
  [
    2026,
    '国办发明电〔2025〕7号',
    'newYear 01-01..01-03 springFestival 02-15..02-23 qingming 04-04..04-06 labourDay 05-01..05-05 dragonBoat 06-19..06-21 midAutumn 09-25..09-27 nationalDay 10-01..10-07',
    '01-04 02-14 02-28 05-09 09-20 10-10',
  ],
]

function yearFrom([year, source, off, work]: (typeof notices)[number]): Year {
  const day = (text: string): string => `${year}-${text}`
  const holidays = [...off.matchAll(/(\w+) (\d\d-\d\d)(?:\.\.(\d\d-\d\d))?/g)].map(([, name, from = '', to = from]) => ({
    name: name as HolidayName,
    from: day(from),
    to: day(to),
  }))
  return { year, holidays, workdays: work.split(' ').map(day), source, verified: '2nd', n: 0 }
}

/** What the house comes with. */
export const builtInYears: Calendar = new Map(notices.map((notice) => [notice[0], yearFrom(notice)]))
