import assert from 'node:assert/strict'
import { dueOf } from '#kernel/clock.ts'
import type { Command } from '../contract.ts'
import { passing } from '../decide/limits.ts'
import { system } from './given.ts'
import { defend, draft, limitOf, suspected, suspectId, tell } from './penalty.ts'

/** Its warnings and its breach, as the clocks would pass them. */
export function passAll(record: ReturnType<typeof suspected>, rule: string): void {
  for (let clock = limitOf(record, rule)?.clock; clock; clock = limitOf(record, rule)?.clock) {
    const due = dueOf(clock)
    assert.ok(due)
    record.do(passing(clock, due), { at: due.time, who: system })
  }
}

/** Told of a fine that may be heard, on Friday, 27 November. */
export const high = () => {
  const record = suspected()
  record.do(draft({ fine: 4000 }))
  record.do(tell())
  record.do(defend())
  return record
}
export const answer = (said: 'accepted' | 'refused' = 'accepted'): Command => ({
  type: 'answerHearing',
  data: { person: suspectId, answer: said, reason: '符合听证条件' },
})
export const arrange = (on: string, more: object = {}): Command => ({
  type: 'arrangeHearing',
  data: { person: suspectId, on, place: '分局听证室', ...more },
})
export const end = (course: 'held' | 'withdrawn' | 'absent' = 'held'): Command => ({
  type: 'endHearing',
  data: { person: suspectId, course, record: '听证笔录' },
})
