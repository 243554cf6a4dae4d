import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Role } from '#kernel/decider.ts'
import { password, type Seat, server, type TestServer } from '#kernel/testing/server.ts'
import { until } from '#kernel/testing/until.ts'
import { verify } from '#kernel/verify.ts'
import { overPhases, type Views } from '#modules/cases/contract.ts'
import { modules } from '../modules.ts'
import type { DemoAccount } from './city.ts'
import { Actors } from './simulator/actors.ts'
import { matterOf, type Opening, openings, standsAt } from './simulator/cases/opening.ts'
import { Cases } from './simulator/cases.ts'
import { ServerClock } from './simulator/clock.ts'

let house: TestServer
let chief: Seat
const accounts: DemoAccount[] = []

before(async () => {
  house = await server(modules)
  await house.unit('110000', { kind: 'bureau', name: '市局' })
  await house.unit('110101', { kind: 'subBureau', name: '东城分局', parent: '110000' })
  const seat = async (role: Role, unit: string): Promise<Seat> => {
    const made = await house.seat(role, unit)
    accounts.push({ login: made.login, password, name: made.login, unit, role })
    return made
  }
  await seat('citySupervisor', '110000')
  await seat('unitHead', '110000')
  chief = await seat('unitHead', '110101')
  await seat('legalReviewer', '110101')
  for (const unit of ['110101001', '110101002']) {
    await house.unit(unit, { kind: 'station', name: unit, parent: '110101' })
    for (const role of ['caseOfficer', 'caseOfficer', 'unitHead'] as const) await seat(role, unit)
  }
})
after(() => house.stop())

const people = (run: string, taken: readonly string[] = []): Cases => {
  const clock = new ServerClock()
  const actors = new Actors(house.url, accounts, clock)
  return new Cases({ run, actors, clock, accounts, work: { city: { seed: 110, rate: 1, taken: new Set(taken) } } })
}
const matter = async (key: string) => (await chief.view<Views['matter']>('cases', 'matter', { id: matterOf(key) })).data
const listed = async () => (await chief.view<Views['list']>('cases', 'list', { unit: '110101' })).data.rows

test('with every seat taken by visitors nobody works', async () => {
  await people(
    'taken',
    accounts.map(({ login }) => login),
  ).begin()
  assert.deepEqual(await listed(), [])
})

test('the demonstration begins with a case in every state; begun again, it changes nothing', async () => {
  await people('first').begin()
  const wrong = []
  for (const { key, until: wanted } of openings) {
    const view = await matter(key)
    if (!standsAt(view).has(wanted)) wrong.push({ key, wanted, stands: [...standsAt(view)] })
  }
  assert.deepEqual(wrong, [])
  // Who was kept too long is so a moment after it is written down.
  await until('the limit', async () =>
    (await matter('kept')).row.limits.some(({ limit, state }) => limit.rule === 'q-8h' && state === 'breached'),
  )
  const before = (await listed()).map(({ id, n }) => [id, n])
  await people('second').begin()
  assert.deepEqual(
    (await listed()).map(({ id, n }) => [id, n]),
    before,
  )
})

/** How a case stands that nobody can do anything about for now; undefined: somebody should. */
function rests({ row, penalties }: Views['matter']): string | undefined {
  const [first] = penalties
  if (overPhases.has(row.phase)) return row.phase
  if (row.caseKind === 'criminal') return 'criminal'
  if (row.transfers > 0 && row.phase === 'reported') return 'passed on'
  if (first?.penalty?.hearing?.state === 'arranged') return 'hearing'
  if (first?.execution?.detention === 'suspended') return 'suspended'
  return row.phase === 'served' && first?.execution?.paid === null && first.execution.fine !== null ? 'unpaid' : undefined
}

test('a case goes its way to an end, or waits for what only time or others bring', async () => {
  const whole = Array.from({ length: 8 }, (_, n): Opening => ({ key: `whole ${n}`, cause: '殴打他人', course: {}, until: 'never' }))
  await people('whole').begin(whole)
  const ends = new Map<string, string | undefined>()
  for (const { key } of whole) ends.set(key, rests(await matter(key)))
  assert.deepEqual(
    [...ends].filter(([, end]) => end === undefined),
    [],
  )
  assert.deepEqual(new Set(ends.values()), new Set(['closed', 'passed on', 'unpaid']))
  assert.deepEqual((await verify(house.database.owner, modules)).differences, [])
})
