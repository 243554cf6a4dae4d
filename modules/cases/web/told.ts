import type { TFunction } from 'i18next'
import { dayTime } from '#kernel/web/time.ts'
import type { Units } from '#kernel/web/units.ts'
import type { TraceEntry } from '../contract.ts'
import type { Penalty } from '../contract/decision.ts'
import type { Destination } from '../contract/parts.ts'
import { type Remedies, remediesSaid } from './remedies.ts'

export const destinationText = (destination: Destination, units: Units): string =>
  destination.to === 'unit' ? units.name(destination.unit) : destination.agency

type Draft = Penalty['draft']

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
  recusalGround: 'recusalGround',
  continueGround: 'continueGround',
  stopped: 'stopped',
  continueLevel: 'continueLevel',
  unclear: 'unclear',
  inspects: 'inspects',
  lineUp: 'lineUp',
  recognition: 'recognition',
  listKind: 'evidenceList',
  preserved: 'measureWay',
  spotReason: 'spotReason',
  returnReason: 'returnReason',
  about: 'telling',
  destiny: 'destiny',
  path: 'noticePath',
  said: 'defence',
  wish: 'hearingWish',
  answer: 'hearingAnswer',
  course: 'hearingCourse',
  conclusion: 'reviewConclusion',
  service: 'serviceWay',
  family: 'familyContact',
  suspension: 'suspensionCause',
  guarantee: 'guarantee',
  closing: 'closing',
  termination: 'termination',
  appraisalKind: 'appraisalKind',
  withdrawReason: 'withdrawReason',
  doubt: 'doubt',
  mediationCause: 'mediationCause',
  failure: 'mediationFailure',
  settledBy: 'settledBy',
  collection: 'collection',
}
/** The same of what is imposed and carried out. */
const ofPenalty = [
  'decisionNumber',
  'article',
  'facts',
  'guardian',
  'guardianAbsent',
  'terms',
  'helped',
  'proxy',
  'proof',
  'statement',
  'recheck',
  'record',
  'corrected',
  'present',
  'agreed',
  'house',
  'receipt',
  'whom',
] as const
/** What of an event is told in words beside its name, in this order. */
const plain = [
  'agency',
  'issue',
  'number',
  'caseNumber',
  'cause',
  'where',
  'urgent',
  'afresh',
  'escort',
  'whyNot',
  'seized',
  'belongings',
  'breaks',
  'reason',
  'narrative',
  'note',
  'text',
  'place',
  ...ofPenalty,
] as const

/** Detention of ten days, fine of 500 yuan. */
export const penaltyText = (
  { penalties, fine, days, licence }: Pick<Draft, 'penalties' | 'fine' | 'days' | 'licence'>,
  t: TFunction,
): string =>
  penalties
    .map((kind) => {
      const more = {
        fine: fine && t('cases.yuan', { count: fine }),
        detention: days && t('cases.dayCount', { count: days }),
        revocation: licence,
      }
      const said = more[kind as keyof typeof more]
      return said ? `${t(`penaltyKind.${kind}`)} ${said}` : t(`penaltyKind.${kind}`)
    })
    .join(t('shell.comma'))

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
type Said = Readonly<Record<string, unknown>>
/** What the data of an event, or of an act, say: whom and where, codes in words, what was written. */
export function detailOf(said: Said, { t, units, nameOf }: Reader): readonly string[] {
  const codes = Object.entries(coded).flatMap(([name, section]) => (typeof said[name] === 'string' ? [t(`${section}.${said[name]}`)] : []))
  const to = said['destination'] === undefined ? [] : [destinationText(said['destination'] as Destination, units)]
  const officers = [said['officers'], said['officer']].flat().filter((one): one is { name: string } => one !== undefined)
  // The article of an approval is a code of the law, that of a penalty is written out.
  const ofApproval = said['act'] !== undefined
  const words = plain.flatMap((name) => (typeof said[name] === 'string' && !(ofApproval && name === 'article') ? [said[name]] : []))
  const whose = typeof said['person'] === 'string' ? [nameOf(said['person'])].filter(Boolean) : []
  const things = (said['things'] as readonly { thingName: string; count: number; measureWord: string }[] | undefined) ?? []
  const named = things.map(({ thingName, count, measureWord }) => `${thingName} ${count} ${measureWord}`)
  const samples = ((said['samples'] as readonly string[] | undefined) ?? []).map((sample) => t(`samples.${sample}`))
  const remedies = remediesSaid((said['remedies'] as Remedies | undefined) ?? [], t)
  const imposed = said['penalties'] === undefined ? [] : [penaltyText(said as Pick<Draft, 'penalties'>, t)]
  const withheld = typeof said['withheld'] === 'string' ? [t(`withheld.${said['withheld']}`)] : []
  const when = typeof said['on'] === 'string' ? [dayTime(said['on'])] : []
  return [
    ...whose,
    ...imposed,
    ...withheld,
    ...when,
    ...samples,
    ...to,
    ...codes,
    ...officers.map(({ name }) => name),
    ...named,
    ...words,
    ...remedies,
  ]
}

/** What an event says to somebody who was not there. */
export function tell({ type, data }: TraceEntry, reader: Reader): Told {
  const { t } = reader
  const title = t(`caseEvent.${type}`)
  if (data === null || typeof data !== 'object') return { title, detail: [t('cases.erased')] }
  const said = data as Said
  const act = said['act'] as (Said & { kind: string }) | undefined
  const asked = act === undefined ? [] : [t(`act.${act.kind}`), ...detailOf(act, reader)]
  const rule =
    typeof said['rule'] === 'string' ? [t(type === 'found' ? `caseFinding.${said['rule']}` : `clock.rule.cases.${said['rule']}`)] : []
  return { title, detail: [...asked, ...rule, ...detailOf(said, reader)] }
}
