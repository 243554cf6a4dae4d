import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { Role } from '#kernel/decider.ts'
import { Screen } from '#kernel/testing/screen.ts'
import { type Seat, server, type TestServer } from '#kernel/testing/server.ts'
import { until } from '#kernel/testing/until.ts'
import { modules } from '../../modules.ts'
import type { Views } from './contract.ts'
import { deskRows, deskSays, deskTries } from './testing/desks.ts'
import { drillAccess, drillTries } from './testing/drills.ts'
import { officeRows, officeTries, ring } from './testing/offices.ts'
import { newType, typeStream, typeThere } from './testing/types.ts'

/**
 * Three places: `own` lies in A1 of S1 of B1, `neighbour` in C1 of S2 of B1, `foreign` in Z1 of S9 of B2. The roles of a bureau are held at B1,
 * those of a sub-bureau at S1, those of a station at A1.
 */
const places = ['own', 'neighbour', 'foreign'] as const
type Place = (typeof places)[number]
const stationOf = { own: 'A1', neighbour: 'C1', foreign: 'Z1' } as const
const subBureauOf = { own: 'S1', neighbour: 'S2', foreign: 'S9' } as const
const bureauOf = { own: 'B1', neighbour: 'B1', foreign: 'B2' } as const
const homes = {
  callTaker: 'B1',
  stationDuty: 'A1',
  subBureauDuty: 'S1',
  citySupervisor: 'B1',
  patrolOfficer: 'A1',
  caseOfficer: 'A1',
  unitHead: 'A1',
  legalReviewer: 'A1',
  systemAdministrator: 'B1',
  securityAdministrator: 'B1',
  auditAdministrator: 'B1',
  importer: 'B1',
} as const satisfies Record<Role, string>
type Who = Role | 'nobody' | 'anonymous'

/** Statuses of the three places: within the bureau, within the unit alone, wherever, and a refusal where the record is new but the unit foreign. */
const bureau = '200 200 404'
const unit = '200 404 404'
const open = '200 200 409'
const anywhere = '200 200 200'
const refused = '409 409 409'

const refusedAll = Object.fromEntries([...Object.keys(homes), 'nobody'].filter((who) => who !== 'importer').map((who) => [who, refused]))
const handling = {
  callTaker: anywhere,
  stationDuty: anywhere,
  subBureauDuty: anywhere,
  citySupervisor: anywhere,
  patrolOfficer: anywhere,
}
const administering = { systemAdministrator: anywhere, securityAdministrator: anywhere, auditAdministrator: anywhere }
/** Who is not named is answered 403, without a session 401. */
const expected: Record<string, Partial<Record<Who, string>>> = {
  'command dispatch.open': { callTaker: open, importer: open },
  'command dispatch.addCall': { callTaker: bureau, importer: bureau },
  'command dispatch.locate': { callTaker: bureau, stationDuty: unit, subBureauDuty: unit, citySupervisor: bureau },
  'command dispatch.acknowledge': {},
  'command dispatch.route': {},
  'command dispatch.climb': {},
  'command dispatch.lapse': {},
  'command dispatch.sign': { stationDuty: unit, subBureauDuty: unit },
  'command dispatch.assign': { stationDuty: unit, subBureauDuty: unit, importer: bureau },
  'command dispatch.depart': { stationDuty: unit, patrolOfficer: unit, importer: bureau },
  'command dispatch.arrive': { stationDuty: unit, patrolOfficer: unit, importer: bureau },
  'command dispatch.clear': { stationDuty: unit, patrolOfficer: unit, importer: bureau },
  'command dispatch.feedback': { stationDuty: unit, patrolOfficer: unit, importer: bureau },
  'command dispatch.close': { stationDuty: unit, subBureauDuty: unit, importer: bureau },
  'command dispatch.sendBack': { subBureauDuty: unit, citySupervisor: bureau },
  'command dispatch.transfer': { stationDuty: unit, subBureauDuty: unit, citySupervisor: bureau },
  'command dispatch.cancel': { callTaker: bureau, citySupervisor: bureau },
  'command dispatch.urge': { subBureauDuty: unit, citySupervisor: bureau },
  'command dispatch.note': { callTaker: bureau, stationDuty: unit, subBureauDuty: unit, citySupervisor: bureau, patrolOfficer: unit },
  'command dispatch.correct': { callTaker: bureau, stationDuty: unit, subBureauDuty: unit, citySupervisor: bureau },
  'command dispatch.setKind': { securityAdministrator: anywhere },
  'command dispatch.retireKind': { securityAdministrator: anywhere },
  'command dispatch.setPlace': { systemAdministrator: open },
  'command dispatch.retirePlace': { systemAdministrator: bureau },
  'view dispatch.board': { callTaker: bureau, stationDuty: unit, subBureauDuty: unit, citySupervisor: bureau, patrolOfficer: unit },
  'view dispatch.unplaced': { callTaker: bureau, subBureauDuty: unit, citySupervisor: bureau },
  'view dispatch.mine': { callTaker: anywhere },
  'view dispatch.duty': { patrolOfficer: anywhere },
  'view dispatch.officers': { stationDuty: unit, subBureauDuty: unit },
  'view dispatch.responsible': handling,
  'view dispatch.incident': { callTaker: bureau, stationDuty: unit, subBureauDuty: unit, citySupervisor: bureau, patrolOfficer: unit },
  'view dispatch.patrols': { callTaker: bureau, stationDuty: unit, subBureauDuty: unit, citySupervisor: bureau, patrolOfficer: unit },
  'view dispatch.places': { ...handling, systemAdministrator: anywhere },
  'view dispatch.kinds': { ...handling, ...administering },
  'view dispatch.kindHistory': administering,
  'view dispatch.draft': { callTaker: anywhere },
  'view dispatch.readings': { callTaker: anywhere },
  'signal dispatch.draft': { callTaker: anywhere },
  'view dispatch.search': { callTaker: bureau, stationDuty: unit, subBureauDuty: unit, citySupervisor: bureau, patrolOfficer: unit },
  'view dispatch.statistics': { stationDuty: unit, subBureauDuty: unit, citySupervisor: bureau },
  'view dispatch.wall': { stationDuty: unit, subBureauDuty: unit, citySupervisor: bureau },
  'signal dispatch.position': { patrolOfficer: anywhere },
  'signal dispatch.acknowledge': { stationDuty: anywhere, subBureauDuty: anywhere },
  ...deskRows,
  ...drillAccess,
  'command staff.openUnit': { systemAdministrator: open },
  'command staff.renameUnit': { systemAdministrator: bureau },
  'command staff.drawBoundary': { systemAdministrator: bureau },
  'command staff.closeUnit': { systemAdministrator: bureau },
  'command staff.setPassword': { ...refusedAll, systemAdministrator: open },
  ...officeRows([...Object.keys(homes), 'nobody']),
  'view staff.units': {},
  'view staff.boundaries': {},
  'GET /live': {},
  'GET /session': {},
  'DELETE /session': {},
  'GET /sessions': {},
  'POST /second-factor': {},
  'DELETE /sessions/0': {},
  'GET /health': { anonymous: anywhere },
  'GET /api/docs': { anonymous: anywhere },
  'GET /nothing': { anonymous: '404 404 404' },
}
/** Routes that are the same for everybody with a session. */
const forAll: Record<string, string> = {
  'view staff.units': anywhere,
  'view staff.boundaries': anywhere,
  'GET /live': anywhere,
  'GET /session': anywhere,
  'DELETE /session': '204 204 204',
  'GET /sessions': anywhere,
  'POST /second-factor': anywhere,
  'DELETE /sessions/0': '422 422 422',
  'GET /health': anywhere,
  'GET /api/docs': anywhere,
  'GET /nothing': '404 404 404',
}
/** An importer says of everything that it was imported, and may not say it of a password: everybody's own. */
const importerOnly: Record<string, string> = { 'command staff.setPassword': refused }

let house: TestServer
const seats = new Map<Who, Seat>()
before(async () => {
  house = await server(modules)
  for (const [code, sub, stations] of [
    ['B1', ['S1', 'S2'], ['A1', 'A2', 'C1']],
    ['B2', ['S9'], ['Z1']],
  ] as const) {
    await house.unit(code, { kind: 'bureau', name: code })
    for (const each of sub) await house.unit(each, { kind: 'subBureau', name: each, parent: code })
    for (const each of stations) await house.unit(each, { kind: 'station', name: each, parent: each === 'C1' ? 'S2' : (sub[0] ?? '') })
  }
  for (const [role, home] of Object.entries(homes) as [Role, string][]) seats.set(role, await house.seat(role, home))
  const nobody = await house.seat('stationDuty', 'A1')
  await house.staff(nobody.account, 'revoke', { role: 'stationDuty', unit: 'A1', reason: 'none left' })
  const grants = async () => ((await nobody.ask('GET', '/session')).body as { grants: unknown[] }).grants
  await until('the loss to be felt', async () => (await grants()).length === 0 || null)
  seats.set('nobody', nobody)
})
after(() => house.stop())

/** What the house itself gives on behalf of a bureau's own people: records to try the commands on. */
async function prepare(stream: string, place: Place, type: string, data: unknown): Promise<void> {
  const grant = { role: 'callTaker', unit: bureauOf[place] } as const
  const by = { account: randomUUID(), name: 'prepared', unit: grant.unit, grants: [grant] }
  await house.house.road.take({ module: 'dispatch', stream, id: randomUUID(), type, data, by, as: [grant] })
}
const reported = { result: 'handled', injured: 0, persons: 0, measures: ['none'], text: '-' }
const opening = (station: string) => ({
  call: { id: randomUUID(), channel: 'voice' },
  narrative: '-',
  place: { kind: 'unknown' },
  kind: 'noise',
  unit: station,
})
async function incidentAt(place: Place, over: boolean): Promise<string> {
  const id = randomUUID()
  await prepare(id, place, 'open', opening(stationOf[place]))
  if (over) await prepare(id, place, 'feedback', reported)
  return id
}
const placing = (place: Place) => ({ name: '-', kind: 'park', unit: subBureauOf[place], lon: 0.5, lat: 0.2 })
async function setAt(stream: string, type: string, data: unknown): Promise<string> {
  await house.house.road.take({ module: 'dispatch', stream, id: randomUUID(), type, data, by: { system: 'prepared', because: 0 }, as: [] })
  return stream
}
const placeAt = (place: Place) => setAt(`place:${randomUUID()}`, 'setPlace', placing(place))
const bellAt = (place: Place) =>
  setAt(`bell:${randomUUID()}`, 'setBell', { unit: stationOf[place], channel: 'webhook', target: 'http://127.0.0.1:9/' })
async function unitAt(place: Place): Promise<string> {
  const code = `X${randomUUID().slice(0, 8)}`
  await house.unit(code, { kind: 'station', name: code, parent: subBureauOf[place] })
  return code
}
async function accountAt(place: Place, granted: boolean): Promise<string> {
  const id = randomUUID()
  const login = `x${id.slice(0, 12)}`
  await house.staff(id, 'openAccount', { login, name: '-', unit: stationOf[place], password: randomUUID() })
  if (granted) await house.staff(id, 'grant', { role: 'stationDuty', unit: stationOf[place] })
  return id
}

const password = 'a password long enough'
const drilling = drillTries(() => house, { bureauOf, subBureauOf, stationOf })
/** For each command: the record it is tried on, and its input. */
const tries: Record<string, { on: (place: Place) => Promise<string>; data?: (place: Place) => unknown }> = {
  'dispatch.open': { on: async () => randomUUID(), data: (place) => opening(stationOf[place]) },
  'dispatch.addCall': { on: (place) => incidentAt(place, false), data: () => ({ call: { id: randomUUID(), channel: 'voice' } }) },
  'dispatch.locate': { on: (place) => incidentAt(place, false), data: () => ({ place: { kind: 'unknown' } }) },
  'dispatch.acknowledge': { on: (place) => incidentAt(place, false), data: () => ({ lines: [] }) },
  'dispatch.assign': { on: (place) => incidentAt(place, false), data: () => ({ handlers: ['-'] }) },
  'dispatch.feedback': { on: (place) => incidentAt(place, false), data: () => reported },
  'dispatch.close': { on: (place) => incidentAt(place, true) },
  'dispatch.sendBack': { on: (place) => incidentAt(place, true), data: () => ({ reason: '-' }) },
  'dispatch.transfer': { on: (place) => incidentAt(place, false), data: () => ({ station: 'A2', reason: '-' }) },
  'dispatch.cancel': { on: (place) => incidentAt(place, false), data: () => ({ reason: '-' }) },
  'dispatch.urge': { on: (place) => incidentAt(place, false), data: () => ({ text: '-' }) },
  'dispatch.note': { on: (place) => incidentAt(place, false), data: () => ({ text: '-' }) },
  'dispatch.correct': { on: (place) => incidentAt(place, false), data: () => ({ priority: 1, reason: '-' }) },
  'dispatch.setKind': { on: async () => typeStream(), data: () => newType },
  'dispatch.retireKind': { on: () => typeThere(house), data: () => ({ from: newType.from, reason: '-', seen: 1 }) },
  'dispatch.setPlace': { on: async () => `place:${randomUUID()}`, data: placing },
  'dispatch.retirePlace': { on: placeAt, data: () => ({ reason: '-' }) },
  'dispatch.retireBell': { on: bellAt, data: () => ({ reason: '-' }) },
  ...deskTries(() => house, stationOf),
  ...drilling.commands,
  'staff.openUnit': {
    on: async () => `X${randomUUID().slice(0, 8)}`,
    data: (place) => ({ kind: 'station', name: '-', parent: subBureauOf[place] }),
  },
  'staff.renameUnit': { on: unitAt, data: () => ({ name: '--', reason: '-' }) },
  'staff.drawBoundary': { on: unitAt, data: () => ({ boundary: ring, reason: '-' }) },
  'staff.closeUnit': { on: unitAt, data: () => ({ reason: '-' }) },
  'staff.openAccount': {
    on: async () => randomUUID(),
    data: (place) => ({ login: `x${randomUUID().slice(0, 12)}`, name: '-', unit: stationOf[place], password }),
  },
  'staff.setPassword': { on: (place) => accountAt(place, false), data: () => ({ password }) },
  ...officeTries((place) => accountAt(place, false), stationOf),
  'staff.closeAccount': { on: (place) => accountAt(place, false), data: () => ({ reason: '-' }) },
  'staff.grant': { on: (place) => accountAt(place, false), data: (place) => ({ role: 'stationDuty', unit: stationOf[place] }) },
  'staff.revoke': {
    on: (place) => accountAt(place, true),
    data: (place) => ({ role: 'stationDuty', unit: stationOf[place], reason: '-' }),
  },
}

const everybody: readonly Who[] = [...(Object.keys(homes) as Role[]), 'nobody', 'anonymous']
const ask = async (who: Who, method: string, path: string, body?: unknown): Promise<number> => {
  const seat = seats.get(who)
  if (seat !== undefined) return (await seat.ask(method, path, body)).status
  const headers = body === undefined ? {} : { 'content-type': 'application/json' }
  return (await fetch(house.url + path, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) })).status
}

/** Walks one command: a record that nobody was let to is tried on by the next. */
async function walkCommand(name: string): Promise<Record<string, string>> {
  const { on, data = () => ({}) } = tries[name] ?? { on: (place: Place) => incidentAt(place, false) }
  const [module = '', type = ''] = name.split('.')
  const found = Object.fromEntries(everybody.map((who) => [who, [] as number[]]))
  for (const place of places) {
    let record: string | undefined
    for (const who of everybody) {
      record ??= await on(place)
      const occurred =
        who === 'importer' && type !== 'setPassword' ? { occurred: { time: '2020-01-01T00:00:00Z', source: 'imported' } } : {}
      const status = await ask(who, 'POST', `/command/${module}/${record}`, { id: randomUUID(), type, data: data(place), ...occurred })
      found[who]?.push(status)
      if (status === 200) record = undefined
    }
  }
  return Object.fromEntries(Object.entries(found).map(([who, list]) => [who, list.join(' ')]))
}

/** The query of a view for a place; `own` is the reader's own unit where the view asks for one. */
async function queryFor(name: string, who: Who, place: Place): Promise<string> {
  const home = place === 'own' && who in homes ? homes[who as Role] : stationOf[place]
  if (/^dispatch\.(board|unplaced|patrols|officers|search|wall|staffing|desk|drills(Now)?|drillSeries)$/.test(name)) return `?unit=${home}`
  if (/^(staff\.(boundaries|findings|accounts)|dispatch\.bells|\w+\.settings)$/.test(name)) return `?unit=${stationOf[place]}`
  if (name === 'dispatch.drill') return `?id=${await drilling.at(place)}`
  switch (name) {
    case 'dispatch.statistics':
      return `?unit=${home}&of=receipt&by=day`
    case 'dispatch.responsible':
      return '?lon=1&lat=1'
    case 'dispatch.places':
      return '?q=a'
    case 'dispatch.kindHistory':
      return '?code=noise'
    case 'dispatch.incident':
      return `?id=${await incidentAt(place, false)}`
    case 'staff.calendar':
      return '?year=2026'
    default:
      return name === 'dispatch.shift' ? `?id=${await tries['dispatch.joinShift']?.on(place)}` : ''
  }
}

/** What each signal says. */
const says: Record<string, (place: Place) => Promise<unknown>> = {
  'dispatch.position': async () => ({ lon: 0, lat: 0 }),
  'dispatch.draft': async () => ({ draft: null }),
  ...deskSays,
  'dispatch.acknowledgeDrill': drilling.says,
  'dispatch.acknowledge': async (place) => ({ lines: [{ incident: await incidentAt(place, false), line: 1, seen: true }] }),
}

async function walkOther(route: string): Promise<Record<string, string>> {
  const [kind = '', name = ''] = route.split(' ')
  const found: Record<string, string> = {}
  for (const who of everybody) {
    const list: number[] = []
    for (const place of places) {
      const [module = '', called = ''] = name.split('.')
      if (kind === 'view') list.push(await ask(who, 'GET', `/view/${module}/${called}${await queryFor(name, who, place)}`))
      else if (kind === 'signal') list.push(await ask(who, 'POST', `/signal/${module}/${called}`, await says[name]?.(place)))
      else if (name === '/live') list.push(await liveStatus(who))
      else if (kind === 'DELETE') list.push(await endSession(who, name))
      else list.push(await ask(who, kind, name))
    }
    found[who] = list.join(' ')
  }
  return found
}
async function liveStatus(who: Who): Promise<number> {
  const screen = await Screen.open(house.url, seats.get(who)?.cookie ?? '')
  screen.close()
  return screen.status
}
async function endSession(who: Who, path: string): Promise<number> {
  const again = await seats.get(who)?.again()
  return again === undefined ? ask(who, 'DELETE', path) : (await again.ask('DELETE', path)).status
}

const wholeTable = () =>
  Object.fromEntries(
    Object.entries(expected).map(([route, named]) => {
      const rest = (who: Who) => (who === 'anonymous' ? '401 401 401' : (forAll[route] ?? '403 403 403'))
      return [
        route,
        Object.fromEntries(
          everybody.map((who) => [who, named[who] ?? (who === 'importer' ? importerOnly[route] : undefined) ?? rest(who)]),
        ),
      ]
    }),
  )

test('the table names every command, view and signal of the modules without a table of their own', () => {
  const tools = { system: async () => undefined, keep: async () => undefined }
  const tabled = modules.filter(({ name }) => name !== 'cases')
  const there = tabled.flatMap((module) => [
    ...Object.keys(module.commands).map((type) => `command ${module.name}.${type}`),
    ...Object.keys(module.views).map((name) => `view ${module.name}.${name}`),
    ...Object.keys(module.signals(tools)).map((name) => `signal ${module.name}.${name}`),
  ])
  assert.deepEqual(
    Object.keys(expected)
      .filter((route) => /^(command|view|signal) /.test(route))
      .toSorted(),
    there.toSorted(),
  )
})

test('every route, role and unit is answered as the table says', async () => {
  const found = await Promise.all(
    Object.keys(expected).map(
      async (route) => [route, route.startsWith('command ') ? await walkCommand(route.slice(8)) : await walkOther(route)] as const,
    ),
  )
  assert.deepEqual(Object.fromEntries(found), wholeTable())
})

test('a foreign screen’s acknowledgement changes nothing', async () => {
  const id = await incidentAt('neighbour', false)
  assert.equal(await ask('stationDuty', 'POST', '/signal/dispatch/acknowledge', { lines: [{ incident: id, line: 1, seen: true }] }), 200)
  const taker = seats.get('callTaker')
  const whole = await taker?.view<Views['incident']>('dispatch', 'incident', { id })
  assert.deepEqual(
    whole?.data.row.lines.map(({ delivered, seen }) => [delivered, seen]),
    [
      [null, null],
      [null, null],
    ],
  )
})

test('a transfer to another sub-bureau is told as gone to the station and to the sub-bureau that lose it', async () => {
  const [duty, sub, taker] = (['stationDuty', 'subBureauDuty', 'callTaker'] as const).map((who) => seats.get(who))
  assert.ok(duty && sub && taker)
  const id = await incidentAt('own', false)
  const screens = await Promise.all([duty, sub, taker].map((seat) => Screen.open(house.url, seat.cookie)))
  const { body } = await sub.command('dispatch', id, 'transfer', { station: 'C1', reason: 'theirs' })
  const { position } = body as { position: number }
  const [atStation, atSubBureau, atBureau] = await Promise.all(
    screens.map(async (screen) => {
      const frame = () => screen.frames.find(({ event, data }) => event === 'change' && data['position'] === position)
      const { data } = await until('the frame', frame)
      screen.close()
      return data['gone'] ?? (data['row'] as { station: string }).station
    }),
  )
  assert.deepEqual([atStation, atSubBureau, atBureau], [true, true, 'C1'])
})
