import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accepted, account, duty, officer, person, refused, reporter, start, station, taken } from '../testing/given.ts'
import { id, stick, chat, fixed, receive, gather, register } from '../testing/evidence.ts'

const mine = { account: account(2), name: 'caseOfficer 2' }
const second = { account: account(8), name: 'caseOfficer 8' }

test('what a reporter hands in is listed at once, before anything is accepted, by the officer of the desk alone', () => {
  const record = taken()
  const [event] = record.do(receive(), { who: duty })
  assert.deepEqual(event, {
    type: 'evidenceListed',
    data: {
      list: id(90),
      number: 1,
      listKind: 'received',
      giver: reporter.id,
      officers: [{ account: account(1), name: 'stationDuty 1' }],
      things: [stick, { ...chat, ...fixed }],
      signed: 'signed',
    },
  })
  const { lists, things } = record.matter.books.evidence
  assert.deepEqual(
    lists.map(({ number, kind, giver, at }) => [number, kind, giver, at]),
    [[1, 'received', reporter.id, start]],
  )
  assert.deepEqual(
    things.map(({ thingName, list, state }) => [thingName, list, state]),
    [
      ['木棍', id(90), 'held'],
      ['微信聊天记录截图', id(90), 'held'],
    ],
  )
  refused('list-exists', () => record.do(receive({ things: [{ ...stick, id: id(3) }] })))
  refused('thing-twice', () => record.do(receive({ list: id(93) })))
  refused('thing-twice', () => taken().do(receive({ things: [stick, stick] })))
})

test('it names who gave it and whose it is among the persons of the case', () => {
  refused('person-unknown', () => taken().do(receive({ giver: account(7) })))
  refused('person-unknown', () => taken().do(receive({ things: [{ ...stick, owner: account(7) }] })))
  taken().do(receive({ things: [{ ...stick, owner: reporter.id, worth: 20 }] }))
})

test('electronic evidence says how it was secured and in what state', () => {
  refused('fixing-needed', () => taken().do(receive({ things: [chat] })), 'AP 32, 111')
  refused('fixing-needed', () => taken().do(receive({ things: [{ ...chat, fixed: 'medium' }] })), 'AP 32, 111')
})

test('officers gather evidence two by two, of a matter that is theirs', () => {
  const record = accepted()
  assert.deepEqual(record.do(gather())[0]?.data, {
    list: id(91),
    number: 1,
    listKind: 'gathered',
    officers: [mine, second],
    things: [stick],
    signed: 'signed',
  })
  refused('not-second', () => accepted().do(gather({ second: account(2) })), 'PSL25 108; AP 52')
  refused('not-second', () => accepted().do(gather({ second: account(2) }), { at: '2025-12-30T06:00:00.000Z' }), 'AP 52')
  refused('not-second', () => accepted().do(gather({ second: account(7) })))
  refused('not-handling', () => accepted().do(gather(), { who: person('caseOfficer', station, 8) }), 'AP 52')
  refused('accept-first', () => taken().do(gather(), { who: officer }), 'AP 60')
  refused('person-unknown', () => accepted().do(gather({ giver: account(7) })))
  accepted().do(gather({ giver: reporter.id }))
})

test('whoever does not sign is put down, and then somebody else attests the list or a recording does', () => {
  refused('unattested', () => accepted().do(gather({ signed: 'refused' })), 'PSL25 105; AP 107, 111')
  accepted().do(gather({ signed: 'refused', attestor: '李某' }))
  accepted().do(gather({ signed: 'absent', recorded: true }))
})

test('property of a victim or of a holder in good faith is registered and stays where it is', () => {
  const record = accepted()
  record.do(register({ signed: 'absent', attestor: '物业保安王某' }))
  const { lists, things } = record.matter.books.evidence
  assert.deepEqual(
    [lists[0]?.kind, lists[0]?.ownerKind, lists[0]?.attestor, things[0]?.state],
    ['registered', 'victim', '物业保安王某', 'left'],
  )
})
