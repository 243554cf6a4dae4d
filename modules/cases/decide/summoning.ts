import { dayOf } from '#kernel/day.ts'
import { Refusal } from '#kernel/decider.ts'
import { ruleOn } from '#kernel/statute.ts'
import type { Event } from '../contract.ts'
import type { StayRow } from '../contract/inquiry.ts'
import type { Person, Running } from '../contract/parts.ts'
import type { Level } from '../rules/row.ts'
import { rules } from '../rules/rows.ts'
import { longQuestioningApprover } from '../rules/settings.ts'
import type { ActRule } from './book.ts'
import type { Asked, Of } from './asked.ts'
import { begin, carried, inForce } from './counting.ts'
import { isOpen, isOver } from './limits.ts'
import { is } from './persons.ts'
import type { Matter } from './matter.ts'
import { continuedRules, hereOf, questioningRules, staysOf, summonsOf } from './stays.ts'

type Questioning = Extract<(typeof rules)[number]['rule'], `q-${string}` | `sum-${string}`>
/** The article of a rule as it is worded on the day. */
export const articleOf = (rule: Questioning, at: string): string => ruleOn(rules, rule, dayOf(at)).article

/** By what his family is told: of continued questioning a law of its own speaks. */
export const familyLaw = ({ arrival }: Pick<StayRow, 'arrival'>, at: string): string =>
  arrival === 'continued' ? ruleOn(rules, 'cq-family', dayOf(at)).article : articleOf('sum-family', at)

export function suspectOf({ persons }: Matter, id: string, at: string): Person {
  const found = persons.find((one) => one.id === id)
  if (found === undefined) throw new Refusal('person-unknown')
  if (!is(found, 'suspect')) throw new Refusal('not-suspect', { article: articleOf('sum-summon', at) })
  return found
}

/**
 * 不得以连续传唤的形式变相拘禁. Nobody is summoned who is there or has been summoned; again only some time after he could leave, and for something new. The law names
 * no time: what the force has set.
 */
function noChain(matter: Matter, person: string, asked: Asked, afresh: string | undefined): void {
  const article = articleOf('q-no-chain', asked.at)
  if (hereOf(matter, person) !== undefined) throw new Refusal('stays-already', { article })
  if (summonsOf(matter, person) !== undefined) throw new Refusal('summoned-already', { article })
  const last = staysOf(matter, person).at(-1)
  if (last === undefined || last.left === null) return
  const hours = asked.facts.settings.summonsGapHours
  if (Date.parse(asked.at) < Date.parse(last.left) + hours * 3_600_000) throw new Refusal('no-chain', { article, values: { hours } })
  if (afresh === undefined) throw new Refusal('afresh-needed', { article })
}

const level = (rule: 'sum-summon' | 'sum-force', at: string) => {
  const { approver, article } = ruleOn(rules, rule, dayOf(at))
  return { level: approver satisfies Level, article }
}

export const summon: ActRule<'summon'> = {
  ask(matter, { person, afresh }, asked) {
    suspectOf(matter, person, asked.at)
    noChain(matter, person, asked, afresh)
    return level('sum-summon', asked.at)
  },
  done(matter, act, asked) {
    const { kind: _kind, ...paper } = act
    noChain(matter, act.person, asked, act.afresh)
    return [{ type: 'summoned', data: { ...paper, summons: 'written' } }]
  },
}

/** Only who was summoned and does not come is made to. */
function disobeyed(matter: Matter, person: string, at: string): void {
  const { article } = level('sum-force', at)
  const open = summonsOf(matter, person)
  if (open === undefined) throw new Refusal('summon-first', { article })
  if (open.summons === 'forced') throw new Refusal('summoned-already', { article })
}

export const forceSummon: ActRule<'forceSummon'> = {
  ask(matter, { person }, { at }) {
    disobeyed(matter, person, at)
    return level('sum-force', at)
  },
  done(matter, { person, forceGround }, { at }) {
    disobeyed(matter, person, at)
    return [{ type: 'summoned', data: { person, forceGround, summons: 'forced' } }]
  },
}

export function summonOrally(matter: Matter, { person, place, cardShown = false }: Of<'summonOrally'>, asked: Asked): Event[] {
  suspectOf(matter, person, asked.at)
  if (!cardShown) throw new Refusal('show-card', { field: 'data.cardShown', article: articleOf('sum-summon', asked.at) })
  noChain(matter, person, asked, undefined)
  return [{ type: 'summoned', data: { person, place, summons: 'oral' } }]
}

/** The limit under which somebody is kept, as long as it runs. */
export function keptUnder({ row }: Matter, person: string): Running | undefined {
  const keeping: readonly string[] = [...questioningRules, ...continuedRules]
  return row.limits.find((one) => one.subject === person && isOpen(one) && keeping.includes(one.limit.rule))
}

const longest = { manyInvolved: 'q-12h', identityUnknown: 'q-12h', complexDetention: 'q-24h' } as const

/** A longer limit is counted from the same arrival, and what stood still before stays out of it. */
function lengthened(matter: Matter, person: string, rule: 'q-12h' | 'q-24h', asked: Asked) {
  const article = articleOf('q-8h', asked.at)
  const here = hereOf(matter, person)
  const kept = keptUnder(matter, person)
  if (here === undefined || kept === undefined || here.arrival === 'continued') throw new Refusal('not-here', { article })
  if (!inForce(rule, asked.at)) throw new Refusal('no-such-length', { article })
  if (questioningRules.findIndex((one) => one === kept.limit.rule) >= questioningRules.indexOf(rule))
    throw new Refusal('long-already', { article: articleOf(rule, asked.at) })
  if (here.family === null) throw new Refusal('family-first', { article: articleOf('sum-family', asked.at) })
  if (isOver(kept, asked.at)) throw new Refusal('time-over', { article })
  return carried(begin(asked, rule, kept.limit.from), kept.limit, asked)
}

export const lengthen: ActRule<'lengthen'> = {
  ask(matter, { person, longGround }, asked) {
    const rule = longest[longGround]
    lengthened(matter, person, rule, asked)
    return { level: longQuestioningApprover(asked.facts.settings.departmentHeadApproves), article: articleOf(rule, asked.at) }
  },
  done(matter, { person, longGround }, asked) {
    const limit = lengthened(matter, person, longest[longGround], asked)
    return [{ type: 'questioningLengthened', data: { person, longGround, limit } }]
  },
}
