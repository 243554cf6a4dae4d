import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { ok, type Seat, server, type TestServer } from '#kernel/testing/server.ts'
import type { Task, Tasks } from '#kernel/task.ts'
import { until } from '#kernel/testing/until.ts'
import { verify } from '#kernel/verify.ts'
import { modules } from '../../modules.ts'
import type { Views } from './contract.ts'
import { limitRows, searchRows } from './rules.ts'

const at = '2026-11-27T06:00:00.000Z'
let house: TestServer
const seats = {} as Record<'desk' | 'officer' | 'second' | 'head' | 'county' | 'sub' | 'city' | 'foreign' | 'taker', Seat>

before(async () => {
  house = await server(modules, { at })
  await house.unit('B1', { kind: 'bureau', name: '市局' })
  for (const [code, parent] of Object.entries({ S1: 'B1', S2: 'B1' })) await house.unit(code, { kind: 'subBureau', name: code, parent })
  for (const [code, parent] of Object.entries({ A1: 'S1', A2: 'S1', C1: 'S2' }))
    await house.unit(code, { kind: 'station', name: code, parent })
  seats.desk = await house.seat('stationDuty', 'A1')
  seats.officer = await house.seat('caseOfficer', 'A1')
  seats.second = await house.seat('caseOfficer', 'A1')
  seats.head = await house.seat('unitHead', 'A1')
  seats.county = await house.seat('unitHead', 'S1')
  seats.sub = await house.seat('subBureauDuty', 'S1')
  seats.city = await house.seat('citySupervisor', 'B1')
  seats.foreign = await house.seat('caseOfficer', 'C1')
  seats.taker = await house.seat('callTaker', 'B1')
})
after(() => house.stop())

const reported = (more: object = {}) => ({
  unit: 'A1',
  source: 'counter',
  nature: 'administrative',
  cause: '殴打他人',
  narrative: '在东门外被打伤',
  persons: [{ id: randomUUID(), roles: ['reporter'], personName: '𠮷田䶮' }],
  ...more,
})
async function taken(seat: Seat = seats.officer, more: object = {}): Promise<string> {
  const id = randomUUID()
  ok(await seat.command('cases', id, 'takeReport', reported(more)))
  return id
}
const does = async (seat: Seat, id: string, type: string, data: object = {}) => ok(await seat.command('cases', id, type, data))
const desk = async (seat: Seat, module = 'cases'): Promise<readonly Task[]> => (await seat.view<Tasks>(module, 'tasks')).data.rows
const actsOn = async (seat: Seat, id: string) => (await desk(seat)).filter(({ stream }) => stream === id).map(({ act }) => act)
/** What each of them has to do with a record. */
const acts = async (id: string) => {
  const found = await Promise.all(
    Object.entries(seats).map(
      async ([who, seat]) => [who, (await seat.ask('GET', '/view/cases/tasks')).status === 403 ? null : await actsOn(seat, id)] as const,
    ),
  )
  return Object.fromEntries(found.filter((one) => one[1] !== null && one[1].length > 0))
}

test('a matter stands on the desk of whoever has to do something with it, and on no other', async () => {
  const id = await taken(seats.desk)
  assert.deepEqual(await acts(id), { desk: ['limit'], officer: ['limit'], second: ['limit'] })
  await does(seats.officer, id, 'accept')
  assert.deepEqual(await acts(id), { officer: ['limit'] })
  await does(seats.officer, id, 'proposeFiling', { outcome: 'file', caseKind: 'administrative', reason: '-' })
  assert.deepEqual(await acts(id), { officer: ['limit'], head: ['approveFiling'] })
  const [task] = await desk(seats.head)
  const { number } = (await seats.head.view<Views['matter']>('cases', 'matter', { id })).data.row
  const due = '2026-11-28T06:00:00.000Z'
  const rule = 'intake-admin-file.review'
  const link = { path: `/case/${id}` }
  const about = { text: '殴打他人' }
  assert.deepEqual(task, {
    module: 'cases',
    stream: id,
    act: 'approveFiling',
    key: rule,
    rule,
    number,
    about,
    unit: 'A1',
    due,
    state: 'running',
    link,
  })
  await does(seats.head, id, 'returnProposal', { reason: '-' })
  await does(seats.officer, id, 'proposeFiling', { outcome: 'file', caseKind: 'criminal', reason: '-' })
  assert.deepEqual(await acts(id), { officer: ['limit'], county: ['approveFiling'] })
  await does(seats.county, id, 'approveFiling')
  assert.deepEqual(await acts(id), {})
})

test('what is passed on leaves the desk with the matter; whoever may not see the unit any more has none of it', async () => {
  const id = await taken()
  await does(seats.officer, id, 'proposeTransfer', { destination: { to: 'unit', unit: 'C1' }, reason: '-' })
  assert.deepEqual(await acts(id), {
    desk: ['limit', 'transfer'],
    officer: ['limit'],
    second: ['limit'],
    head: ['transfer'],
  })
  await does(seats.head, id, 'transfer')
  // Where it went is told by who has handed it over.
  const telling = { desk: ['limit'], officer: ['limit'], second: ['limit'] }
  assert.deepEqual(await acts(id), { foreign: ['limit'], ...telling })
  await does(seats.desk, id, 'tellTransfer', { way: 'inPerson' })
  assert.deepEqual(await acts(id), { foreign: ['limit'] })
  const moved = await house.seat('caseOfficer', 'A1')
  const own = await taken(moved)
  await does(moved, own, 'accept')
  assert.deepEqual(await actsOn(moved, own), ['limit'])
  await house.staff(moved.account, 'grant', { role: 'caseOfficer', unit: 'C1' })
  await house.staff(moved.account, 'revoke', { role: 'caseOfficer', unit: 'A1', reason: '-' })
  await until('the loss to be felt', async () => (await desk(moved)).every(({ stream }) => stream !== own) || null)
})

test('an unanswered incident is on the desk of its station, then of its sub-bureau; what the station still owes dispatch stands beside it', async () => {
  const incident = randomUUID()
  const call = { id: randomUUID(), channel: 'voice' }
  ok(
    await seats.taker.command('dispatch', incident, 'open', {
      call,
      narrative: '有人打架',
      place: { kind: 'described', text: '东门' },
      kind: 'assault',
      unit: 'A1',
    }),
  )
  const dispatched = async (seat: Seat) => (await desk(seat, 'dispatch')).map(({ act, rule, state }) => [act, rule, state])
  assert.deepEqual(await dispatched(seats.desk), [])
  ok(await seats.desk.command('dispatch', incident, 'sign', {}))
  assert.deepEqual(await dispatched(seats.desk), [['assignment', 'assignment', 'running']])
  assert.deepEqual(await dispatched(seats.sub), [])
  const feedback = { result: 'handled', injured: 0, persons: 2, measures: ['warned'], text: '-' }
  ok(await seats.desk.command('dispatch', incident, 'feedback', feedback))
  assert.deepEqual(await dispatched(seats.desk), [['close', null, 'running']])
  ok(await seats.desk.command('dispatch', incident, 'close', {}))
  assert.deepEqual(await dispatched(seats.desk), [])

  const question = `question:${incident}`
  await until('the question', async () => (await actsOn(seats.desk, question)).length > 0 || null)
  const explains = { desk: ['explain'], officer: ['explain'], second: ['explain'], head: ['explain'] }
  assert.deepEqual(await acts(question), explains)
  const [task] = (await desk(seats.desk)).filter(({ stream }) => stream === question)
  assert.deepEqual(
    [task?.about, task?.link],
    [
      { text: 'assault', word: 'kind.assault' },
      { path: '/questions', search: { incident, unit: 'A1' } },
    ],
  )
  house.clock?.pass(24 * 3600 + 1)
  await until('the climb', async () => (await actsOn(seats.sub, question)).length > 0 || null)
  assert.deepEqual(await acts(question), { ...explains, sub: ['climbed'], county: ['climbed'] })
  await does(seats.desk, question, 'explain', { explanation: 'falseReport', reason: '-' })
  assert.deepEqual(await acts(question), { sub: ['confirmExplanation'], county: ['confirmExplanation'] })
  await does(seats.sub, question, 'confirmExplanation')
  assert.deepEqual(await acts(question), {})
})

const found = async (seat: Seat, unit: string, q: string, more: object = {}) =>
  (await seat.view<Views['search']>('cases', 'search', { unit, q, ...more })).data
const ids = async (seat: Seat, unit: string, q: string) => (await found(seat, unit, q)).rows.map(({ id }) => id)

test('a matter is found by what is in its texts and by nothing else, newest first, and page follows page', async () => {
  const signs = [...'甲乙丙丁戊ab1']
  const texts = Array.from(
    { length: 110 },
    (_, i) =>
      Array.from({ length: 6 }, (_, n) => signs[(i * 7 + n * n * (i % 5) + n) % signs.length] ?? '').join('') +
      (i % 3 === 0 ? ' 搜索' : ''),
  )
  const known: { id: string; text: string }[] = []
  for (const text of texts) {
    house.clock?.pass(1)
    known.unshift({ id: await taken(seats.officer, { narrative: text, cause: '其他', persons: [], source: 'discovered' }), text })
  }
  const asked = [
    ...new Set(texts.flatMap((text) => [text.slice(0, 2), text.slice(1, 4), text.slice(2, 6), `${text.slice(0, 2)} ${text.slice(3, 5)}`])),
  ]
  // A word of letters is found from its beginning, a run of Han by any part of it.
  const holds = (text: string, q: string) =>
    q
      .split(' ')
      .every(
        (part) => text.includes(part) && [...part.matchAll(/[a-z0-9]+/g)].every(([run]) => new RegExp(`(^|[^a-z0-9])${run}`).test(text)),
      )
  for (const q of asked.slice(0, 60)) {
    const expected = known.filter(({ text }) => holds(text, q)).map(({ id }) => id)
    assert.deepEqual(
      (await ids(seats.officer, 'A1', q)).filter((id) => known.some((one) => one.id === id)),
      expected.slice(0, searchRows),
      q,
    )
  }
  const seen: string[] = []
  for (let next: string | null = ''; next !== null; ) {
    const page: Views['search'] = await found(seats.officer, 'A1', '其他', next === '' ? {} : { before: next })
    assert.ok(page.rows.length <= searchRows)
    seen.push(...page.rows.map(({ id }) => id))
    next = page.next
  }
  assert.deepEqual(
    seen,
    known.map(({ id }) => id),
  )
})

test('by its number, whole or short, by a name; within scope; as it is now', async () => {
  const id = await taken(seats.officer, { narrative: '地铁口被扒窃' })
  const { number } = (await seats.officer.view<Views['matter']>('cases', 'matter', { id })).data.row
  const short = `J${Number(number.slice(-5))}`
  for (const q of [number, number.toLowerCase(), short, `2026-${short}`, `a1-2026-${short}`, '扒窃 地铁', '𠮷田 扒窃', '田䶮 地铁口'])
    assert.ok((await ids(seats.officer, 'A1', q)).includes(id), q)
  for (const q of [`2025-${short}`, 'J99999', '扒手', '窃扒', "'; drop table", '，。'])
    assert.ok(!(await ids(seats.officer, 'A1', q)).includes(id), q)
  assert.deepEqual(
    [await ids(seats.sub, 'S1', '扒窃'), await ids(seats.city, 'B1', '扒窃'), await ids(seats.sub, 'A2', '扒窃')],
    [[id], [id], []],
  )
  assert.deepEqual(await ids(seats.foreign, 'C1', number), [])
  for (const [seat, unit] of [
    [seats.foreign, 'A1'],
    [seats.officer, 'S1'],
    [seats.sub, 'S2'],
    [seats.city, 'nothing'],
  ] as const)
    assert.equal((await seat.ask('GET', `/view/cases/search?unit=${unit}&q=x`)).status, 404)
  const { n } = (await seats.officer.view<Views['matter']>('cases', 'matter', { id })).data.row
  await does(seats.officer, id, 'amend', { narrative: '公交站被抢夺', reason: '-', seen: n })
  await does(seats.officer, id, 'addPerson', { person: { id: randomUUID(), roles: ['witness'], personName: '欧阳证' } })
  assert.deepEqual([await ids(seats.officer, 'A1', '扒窃'), await ids(seats.officer, 'A1', '抢夺 欧阳')], [[], [id]])
})

test('the board of limits goes on page by page in order of due time; its counts are those of the rows, below each unit', async () => {
  house.clock?.pass(60)
  await taken(seats.foreign, { unit: 'C1' })
  const rows: Views['limits']['rows'][number][] = []
  for (let next: string | null = ''; next !== null; ) {
    const page: Views['limits'] = (
      await seats.city.view<Views['limits']>('cases', 'limits', { unit: 'B1', ...(next !== '' && { after: next }) })
    ).data
    assert.ok(page.rows.length <= limitRows)
    rows.push(...page.rows)
    next = page.next
  }
  const keys = rows.map(({ due, id, rule }) => `${due} ${id} ${rule}`)
  assert.ok(rows.length > limitRows)
  assert.deepEqual(keys, [...new Set(keys)].toSorted())
  const counted = async (seat: Seat, unit: string) => (await seat.view<Views['limitCounts']>('cases', 'limitCounts', { unit })).data
  const of = (state: string, under: RegExp = /./) => rows.filter((row) => row.state === state && under.test(row.unit)).length
  const counts = (under: RegExp) => ({ running: of('running', under), warned: of('warned', under), breached: of('breached', under) })
  const city = await counted(seats.city, 'B1')
  assert.ok(city.total.breached > 0 && city.total.running > 0)
  assert.deepEqual(city, {
    total: counts(/./),
    units: [
      { unit: 'S1', ...counts(/^A/) },
      { unit: 'S2', ...counts(/^C/) },
    ].toSorted((a, b) => b.breached - a.breached),
  })
  const station = await counted(seats.officer, 'A1')
  assert.deepEqual(station, { total: counts(/^A1/), units: [] })
  assert.equal((await seats.foreign.ask('GET', '/view/cases/limitCounts?unit=S1')).status, 404)
  assert.equal((await seats.city.ask('GET', '/view/cases/limits?unit=B1&after=x')).status, 422)
})

test('the desk asks every module that has tasks, for whoever may ask', async () => {
  const web = await readFile(new URL('../../web.tsx', import.meta.url), 'utf8')
  const asked = [...web.matchAll(/\{ module: '(\w+)', roles: \[([^\]]+)\] \}/g)].map(([, module, roles = '']) => [
    module,
    new Set(roles.split(', ').map((role) => role.slice(1, -1))),
  ])
  const there = modules.flatMap(({ name, views }) => (Array.isArray(views.tasks?.roles) ? [[name, new Set(views.tasks.roles)]] : []))
  assert.deepEqual(Object.fromEntries(asked), Object.fromEntries(there))
})

test('every view is what its events make of it', async () => {
  assert.deepEqual((await verify(house.database.owner, modules)).differences, [])
})
