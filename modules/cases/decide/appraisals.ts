import { Refusal } from '#kernel/decider.ts'
import type { StatutoryLimit } from '#kernel/statute.ts'
import type { Event } from '../contract.ts'
import { appraisalIn, newAppraisal, runOn, standStill } from './appraising.ts'
import type { Asked, Of } from './asked.ts'
import { begin } from './counting.ts'
import { lawOn } from './law.ts'
import type { Matter } from './matter.ts'
import { personIn, thingsIn, working } from './things.ts'

/**
 * `ev-injury-must`. A light injury was there when the case was accepted, and a day later its appraisal has been ordered; that somebody asks for it, or disputes what
 * happened, counts from when it is known.
 */
export function noteInjury(matter: Matter, data: Of<'noteInjury'>, asked: Asked): Event[] {
  working(matter, asked)
  personIn(matter, data.person, 'data.person')
  const { injured, appraisals, accepted } = matter.books.evidence
  if (injured.includes(data.person) || appraisals.some(({ kind, person }) => kind === 'injury' && person === data.person))
    throw new Refusal('injury-noted', { article: lawOn(asked, 'ev-injury-must').article })
  const from = data.injuryGrounds.includes('lightInjury') ? (accepted ?? asked.at) : asked.at
  return [{ type: 'injuryNoted', data: { ...data, limit: begin(asked, 'ev-injury-24h.order', from) } }]
}

function injuryLimits({ appraisalKind, injuryState = 'usual' }: Of<'orderAppraisal'>, asked: Asked): StatutoryLimit[] {
  if (appraisalKind !== 'injury' || injuryState === 'unstable') return []
  return injuryState === 'complex'
    ? [begin(asked, 'ev-injury-24h.complex')]
    : [begin(asked, 'ev-injury-24h.opinion'), begin(asked, 'ev-injury-24h.paper')]
}

export function orderAppraisal(matter: Matter, data: Of<'orderAppraisal'>, asked: Asked): Event[] {
  working(matter, asked)
  newAppraisal(matter, data.appraisal)
  const { appraisalKind, person, sample } = data
  if (appraisalKind === 'injury' ? person === undefined : person === undefined && sample === undefined)
    throw new Refusal('appraise-what', { field: appraisalKind === 'injury' ? 'data.person' : 'data.sample' })
  if (person !== undefined) personIn(matter, person, 'data.person')
  if (sample !== undefined) thingsIn(matter, [sample], 'data.sample')
  return [{ type: 'appraisalOrdered', data: { ...data, limits: injuryLimits(data, asked) } }, ...standStill(matter, sample ?? null, asked)]
}

/** Suspects and victims have a copy within five days; what stood still for it runs on. */
export function receiveOpinion(matter: Matter, { appraisal, opinion, oral = false }: Of<'receiveOpinion'>, asked: Asked): Event[] {
  working(matter, asked)
  const row = appraisalIn(matter, appraisal, oral ? ['ordered'] : ['ordered', 'told'], asked)
  if (oral) return [{ type: 'opinionTold', data: { appraisal, opinion } }]
  const parties = matter.persons.filter(({ roles }) => roles.includes('suspect') || roles.includes('victim'))
  const copies = parties.map(({ id }) => ({ person: id, limit: begin(asked, 'ev-appraisal.copy') }))
  return [{ type: 'opinionReceived', data: { appraisal, opinion, copies } }, ...runOn(matter, row, asked)]
}

export function copyOpinion(matter: Matter, data: Of<'copyOpinion'>, asked: Asked): Event[] {
  working(matter, asked)
  const { copies } = appraisalIn(matter, data.appraisal, ['received'], asked)
  if (!copies.some(({ person, given }) => person === data.person && given === null))
    throw new Refusal('no-copy-due', { field: 'data.person', article: lawOn(asked, 'ev-appraisal.copy').article })
  return [{ type: 'opinionCopied', data: { ...data, asking: begin(asked, 'ev-appraisal.again') } }]
}

export function tellRefusal(matter: Matter, data: Of<'tellRefusal'>, asked: Asked): Event[] {
  working(matter, asked)
  const { refused } = appraisalIn(matter, data.appraisal, ['received'], asked)
  if (refused === null || refused.told) throw new Refusal('nothing-to-tell', { article: lawOn(asked, 'ev-appraisal.refused').article })
  return [{ type: 'refusalTold', data }]
}

/** The injured does not go, or it is needed no longer: decided on the facts there are (AP 91). */
export function withdrawAppraisal(matter: Matter, data: Of<'withdrawAppraisal'>, asked: Asked): Event[] {
  working(matter, asked)
  const row = appraisalIn(matter, data.appraisal, ['ordered', 'told'], asked)
  return [{ type: 'appraisalWithdrawn', data }, ...runOn(matter, row, asked)]
}
