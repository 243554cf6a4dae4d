import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { type Role, roles } from '#kernel/decider.ts'
import { type Seat, server, type TestServer } from '#kernel/testing/server.ts'
import { modules } from '../../modules.ts'
import { caseAccess, caseTries } from './testing/access.ts'

/** `own` lies in A1 of S1 of B1, `neighbour` in C1 of S2 of B1, `foreign` in Z1 of S9 of B2. */
const places = ['own', 'neighbour', 'foreign'] as const
const stationOf = { own: 'A1', neighbour: 'C1', foreign: 'Z1' } as const
type Place = (typeof places)[number]
const atStation: ReadonlySet<Role> = new Set(['stationDuty', 'patrolOfficer', 'caseOfficer', 'unitHead', 'legalReviewer'])
const homeOf = (role: Role): string => (atStation.has(role) ? 'A1' : role === 'subBureauDuty' ? 'S1' : 'B1')
type Who = Role | 'anonymous'
const everybody: readonly Who[] = [...roles, 'anonymous']

let house: TestServer
const seats = new Map<Who, Seat>()
const tries = caseTries(() => house, stationOf)
before(async () => {
  house = await server(modules)
  for (const [bureau, subBureaus] of [
    ['B1', { S1: 'A1', S2: 'C1' }],
    ['B2', { S9: 'Z1' }],
  ] as const) {
    await house.unit(bureau, { kind: 'bureau', name: bureau })
    for (const [sub, station] of Object.entries(subBureaus)) {
      await house.unit(sub, { kind: 'subBureau', name: sub, parent: bureau })
      await house.unit(station, { kind: 'station', name: station, parent: sub })
    }
  }
  for (const role of roles) seats.set(role, await house.seat(role, homeOf(role)))
})
after(() => house.stop())

const ask = async (who: Who, method: string, path: string, body?: unknown): Promise<number> => {
  const seat = seats.get(who)
  if (seat !== undefined) return (await seat.ask(method, path, body)).status
  const headers = body === undefined ? {} : { 'content-type': 'application/json' }
  return (await fetch(house.url + path, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) })).status
}

/** A record that nobody was let to is tried on by the next. */
async function walkCommand(name: string): Promise<Record<string, string>> {
  const { on, data = () => ({}) } = (
    tries.commands as Record<string, { on: (place: Place) => Promise<string>; data?: (place: Place) => unknown }>
  )[name] ?? { on: tries.at }
  const type = name.slice(name.indexOf('.') + 1)
  const found = Object.fromEntries(everybody.map((who) => [who, [] as number[]]))
  for (const place of places) {
    let record: string | undefined
    for (const who of everybody) {
      record ??= await on(place)
      const status = await ask(who, 'POST', `/command/cases/${record}`, { id: randomUUID(), type, data: data(place) })
      found[who]?.push(status)
      if (status === 200) record = undefined
    }
  }
  return Object.fromEntries(Object.entries(found).map(([who, list]) => [who, list.join(' ')]))
}

async function queryOf(view: string, who: Who, place: Place): Promise<string> {
  if (view === 'cases.matter') return `?id=${await tries.at(place)}`
  if (['cases.tasks', 'cases.approvals', 'cases.reviews'].includes(view)) return ''
  if (view === 'cases.ofIncident') return `?incident=${randomUUID()}`
  const unit = place === 'own' && who !== 'anonymous' && view !== 'cases.settings' ? homeOf(who) : stationOf[place]
  return `?unit=${unit}${view === 'cases.search' ? '&q=x' : ''}`
}
async function walkView(name: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const who of everybody) {
    const list: number[] = []
    for (const place of places) list.push(await ask(who, 'GET', `/view/${name.replace('.', '/')}${await queryOf(name, who, place)}`))
    found[who] = list.join(' ')
  }
  return found
}

const whole = () =>
  Object.fromEntries(
    Object.entries(caseAccess as Record<string, Partial<Record<Who, string>>>).map(([route, named]) => [
      route,
      Object.fromEntries(everybody.map((who) => [who, named[who] ?? (who === 'anonymous' ? '401 401 401' : '403 403 403')])),
    ]),
  )

test('the table names every command and view of the module', () => {
  const own = modules.filter(({ name }) => name === 'cases')
  const there = own.flatMap(({ name, commands, views }) => [
    ...Object.keys(commands).map((type) => `command ${name}.${type}`),
    ...Object.keys(views).map((view) => `view ${name}.${view}`),
  ])
  assert.deepEqual(Object.keys(caseAccess).toSorted(), there.toSorted())
})

test('every route, role and unit is answered as the table says', async () => {
  const found: Record<string, Record<string, string>> = {}
  for (const route of Object.keys(caseAccess)) {
    const [kind = '', name = ''] = route.split(' ')
    found[route] = kind === 'command' ? await walkCommand(name) : await walkView(name)
  }
  assert.deepEqual(found, whole())
})
