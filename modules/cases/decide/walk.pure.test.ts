import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dayOf } from '#kernel/day.ts'
import { isPerson } from '#kernel/decider.ts'
import { ruleOn } from '#kernel/statute.ts'
import { overPhases } from '../contract.ts'
import { rules } from '../rules/rows.ts'
import { station } from '../testing/given.ts'
import { otherId, suspectId } from '../testing/penalty.ts'
import { anybody, anyCommand, begun, Course, diligent, hour, pick, seeded } from '../testing/walk.ts'
import { suspectsOf } from './about.ts'

const walks = 10_000
const steps = 16
const day = 24 * hour

/** What was recorded of one person, of one type, before a place in the history. */
const before = (course: Course, at: number, type: string, person: string) =>
  course.history.slice(0, at).findLastIndex((event) => event.type === type && (event.data as { person?: string }).person === person)

/** Told and heard before it was decided, and nothing heavier or other than what was told; a detention by no station. */
function lawfulDecision(course: Course, at: number): void {
  const event = course.history[at]
  if (event?.type !== 'penaltyDecided' || event.data === null) return
  const { person, penalties, fine = 0, days = 0, facts } = event.data
  if (penalties.includes('none')) return assert.deepEqual([fine, days], [0, 0])
  const notice = before(course, at, 'penaltyNoticeGiven', person)
  assert.ok(notice >= 0, 'decided without a notice')
  assert.ok(before(course, at, 'defenceRecorded', person) > notice, 'decided before he was heard')
  const told = course.history[before(course, notice, 'penaltyDrafted', person)]
  assert.equal(told?.type, 'penaltyDrafted')
  assert.ok(
    told.data !== null && fine <= (told.data.fine ?? 0) && days <= (told.data.days ?? 0) && facts === told.data.facts,
    'other than told',
  )
  const { by } = event
  if (penalties.includes('detention')) assert.ok(isPerson(by) && by.unit !== station && days <= 20, 'a detention by a station')
}

/** Nobody is brought to a lock-up house without a decision for it that was served and has to be carried out now. */
function lawfulDetention(course: Course, at: number): void {
  const event = course.history[at]
  if (event?.type !== 'detaineeDelivered' || event.data === null) return
  const { person } = event.data
  const decision = course.history[before(course, at, 'penaltyDecided', person)]
  assert.ok(decision?.type === 'penaltyDecided' && decision.data?.days !== undefined, 'detained without a decision')
  assert.equal(decision.data.withheld, undefined)
  const service = course.history
    .slice(0, at)
    .find((one) => one.type === 'decisionServed' && one.data?.person === person && (one.data.to ?? person) === person)
  assert.ok(
    service?.type === 'decisionServed' && service.data !== null && service.data.effective <= event.at,
    'detained before it was served',
  )
  const put = Math.max(before(course, at, 'suspensionAsked', person), before(course, at, 'detentionSuspended', person))
  const taken = Math.max(before(course, at, 'suspensionRefused', person), before(course, at, 'suspensionEnded', person))
  assert.ok(put <= taken, 'detained while it waits')
}

/** Nothing is closed as settled, and nobody let off by it, without an agreement that was kept or one that the agency accepted. */
function lawfulSettlement(course: Course, at: number): void {
  const event = course.history[at]
  if (event?.type !== 'caseClosed' || event.data?.closing !== 'settled') return
  const settled = suspectsOf(course.matter).filter(({ id }) => {
    const kept = before(course, at, 'agreementKept', id)
    return before(course, at, 'settlementAccepted', id) >= 0 || (kept >= 0 && kept > before(course, at, 'agreed', id))
  })
  assert.ok(settled.length > 0, 'settled without an agreement that was kept')
  for (const { id } of settled) assert.equal(before(course, at, 'penaltyDecided', id), -1, 'settled and penalised')
  const penal = course.history.slice(0, at).some((one) => one.type === 'penaltyDecided' && !one.data?.penalties.includes('none'))
  assert.ok(!penal, 'closed as settled with a penalty')
}

/** On the spot nothing heavier than what the row of its day allows, and never a detention; the five steps of it stand before it. */
function lawfulOnTheSpot(course: Course, at: number): void {
  const event = course.history[at]
  if (event?.type !== 'imposedOnTheSpot' || event.data === null) return
  const { person, imposed } = event.data
  const decision = course.history[before(course, at, 'penaltyDecided', person)]
  assert.ok(decision?.type === 'penaltyDecided' && decision.data !== null)
  const { penalties, fine = 0, days = 0 } = decision.data
  assert.ok(fine <= ruleOn(rules, 'spot-cap.security', dayOf(imposed)).amount && days === 0, `${fine} on the spot`)
  assert.ok(penalties.every((kind) => kind === 'warning' || kind === 'fine'))
  assert.ok(before(course, at, 'decisionServed', person) > before(course, at, 'penaltyDecided', person), 'not handed over')
}

function tryAny(course: Course, random: () => number, who: string): void {
  const command = anyCommand(random, who)
  course.tries(command, anybody(random, command))
}

/** From wherever it has come to, a diligent hand brings it to its end by lawful steps alone. */
function reachesEnd(course: Course): void {
  const suspects = suspectsOf(course.matter).map(({ id }) => id)
  for (let round = 0; round < 90; round += 1) {
    const { phase, caseKind } = course.matter.row
    if (overPhases.has(phase) || caseKind === 'criminal') return
    const moved = suspects.some((person) => diligent(course, person).some(([command, who]) => course.tries(command, who)))
    if (!moved) course.wait(5 * day)
  }
  const { phase, limits } = course.matter.row
  const slice = JSON.stringify([course.matter.books.decision, course.matter.books.execution])
  assert.fail(`no way out of ${phase}: ${limits.map(({ limit, state }) => `${limit.rule} ${state}`).join(', ')} ${slice}`)
}

test(`${walks} courses of any commands: nothing decided untold, nobody detained without ground, no breach in silence, always a way to an end`, () => {
  // A refusal is an answer here, thousands of times: nobody reads where it came from.
  Error.stackTraceLimit = 0
  const random = seeded(20_260_101)
  const reached = new Map<string, number>()
  let [settled, onTheSpot] = [0, 0]
  for (let walk = 0; walk < walks; walk += 1) {
    const course = begun(random)
    for (let step = 0; step < steps; step += 1) {
      const seen = course.history.length
      const who = random() < 0.8 ? suspectId : otherId
      const work = random() < 0.5 ? diligent(course, who) : []
      if (!work.some(([command, giver]) => course.tries(command, giver))) tryAny(course, random, who)
      for (let at = seen; at < course.history.length; at += 1) {
        lawfulDecision(course, at)
        lawfulDetention(course, at)
        lawfulSettlement(course, at)
        lawfulOnTheSpot(course, at)
      }
      if (random() < 0.4) course.wait(Math.floor(random() * pick(random, [4 * hour, day, 4 * day])))
      assert.deepEqual(course.silent, [])
    }
    const { phase } = course.matter.row
    reached.set(phase, (reached.get(phase) ?? 0) + 1)
    reachesEnd(course)
    if (course.history.some(({ type, data }) => type === 'caseClosed' && (data as { closing: string }).closing === 'settled')) settled += 1
    if (course.history.some(({ type }) => type === 'imposedOnTheSpot')) onTheSpot += 1
    for (let at = 0; at < course.history.length; at += 1) {
      lawfulDecision(course, at)
      lawfulDetention(course, at)
      lawfulSettlement(course, at)
      lawfulOnTheSpot(course, at)
    }
  }
  // The walks get around: no phase after filing is never come to.
  for (const phase of ['filed', 'noticed', 'reviewing', 'decided', 'served', 'closed', 'terminated']) assert.ok(reached.has(phase), phase)
  assert.ok(settled > 100 && onTheSpot > 100, `${settled} ${onTheSpot}`)
})
