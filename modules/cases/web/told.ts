import type { TFunction } from 'i18next'
import type { Units } from '#kernel/web/units.ts'
import type { TraceEntry } from '../contract.ts'
import type { Destination } from '../contract/parts.ts'

export const destinationText = (destination: Destination, units: Units): string =>
  destination.to === 'unit' ? units.name(destination.unit) : destination.agency

/** Fields whose values are codes, and the section where their words stand. */
const coded: Readonly<Record<string, string>> = {
  contact: 'contact',
  outcome: 'filingOutcome',
  caseKind: 'caseKind',
  ground: 'filingGround',
  way: 'noticeWay',
  nature: 'nature',
  source: 'reportSource',
  arrival: 'arrival',
  summons: 'arrival',
  untold: 'untold',
  venue: 'venue',
  signature: 'signature',
  departure: 'departure',
  longGround: 'longGround',
  forceGround: 'forceGround',
}
/** What of an event is told in words beside its name, in this order. */
const plain = [
  'number',
  'caseNumber',
  'cause',
  'where',
  'urgent',
  'afresh',
  'whyNot',
  'seized',
  'belongings',
  'breaks',
  'reason',
  'narrative',
  'note',
  'text',
  'place',
] as const

interface Told {
  readonly title: string
  readonly detail: readonly string[]
}

interface Reader {
  readonly t: TFunction
  readonly units: Units
  /** The name of a person of the case, as the reader may see it. */
  readonly nameOf: (person: string) => string
}
/** What an event says to somebody who was not there. */
export function tell({ type, data }: TraceEntry, { t, units, nameOf }: Reader): Told {
  const title = t(`caseEvent.${type}`)
  if (data === null || typeof data !== 'object') return { title, detail: [t('cases.erased')] }
  const said = data as Readonly<Record<string, unknown>>
  const codes = Object.entries(coded).flatMap(([name, section]) => (typeof said[name] === 'string' ? [t(`${section}.${said[name]}`)] : []))
  const to = said['destination'] === undefined ? [] : [destinationText(said['destination'] as Destination, units)]
  const officers = (said['officers'] as readonly { name: string }[] | undefined)?.map(({ name }) => name) ?? []
  const rule =
    typeof said['rule'] === 'string' ? [t(type === 'found' ? `caseFinding.${said['rule']}` : `clock.rule.cases.${said['rule']}`)] : []
  const words = plain.flatMap((name) => (typeof said[name] === 'string' ? [said[name]] : []))
  const whose = typeof said['person'] === 'string' ? [nameOf(said['person'])].filter(Boolean) : []
  return { title, detail: [...whose, ...to, ...codes, ...officers, ...rule, ...words] }
}
