import type { Command } from '../contract.ts'
import type { Act } from '../contract/acts.ts'
import type { Person } from '../contract/parts.ts'
import { account, county, filed, later, type Record, reporter, start } from './given.ts'

/** Somebody suspected, born in 1990. */
export const suspect: Person = { id: account(7), roles: ['suspect'], personName: '钱二', sex: 'male', born: '1990-05-01' }
export const givenCase = (more: Partial<Person> = {}, others: readonly Person[] = [], at = start): Record =>
  filed({ persons: [reporter, { ...suspect, ...more }, ...others] }, {}, { at })

export const ask = (act: Act): Command => ({ type: 'requestApproval', data: { act, reason: '需要到案接受询问' } })
/** Asked for and approved by the head of county level, who may approve all of these. */
export function approved(record: Record, act: Act, hours = 0) {
  record.do(ask(act), { at: later(hours) })
  return record.do({ type: 'approve', data: { request: record.matter.books.approvals.last } }, { who: county, at: later(hours) })
}
const { id: whom } = suspect
export const summon = { kind: 'summon', person: whom, place: '执法办案管理中心' } as const
export const orally = (more: object = {}): Command => ({
  type: 'summonOrally',
  data: { person: whom, place: '东门外', cardShown: true, ...more },
})
export const arrive = (more: object = {}): Command => ({ type: 'recordArrival', data: { person: whom, arrival: 'summoned', ...more } })
export const family = (more: object = { told: '妻子孙三，电话告知' }): Command => ({ type: 'tellFamily', data: { person: whom, ...more } })
export const safety = (more: object = {}): Command => ({ type: 'checkSafety', data: { person: whom, ...more } })
export const begin = (more: object = {}): Command => ({
  type: 'beginSession',
  data: { person: whom, venue: 'area', recorded: true, second: account(8), rightsTold: true, ...more },
})
export const end = (more: object = {}): Command => ({
  type: 'endSession',
  data: { person: whom, signature: 'signed', identityAsked: true, ...more },
})
export const leave = (more: object = {}): Command => ({
  type: 'recordDeparture',
  data: { person: whom, departure: 'released', signature: 'signed', ...more },
})
/** He has come at the start, was checked, and his family knows. */
export function arrived(record: Record = givenCase()): Record {
  record.do(orally())
  for (const command of [arrive(), safety(), family()]) record.do(command)
  return record
}
