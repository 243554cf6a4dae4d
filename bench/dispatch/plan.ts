import { randomInt, randomUUID } from 'node:crypto'
import type { Command } from '#modules/dispatch/contract.ts'
import { kinds } from '#modules/dispatch/rules/kinds.ts'
import type { Views } from '#modules/staff/contract.ts'
import { demoAccounts } from '../../demo/city.ts'
import { Client } from '../../demo/client.ts'

/** The city of the bench: as many units as Beijing has, each station a field of a grid. */
export const bureau = '110000'
export const subBureaus = Array.from({ length: 16 }, (_, index) => `1101${String(index + 1).padStart(2, '0')}`)
const stationCount = 349
const columns = 20
const west = 116.1
const south = 39.7
const width = 0.03
const height = 0.025

/** A station, and a field inside its area: width and height in degrees. */
export interface Station {
  readonly code: string
  readonly subBureau: string
  readonly west: number
  readonly south: number
  readonly width: number
  readonly height: number
}

export const stations: readonly Station[] = Array.from({ length: stationCount }, (_, index) => {
  const subBureau = subBureaus[Math.floor((index * subBureaus.length) / stationCount)] ?? ''
  return {
    code: `${subBureau}-${String(index + 1).padStart(3, '0')}`,
    subBureau,
    west: west + (index % columns) * width,
    south: south + Math.floor(index / columns) * height,
    width,
    height,
  }
})

export const ringOf = (station: Station): [number, number][] => {
  const [left, right, low, high] = [station.west, station.west + station.width, station.south, station.south + station.height]
  return [
    [left, low],
    [right, low],
    [right, high],
    [left, high],
    [left, low],
  ]
}

export const password = 'a password for the bench only'
export const loginOf = (unit: string): string => `duty-${unit}`
export const taker = 'taker'
export const supervisor = 'supervisor'
/** Who handles cases at one station, and its head. */
export const caseStation = stations[100]?.code ?? ''
export const officer = 'officer'
export const head = 'head'

export interface Login {
  readonly login: string
  readonly password: string
}
/** Who takes the calls, whose screens stand at each unit, and where something happens. */
export interface Plan {
  readonly taker: Login
  readonly duties: Readonly<Record<string, Login>>
  readonly stations: readonly Station[]
}
export const benchPlan: Plan = {
  taker: { login: taker, password },
  duties: Object.fromEntries(
    [...subBureaus, ...stations.map(({ code }) => code)].map((unit) => [unit, { login: loginOf(unit), password }]),
  ),
  stations,
}

/** The demonstration city as it has been seeded: everything happens at a station's own place, for an area may end a few steps from there. */
export async function cityPlan(base: string): Promise<Plan> {
  const accounts = demoAccounts()
  const duties = Object.fromEntries(
    accounts.filter(({ role }) => role === 'stationDuty' || role === 'subBureauDuty').map((account) => [account.unit, account]),
  )
  const taker = accounts.findLast(({ role }) => role === 'callTaker')
  const overseer = accounts.find(({ role }) => role === 'citySupervisor')
  if (taker === undefined || overseer === undefined) throw new Error('nobody takes or oversees calls in the demonstration city')
  const { units } = await new Client(base, overseer).view<Views['units']>('staff/units')
  const found = units.flatMap(({ code, kind, parent, position }) =>
    kind === 'station' && parent !== null && position !== null
      ? [{ code, subBureau: parent, west: position[0], south: position[1], width: 0, height: 0 }]
      : [],
  )
  return { taker, duties, stations: found }
}

/** A call as they come in, somewhere inside the station's field. */
export function openAt(station: Station): { incident: string; command: Extract<Command, { type: 'open' }> & { id: string } } {
  const share = () => 0.05 + randomInt(9000) / 10_000
  const kind = kinds[randomInt(kinds.length)]?.code ?? 'other'
  return {
    incident: randomUUID(),
    command: {
      id: randomUUID(),
      type: 'open',
      data: {
        call: { id: randomUUID(), channel: 'voice', number: `139${String(randomInt(100_000_000)).padStart(8, '0')}`, name: '王女士' },
        narrative: '报警人称在小区三号楼门口与邻居因停车发生争执,对方有两人,情绪激动,请派人到场处理。',
        place: {
          kind: 'point',
          lon: station.west + share() * station.width,
          lat: station.south + share() * station.height,
          text: '三号楼门口',
        },
        kind,
      },
    },
  }
}
