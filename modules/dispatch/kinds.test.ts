import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { Screen } from '#kernel/testing/screen.ts'
import { type Reply, type Seat, server, type TestServer } from '#kernel/testing/server.ts'
import { verify } from '#kernel/verify.ts'
import { modules } from '../../modules.ts'
import type { Views } from './contract.ts'

const at = '2026-11-24T15:59:00.000Z'
let house: TestServer
let taker: Seat
let security: Seat

before(async () => {
  house = await server(modules, { at })
  await house.unit('B1', { kind: 'bureau', name: '市局' })
  await house.unit('S1', { kind: 'subBureau', name: '分局', parent: 'B1' })
  taker = await house.seat('callTaker', 'B1')
  security = await house.seat('securityAdministrator', 'B1')
})
after(() => house.stop())

const open = (kind: string, more: object = {}): Promise<Reply> =>
  taker.command('dispatch', randomUUID(), 'open', {
    call: { id: randomUUID(), channel: 'voice' },
    narrative: '楼上装修',
    place: { kind: 'unknown' },
    unit: 'S1',
    kind,
    ...more,
  })
const priorityOf = async ({ body }: Reply): Promise<number> => {
  const { stream } = body as { stream: string }
  return (await taker.view<Views['incident']>('dispatch', 'incident', { id: stream })).data.row.priority
}
const rule = ({ status, body }: Reply) => {
  const { error } = body as { error?: { rule?: string; fields?: { path: string }[] } }
  return [status, error?.rule, error?.fields?.[0]?.path]
}
const kindNow = async (code: string, query: Record<string, string> = {}) =>
  (await taker.view<Views['kinds']>('dispatch', 'kinds', query)).data.rows.find((row) => row.code === code)

const noise = {
  from: '2026-11-24',
  group: 'order',
  priority: 2,
  response: { units: 1, marks: ['traffic'] },
  questions: [{ code: 'quiet', ask: 'yesNo', text: '夜间仍在响' }],
  words: ['装修声'],
  reason: '冬季夜间施工',
  seen: 0,
}
const set = (data: object, code = 'noise') => security.command('dispatch', `kind:${code}`, 'setKind', data)

test('a change is in force at once, every open screen hears of it, and what was opened before stays as it was', async () => {
  const before = await open('noise')
  assert.equal(await priorityOf(before), 3)
  const screen = await Screen.open(house.url, taker.cookie)
  assert.deepEqual(rule(await set(noise)), [200, undefined, undefined])
  await screen.until('the change', (frames) => frames.some(({ event, data }) => event === 'change' && data['stream'] === 'kind:noise'))
  assert.deepEqual(
    screen.frames.filter(({ data }) => data['stream'] === 'kind:noise').map(({ data }) => Object.hasOwn(data, 'row')),
    [false],
  )
  screen.close()
  const answers = [{ question: 'quiet', answer: 'yes' }]
  const next = await open('noise', { answers })
  assert.deepEqual([await priorityOf(before), await priorityOf(next)], [3, 2])
  const { stream } = next.body as { stream: string }
  const { trace } = (await taker.view<Views['incident']>('dispatch', 'incident', { id: stream })).data
  const opened = trace.find(({ type }) => type === 'opened')?.data as { answers: unknown }
  assert.deepEqual(opened.answers, [{ question: 'quiet', ask: 'yesNo', text: '夜间仍在响', answer: 'yes' }])
  assert.deepEqual(rule(await open('noise', { answers: [{ question: 'since', answer: '一小时' }] })), [
    409,
    'question-unknown',
    'data.answers',
  ])
})

test('what is set for a day to come holds from its first minute where the force is, and is refused until then', async () => {
  const names = { 'zh-CN': '冰面落水', en: 'Fallen through ice', 'zh-TW': '冰面落水' }
  assert.equal((await set({ ...noise, from: '2026-11-25', priority: 1, names }, 'ice')).status, 200)
  assert.deepEqual(rule(await open('ice')), [409, 'kind-unknown', 'data.kind'])
  assert.equal(await kindNow('ice'), undefined)
  assert.deepEqual((await kindNow('ice', { day: '2026-11-25' }))?.names, names)
  house.clock?.pass(60)
  assert.equal(await priorityOf(await open('ice')), 1)
  assert.equal((await security.command('dispatch', 'kind:ice', 'retireKind', { from: '2026-11-25', reason: '春天', seen: 1 })).status, 200)
  assert.deepEqual([(await kindNow('ice'))?.retired, rule(await open('ice'))], [true, [409, 'kind-unknown', 'data.kind']])
  assert.equal((await set({ ...noise, from: '2026-11-25', priority: 2, names, seen: 2 }, 'ice')).status, 200)
  assert.equal(await priorityOf(await open('ice')), 2)
})

test('of twenty that change one type at once one does; its history is whole and is what the events say', async () => {
  const day = { ...noise, from: '2026-11-26' }
  const replies = await Promise.all(Array.from({ length: 20 }, (_, n) => set({ ...day, words: [`第${n}`] }, 'theft')))
  assert.deepEqual(
    replies.map(({ status }) => status).toSorted((a, b) => a - b),
    [200, ...Array.from({ length: 19 }, () => 409)],
  )
  const { rows } = (await security.view<Views['kindHistory']>('dispatch', 'kindHistory', { code: 'theft' })).data
  assert.deepEqual(
    rows.map(({ n, from, reason }) => [n, from, reason]),
    [
      [0, '2026-01-01', null],
      [1, '2026-11-26', '冬季夜间施工'],
    ],
  )
  assert.deepEqual((await verify(house.database.owner, modules)).differences, [])
})

test('bad input names the field and stores nothing', async () => {
  const question = { code: 'quiet', ask: 'yesNo', text: '？' }
  for (const [data, path] of [
    [{ from: '2026-02-30' }, 'data.from'],
    [{ group: 'other' }, 'data.group'],
    [{ response: { units: -1, marks: [] } }, 'data.response.units'],
    [{ questions: [question, question] }, 'data.questions'],
    [{ questions: [{ ...question, when: { question: 'later', is: 'yes' } }] }, 'data.questions'],
    [{ questions: [{ ...question, ask: 'choice' }] }, 'data.questions'],
    [{ words: ['响'] }, 'data.words.0'],
    [{ names: { 'zh-CN': '夜间噪音' } }, 'data.names.en'],
    [{ seen: undefined }, 'data.seen'],
  ] as const) {
    const { status, body } = await set({ ...noise, ...data }, 'fraud')
    assert.deepEqual([status, (body as { error: { fields: { path: string }[] } }).error.fields[0]?.path], [422, path])
  }
  const { status } = await security.command('dispatch', 'kind:..', 'setKind', noise)
  assert.equal(status, 422)
  assert.equal((await taker.ask('GET', '/view/dispatch/kinds?day=soon')).status, 422)
  assert.equal((await security.view<Views['kindHistory']>('dispatch', 'kindHistory', { code: 'fraud' })).data.rows.length, 1)
})
