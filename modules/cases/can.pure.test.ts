import assert from 'node:assert/strict'
import { test } from 'node:test'
import { builtInYears } from '#kernel/calendar/years.ts'
import { isPerson } from '#kernel/decider.ts'
import { can } from './can.ts'
import { bureau, later, matter, noFacts, officer, station, subBureau } from './testing/given.ts'
import { arrived, leave } from './testing/inquiry.ts'

test('what may be done next is told by how the force reads the law: no summons before its gap is over', () => {
  const record = arrived()
  record.do(leave(), { at: later(6) })
  const { by } = officer
  assert.ok(isPerson(by))
  /** What is said of a new summons so many hours after he left. */
  const summons = (hours: number, summonsGapHours = noFacts.settings.summonsGapHours) =>
    can({
      state: record.matter,
      stream: matter,
      reader: { person: by, as: by.grants, units: [], now: later(6 + hours) },
      owners: [bureau, subBureau, station],
      calendar: builtInYears,
      settings: { ...noFacts.settings, summonsGapHours },
    })['act:summon']
  const chain = (hours: number) => ({ rule: 'no-chain', values: { hours }, article: 'AP 69; PSL25 139(2)' })
  assert.deepEqual([summons(23), summons(24)], [chain(24), true])
  assert.deepEqual([summons(71, 72), summons(72, 72)], [chain(72), true])
})
