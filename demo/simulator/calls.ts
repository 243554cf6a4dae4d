import type { Answer, Question } from '#modules/dispatch/rules/asking.ts'
import type { Boundary } from '#modules/staff/contract.ts'
import { pointsInside } from '../areas.ts'
import { type Dice, dice } from './dice.ts'
import { anywhere, common, whereGroup, whereKind } from './told.ts'
import { furtherOf, narrativeOf, nonPoliceOf } from './narratives.ts'

export interface Kind {
  readonly code: string
  readonly group: string
  readonly priority: 1 | 2 | 3
  readonly questions: readonly Question[]
}

/** A station as callers know it. */
export interface Area {
  readonly code: string
  readonly name: string
  readonly subBureau: string
  readonly boundary: Boundary
  /** How many calls come from here, against others. */
  readonly weight: number
}

interface Caller {
  readonly channel: 'voice' | 'text'
  readonly number: string
  readonly name?: string
}
type Place =
  | { readonly kind: 'point'; readonly lon: number; readonly lat: number; readonly text: string }
  | { readonly kind: 'described'; readonly text: string }
  | { readonly kind: 'unknown' }

/** What a call is about. `unit` is whom the call taker names when the place gives no station. */
export type Call = { readonly caller: Caller } & (
  | {
      readonly what: 'incident'
      readonly kind: string
      readonly narrative: string
      readonly answers: readonly Answer[]
      readonly place: Place
      readonly unit?: string
      /** The station whose area it comes from. */
      readonly from: string
    }
  | { readonly what: 'further'; readonly text: string; readonly turn: number }
  | { readonly what: 'nonPolice'; readonly kind: string; readonly narrative: string; readonly ends: string }
)

/** What stands for everything that has no kind of its own. */
const anyKind = 'other'
/** Of all calls: Ankang reports 35.6 % as real incidents, Guangdong 44.2 %; nuisance alone is 28 % in Hebei. */
const shares = { incident: 0.42, further: 0.06, nonPolice: 0.52 }
/** What the groups weigh among real incidents. */
const groups: Readonly<Record<string, number>> = {
  criminal: 14,
  order: 18,
  traffic: 24,
  dispute: 26,
  help: 18,
  conduct: 1,
  handover: 3,
}
/** What is not common is the rarer the more urgent it is. */
const rarity = { 1: 0.25, 2: 0.8, 3: 1.2 } as const
/** Of real incidents: told by words alone, and not known at all. */
const described = 0.03
const unknown = 0.01

/** A place name that looks like the area's and is none, fit for what happens there. */
export function placeText({ name }: Pick<Area, 'name'>, { code, group }: Pick<Kind, 'code' | 'group'>, roll: Dice): string {
  const place = roll.pick(whereKind[code] ?? whereGroup[group] ?? anywhere)
  return place.replace('{stem}', name.replace(/派出所$/, '')).replace('{n}', String(roll.whole(1, 28)))
}

const surnames = [...'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许']
/** Numbers with zeros in their middle, which nobody has. */
function callerOf(roll: Dice): Caller {
  const number = `1${roll.pick(['38', '39', '50', '86', '99'])}0000${String(roll.whole(0, 9999)).padStart(4, '0')}`
  const channel = roll.chance(0.02) ? ('text' as const) : ('voice' as const)
  return { channel, number, ...(roll.chance(0.6) && { name: `${roll.pick(surnames)}某` }) }
}

function kindOf(kinds: readonly Kind[], roll: Dice): Kind {
  const police = kinds.filter(({ group }) => groups[group] !== undefined)
  const present = [...new Set(police.map(({ group }) => group))]
  const group = roll.weighed(present, (one) => groups[one] ?? 0)
  return roll.weighed(
    police.filter((kind) => kind.group === group),
    ({ code, priority }) => common[code] ?? rarity[priority],
  )
}

/** Somewhere in the area, to about a metre. */
export function pointIn({ boundary }: Pick<Area, 'boundary'>, roll: Dice) {
  const [point] = pointsInside(boundary, 1, () => roll.between(0, 1))
  const [lon, lat] = (point as [number, number]).map((degrees) => Number(degrees.toFixed(5))) as [number, number]
  return { kind: 'point', lon, lat } as const
}

function placeOf(area: Area, text: string, roll: Dice): { readonly place: Place; readonly unit?: string } {
  if (roll.chance(unknown)) return { place: { kind: 'unknown' } }
  if (roll.chance(described)) return { place: { kind: 'described', text }, ...(roll.chance(0.6) && { unit: area.subBureau }) }
  return { place: { ...pointIn(area, roll), text } }
}

/** Of the questions that need no words, so many are asked and answered. */
const answering = 0.6

function answersOf(questions: readonly Question[], roll: Dice): Answer[] {
  const given = new Map<string, string>()
  for (const { code, ask, choices = [], when } of questions) {
    if (ask === 'text' || (when !== undefined && given.get(when.question) !== when.is) || !roll.chance(answering)) continue
    given.set(code, ask === 'number' ? String(roll.whole(1, 3)) : roll.pick(ask === 'yesNo' ? ['yes', 'no', 'no'] : choices))
  }
  return [...given].map(([question, answer]) => ({ question, answer }))
}

/** A call from one of these areas about something that is a matter for the police; always the same one for the same name. */
export function incidentOf(
  seed: number,
  name: string,
  areas: readonly Area[],
  kinds: readonly Kind[],
): Extract<Call, { what: 'incident' }> {
  const roll = dice('incident', seed, name)
  const area = roll.weighed(areas, ({ weight }) => weight)
  const kind = kindOf(kinds, roll)
  const text = placeText(area, kind, roll)
  return {
    what: 'incident',
    caller: callerOf(roll),
    kind: kind.code,
    narrative: narrativeOf(kind, text, roll),
    answers: answersOf(kind.questions, roll),
    from: area.code,
    ...placeOf(area, text, roll),
  }
}

/** The call of this name in this seed's city. */
export function callOf(seed: number, name: string, areas: readonly Area[], kinds: readonly Kind[]): Call {
  const roll = dice('call', seed, name)
  const what = roll.weighed(['incident', 'further', 'nonPolice'] as const, (one) => shares[one])
  if (what === 'incident') return incidentOf(seed, name, areas, kinds)
  const caller = callerOf(roll)
  if (what === 'further') return { what, caller, text: furtherOf(roll), turn: roll.between(0, 1) }
  const [code, narrative, ends] = nonPoliceOf(roll)
  return { what, caller, kind: kinds.some((kind) => kind.code === code) ? code : anyKind, narrative, ends }
}
