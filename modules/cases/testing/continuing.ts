import type { Command } from '../contract.ts'
import type { Act } from '../contract/acts.ts'
import type { Person } from '../contract/parts.ts'
import { accepted, type Record, reporter } from './given.ts'
import { suspect } from './inquiry.ts'

export const banned = 'CQ 9'
export const bring = (more: object = {}): Command => ({
  type: 'bringIn',
  data: { person: suspect.id, continueGround: 'stolenGoods', stopped: 'street', onTheSpot: true, detainable: true, ...more },
})
export const unfiled = (more: Partial<Person> = {}, report: object = {}): Record =>
  accepted({ persons: [reporter, { ...suspect, ...more }], ...report })
export const act = (continueLevel: 'cq-12' | 'cq-24' | 'cq-48', unclear: 'notCleared' | 'identityWithheld' = 'identityWithheld'): Act => ({
  kind: 'continueQuestioning',
  person: suspect.id,
  continueLevel,
  unclear,
})
