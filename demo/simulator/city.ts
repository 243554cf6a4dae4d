import type { OfficerRow, Views as Dispatch } from '#modules/dispatch/contract.ts'
import type { Views as Staff } from '#modules/staff/contract.ts'
import type { DemoAccount } from '../city.ts'
import type { Client } from '../client.ts'
import type { City } from './acts.ts'
import type { Actors } from './actors.ts'
import type { Area, Kind } from './calls.ts'
import { dice } from './dice.ts'
import type { Options } from './options.ts'
import { peopleOf } from './people.ts'

/** The root of the demonstration city. */
export const bureau = '110000'
/** Tiananmen: where the city is densest. */
const centre = [116.3975, 39.9087] as const

/** Calls come where people live: many in the middle, few in the hills; from every area a little differently. */
function weightOf(seed: number, code: string, position: readonly [number, number] | null): number {
  const away = position === null ? 1 : Math.hypot(position[0] - centre[0], position[1] - centre[1])
  return dice('weight', seed, code).between(0.5, 1.5) / (0.15 + away)
}

/** The stations with their areas, as the server shows them. */
async function areasOf(client: Client, seed: number): Promise<Area[]> {
  const { units } = await client.view<Staff['units']>('staff/units')
  const subBureaus = units.filter(({ kind, closed }) => kind === 'subBureau' && !closed)
  const answers = await Promise.all(subBureaus.map(({ code }) => client.view<Staff['boundaries']>('staff/boundaries', { unit: code })))
  const boundaries = new Map(answers.flatMap(({ areas }) => areas.map(({ unit, boundary }) => [unit, boundary] as const)))
  return units.flatMap(({ code, kind, name, parent, position, closed }) => {
    const boundary = boundaries.get(code)
    if (kind !== 'station' || closed || parent === null || boundary === undefined) return []
    return [{ code, name, subBureau: parent, boundary, weight: weightOf(seed, code, position) }]
  })
}

/** The types of incident in force now. */
export async function kindsOf(client: Client): Promise<readonly Kind[]> {
  const { rows } = await client.view<Dispatch['kinds']>('dispatch/kinds')
  return rows.filter(({ retired }) => !retired)
}

/** Every patrol officer, as the sub-bureaus know their own. */
async function officersOf(actors: Actors, accounts: readonly DemoAccount[]): Promise<readonly OfficerRow[]> {
  const subBureaus = accounts.filter(({ role }) => role === 'subBureauDuty')
  const answers = await Promise.all(
    subBureaus.map(({ login, unit }) => actors.as(login, (client) => client.view<Dispatch['officers']>('dispatch/officers', { unit }))),
  )
  return answers.flatMap(({ rows }) => rows)
}

/** The city as it is before its day begins. */
export async function cityOf(client: Client, actors: Actors, accounts: readonly DemoAccount[], { seed, rate }: Options): Promise<City> {
  const [areas, kinds, officers] = await Promise.all([areasOf(client, seed), kindsOf(client), officersOf(actors, accounts)])
  if (areas.length === 0) throw new Error('This city has no station with an area.')
  const taken = new Set<string>()
  return { seed, rate, people: peopleOf(accounts, officers), areas, kinds, taken, out: new Set() }
}
