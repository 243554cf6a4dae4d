import assert from 'node:assert/strict'
import { test } from 'node:test'
import { say } from '#kernel/words.ts'
import type { AccountRow, UnitRow } from '../contract.ts'
import { planBoundaries, readBoundaries } from './boundaries.ts'
import { planPeople, readPeople } from './people.ts'
import { count, type House, type Line } from './plan.ts'
import { namesOf } from './prepare.ts'
import { run } from './run.ts'
import { planUnits, readUnits } from './units.ts'

const unit = (code: string, kind: UnitRow['kind'], parent: string | null, more: Partial<UnitRow> = {}): UnitRow => ({
  code,
  kind,
  name: `${code} 名`,
  parent,
  position: null,
  schematic: false,
  closed: false,
  keys: '',
  ...more,
})
const account = (login: string, more: Partial<AccountRow> = {}): AccountRow => ({
  id: `id of ${login}`,
  login,
  name: '周某甲',
  unit: 'A1',
  grants: [],
  secondFactor: false,
  closed: false,
  ...more,
})
const square = (lon: number, lat: number): [number, number][] => [
  [lon, lat],
  [lon + 1, lat],
  [lon + 1, lat + 1],
  [lon, lat + 1],
  [lon, lat],
]
const house: House = {
  units: [
    unit('B1', 'bureau', null),
    unit('S1', 'subBureau', 'B1'),
    unit('A1', 'station', 'S1'),
    unit('A2', 'station', 'S1', { closed: true }),
    unit('B2', 'bureau', null),
  ],
  boundaries: new Map(
    [
      ['S1', [square(116, 39)]],
      ['A1', [square(116, 39)]],
    ].map(([code, rings]) => [code, [rings]] as [string, [number, number][][][]]),
  ),
  accounts: [
    account('there'),
    account('gone', { closed: true }),
    account('admin', { unit: 'B1', grants: [{ role: 'auditAdministrator', unit: 'B1' }] }),
    account('duty', { grants: [{ role: 'stationDuty', unit: 'A1' }] }),
  ],
  offices: { systemAdministrator: ['B1'], securityAdministrator: ['B1'] },
}
const names = namesOf(
  (key) => say('zh-CN', key),
  (key) => say('zh-TW', key),
)
const value = <Value>(read: { value: Value } | { fault: unknown }): Value => {
  assert.ok('value' in read, JSON.stringify(read))
  return read.value
}
const units = (rows: string, given = house) => planUnits(value(readUnits(`code,kind,name,parent,lon,lat\n${rows}`)), given, names, '导入')
const people = (rows: string, given = house) =>
  planPeople(value(readPeople(`login,name,unit,role,role unit\n${rows}`)), given, names, (login) => `new ${login}`)
const boundaries = (...features: [code: string, rings: unknown][]) =>
  planBoundaries(
    value(
      readBoundaries(
        JSON.stringify({
          type: 'FeatureCollection',
          features: features.map(([code, rings]) => ({ properties: { code }, geometry: { type: 'Polygon', coordinates: rings } })),
        }),
      ),
    ),
    house,
    '导入',
  )
const acts = (lines: readonly Line[]) =>
  lines.map(({ act, faults }) => [act, ...faults.map(({ key, field }) => `${key} ${field ?? ''}`.trim())])
const steps = (lines: readonly Line[]) => lines.flatMap((line) => line.steps.map(({ type, stream }) => `${type} ${stream}`))

test('a unit is opened after its parent wherever it stands in the file, renamed when only its name differs, else left', () => {
  const lines = units('A9,派出所,九所,S9,117.5,39.5\nS9,subBureau,九分局,B1\nA1,派出所,新名,S1\nS1,分局,S1 名,B1\n')
  assert.deepEqual(acts(lines), [['make'], ['make'], ['change'], ['keep']])
  assert.deepEqual(lines[0]?.steps, [
    {
      office: 'systemAdministrator',
      stream: 'A9',
      type: 'openUnit',
      data: { kind: 'station', parent: 'S9', name: '九所', position: [117.5, 39.5] },
    },
  ])
  assert.deepEqual(lines[2]?.steps[0]?.data, { name: '新名', reason: '导入' })
  assert.deepEqual(
    lines.map(({ wave }) => wave),
    [3, 2, 3, 2],
  )
  assert.deepEqual(count(lines), { make: 2, change: 1, keep: 1, wait: 0, wrong: 0 })
})

test('each thing that can be wrong with a unit is said at its line and column', () => {
  const lines = units(
    [
      'A3,派出所,三所,S1',
      'A3,派出所,三所,S1',
      'A4,派出所,四所,S7',
      'L1,bureau,甲,L2',
      'L2,bureau,乙,L1',
      'A5,派出所,五所,A1',
      'A6,派出所,六所,A2',
      'A7,衙门,七所,S1',
      '?,派出所,,S1',
      'B7,bureau,七局,',
      'A2,派出所,A2 名,S1',
      'A1,分局,A1 名,B1',
      'A8,派出所,八所,B2',
      'C1,派出所,一,S1,39.5,116.5',
      'C2,派出所,二,S1,181,x',
      'C3,派出所,三,S1,118.5,39.5',
      'C4,派出所,四,S1,116.5,',
      'C5,派出所,五,S1,,,,多',
    ].join('\n'),
  )
  assert.deepEqual(acts(lines), [
    ['make'],
    ['wrong', 'import.wrong.twice code'],
    ['wrong', 'refusal.no-unit parent'],
    ['wrong', 'import.wrong.loop parent'],
    ['wrong', 'import.wrong.loop parent'],
    ['wrong', 'refusal.unit-parent parent'],
    ['wrong', 'refusal.unit-closed parent'],
    ['wrong', 'invalid.choice kind'],
    ['wrong', 'import.wrong.code code', 'invalid.empty name'],
    ['wrong', 'import.wrong.root parent'],
    ['wrong', 'refusal.unit-closed code'],
    ['wrong', 'import.wrong.kindKept kind', 'import.wrong.parentKept parent'],
    ['wrong', 'refusal.foreign-unit parent'],
    ['wrong', 'import.wrong.swapped'],
    ['wrong', 'invalid.range lon', 'invalid.range lat'],
    ['wrong', 'import.wrong.outside'],
    ['wrong', 'invalid.required lat'],
    ['wrong', 'import.wrong.ragged'],
  ])
  assert.deepEqual(
    lines.filter(({ act, steps: own }) => act === 'wrong' && own.length > 0),
    [],
    'what is wrong has nothing to send',
  )
  assert.deepEqual(acts(units('A1,派出所,A1 名,S1,116.1,39.1')), [['keep']])
  assert.deepEqual(units('A1,派出所,A1 名,S1,116.1,39.1')[0]?.notes, [{ key: 'import.note.positionKept' }])
})

test('a boundary is drawn where it differs from the one that stands; each fault is said at its feature', () => {
  assert.deepEqual(steps(boundaries(['A1', [square(116, 39)]], ['S1', [square(117, 39)]])), ['drawBoundary S1'])
  assert.deepEqual(
    acts(
      boundaries(
        ['A1', [square(116, 39)]],
        ['A1', [square(116.5, 39)]],
        ['B1', [square(116, 39)]],
        ['A2', [square(116, 39)]],
        ['X9', [square(116, 39)]],
        ['B2', [square(116, 39)]],
        ['S1', [square(116, 39).slice(1)]],
      ),
    ),
    [
      ['keep'],
      ['wrong', 'import.wrong.twice code'],
      ['make'],
      ['wrong', 'refusal.unit-closed code'],
      ['wrong', 'refusal.no-unit code'],
      ['wrong', 'refusal.foreign-unit code'],
      ['wrong', 'invalid.openRing geometry'],
    ],
  )
})

test('a person gets an account from one office and a role from the other; who is there already gets what is missing', () => {
  const rows =
    'new,吴某乙,A1,派出所值班,\nthere,周某甲,A1,巡邏民警,\nduty,周某甲,A1,stationDuty,A1\nplain,郑某丙,B1,,\nchief,王某丁,A1,citySupervisor,B1\n'
  assert.deepEqual(acts(people(rows)), [['make'], ['change'], ['keep'], ['make'], ['make']])
  assert.deepEqual(steps(people(rows)), [
    'openAccount new new',
    'grant new new',
    'grant id of there',
    'openAccount new plain',
    'openAccount new chief',
    'grant new chief',
  ])
  const system = people(rows, { ...house, offices: { systemAdministrator: ['B1'], securityAdministrator: [] } })
  assert.deepEqual(acts(system), [['make'], ['wait'], ['keep'], ['make'], ['make']])
  assert.deepEqual(steps(system), ['openAccount new new', 'openAccount new plain', 'openAccount new chief'])
  const security = people(rows, { ...house, offices: { systemAdministrator: [], securityAdministrator: ['B1'] } })
  assert.deepEqual(acts(security), [['wait'], ['change'], ['keep'], ['wait'], ['wait']])
  assert.deepEqual(steps(security), ['grant id of there'], 'a role is not given before the account is there')
})

test('each thing that can be wrong with a person is said at its line and column', () => {
  const rows = [
    'a.one,周某甲,A1,stationDuty,',
    'a.one,周某甲,A1,patrolOfficer,',
    'A One,,A1,,',
    'a.two,周某甲,X9,,',
    'a.three,周某甲,A2,,',
    'a.four,周某甲,B2,,',
    'a.five,周某甲,A1,所长,',
    'a.six,周某甲,B1,stationDuty,',
    'a.seven,周某甲,A1,callTaker,S1',
    'gone,周某甲,A1,,',
    'there,冒名者,A1,,',
    'admin,周某甲,B1,systemAdministrator,',
    'a.eight,周某甲,A1,,B1',
  ].join('\n')
  assert.deepEqual(acts(people(rows)), [
    ['make'],
    ['wrong', 'import.wrong.twice login'],
    ['wrong', 'invalid.login login', 'invalid.empty person'],
    ['wrong', 'refusal.no-unit unit'],
    ['wrong', 'refusal.unit-closed unit'],
    ['wrong', 'refusal.foreign-unit unit'],
    ['wrong', 'import.wrong.role role'],
    ['wrong', 'refusal.role-unit unit'],
    ['wrong', 'refusal.role-unit roleUnit'],
    ['wrong', 'refusal.account-closed login'],
    ['wrong', 'import.wrong.another login'],
    ['wrong', 'refusal.one-administrator role'],
    ['wrong', 'invalid.required role'],
  ])
})

test('sending ends at the first no: what is under way is finished, nothing is begun after it, and it is said how far it came', async () => {
  const lines = units(Array.from({ length: 40 }, (_, n) => `N${n},派出所,所,S1`).join('\n'))
  const sent: string[] = []
  const outcome = await run(lines, async ({ stream }) => {
    await new Promise((resolve) => setTimeout(resolve, 1))
    sent.push(stream)
    return stream === 'N12' ? 'no' : null
  })
  assert.deepEqual([outcome.stopped?.line.subject, outcome.stopped?.why], ['N12', 'no'])
  assert.equal(outcome.lines, sent.length - 1)
  assert.ok(sent.length < 20, `${sent.length} sent`)
})
