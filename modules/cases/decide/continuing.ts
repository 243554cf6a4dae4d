import { dayOf } from '#kernel/day.ts'
import { Refusal } from '#kernel/decider.ts'
import { ruleOn } from '#kernel/statute.ts'
import type { Event } from '../contract.ts'
import type { ContinueLevel } from '../contract/continued.ts'
import type { Person } from '../contract/parts.ts'
import { rules } from '../rules/rows.ts'
import type { Asked, Of } from './asked.ts'
import type { ActRule } from './book.ts'
import { begin } from './counting.ts'
import { isOver } from './limits.ts'
import type { Matter } from './matter.ts'
import { ageOn } from './persons.ts'
import { hereOf, staysOf } from './stays.ts'
import { articleOf, keptUnder, suspectOf } from './summoning.ts'

const amountOf = (rule: 'cq-vulnerable.young' | 'cq-vulnerable.old', at: string): number => ruleOn(rules, rule, dayOf(at)).amount

/** Pregnant, nursing, under sixteen, seventy or more: four hours, and no waiting room (CQ 10). */
export function vulnerable(person: Person, at: string): boolean {
  const age = ageOn(person, at)
  const aged = age !== null && (age < amountOf('cq-vulnerable.young', at) || age >= amountOf('cq-vulnerable.old', at))
  return aged || person.situations?.some((one) => one === 'pregnant' || one === 'nursing') === true
}

/** Whom and when it is forbidden for. */
function banned({ row }: Matter, person: Person, { onTheSpot, detainable, stopped }: Of<'bringIn'>, at: string): void {
  const { article } = ruleOn(rules, 'cq-banned', dayOf(at))
  if (row.caseNumber !== null) throw new Refusal('cq-filed', { article })
  if (row.source === 'surrender') throw new Refusal('cq-surrender', { article })
  if (onTheSpot !== true) throw new Refusal('cq-unchecked', { field: 'data.onTheSpot', article })
  if (stopped === 'home' || stopped === 'workplace') throw new Refusal('cq-fetched', { field: 'data.stopped', article })
  if (detainable !== true) throw new Refusal('cq-no-detention', { field: 'data.detainable', article })
  if (person.situations?.includes('graveIllness')) throw new Refusal('cq-ill', { article })
}

/** From the moment he came to the police: asking and approving are included (CQ 11). */
export function bringIn(matter: Matter, data: Of<'bringIn'>, asked: Asked): Event[] {
  const { at } = asked
  const person = suspectOf(matter, data.person, at)
  banned(matter, person, data, at)
  const arrived = new Date(data.arrived ?? at).toISOString()
  if (arrived > at) throw new Refusal('in-future', { field: 'data.arrived' })
  if (staysOf(matter, person.id).length > 0) throw new Refusal('stays-already', { article: articleOf('q-no-chain', at) })
  const { onTheSpot: _spot, detainable: _detainable, ...told } = data
  const limit = begin(asked, vulnerable(person, at) ? 'cq-vulnerable' : 'cq-12', arrived)
  return [{ type: 'broughtIn', data: { ...told, arrived, limit } }]
}

const before: Readonly<Record<ContinueLevel, ContinueLevel | null>> = { 'cq-12': null, 'cq-24': 'cq-12', 'cq-48': 'cq-24' }

type Paper = Parameters<ActRule<'continueQuestioning'>['ask']>[1]
/** One step at a time, each before the last one is over. */
function next(matter: Matter, { person, continueLevel: level, unclear }: Paper, { at }: Asked) {
  const row = ruleOn(rules, level, dayOf(at))
  const { article } = row
  const here = hereOf(matter, person)
  const kept = keptUnder(matter, person)
  if (here === undefined || kept === undefined || here.arrival !== 'continued') throw new Refusal('not-here', { article })
  if (here.continueLevel !== before[level]) throw new Refusal('cq-step', { article })
  if (isOver(kept, at)) throw new Refusal('time-over', { article: kept.limit.article })
  if (level !== 'cq-12' && kept.limit.rule === 'cq-vulnerable') throw new Refusal('cq-four-hours', { article: kept.limit.article })
  if (level === 'cq-48' && unclear !== 'identityWithheld') throw new Refusal('cq-identity', { article })
  return row
}

/** 继续盘问: 12, 24, 48 hours, each approved by a higher head than the last. */
export const continueQuestioning: ActRule<'continueQuestioning'> = {
  from: 'officers',
  ask(matter, act, asked) {
    const { approver, article } = next(matter, act, asked)
    return { level: approver, article }
  },
  done(matter, act, asked) {
    const { kind: _kind, ...paper } = act
    const { rule } = next(matter, act, asked)
    const limit = rule === 'cq-12' ? {} : { limit: begin(asked, rule, hereOf(matter, act.person)?.arrived) }
    return [{ type: 'questioningContinued', data: { ...paper, ...limit } }]
  },
}
