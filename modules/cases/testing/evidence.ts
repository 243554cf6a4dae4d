import type { Command } from '../contract.ts'
import { account, reporter } from './given.ts'

export const id = (n: number): string => `30000000-0000-4000-8000-0000000000${String(n).padStart(2, '0')}`
export const stick = {
  id: id(1),
  evidenceKind: 'physical' as const,
  thingName: '木棍',
  count: 1,
  measureWord: '根',
  features: '长约80厘米，有裂痕',
}
export const chat = { id: id(2), evidenceKind: 'electronic' as const, thingName: '微信聊天记录截图', count: 6, measureWord: '张' }
export const fixed = { fixed: 'printed' as const, fixing: '报案人手机不便扣押，现场打印并由其核对' }
export const receive = (more: object = {}): Command => ({
  type: 'receiveEvidence',
  data: { list: id(90), giver: reporter.id, things: [stick, { ...chat, ...fixed }], signed: 'signed', ...more },
})
export const byTwo = { things: [stick], second: account(8), signed: 'signed' }
export const gather = (more: object = {}): Command => ({ type: 'gatherEvidence', data: { list: id(91), ...byTwo, ...more } as never })
export const register = (more: object = {}): Command => ({
  type: 'registerProperty',
  data: { list: id(92), giver: reporter.id, ownerKind: 'victim', ...byTwo, ...more } as never,
})
