import type { TFunction } from 'i18next'
import { parseTerm } from '#kernel/calendar/term.ts'
import { articleSaid } from '#kernel/statute/told.ts'
import type { Event, TraceEntry } from '../contract.ts'

type Deciding = Extract<Event, { type: 'fileRefused' | 'penaltyDecided' }>
export type Remedies = Deciding['data']['remedies']

/** What may be done against a decision, within how long of being told, by which article. */
export const remediesSaid = (remedies: Remedies, t: TFunction): readonly string[] =>
  remedies.map(({ rule, term, article }) => {
    const { unit, count } = parseTerm(term)
    const values = { term: t(`limit.term.${unit}`, { count }), article: articleSaid(article, (word, said) => t(word, said)) }
    return t(`remedy.${rule}`, values)
  })

/** The same of the last decision of a type, about one person where there are several. */
export function remediesAgainst(trace: readonly TraceEntry[], type: Deciding['type'], t: TFunction, person?: string): string | null {
  const about = (data: unknown): data is Deciding['data'] =>
    data !== null && (person === undefined || (data as { person?: string }).person === person)
  const found = trace.findLast((entry) => entry.type === type && about(entry.data))
  return found === undefined || !about(found.data) ? null : remediesSaid(found.data.remedies, t).join(t('limit.citedSeparator'))
}
