import assert from 'node:assert/strict'
import type { Act } from '../../contract/acts.ts'
import type { Person } from '../../contract/parts.ts'
import { certificate, inspect, lineUp, sampling } from '../checks.ts'
import { act, bring, unfiled } from '../continuing.ts'
import { account, county, filed, head, later, person, type Record, reporter, station } from '../given.ts'
import { approved, arrive, arrived, ask, begin, end, family, givenCase, leave, orally, safety, suspect, summon } from '../inquiry.ts'
import { counted, type Kept, kept } from '../kept.ts'
import { twoOfficers, venues } from './questions.ts'

const longer = (longGround: 'manyInvolved' | 'complexDetention'): Act => ({ kind: 'lengthen', person: suspect.id, longGround })
const force: Act = { kind: 'forceSummon', person: suspect.id, forceGround: 'evades' }
const gone = (record: Record, { at }: { readonly at: string }): unknown => record.do(leave(), { at })
const longed = (ground: 'manyInvolved' | 'complexDetention'): Record => {
  const record = arrived()
  approved(record, longer(ground), 7)
  return record
}
/** Brought in at the start, and kept on under each of these, an hour before the last is over. */
const kept48 = (...levels: ('cq-12' | 'cq-24' | 'cq-48')[]): Record => {
  const record = unfiled()
  record.do(bring())
  for (const [n, level] of levels.entries()) approved(record, act(level), [1, 11, 23][n])
  return record
}
/** Twenty-four hours are asked for of somebody born that day. */
const bornOn = (born: string): unknown => {
  const record = unfiled({ born })
  record.do(bring())
  approved(record, act('cq-12'), 1)
  return record.do(ask(act('cq-24')), { at: later(2) })
}
/** Left six hours after he came, and summoned again so long after that. */
const again = (hours: number): unknown => {
  const record = arrived()
  record.do(leave(), { at: later(6) })
  return record.do(ask({ ...summon, afresh: '新发现监控' }), { at: later(6 + hours) })
}
const untold = (record: Record): Record => {
  for (const command of [orally(), arrive(), safety()]) record.do(command)
  return record
}
const continued = (): Record => {
  const record = kept48('cq-12')
  record.do(safety(), { at: later(1) })
  return record
}
const second = person('caseOfficer', station, 8)
const recuse: Act = { kind: 'recuse', account: account(2), recusalGround: 'interest' }
const sampled = (): Record => {
  const record = givenCase()
  record.do(ask(sampling))
  record.do({ type: 'approve', data: { request: 1 } }, { who: head })
  return record
}
const take = (record: Record) => record.do({ type: 'takeSamples', data: { person: suspect.id, samples: ['prints'] } })
const drunk = (): Record => {
  const record = arrived()
  record.do({ type: 'restrain', data: { person: suspect.id, reason: '醉酒' } })
  return record
}
const asked = (record: Record): Record => {
  record.do(begin())
  return record
}
const helper: Person = { id: account(1), roles: ['interpreter'], personName: '手语翻译周五', of: [suspect.id] }
const mother: Person = { id: account(1), roles: ['guardian'], personName: '孙三', of: [suspect.id] }
const deaf = (): Record => arrived(givenCase({ situations: ['deafMute'] }, [helper]))
const young = (born: string): Record => arrived(givenCase({ born }, [mother]))
const few = (lineUpOf: 'persons' | 'photos' | 'objects', least: number): Kept =>
  kept(
    `q-lineup.${lineUpOf}`,
    'lineup-few',
    () => givenCase().do(lineUp({ lineUp: lineUpOf, among: least })),
    () => givenCase().do(lineUp({ lineUp: lineUpOf, among: least - 1 })),
  )

/** 传唤、询问查证、检查、继续盘问. The start is Friday, 27 November 2026, 14:00; who comes then has come at 14:00. */
export const questioningKept: readonly Kept[] = [
  kept(
    'ver-question.guardian',
    'guardian-needed',
    // Eighteen that day, and eighteen the day after.
    () => young('2008-11-27').do(begin()),
    () => young('2008-11-28').do(begin()),
  ),
  kept(
    'sum-summon',
    'show-card',
    () => givenCase().do(orally()),
    () => givenCase().do(orally({ cardShown: false })),
  ),
  kept(
    'sum-force',
    'summon-first',
    () => {
      const record = givenCase()
      record.do(orally())
      approved(record, force)
    },
    () => givenCase().do(ask(force)),
  ),
  kept(
    'sum-family',
    'family-first',
    () => arrived().do(begin()),
    () => untold(givenCase()).do(begin()),
  ),
  counted('q-8h', {
    begins: () => arrived(),
    hand: '14:00 and eight hours',
    due: '2026-11-27 22:00',
    does: gone,
    subject: suspect.id,
  }),
  counted('q-12h', { begins: () => longed('manyInvolved'), hand: '14:00 and twelve hours', due: '2026-11-28 02:00', does: gone }),
  counted('q-24h', { begins: () => longed('complexDetention'), hand: '14:00 and a day', due: '2026-11-28 14:00', does: gone }),
  kept(
    'q-no-chain',
    'no-chain',
    () => again(24),
    () => again(24 - 1 / 60),
  ),
  ...venues,
  ...twoOfficers,
  kept(
    'q-alone',
    'officer-busy',
    () => {
      const record = asked(arrived())
      record.do(end(), { at: later(1) })
      record.do(begin({ person: reporter.id, venue: 'named' }), { at: later(1) })
    },
    () => asked(arrived()).do(begin({ person: reporter.id, venue: 'named' })),
  ),
  kept(
    'q-sign',
    'refusal-noted',
    () => asked(arrived()).do(end({ signature: 'refused', note: '拒绝签名' })),
    () => asked(arrived()).do(end({ signature: 'refused' })),
  ),
  kept(
    'q-language',
    'interpreter-needed',
    () => deaf().do(begin({ interpreter: helper.id })),
    () => deaf().do(begin()),
  ),
  kept(
    'q-safety-check',
    'safety-first',
    () => arrived().do(begin()),
    () => {
      const record = givenCase()
      for (const command of [orally(), arrive(), family()]) record.do(command)
      record.do(begin())
    },
  ),
  kept(
    'q-biometric',
    'sampling-not-approved',
    () => take(sampled()),
    () => take(givenCase()),
  ),
  kept(
    'q-inspect',
    'certificate-needed',
    () => {
      const record = givenCase()
      record.do(ask(certificate))
      record.do({ type: 'approve', data: { request: 1 } }, { who: county })
      record.do(inspect({ inspects: 'home', certificate: 1 }))
    },
    () => givenCase().do(inspect({ inspects: 'home', atOnce: true, recorded: true })),
  ),
  kept(
    'q-drunk',
    'sober-first',
    () => {
      const record = drunk()
      record.do({ type: 'sober', data: { person: suspect.id } }, { at: later(1) })
      record.do(begin(), { at: later(1) })
    },
    () => drunk().do(begin()),
  ),
  few('persons', 7),
  few('photos', 10),
  few('objects', 5),
  counted('q-recusal', {
    begins: () => {
      const record = filed()
      record.do(ask(recuse), { who: second })
      return record
    },
    hand: '28, 29 Sunday; 30 Monday',
    due: '2026-11-30',
    does: (record, { at }) => record.do({ type: 'declineApproval', data: { request: 1, reason: '无利害关系' } }, { who: county, at }),
  }),
  counted('cq-12', { begins: () => kept48('cq-12'), hand: '14:00 and twelve hours', due: '2026-11-28 02:00', does: gone }),
  counted('cq-24', { begins: () => kept48('cq-12', 'cq-24'), hand: '14:00 and a day', due: '2026-11-28 14:00', does: gone }),
  counted('cq-48', { begins: () => kept48('cq-12', 'cq-24', 'cq-48'), hand: '14:00 and two days', due: '2026-11-29 14:00', does: gone }),
  counted('cq-vulnerable', {
    begins: () => {
      const record = unfiled({ situations: ['pregnant'] })
      record.do(bring())
      return record
    },
    hand: '14:00 and four hours',
    due: '2026-11-27 18:00',
    does: gone,
  }),
  // Sixteen that day and the day after; seventy the day after and that day.
  kept(
    'cq-vulnerable.young',
    'cq-four-hours',
    () => bornOn('2010-11-27'),
    () => bornOn('2010-11-28'),
  ),
  kept(
    'cq-vulnerable.old',
    'cq-four-hours',
    () => bornOn('1956-11-28'),
    () => bornOn('1956-11-27'),
  ),
  kept(
    'cq-family',
    'family-first',
    () => {
      const record = continued()
      record.do(family(), { at: later(1) })
      record.do(begin(), { at: later(1) })
    },
    () => continued().do(begin(), { at: later(1) }),
  ),
  kept(
    'cq-banned',
    'cq-filed',
    () => unfiled().do(bring()),
    () => givenCase().do(bring()),
  ),
  kept(
    'cq-end',
    'refusal-noted',
    () => assert.equal(kept48().do(leave({ signature: 'refused', note: '拒绝签名' }), { at: later(1) }).length, 1),
    () => kept48().do(leave({ signature: 'refused' }), { at: later(1) }),
  ),
]
