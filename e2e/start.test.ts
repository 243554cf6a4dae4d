import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { parts } from '#kernel/house.ts'
import { testDatabase } from '#kernel/testing/cluster.ts'
import type { Views } from '#modules/dispatch/contract.ts'
import type { Views as StaffViews } from '#modules/staff/contract.ts'
import { everyAccount } from '#modules/staff/import/accounts.ts'
import { modules } from '../modules.ts'
import { accountOf, demoAccounts, openAt, Person } from './clients.ts'
import { recorded, wrongIn } from './recorded.ts'
import { openCity } from './seeded.ts'
import { Server } from './server.ts'

let server: Server

before(async () => {
  server = await openCity()
})
after(() => server.clean())

/** One incident on the board of the first station, opened now. */
async function remember(): Promise<{ readonly onBoard: () => Promise<boolean> }> {
  const accounts = await demoAccounts(server.url)
  const duty = accountOf(accounts, 'stationDuty')
  const incident = await openAt(await Person.logIn(server.url, accountOf(accounts, 'callTaker')), duty.unit, '停机之前')
  const onBoard = async (): Promise<boolean> => {
    const { data } = await (await Person.logIn(server.url, duty)).view<Views['board']>('dispatch', 'board', { unit: duty.unit })
    return data.rows.filter((row) => row.id === incident).length === 1
  }
  return { onBoard }
}

test('a second start finds its data and seeds nothing again', async () => {
  const { onBoard } = await remember()
  const staff = await recorded(server.data, 'staff')
  await server.stop()
  assert.equal(server.postmaster(), undefined, 'PostgreSQL ended with the server')
  await server.start()
  assert.equal(await recorded(server.data, 'staff'), staff)
  assert.deepEqual(await wrongIn(server.data), [])
  assert.ok(await onBoard())
})

test('after kill -9 of everything the next start works', async () => {
  const { onBoard } = await remember()
  const staff = await recorded(server.data, 'staff')
  await Promise.all([server.killDatabase(), server.killServer()])
  await server.start()
  assert.equal(await recorded(server.data, 'staff'), staff)
  assert.deepEqual(await wrongIn(server.data), [])
  assert.ok(await onBoard())
})

test('after kill -9 of the server alone the next start adopts the PostgreSQL that is left', async () => {
  const before = server.postmaster()
  await server.killServer()
  await server.start()
  assert.equal(server.postmaster(), before)
  assert.match(server.said, /found PostgreSQL/)
})

test('two first starts at once on one new data folder: one city, both ready, and both see what either records', async () => {
  const first = await Server.prepare()
  const second = await Server.prepare({ folder: first.folder })
  try {
    await Promise.all([first.start(), second.start()])
    const accounts = await demoAccounts(first.url)
    const admin = await Person.logIn(first.url, accountOf(accounts, 'systemAdministrator'))
    const { units } = (await admin.view<StaffViews['units']>('staff', 'units')).data
    assert.equal(new Set(units.map(({ code }) => code)).size, units.length)
    const people = await everyAccount(
      async (query) => (await admin.view<StaffViews['accounts']>('staff', 'accounts', query)).data,
      '110000',
    )
    assert.deepEqual(people.map(({ login }) => login).toSorted(), accounts.map(({ login }) => login).toSorted())
    const duty = accountOf(accounts, 'stationDuty')
    const incident = await openAt(await Person.logIn(first.url, accountOf(accounts, 'callTaker')), duty.unit, '两个进程')
    const board = await (await Person.logIn(second.url, duty)).view<Views['board']>('dispatch', 'board', { unit: duty.unit })
    assert.deepEqual(
      board.data.rows.map((row) => row.id),
      [incident],
    )
  } finally {
    await first.stop()
    await second.stop()
    await first.clean()
  }
})

test('serve without DATABASE_URL refuses with a word on what to do, and makes nothing', async () => {
  const serve = await Server.prepare({ args: [] })
  const { code, said } = await serve.refused()
  assert.equal(code, 1)
  assert.match(said, /DATABASE_URL/)
  assert.match(said, /npm start/)
  assert.equal(said.trim().split('\n').length, 1, said)
  await serve.clean()
})

test('a public address that is none stops the start before anything is made', async () => {
  const serve = await Server.prepare({ env: { PUBLIC_ORIGIN: 'http://plumbline.example/police' } })
  const { code, said } = await serve.refused()
  assert.equal(code, 1)
  assert.match(said, /PUBLIC_ORIGIN is http:\/\/plumbline\.example\/police/)
  await serve.clean()
})

const originOf = async (url: string) => ((await (await fetch(`${url}/webhook-key`)).json()) as { origin: string | null }).origin

test('serve keeps to its database and offers no demonstration account', async () => {
  const database = await testDatabase(parts(modules))
  const { owner, app, worker } = database
  const serve = await Server.open({ args: [], env: { DATABASE_URL: owner, DATABASE_APP_URL: app, DATABASE_WORKER_URL: worker } })
  try {
    const accounts = await fetch(`${serve.url}/demo/accounts`)
    assert.equal(accounts.status, 404)
    // A demonstration is reached where it listens; of a house that is meant nobody can know.
    assert.deepEqual([await originOf(server.url), await originOf(serve.url)], [server.url, null])
    const health = (await (await fetch(`${serve.url}/health`)).json()) as { ok: boolean; position: number }
    assert.deepEqual({ ok: health.ok, position: health.position }, { ok: true, position: 0 })
    assert.equal(serve.postmaster(), undefined)
    const session = await fetch(`${serve.url}/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login: 'sysadmin', password: accountOf(await demoAccounts(server.url), 'systemAdministrator').password }),
    })
    assert.equal(session.status, 401)
  } finally {
    await serve.clean()
    await database.drop()
  }
})
