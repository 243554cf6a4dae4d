import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Occurred } from '#kernel/decider.ts'
import type { Command } from './contract.ts'
import { measuredOf } from './measured.ts'
import { duty, importer, later, opened, patrol } from './testing/given.ts'

const feedback: Command = { type: 'feedback', data: { result: 'handled', injured: 0, persons: 0, measures: ['none'], text: '-' } }
const said = (source: Occurred['source'], seconds: number): Occurred => ({ source, time: later(seconds) })

/** An incident of 0, an arrival recorded after 600 seconds and feedback recorded after 1000. */
function times(received: Occurred | undefined, arrived?: Occurred | null, reported?: Occurred | null) {
  const record = opened(received ? { occurred: received, ...(received.source === 'imported' && { who: importer }) } : {})
  if (arrived !== null) record.do({ type: 'arrive', data: {} }, { who: patrol, at: later(600), ...(arrived && { occurred: arrived }) })
  if (reported !== null) record.do(feedback, { who: duty, at: later(1000), ...(reported && { occurred: reported }) })
  const { arrival, arrival_source, arrival_left, feedback: took, feedback_source, feedback_left } = measuredOf(record.row)
  return { arrival: [arrival, arrival_source, arrival_left], feedback: [took, feedback_source, feedback_left] }
}

test('a typed end counts from when the server had it, and what begins with a typed time is left out', () => {
  assert.deepEqual(times(undefined), { arrival: [600_000, 'system', null], feedback: [400_000, 'system', null] })
  assert.deepEqual(times(undefined, said('typed', 60), said('radio', 900)), {
    arrival: [600_000, 'typed', null],
    feedback: [null, null, 'typed'],
  })
  assert.deepEqual(times(undefined, said('position', 60), said('typed', 70)), {
    arrival: [60_000, 'position', null],
    feedback: [940_000, 'typed', null],
  })
  assert.deepEqual(times(said('typed', -300), said('radio', 100)), {
    arrival: [null, null, 'typed'],
    feedback: [900_000, 'system', null],
  })
})

test('imported times are measured among themselves, of imported incidents', () => {
  assert.deepEqual(times(said('imported', 0), said('imported', 60), said('imported', 90)), {
    arrival: [60_000, 'imported', null],
    feedback: [30_000, 'imported', null],
  })
  assert.deepEqual(times(said('imported', 0), undefined), { arrival: [null, null, 'mixed'], feedback: [null, null, 'mixed'] })
  assert.deepEqual(times(undefined, said('imported', 60), said('imported', 90)), {
    arrival: [null, null, 'mixed'],
    feedback: [null, null, 'mixed'],
  })
})

test('what has not ended, has no beginning or ended before it began is not measured, and it is said why', () => {
  assert.deepEqual(times(undefined, null, null), { arrival: [null, null, null], feedback: [null, null, null] })
  assert.deepEqual(times(undefined, null), { arrival: [null, null, null], feedback: [null, null, 'missing'] })
  assert.deepEqual(times(undefined, said('radio', -60), said('radio', -90)), {
    arrival: [null, null, 'disorder'],
    feedback: [null, null, 'disorder'],
  })
})
