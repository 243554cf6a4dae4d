import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { first } from '#modules/staff/first.ts'
import { staffModule } from '#modules/staff/module.ts'
import { type Seat, server, type TestServer } from '../testing/server.ts'

let house: TestServer
let visitor: Seat
let simulation: Seat

before(async () => {
  house = await server([staffModule], { at: '2026-11-24T08:00:00.000Z' })
  await house.unit('110000', { kind: 'bureau', name: '市局' })
  visitor = await house.seat('callTaker', '110000')
  simulation = await house.seat('citySupervisor', '110000')
})
after(() => house.stop())

const taken = async () => (await simulation.ask('GET', '/demo/seats')).body
const sit = (mine: unknown) => visitor.ask('POST', '/demo/seats', { mine })

test('a seat is the visitor’s from when he says so until he gives it back', async () => {
  assert.deepEqual(await sit(true), { status: 200, body: { mine: true, simulated: false } })
  assert.deepEqual(await taken(), { taken: [visitor.login] })
  assert.deepEqual(await sit(false), { status: 200, body: { mine: false, simulated: true } })
  assert.deepEqual(await taken(), { taken: [] })
})

test('a seat goes back two minutes after the visitor was last heard of', async () => {
  await sit(true)
  house.clock?.pass(100)
  await sit(true)
  house.clock?.pass(119)
  assert.deepEqual(await taken(), { taken: [visitor.login] })
  house.clock?.pass(1)
  assert.deepEqual(await taken(), { taken: [] })
})

test('every server of the demonstration knows who sits where and whether a simulation runs', async () => {
  const second = await house.another()
  const there = async (method: string, path: string, { cookie }: Seat, body?: object): Promise<unknown> => {
    const headers = { cookie, ...(body && { 'content-type': 'application/json' }) }
    return (await fetch(second.url + path, { method, headers, ...(body && { body: JSON.stringify(body) }) })).json()
  }
  await sit(true)
  assert.deepEqual(await there('GET', '/demo/seats', simulation), { taken: [visitor.login] })
  assert.deepEqual(await sit(true), { status: 200, body: { mine: true, simulated: true } })
  assert.deepEqual(await there('POST', '/demo/seats', visitor, { mine: false }), { mine: false, simulated: true })
  assert.deepEqual(await taken(), { taken: [] })
  await second.close()
})

test('whether a simulation runs is known by its asking', async () => {
  await taken()
  house.clock?.pass(14)
  assert.deepEqual((await sit(false)).body, { mine: false, simulated: true })
  house.clock?.pass(1)
  assert.deepEqual((await sit(false)).body, { mine: false, simulated: false })
})

test('what is no answer is refused by name; who is nobody takes no seat', async () => {
  const { status, body } = await sit('yes')
  assert.equal(status, 422)
  assert.deepEqual(
    (body as { error: { fields: { path: string }[] } }).error.fields.map(({ path }) => path),
    ['mine'],
  )
  for (const method of ['GET', 'POST']) assert.equal((await fetch(`${house.url}/demo/seats`, { method })).status, 401)
})

test('a real house has none of this', async () => {
  const real = await server([staffModule], { real: first })
  try {
    await real.unit('110000', { kind: 'bureau', name: '市局' })
    const person = await real.seat('callTaker', '110000')
    assert.equal((await person.ask('GET', '/demo/seats')).status, 404)
    assert.equal((await person.ask('POST', '/demo/seats', { mine: true })).status, 404)
    assert.equal((await person.ask('GET', '/demo/accounts')).status, 404)
  } finally {
    await real.stop()
  }
})
