import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import type { Recorded, Role } from '#kernel/decider.ts'
import { type Command, type Event, events } from './contract.ts'
import type { Facts } from './decide.ts'
import { evolve, initial, owners, type State } from './decide/state.ts'
import {
  type Ask,
  account,
  accountOpened,
  at,
  bureau,
  closed,
  credential,
  decide,
  elsewhere,
  elsewhereSecurity,
  fold,
  free,
  granted,
  occurred,
  opened,
  other,
  person,
  refused,
  road,
  security,
  square,
  station,
  subBureau,
  system,
} from './testing/given.ts'

const unit = (kind: 'bureau' | 'subBureau' | 'station' | 'centre', parent?: string): Command => ({
  type: 'openUnit',
  data: { kind, name: '某所', ...(parent !== undefined && { parent }) },
})
const misfit = { kind: 'overlap' as const, units: ['110105003', station] as [string, string], share: 0.1 }
/** One that is worth saying and one that is within the tolerance. */
const fits: Facts = { ...free, fits: [misfit, { ...misfit, kind: 'overhang', share: 0.09 }] }
const stationEvents = [opened('station', [bureau, subBureau, station])]

test('a unit is opened under its parent and knows the way from the root', () => {
  const boundary = [[square]]
  const command: Command = {
    type: 'openUnit',
    data: { kind: 'station', parent: subBureau, name: '建外派出所', boundary, position: [116.4, 39.9], schematic: true },
  }
  const placed = { name: '建外派出所', boundary, position: [116.4, 39.9], schematic: true }
  const data = { kind: 'station' as const, path: [bureau, subBureau, '110105009'], ...placed }
  assert.deepEqual(decide(command, { stream: '110105009', facts: fits }), [
    { type: 'unitOpened', data },
    { type: 'boundaryFound', data: misfit },
  ])
  const plain = { name: '某所', boundary: null, position: null, schematic: false }
  assert.deepEqual(decide(unit('bureau', bureau), { stream: 'SFPD' }), [
    { type: 'unitOpened', data: { kind: 'bureau', path: [bureau, 'SFPD'], ...plain } },
  ])
  assert.deepEqual(decide(unit('station', bureau), { stream: 'airport' }), [
    { type: 'unitOpened', data: { kind: 'station', path: [bureau, 'airport'], ...plain } },
  ])
  assert.deepEqual(decide(unit('bureau'), { stream: '320000', who: road }), [
    { type: 'unitOpened', data: { kind: 'bureau', path: ['320000'], ...plain } },
  ])
})

test('a unit that does not fit is refused', () => {
  refused('unit-exists', unit('station', subBureau), { stream: station, given: stationEvents })
  refused('not-a-unit', unit('station', subBureau), { stream: account })
  refused('no-unit', unit('station', '999999'), { stream: 'new' }, 'data.parent')
  refused('unit-closed', unit('station', '110105002'), { stream: 'new' }, 'data.parent')
  for (const [kind, parent] of [
    ['subBureau', subBureau],
    ['station', station],
    ['centre', station],
    ['bureau', subBureau],
  ] as const) {
    refused('unit-parent', unit(kind, parent), { stream: 'new' }, 'data.parent')
  }
  refused('unit-parent', unit('station'), { stream: 'new', who: road }, 'data.parent')
  refused('foreign-unit', unit('station', subBureau), { stream: 'new', who: elsewhere }, 'data.parent')
  refused('foreign-unit', unit('bureau'), { stream: 'new' }, 'data.parent')
})

test('a unit is renamed, drawn and closed, each with its reason', () => {
  const ask = { stream: station, given: stationEvents }
  assert.deepEqual(decide({ type: 'renameUnit', data: { name: '新所', reason: '改名' } }, ask), [
    { type: 'unitRenamed', data: { name: '新所', reason: '改名' } },
  ])
  assert.deepEqual(decide({ type: 'drawBoundary', data: { boundary: [[square]], reason: '重划' } }, { ...ask, facts: fits }), [
    { type: 'boundaryDrawn', data: { boundary: [[square]], schematic: false, reason: '重划' } },
    { type: 'boundaryFound', data: misfit },
  ])
  assert.deepEqual(decide({ type: 'closeUnit', data: { reason: '撤销' } }, ask), [closed])
  const left = fold(station, ...stationEvents, { type: 'unitRenamed', data: { name: '新所', reason: '改名' } }, closed)
  assert.deepEqual(left, { what: 'unit', code: station, kind: 'station', path: [bureau, subBureau, station], name: '新所', closed: true })
})

test('a closed or foreign unit, or what is none, is left alone', () => {
  const commands: Command[] = [
    { type: 'renameUnit', data: { name: '新所', reason: '-' } },
    { type: 'drawBoundary', data: { boundary: [[square]], reason: '-' } },
    { type: 'closeUnit', data: { reason: '-' } },
  ]
  for (const command of commands) {
    refused('unit-closed', command, { stream: station, given: [...stationEvents, closed] })
    refused('foreign-unit', command, { stream: station, given: stationEvents, who: elsewhere })
    refused('not-a-unit', command, { given: [accountOpened] })
  }
  refused(
    'unit-in-use',
    { type: 'closeUnit', data: { reason: '-' } },
    { stream: station, given: stationEvents, facts: { ...free, left: 3 } },
  )
})

const account1: Command = { type: 'openAccount', data: { login: 'caller1', name: '周某甲', unit: bureau, password: credential } }
const accountAt = (code: string): Command => ({ ...account1, data: { ...account1.data, unit: code } })

test('an account is opened; its secret is only named', () => {
  assert.deepEqual(decide(account1), [accountOpened])
  refused('account-exists', account1, { given: [accountOpened] })
  refused('not-an-account', account1, { stream: 'new' })
  refused('no-unit', accountAt('999999'), {}, 'data.unit')
  refused('unit-closed', accountAt('110105002'), {}, 'data.unit')
  refused('foreign-unit', account1, { who: elsewhere }, 'data.unit')
})

const newPassword: Command = { type: 'setPassword', data: { password: other } }

test('a password is set by oneself or by the system administrator', () => {
  const set = [{ type: 'passwordSet', data: { credential: other } }]
  const given = [accountOpened]
  const proved: Command = { type: 'setPassword', data: { password: other, old: 'proven' } }
  const own = { given, who: person('callTaker', bureau, account) }
  assert.deepEqual(decide(proved, own), set)
  refused('old-password', newPassword, own, 'data.old')
  assert.deepEqual(decide(newPassword, { given }), set)
  assert.deepEqual(decide(newPassword, { given, who: road }), set)
  refused('own-password-only', newPassword, { given, who: person('citySupervisor', bureau) })
  refused('foreign-unit', newPassword, { given, who: elsewhere })
  refused('account-closed', newPassword, { given: [...given, { type: 'accountClosed', data: { reason: '-' } }] })
  refused('not-an-account', newPassword, { stream: station, given: stationEvents })
})

const factor = '55555555-5555-4555-8555-555555555555'
const recovery = '66666666-6666-4666-8666-666666666666'
const totpSet: Event = { type: 'totpSet', data: { factor } }
const recoveryUsed: Event = { type: 'recoveryUsed', data: { recovery } }
const accountClosed: Event = { type: 'accountClosed', data: { reason: '-' } }

test('a second factor is set and removed by oneself; another’s is reset, with a reason, by the system administrator over his unit', () => {
  const self = person('systemAdministrator', bureau, account)
  const set: Command = { type: 'setSecondFactor', data: { factor, oneTimeCode: 'proven' } }
  const remove: Command = { type: 'removeSecondFactor', data: { old: 'proven', oneTimeCode: 'proven' } }
  const reset: Command = { type: 'resetSecondFactor', data: { reason: '手机丢失' } }
  const on = [accountOpened, totpSet]
  assert.deepEqual(decide(set, { given: [accountOpened], who: self }), [totpSet])
  assert.deepEqual(decide(remove, { given: on, who: self }), [{ type: 'totpRemoved', data: { reason: null } }])
  assert.deepEqual(decide(reset, { given: on }), [{ type: 'totpRemoved', data: { reason: '手机丢失' } }])
  refused('second-factor-set', set, { given: on, who: self })
  for (const command of [remove, reset])
    refused('no-second-factor', command, { given: [accountOpened], who: command === remove ? self : system })
  for (const command of [set, remove]) refused('own-second-factor', command, { given: on, who: system })
  refused('not-own-second-factor', reset, { given: on, who: self })
  refused('foreign-unit', reset, { given: on, who: elsewhere })
  for (const command of [set, remove, reset]) {
    refused('account-closed', command, { given: [...on, accountClosed], who: self })
    refused('not-an-account', command, { stream: station, given: stationEvents, who: self })
  }
  const removed: Event = { type: 'totpRemoved', data: { reason: null } }
  assert.deepEqual(decide(set, { given: [...on, removed], who: self }), [totpSet])
})

test('a recovery code is used once; those of another second factor begin anew', () => {
  const use: Command = { type: 'useRecovery', data: { recovery } }
  const on = [accountOpened, totpSet]
  assert.deepEqual(decide(use, { given: on, who: road }), [recoveryUsed])
  assert.deepEqual(fold(account, ...on, recoveryUsed), { ...fold(account, ...on), factor: { id: factor, used: [recovery] } })
  assert.deepEqual(fold(account, ...on, recoveryUsed, totpSet), fold(account, ...on))
  assert.deepEqual(fold(account, accountOpened, recoveryUsed), fold(account, accountOpened))
  refused('recovery-used', use, { given: [...on, recoveryUsed], who: road })
  refused('no-second-factor', use, { given: [accountOpened], who: road })
  refused('account-closed', use, { given: [...on, accountClosed], who: road })
  refused('not-an-account', use, { stream: station, given: stationEvents, who: road })
})

test('a house begins once, with its root and its first people in one', () => {
  const people = [
    { id: account, login: 'sys', name: '周某甲', role: 'systemAdministrator' as const, password: credential },
    { id: other, login: 'sec', name: '钱某乙', role: 'securityAdministrator' as const, password: credential },
  ]
  const begin: Command = { type: 'begin', data: { name: '某市公安局', people } }
  const nobody: Facts = { ...free, somebody: false }
  const path = ['310000']
  const root = { kind: 'bureau' as const, path, name: '某市公安局', boundary: null, position: null, schematic: false }
  assert.deepEqual(decide(begin, { stream: '310000', who: road, facts: nobody }), [
    { type: 'unitOpened', data: root },
    ...people.flatMap(({ id, login, name, role }) => [
      { type: 'accountOpened', stream: id, data: { login, name, unit: '310000', path, credential } },
      { type: 'granted', stream: id, data: { role, unit: '310000' } },
    ]),
  ])
  refused('begun', begin, { stream: '310000', who: road })
  refused('begun', begin, { stream: station, given: stationEvents, who: road, facts: nobody })
  refused('not-a-unit', begin, { stream: account, who: road, facts: nobody })
})

const grantOf = (role: Role, code: string): Command => ({ type: 'grant', data: { role, unit: code } })

test('a role is granted where it can be held, never to oneself, never a second office', () => {
  const ask = { given: [accountOpened], who: security }
  assert.deepEqual(decide(grantOf('callTaker', bureau), ask), [granted('callTaker', bureau)])
  assert.deepEqual(decide(grantOf('stationDuty', station), ask), [granted('stationDuty', station)])
  assert.deepEqual(decide(grantOf('systemAdministrator', bureau), { ...ask, who: road }), [granted('systemAdministrator', bureau)])
  refused('own-grant', grantOf('callTaker', bureau), { ...ask, who: person('securityAdministrator', bureau, account) })
  refused('already-granted', grantOf('callTaker', bureau), { ...ask, given: [accountOpened, granted('callTaker', bureau)] })
  refused('role-unit', grantOf('callTaker', station), ask, 'data.unit')
  refused('role-unit', grantOf('stationDuty', subBureau), ask, 'data.unit')
  refused('no-unit', grantOf('callTaker', '999999'), ask, 'data.unit')
  refused('unit-closed', grantOf('stationDuty', '110105002'), ask, 'data.unit')
  refused('foreign-unit', grantOf('callTaker', bureau), { ...ask, who: elsewhereSecurity }, 'data.unit')
  refused('account-closed', grantOf('callTaker', bureau), {
    ...ask,
    given: [accountOpened, { type: 'accountClosed', data: { reason: '-' } }],
  })
  refused('not-an-account', grantOf('callTaker', bureau), { who: security, stream: station, given: stationEvents })
  const offices: Role[] = ['systemAdministrator', 'securityAdministrator', 'auditAdministrator']
  for (const first of offices) {
    for (const second of offices.filter((role) => role !== first)) {
      refused('one-administrator', grantOf(second, bureau), { ...ask, given: [accountOpened, granted(first, bureau)] }, 'data.role')
    }
  }
})

const revokeOf = (role: Role, code: string): Command => ({ type: 'revoke', data: { role, unit: code, reason: '调离' } })
const last: Facts = { ...free, office: { atRoot: true, heirs: 0 } }

test('a role is revoked, but not one’s own, and not the last of its office', () => {
  const taker = { who: security, given: [accountOpened, granted('callTaker', bureau)] }
  assert.deepEqual(decide(revokeOf('callTaker', bureau), taker), [
    { type: 'revoked', data: { role: 'callTaker', unit: bureau, reason: '调离' } },
  ])
  refused('not-granted', revokeOf('citySupervisor', bureau), taker)
  refused('not-granted', revokeOf('callTaker', bureau), { who: road, given: [accountOpened] })
  refused('own-grant', revokeOf('callTaker', bureau), { ...taker, who: person('securityAdministrator', bureau, account) })
  refused('foreign-unit', revokeOf('callTaker', bureau), { ...taker, who: elsewhereSecurity }, 'data.unit')
  refused('foreign-unit', revokeOf('callTaker', '999999'), taker, 'data.unit')
  refused('not-an-account', revokeOf('callTaker', bureau), { who: security, stream: station, given: stationEvents })
  refused('account-closed', revokeOf('callTaker', bureau), {
    ...taker,
    given: [...taker.given, { type: 'accountClosed', data: { reason: '-' } }],
  })
  for (const role of ['securityAdministrator', 'systemAdministrator'] as const) {
    const ask: Ask = { who: security, given: [accountOpened, granted(role, bureau)] }
    refused('last-administrator', revokeOf(role, bureau), { ...ask, facts: last })
    for (const office of [
      { atRoot: true, heirs: 1 },
      { atRoot: false, heirs: 0 },
    ]) {
      assert.equal(decide(revokeOf(role, bureau), { ...ask, facts: { ...free, office } })[0]?.type, 'revoked')
    }
  }
  const audit = { who: security, given: [accountOpened, granted('auditAdministrator', bureau)], facts: last }
  assert.equal(decide(revokeOf('auditAdministrator', bureau), audit)[0]?.type, 'revoked')
})

const closing: Command = { type: 'closeAccount', data: { reason: '离职' } }

test('an account is closed with all it holds, but not the last of an office', () => {
  const given = [accountOpened, granted('callTaker', bureau)]
  assert.deepEqual(decide(closing, { given }), [{ type: 'accountClosed', data: { reason: '离职' } }])
  const over = fold(account, ...given, { type: 'accountClosed', data: { reason: '离职' } })
  assert.deepEqual(over, {
    what: 'account',
    id: account,
    login: 'caller1',
    name: '周某甲',
    unit: bureau,
    path: [bureau],
    grants: [],
    factor: null,
    closed: true,
  })
  refused('foreign-unit', closing, { given, who: elsewhere })
  refused('account-closed', closing, { given: [...given, { type: 'accountClosed', data: { reason: '-' } }] })
  refused('not-an-account', closing, { stream: station, given: stationEvents })
  refused('last-administrator', closing, { given: [accountOpened, granted('securityAdministrator', bureau)], facts: last })
})

test('a stream is known to the units above it, and an account also where it works', () => {
  assert.deepEqual(owners(fold(station, ...stationEvents)), [bureau, subBureau, station])
  assert.deepEqual(owners(fold(account, accountOpened, granted('stationDuty', station), granted('callTaker', bureau))), [bureau, station])
  assert.deepEqual(owners(initial), [])
  const revoked: Event = { type: 'revoked', data: { role: 'stationDuty', unit: station, reason: '-' } }
  assert.deepEqual(owners(fold(account, accountOpened, granted('stationDuty', station), revoked)), [bureau])
})

test('erased contents leave a stream that nobody reaches, or the stream as it was', () => {
  const erased = { stream: account, n: 2, version: 1, at, occurred, by: road.by, data: null }
  const before = fold(account, accountOpened)
  for (const type of ['granted', 'revoked', 'passwordSet', 'unitRenamed', 'totpSet', 'totpRemoved', 'recoveryUsed'] as const)
    assert.deepEqual(evolve(before, { ...erased, type }), before)
  for (const type of ['unitOpened', 'accountOpened'] as const) {
    const state = evolve(initial, { ...erased, type })
    assert.deepEqual([state, owners(state)], [{ what: 'erased' }, []])
    assert.deepEqual(evolve(state, { ...erased, type: 'granted' }), state)
  }
  const unitState = fold(station, ...stationEvents)
  assert.deepEqual(evolve(unitState, { ...erased, type: 'unitRenamed' }), unitState)
})

test('one real event of every type still folds', () => {
  const lines = readFileSync(new URL('events.golden.jsonl', import.meta.url), 'utf8')
    .trim()
    .split('\n')
  const golden = lines.map((line) => JSON.parse(line) as Recorded<Event>)
  for (const event of golden) assert.deepEqual(events[event.type].parse(event.data), event.data)
  assert.deepEqual(new Set(golden.map((event) => event.type)), new Set(Object.keys(events)))
  const states = new Map<string, State>()
  for (const event of golden) states.set(event.stream, evolve(states.get(event.stream) ?? initial, event))
  assert.deepEqual(
    [...states.values()],
    [
      { what: 'unit', code: '110105001', kind: 'station', path: [bureau, subBureau, station], name: '建外第一派出所', closed: true },
      {
        what: 'account',
        id: account,
        login: 'duty-110105001',
        name: '周某甲',
        unit: station,
        path: [bureau, subBureau, station],
        grants: [],
        factor: null,
        closed: true,
      },
      {
        what: 'calendar',
        table: {
          year: 2027,
          n: 1,
          holidays: [
            { name: 'newYear', from: '2027-01-01', to: '2027-01-03' },
            { name: 'labourDay', from: '2027-05-01', to: '2027-05-05' },
            { name: 'nationalDay', from: '2027-10-01', to: '2027-10-07' },
          ],
          workdays: ['2027-05-08'],
          source: '国办发明电〔2026〕9号',
          verified: 'yes',
        },
        by: '钱某乙',
      },
    ],
  )
})
