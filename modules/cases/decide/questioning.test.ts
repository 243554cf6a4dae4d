import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Person } from '../contract/parts.ts'
import { account, later, person, refused, reporter, start, station } from '../testing/given.ts'
import { approved, arrive, arrived, begin, end, family, givenCase, leave, orally, safety, suspect } from '../testing/inquiry.ts'

const tell = 'PSL25 97; AP 55, 67, 70'
const mother: Person = { id: account(1), roles: ['guardian'], personName: '孙三', of: [suspect.id] }
const aunt: Person = { id: account(3), roles: ['otherAdult'], personName: '居委会李四', of: [suspect.id] }

test('who was brought in is checked first and his family told, then questioned in the case-handling area, recorded, by two', () => {
  const record = givenCase({ sex: 'female' })
  record.do(orally())
  record.do(arrive())
  refused('safety-first', () => record.do(begin()), 'AP 53')
  refused('by-women', () => record.do(safety()), 'AP 53')
  record.do(safety({ byWomen: true, belongings: '手机一部，现金200元' }))
  refused('checked-already', () => record.do(safety({ byWomen: true })))
  refused('family-first', () => record.do(begin()), tell)
  refused('told-or-why-not', () => record.do(family({})), tell)
  refused('told-or-why-not', () => record.do(family({ told: '母亲', untold: 'noContact' })), tell)
  record.do(family({ untold: 'noContact' }))
  record.do(family())
  refused('family-told', () => record.do(family()))
  refused('area-only', () => record.do(begin({ venue: 'scene' })), 'AP 71; PSL25 97')
  refused('recording-needed', () => record.do(begin({ recorded: false })), 'PSL25 97')
  refused('two-officers', () => record.do(begin({ second: undefined })), 'PSL25 108; AP 52')
  refused('not-second', () => record.do(begin({ second: account(2) })), 'PSL25 108; AP 52')
  refused('not-second', () => record.do(begin({ second: account(6) })), 'PSL25 108; AP 52')
  refused('rights-first', () => record.do(begin({ rightsTold: false })), 'AP 72-74')
  refused('person-unknown', () => record.do(begin({ person: account(4) })))
  const [event] = record.do(begin())
  assert.deepEqual(event, {
    type: 'sessionBegun',
    data: {
      person: suspect.id,
      venue: 'area',
      recorded: true,
      session: 1,
      officers: [
        { account: account(2), name: 'caseOfficer 2' },
        { account: account(8), name: 'caseOfficer 8' },
      ],
      first: true,
    },
  })
})

test('one officer alone only in a standard venue, recorded whole', () => {
  const record = arrived()
  const standard = { settings: { departmentHeadApproves: 0, standardVenue: 1 } } as never
  refused('two-officers', () =>
    record.do(begin({ second: undefined, recorded: false, venue: 'residence', person: reporter.id }), { facts: standard }),
  )
  record.do(begin({ second: undefined }), { facts: standard })
  assert.equal(record.matter.books.inquiry.sessions[0]?.officers.length, 1)
})

test('each alone: nobody is at two questionings', () => {
  const record = arrived()
  record.do(begin())
  refused('session-open', () => record.do(begin()), 'AP 72-74')
  refused('officer-busy', () => record.do(begin({ person: reporter.id, venue: 'named' })), 'AP 72-74')
  refused('session-open', () => record.do(leave()), 'PSL25 98; AP 77')
  refused('identity-first', () => record.do(end({ identityAsked: false })), 'AP 72-74')
  refused('refusal-noted', () => record.do(end({ signature: 'refused' })), 'PSL25 98; AP 77')
  record.do(end({ signature: 'refused', note: '拒绝签名，无正当理由', gist: '否认' }), { at: later(1) })
  refused('no-session', () => record.do(end()))
  const [session] = record.matter.books.inquiry.sessions
  assert.deepEqual([session?.begun, session?.ended, session?.note, session?.gist], [start, later(1), '拒绝签名，无正当理由', '否认'])
  record.do(begin({ person: reporter.id, venue: 'named' }), { at: later(1) })
  record.do(end({ person: reporter.id, identityAsked: undefined }), { at: later(2) })
  record.do(begin(), { at: later(3) })
  assert.equal(record.matter.books.inquiry.sessions[2]?.session, 3)
  record.do(end({ identityAsked: undefined }), { at: later(4) })
})

test('who was not summoned is questioned where he lives or works, or by video, recorded', () => {
  const record = givenCase()
  refused('summon-first', () => record.do(begin()), 'PSL25 96; AP 67, 68')
  refused('recording-needed', () => record.do(begin({ venue: 'remote', recorded: false })), 'PSL25 100')
  record.do(begin({ venue: 'residence', recorded: undefined }))
})

test('under eighteen with a guardian, or another suitable adult and why', () => {
  const young = { born: '2008-11-28' }
  const record = arrived(givenCase(young, [mother, aunt]))
  const rule = 'PSL25 98'
  refused('guardian-needed', () => record.do(begin()), rule)
  refused('not-his-adult', () => record.do(begin({ adult: reporter.id })), rule)
  refused('why-no-guardian', () => record.do(begin({ adult: aunt.id })), rule)
  record.do(begin({ adult: aunt.id, whyNot: '父母在外地，无法到场' }))
  record.do(end(), { at: later(1) })
  record.do(begin({ adult: mother.id }), { at: later(2) })
  assert.equal(record.matter.books.inquiry.sessions[1]?.adult, mother.id)
  // A day older he is asked without.
  const grown = arrived(givenCase({ born: '2008-11-27' }))
  grown.do(begin())
  // Whoever is under suspicion himself stands by nobody.
  const both = arrived(givenCase(young, [{ ...mother, roles: ['guardian', 'suspect'] }]))
  refused('not-his-adult', () => both.do(begin({ adult: mother.id })), rule)
})

test('until 2025 a guardian was asked for under sixteen only, and recording was no duty', () => {
  const day = '2025-12-30T01:00:00.000Z'
  const questioned = (born: string) => {
    const record = givenCase({ born }, [], day)
    for (const command of [arrive({ arrival: 'surrender' }), safety(), family(), begin({ recorded: false })])
      record.do(command, { at: day })
  }
  questioned('2009-01-01')
  refused('guardian-needed', () => questioned('2010-01-01'), 'PSL12 84')
})

test('who cannot hear or speak, or not the language, has an interpreter of his own', () => {
  const helper: Person = { id: account(1), roles: ['interpreter'], personName: '手语翻译周五', of: [suspect.id] }
  const record = arrived(givenCase({ situations: ['deafMute'] }, [helper]))
  refused('interpreter-needed', () => record.do(begin()), 'PSL25 101; AP 76')
  refused('not-his-interpreter', () => record.do(begin({ interpreter: reporter.id })), 'PSL25 101; AP 76')
  record.do(begin({ interpreter: helper.id }))
})

test('time in which he is restrained until sober is out, also of the longer limit', () => {
  const record = arrived()
  refused('not-here', () => givenCase().do({ type: 'restrain', data: { person: suspect.id, reason: '-' } }), 'PSL25 97; AP 69, 70')
  record.do({ type: 'restrain', data: { person: suspect.id, reason: '醉酒，有自伤危险' } }, { at: later(1) })
  refused('sober-first', () => record.do(begin(), { at: later(2) }), 'AP 58; PSL25 15')
  refused('limit-paused', () => record.do({ type: 'restrain', data: { person: suspect.id, reason: '-' } }, { at: later(2) }))
  assert.equal(record.row.limits.at(-1)?.limit.standing, true)
  approved(record, { kind: 'lengthen', person: suspect.id, longGround: 'complexDetention' }, 2)
  record.do({ type: 'sober', data: { person: suspect.id } }, { at: later(4) })
  refused('limit-not-paused', () => record.do({ type: 'sober', data: { person: suspect.id } }, { at: later(4) }))
  assert.equal(record.row.limits.at(-1)?.limit.due, later(27))
  record.do(begin(), { at: later(5) })
  refused('session-open', () => record.do({ type: 'restrain', data: { person: suspect.id, reason: '-' } }, { at: later(5) }))
})

test('when the time is over nobody is questioned any more, and who was kept too long was so', () => {
  const record = arrived()
  refused('time-over', () => record.do(begin(), { at: later(9) }), 'PSL25 97; AP 69, 70')
  refused('ends-before', () => record.do(leave({ left: later(-1) }), { at: later(9) }))
  refused('in-future', () => record.do(leave({ left: later(10) }), { at: later(9) }))
  refused('refusal-noted', () => record.do(leave({ signature: 'unable' }), { at: later(9) }), 'PSL25 96; AP 67, 68')
  const events = record.do(leave(), { at: later(9) })
  assert.deepEqual(
    events.map(({ type }) => type),
    ['limitBreached', 'departed'],
  )
  assert.equal(record.limits['q-8h'], 'late')
  const other = arrived()
  other.do(leave({ left: later(7), signature: 'refused', note: '拒绝签名' }), { at: later(7) })
  assert.equal(other.limits['q-8h'], 'met')
  refused('not-here', () => other.do(leave(), { at: later(8) }))
  refused('not-handling', () => other.do(leave(), { who: person('caseOfficer', station, 8), at: later(8) }), 'AP 52')
})
