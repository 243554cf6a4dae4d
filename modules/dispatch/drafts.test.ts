import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { connected, sql } from '#kernel/testing/notes.ts'
import { type Seat, server, type TestServer } from '#kernel/testing/server.ts'
import { verify } from '#kernel/verify.ts'
import { modules } from '../../modules.ts'
import type { Draft, Views } from './contract.ts'
import { draftHours } from './rules.ts'

const at = '2026-11-22T06:32:10.000Z'
let house: TestServer
let [mine, other] = [] as unknown as [Seat, Seat]

before(async () => {
  house = await server(modules, { at })
  await house.unit('B1', { kind: 'bureau', name: '市局' })
  mine = await house.seat('callTaker', 'B1')
  other = await house.seat('callTaker', 'B1')
})
after(() => house.stop())

const secret = '𠮷某在东门外说 <script>'
const draftOf = (more: Partial<Draft['intake']> = {}): Draft => ({
  incident: randomUUID(),
  call: randomUUID(),
  intake: {
    number: '138 0000',
    name: '',
    place: { text: ' 三里', spot: '', unknown: false },
    unit: '',
    narrative: secret,
    kind: '',
    note: '',
    ...more,
  },
})
const keep = (seat: Seat, draft: unknown) => seat.ask('POST', '/signal/dispatch/draft', { draft })
const kept = async (seat: Seat) => (await seat.view<Views['draft']>('dispatch', 'draft', {})).data
const nothing = { draft: null, at: null }

test('what stands in the form comes back to the letter, also at another workstation and after a restart; to nobody else', async () => {
  assert.deepEqual(await kept(mine), nothing)
  const [first, last] = [draftOf(), draftOf({ priority: 1 })]
  assert.equal((await keep(mine, first)).status, 200)
  assert.equal((await keep(mine, last)).status, 200)
  assert.deepEqual(await kept(mine), { draft: last, at })
  assert.deepEqual(await kept(await mine.again()), { draft: last, at })
  assert.deepEqual(await kept(other), nothing)
  await house.reopen()
  assert.deepEqual(await kept(mine), { draft: last, at })
  assert.equal((await keep(other, null)).status, 200)
  assert.deepEqual(await kept(mine), { draft: last, at })
  assert.equal((await keep(mine, null)).status, 200)
  assert.deepEqual(await kept(mine), nothing)
})

test('a draft whose incident has been opened is none: a reload in the middle of sending cannot make two', async () => {
  const draft = draftOf()
  await keep(mine, draft)
  const data = { call: { id: draft.call, channel: 'voice' }, narrative: secret, place: { kind: 'unknown' }, kind: 'noise' }
  assert.equal((await mine.command('dispatch', draft.incident, 'open', data)).status, 200)
  assert.deepEqual(await kept(mine), nothing)
  const again = await mine.command('dispatch', draft.incident, 'open', data)
  assert.deepEqual([again.status, (again.body as { error: { rule: string } }).error.rule], [409, 'incident-exists'])
})

test('another account’s draft cannot be read or written even with the server’s own hands', async () => {
  await keep(mine, draftOf())
  await connected(house.database.app, async (client) => {
    const as = async (account: string, text: string) => {
      await client.query('begin')
      await client.query(`select set_config('plumbline.drafter', $1, true), set_config('plumbline.scope', '*', true)`, [account])
      const found = await client.query(text).catch((error: { code: string }) => ({ rowCount: error.code }))
      await client.query('rollback')
      return found.rowCount
    }
    const [read, end] = ['select content from dispatch.signal_draft', 'delete from dispatch.signal_draft']
    const put = `insert into dispatch.signal_draft values ('${mine.account}', '-', '{}', now()) on conflict (account) do update set content = '{}'`
    const found = []
    for (const account of [mine.account, other.account, '']) for (const text of [read, end, put]) found.push(await as(account, text))
    assert.deepEqual(found, [1, 1, 1, 0, 0, '42501', 'PL001', 'PL001', 'PL001'])
  })
})

test('after a day it is not offered, and whoever keeps one next removes it', async () => {
  const draft = draftOf()
  await keep(mine, draft)
  house.clock?.pass(draftHours * 3600 - 1)
  assert.deepEqual((await kept(mine)).draft, draft)
  house.clock?.pass(2)
  assert.deepEqual(await kept(mine), nothing)
  await keep(other, draftOf())
  const left = await sql<{ account: string }>(house.database.owner, 'select account from dispatch.signal_draft')
  assert.deepEqual(left, [{ account: other.account }])
})

test('what is too long or cannot be stored is refused by name, and what was kept stays', async () => {
  const draft = draftOf()
  await keep(mine, draft)
  const { at: when } = await kept(mine)
  for (const [wrong, path] of [
    [{ ...draft, intake: { ...draft.intake, narrative: '长'.repeat(8001) } }, 'draft.intake.narrative'],
    [{ ...draft, intake: { ...draft.intake, note: 'a\u0000' } }, 'draft.intake.note'],
    [{ ...draft, intake: { ...draft.intake, priority: 4 } }, 'draft.intake.priority'],
    [{ ...draft, incident: 'x' }, 'draft.incident'],
    [{ ...draft, more: 1 }, 'draft.more'],
    [undefined, 'draft'],
  ] as const) {
    const { status, body } = await keep(mine, wrong)
    assert.deepEqual([status, (body as { error: { fields: { path: string }[] } }).error.fields[0]?.path], [422, path])
  }
  assert.deepEqual(await kept(mine), { draft, at: when })
})

test('it is no event and stands in no log, not even when it could not be kept', async () => {
  const right = 'insert, update on dispatch.signal_draft'
  await sql(house.database.owner, `revoke ${right} from plumbline_app`)
  assert.equal((await keep(mine, draftOf())).status, 500)
  await sql(house.database.owner, `grant ${right} to plumbline_app`)
  assert.ok(house.log.length > 0)
  assert.deepEqual(
    house.log.filter((line) => line.includes('东门外')),
    [],
  )
  const events = await sql<{ amount: number }>(
    house.database.owner,
    `select count(*)::int as amount from kernel.content where data::text like '%spot%'`,
  )
  assert.equal(events[0]?.amount, 0)
  assert.deepEqual((await verify(house.database.owner, modules)).differences, [])
})
