import type { Dice } from './dice.ts'
import { further, nonPolice, ofGroup, ofKind, parts } from './told.ts'

const anything: readonly string[] = ['{place}有情况需要民警到场核实。']

/** What a caller says of this kind at this place. A kind without sentences of its own is told with those of its group. */
export function narrativeOf(kind: { readonly code: string; readonly group: string }, place: string, roll: Dice): string {
  const sentence = roll.pick(ofKind[kind.code] ?? ofGroup[kind.group] ?? anything)
  return sentence.replaceAll(/\{(\w+)\}/g, (whole, name: string) => (name === 'place' ? place : roll.pick(parts[name] ?? [whole])))
}

export const nonPoliceOf = (roll: Dice) => roll.pick(nonPolice)
export const furtherOf = (roll: Dice): string => roll.pick(further)

export const corrections: readonly string[] = ['回拨后核实', '报警人补充说明', '现场民警反馈与首报不符']
export const notes: readonly string[] = [
  '已回拨报警人，电话保持畅通。',
  '报警人在门口等候，穿红色外套。',
  '已通知物业开门禁。',
  '报警人要求不要鸣笛。',
  '现场有监控，报警人可提供录像。',
]

/** Who reports, named as court papers name people. */
export const reporters = ['周某甲', '吴某乙', '郑某丙', '王某丁', '冯某戊', '陈某己', '慕容某', '欧阳某'] as const
