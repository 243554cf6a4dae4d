import { limitOf, type Limit } from '#kernel/calendar.ts'
import { calendarAt } from '#kernel/calendars.ts'
import type { Tx } from '#kernel/database/tx.ts'
import { settingAt } from '#kernel/withSettings.ts'
import type { LimitData } from './contract/parts.ts'
import { settings } from './rules.ts'

interface Row {
  readonly term: string
  readonly article: string
  readonly verified: LimitData['verified']
  readonly version: string
  /** Its people are warned when so much has passed; or so many hours before the end. */
  readonly warn: { readonly after: string } | { readonly hoursBefore: number }
}
const rows: Readonly<Record<string, Row>> = {
  'intake-admin-file': { term: 'P3D', article: 'PSL25 90; RF 12; RO', verified: 'yes', version: '2026-01-01', warn: { after: 'PT24H' } },
  'intake-by-mail': { term: 'P3D', article: 'RF 10', verified: 'yes', version: '2026-01-01', warn: { hoursBefore: 24 } },
  'intake-undetermined': { term: 'P3D', article: 'RF 8(4)', verified: 'yes', version: '2026-01-01', warn: { hoursBefore: 24 } },
  'intake-transfer-24h': { term: 'PT24H', article: 'AP 61, 62; RF 8; CP 175', verified: 'yes', version: '2026-01-01', warn: { hoursBefore: 6 } },
  'crim-nofile': { term: 'P3D', article: 'CP 178', verified: 'yes', version: '2020-09-01', warn: { hoursBefore: 24 } },
}
const questions = { 'question-open': 'questionHours', 'question-confirm': 'confirmationHours' } as const

/** What is counted: the rule, its trigger, and the unit whose settings hold where it is none of the law's. */
export interface Wanted {
  readonly rule: string
  readonly from: string
  readonly unit: string
}

function dueOf(limit: Limit): Extract<Limit, { is: 'due' }> {
  if (limit.is !== 'due') throw new Error(`a limit of ${limit.is} has no due moment`)
  return limit
}
const earlier = (instant: string, hours: number): string => new Date(Date.parse(instant) - hours * 3_600_000).toISOString()

/** These limits as they are counted now, with the rules and holidays of today, by rule. */
export async function countLimits(tx: Tx, at: string, wanted: readonly Wanted[]): Promise<Readonly<Record<string, LimitData>>> {
  if (wanted.length === 0) return {}
  const calendar = await calendarAt(tx, at)
  const count = (term: string, from: string) => dueOf(limitOf({ term, from, liberty: false, calendar, now: at }))
  const statutory = ({ rule, from }: Wanted): LimitData => {
    const row = rows[rule]
    if (row === undefined) throw new Error(`nobody knows the rule ${rule}`)
    const { due, provisional, steps } = count(row.term, from)
    const warn = 'after' in row.warn ? count(row.warn.after, from).due : earlier(due, row.warn.hoursBefore)
    const { term, article, verified, version } = row
    return { rule, version, term, article, verified, from, warn: warn > from ? warn : null, due, provisional, steps: [...steps] }
  }
  const own = async ({ rule, from, unit }: Wanted, key: keyof typeof settings): Promise<LimitData> => {
    const hours = await settingAt(tx, 'cases', settings, key, unit, at)
    const [first, last] = [count(`PT${hours}H`, from), count(`PT${2 * hours}H`, from)]
    const said = { version: '', term: `PT${2 * hours}H`, article: 'setting', verified: settings[key].verified }
    return { rule, ...said, from, warn: first.due, due: last.due, provisional: false, steps: [...last.steps] }
  }
  const counted = await Promise.all(
    wanted.map((one) => {
      const key = one.rule in questions ? questions[one.rule as keyof typeof questions] : undefined
      return key === undefined ? statutory(one) : own(one, key)
    }),
  )
  return Object.fromEntries(counted.map((limit) => [limit.rule, limit]))
}
