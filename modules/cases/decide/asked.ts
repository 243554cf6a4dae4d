import type { Calendar } from '#kernel/calendar/year.ts'
import { type Context, isPerson, Refusal } from '#kernel/decider.ts'
import type { Command, Event, MatterRow } from '../contract.ts'
import type { Officer } from '../contract/parts.ts'
import type { readings } from '../rules.ts'
import type { Matter } from './matter.ts'

/** A unit as a decision needs it. `county`: the nearest of county level at or above it. */
export interface UnitFact {
  readonly code: string
  readonly kind: string
  readonly path: readonly string[]
  readonly closed: boolean
  readonly county: string
}

/** What a decision depends on beyond its stream. */
export interface Facts {
  /** The unit that the command names. */
  readonly unit: UnitFact | null
  /** The next number of the series that it would take. */
  readonly number: string | null
  /** A fresh query code. */
  readonly code: string | null
  /** Who can be given a case of the unit. */
  readonly officers: readonly Officer[]
  /** Heads of the unit and of those above it, each with his. */
  readonly heads: readonly (Officer & { readonly unit: string })[]
  /** The days off, as they are known. */
  readonly calendar: Calendar
  /** What the unit's force has set. */
  readonly hours: { readonly question: number; readonly confirmation: number }
  /** How the force reads the law where lawyers differ. */
  readonly settings: Readonly<Record<keyof typeof readings, number>>
  /** What was reported of the incident that it names. */
  readonly ofIncident: Pick<MatterRow, 'id' | 'number' | 'phase'> | null
}
export type Asked = Context<Facts>
export type Of<Type extends Command['type']> = Extract<Command, { type: Type }>['data']

/** The first unit keeps looking on, but only who has the matter now acts. */
export function ours({ row }: Matter, { by, as }: Asked): void {
  if (isPerson(by) && !as.some(({ unit }) => row.path.includes(unit)))
    throw new Refusal('with-other-unit', { article: 'RF 8', values: { unit: row.unit } })
}

/** At or above county level on the way to the unit that has it: CP 175, 178. */
export const fromCounty = ({ row, county }: Matter, { by, as }: Asked): boolean =>
  !isPerson(by) || as.some(({ role, unit }) => role === 'unitHead' && row.path.slice(0, row.path.indexOf(county) + 1).includes(unit))

/** @throws when the facts lack what the command needs: nothing is stored under an empty number or code */
export function drawn(fact: string | null): string {
  if (fact === null) throw new Error('a number or code was not drawn')
  return fact
}

export const giverOf = ({ by }: Asked): Officer | null => (isPerson(by) ? { account: by.account, name: by.name } : null)

/** Whom the names of the parties recall: a reason to look at recusal (AP 17), not one to refuse. */
export function likeOfficers({ persons }: Pick<Matter, 'persons'>, officers: readonly Officer[]): Event[] {
  return persons.flatMap(({ id, personName }) =>
    officers.some(({ name }) => name === personName)
      ? [{ type: 'found', data: { rule: 'like-officer', person: id, ...(personName !== undefined && { detail: personName }) } } as const]
      : [],
  )
}
