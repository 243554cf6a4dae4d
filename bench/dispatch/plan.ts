import { randomInt, randomUUID } from 'node:crypto'
import type { Command } from '#modules/dispatch/contract.ts'
import { kinds } from '#modules/dispatch/rules/kinds.ts'

/** The city of the bench: as many units as Beijing has, each station a field of a grid. */
export const bureau = '110000'
export const subBureaus = Array.from({ length: 16 }, (_, index) => `1101${String(index + 1).padStart(2, '0')}`)
const stationCount = 349
const columns = 20
const west = 116.1
const south = 39.7
const width = 0.03
const height = 0.025

export interface Station {
  readonly code: string
  readonly subBureau: string
  readonly west: number
  readonly south: number
}

export const stations: readonly Station[] = Array.from({ length: stationCount }, (_, index) => {
  const subBureau = subBureaus[Math.floor((index * subBureaus.length) / stationCount)] ?? ''
  return {
    code: `${subBureau}-${String(index + 1).padStart(3, '0')}`,
    subBureau,
    west: west + (index % columns) * width,
    south: south + Math.floor(index / columns) * height,
  }
})

export const ringOf = (station: Station): [number, number][] => {
  const [left, right, low, high] = [station.west, station.west + width, station.south, station.south + height]
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
        place: { kind: 'point', lon: station.west + share() * width, lat: station.south + share() * height, text: '三号楼门口' },
        kind,
      },
    },
  }
}
