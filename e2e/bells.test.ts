import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Got, Receiver } from '#kernel/testing/receiver.ts'
import type { Views } from '#modules/dispatch/contract.ts'
import { accountOf, type DemoAccount, demoAccounts, openAt, Person } from './clients.ts'
import { asOwner, wrongIn } from './recorded.ts'
import { openCity } from './seeded.ts'
import { Server, until } from './server.ts'

let a: Server
let b: Server
let receiver: Receiver
let accounts: readonly DemoAccount[]
const unit = (): string => accountOf(accounts, 'stationDuty').unit

before(async () => {
  a = await openCity()
  b = await Server.prepare({ folder: a.folder })
  receiver = await Receiver.open()
  accounts = await demoAccounts(a.url)
  const admin = await Person.logIn(a.url, accountOf(accounts, 'systemAdministrator'))
  const bell = { unit: unit(), channel: 'webhook', target: receiver.url(), rungs: ['ring', 'assign'] }
  await admin.command('dispatch', 'bell:e2e', 'setBell', bell)
  const security = await Person.logIn(a.url, accountOf(accounts, 'securityAdministrator'))
  for (const [key, value] of [
    ['ringSeconds', 5],
    ['assignSeconds', 6],
  ] as const)
    for (const priority of [1, 2, 3])
      await security.command('dispatch', `setting:${key}${priority}`, 'setSetting', { unit: unit(), value, reason: '-' })
})
after(async () => {
  await b.stop()
  await a.clean()
  await receiver.close()
})

const belled = async (server: Server, id: string) => {
  const { data } = await (await Person.logIn(server.url, accountOf(accounts, 'callTaker'))).view<Views['incident']>(
    'dispatch',
    'incident',
    { id },
  )
  return data.trace.flatMap(({ type, data: said }) =>
    type === 'belled' ? [said as { rung: string; outcome: string; delivered: boolean }] : [],
  )
}
const taken = (got: readonly Got[]) => [
  ...new Map(got.map(({ id, text }) => [id, (JSON.parse(text) as { data: { number: string; rung: string } }).data])).values(),
]

test('kill -9 after the receiver has the message and before the house has recorded it: it comes again under the same id, and stands once', async () => {
  let killing: Promise<void> | undefined
  receiver.answering = (_, response) => {
    killing ??= a.killServer()
    void killing.then(() => response.writeHead(204).end())
  }
  const id = await openAt(await Person.logIn(a.url, accountOf(accounts, 'callTaker')), unit(), '楼上噪音')
  await until('the first message', () => killing !== undefined, 20_000)
  await killing
  assert.equal(receiver.got.length, 1)
  await a.start()
  await until('both rungs are recorded', async () => (await belled(a, id)).length === 2, 40_000, 200)
  assert.equal(receiver.got.length, 3)
  assert.equal(receiver.got[1]?.id, receiver.got[0]?.id)
  assert.deepEqual(
    taken(receiver.got).map(({ rung }) => rung),
    ['ring', 'assign'],
  )
  assert.deepEqual(
    (await belled(a, id)).map(({ rung, outcome, delivered }) => [rung, outcome, delivered]),
    [
      ['ring', 'rung', true],
      ['assign', 'rung', true],
    ],
  )
  assert.deepEqual(await wrongIn(a.data), [])
})

test('two servers, one of them killed in the middle: each rung comes once, in order, with a server less', async () => {
  receiver.got.length = 0
  receiver.answering = (_, response) => response.writeHead(204).end()
  await b.start()
  const taker = await Person.logIn(b.url, accountOf(accounts, 'callTaker'))
  const ids: string[] = []
  for (let count = 0; count < 20; count++) ids.push(await openAt(taker, unit(), '楼上噪音'))
  await until('some have come', () => taken(receiver.got).length >= 10, 30_000)
  await a.killServer()
  const all = async () => (await Promise.all(ids.map((id) => belled(b, id)))).flat()
  await until('every rung is recorded', async () => (await all()).length === ids.length * 2, 60_000, 500)
  const numbers = taken(receiver.got)
  assert.equal(numbers.length, ids.length * 2)
  assert.deepEqual(new Set((await all()).map(({ outcome, delivered }) => `${outcome} ${delivered}`)), new Set(['rung true']))
  // Only what was under way when the server died may have come twice.
  assert.ok(receiver.got.length <= numbers.length + 1, `${receiver.got.length} messages`)
  const order = await asOwner(b.data, async (client) => {
    const { rows } = await client.query<{ number: string; rung: string }>(
      `select i.row ->> 'number' as number, c.data ->> 'rung' as rung
       from kernel.event e join kernel.content c using (position) join dispatch.incident i on i.id::text = e.stream
       where e.type = 'climbed' and c.data ? 'bells' and e.stream = any ($1) order by e.position`,
      [ids],
    )
    return rows
  })
  assert.deepEqual(
    numbers.map(({ number, rung }) => ({ number, rung })),
    order,
  )
  assert.deepEqual(await wrongIn(b.data), [])
})
