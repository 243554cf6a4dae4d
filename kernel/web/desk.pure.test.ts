import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Task } from '#kernel/task.ts'
import { groupOf, ordered } from './desk.ts'

/** A Friday, 14:00 where the force is. */
const now = Date.parse('2026-11-27T06:00:00Z')
const at = (due: string | null, state: Task['state'] = 'running') => groupOf({ due, state }, now)

test('days are those where the force is, and weeks end on Sunday', () => {
  assert.deepEqual(
    [
      '2026-11-27T05:59:59Z',
      '2026-11-27T06:00:00Z',
      '2026-11-27T06:00:01Z',
      // The last second of the Friday in Beijing, and the first of the Saturday.
      '2026-11-27T15:59:59Z',
      '2026-11-27T16:00:00Z',
      '2026-11-29T15:59:59Z',
      '2026-11-29T16:00:00Z',
    ].map((due) => at(due)),
    ['overdue', 'overdue', 'today', 'today', 'week', 'week', 'later'],
  )
  // On a Sunday nothing is left of the week but the day itself.
  assert.equal(groupOf({ due: '2026-11-29T16:00:00Z', state: 'running' }, Date.parse('2026-11-29T01:00:00Z')), 'later')
})

test('what was breached is overdue whatever it says; what has no limit stands apart', () => {
  assert.deepEqual(
    [at('2026-12-30T00:00:00Z', 'breached'), at(null), at(null, 'breached'), at('2026-12-30T00:00:00Z', 'warned')],
    ['overdue', 'none', 'overdue', 'later'],
  )
})

test('overdue first, the longest on top; what has no limit last', () => {
  const task = (stream: string, due: string | null, state: Task['state'] = 'running'): Task => ({
    module: 'm',
    stream,
    act: 'a',
    key: '',
    rule: null,
    number: '1',
    about: { text: '-' },
    unit: 'A1',
    due,
    state,
    link: { path: '/' },
  })
  const tasks = [
    task('none', null),
    task('later', '2026-12-27T06:00:00Z'),
    task('over', '2026-11-27T05:00:00Z', 'breached'),
    task('today', '2026-11-27T07:00:00Z'),
    task('longest', '2026-11-20T05:00:00Z', 'breached'),
  ]
  assert.deepEqual(
    ordered(tasks, now).map(({ stream }) => stream),
    ['longest', 'over', 'today', 'later', 'none'],
  )
})
