import type { Command } from '../contract.ts'
import type { Act } from '../contract/acts.ts'
import { account, county, filed, later, type Record, reporter } from './given.ts'

export const id = (n: number): string => `40000000-0000-4000-8000-0000000000${String(n).padStart(2, '0')}`
export const [measure, second, holder] = [id(80), account(8), account(7)]
export const suspect = { id: holder, roles: ['suspect' as const], described: '灰色棉衣男子' }
export const knife = { id: id(1), evidenceKind: 'physical' as const, thingName: '折叠刀', count: 1, measureWord: '把', owner: holder }
export const phone = { id: id(2), evidenceKind: 'physical' as const, thingName: '手机', count: 1, measureWord: '部', owner: reporter.id }
export const signed = { signed: 'signed' as const, attestor: '保安王某' }
export const byTwo = { second, ...signed }

export const ask = (act: Act): Command => ({ type: 'requestApproval', data: { act, reason: '防止证据灭失' } })
export const order = (more: object = {}): Act => ({
  kind: 'preserve',
  measure,
  preserved: 'seizure',
  holder,
  things: [knife],
  known: [],
  ...more,
})
export const approve = (request: number): Command => ({ type: 'approve', data: { request } })
export const out = (more: object = {}): Command => ({ type: 'carryOutMeasure', data: { measure, ...byTwo, ...more } })
export const spot = (more: object = {}): Command => ({
  type: 'seizeOnTheSpot',
  data: { measure, holder, things: [knife], known: [], spotReason: 'urgent', recorded: true, ...byTwo, ...more },
})
export const back = (items: readonly string[], more: object = {}): Command => ({
  type: 'returnThings',
  data: { list: id(95), items: [...items], receiver: holder, returnReason: 'unrelated', ...byTwo, ...more },
})
export const told = (about: 'extension' | 'appraisal'): Command => ({ type: 'tellHolder', data: { measure, about, way: 'inPerson' } })
export const claim: Command = { type: 'noticeClaim', data: { claim: id(70), items: [knife.id], way: 'publicNotice' } }

export const withSuspect = (): Record => filed({ persons: [reporter, suspect] })
export const seized = (act: Act = order()): Record => {
  const record = withSuspect()
  record.do(ask(act))
  record.do(approve(1), { who: county, at: later(1) })
  record.do(out(), { at: later(2) })
  return record
}
export const limitOf = (record: Record, rule: string) => record.row.limits.find(({ limit }) => limit.rule === rule)
