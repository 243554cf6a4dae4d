import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Command } from '../contract.ts'
import type { Person } from '../contract/parts.ts'
import { accepted, account, duty, head, refused, reporter, taken } from '../testing/given.ts'
import { ageOn } from './persons.ts'

const add = (more: Partial<Person>): Command => ({
  type: 'addPerson',
  data: { person: { id: account(5), roles: ['witness'], personName: '赵一', ...more } },
})

test('guardian, adult and interpreter stand by a person of the case, and not by themselves', () => {
  const record = taken()
  refused('of-needed', () => record.do(add({ roles: ['guardian'] })), 'PSL25 98')
  refused('of-needed', () => record.do(add({ roles: ['interpreter'] })), 'PSL25 101; AP 76')
  refused('of-unknown', () => record.do(add({ roles: ['guardian'], of: [account(7)] })))
  refused('of-unknown', () => record.do(add({ roles: ['guardian'], of: [account(5)] })))
  refused('interpreter-party', () => record.do(add({ roles: ['interpreter', 'victim'], of: [reporter.id] })), 'AP 19-24')
  record.do(add({ roles: ['guardian', 'witness'], of: [reporter.id], relation: '母亲' }))
  assert.deepEqual(record.row.persons, { reporter: 1, victim: 1, guardian: 1, witness: 1 })
  const [mother] = record.matter.persons.slice(-1)
  assert.ok(mother)
  refused('of-unknown', () => record.do({ type: 'correctPerson', data: { person: { ...mother, of: [mother.id] }, reason: '-', seen: 3 } }))
})

test('a day of birth is not to come, and one that the number does not hold is said', () => {
  const record = taken()
  refused('born-in-future', () => record.do(add({ born: '2026-11-28' })))
  const found = record.do(add({ born: '1949-12-30', idType: 'residentId', idNumber: '11010519491231002X' })).at(-1)
  assert.deepEqual(found, { type: 'found', data: { rule: 'id-birth', person: account(5) } })
})

test('age by day of birth, or by a number that is right', () => {
  const person = (more: Partial<Person>): Person => ({ id: account(5), roles: ['suspect'], ...more })
  const at = '2026-11-26T16:00:00.000Z'
  assert.equal(ageOn(person({ born: '2008-11-27' }), at), 18)
  assert.equal(ageOn(person({ born: '2008-11-28' }), at), 17)
  assert.equal(ageOn(person({ idType: 'residentId', idNumber: '11010519491231002X' }), at), 76)
  assert.equal(ageOn(person({ idType: 'residentId', idNumber: '110105194912310021' }), at), null)
  assert.equal(ageOn(person({}), at), null)
})

test('nobody handles a matter in which he is a party', () => {
  const record = accepted()
  const suspect = (n: number) => add({ roles: ['suspect'], account: account(n) })
  refused('party-handles', () => record.do(suspect(2)), 'AP 19-24')
  record.do(suspect(8))
  refused('party-handles', () => record.do({ type: 'assign', data: { caseOfficers: [account(8)] } }, { who: head }), 'AP 19-24')
  record.do({
    type: 'correctPerson',
    data: { person: { id: account(5), roles: ['suspect'], personName: '赵一', account: account(1) }, reason: '系本所值班民警', seen: 4 },
  })
  refused('party-handles', () => record.do({ type: 'note', data: { text: '-' } }, { who: duty }), 'AP 19-24')
  const own = taken({ persons: [reporter, { id: account(5), roles: ['suspect'], personName: '赵一', account: account(2) }] }, { who: duty })
  refused('party-handles', () => own.do({ type: 'accept', data: {} }), 'AP 19-24')
  refused('of-needed', () => taken({ persons: [reporter, { id: account(5), roles: ['otherAdult'], personName: '社工' }] }))
})
