import type { DrillRow, DrillUnit } from '../contract/drill.ts'
import { drillChannels, type DrillChannel } from '../rules/drill.ts'

/** How far one channel came: of the units that it rings, how many it reached, within the limit, and when the first and the last. */
export interface Reach {
  readonly channel: DrillChannel
  readonly units: number
  readonly reached: number
  readonly within: number
  readonly first: string | null
  readonly last: string | null
}

/** The channels that ring a unit: its screens always. */
export const channelsOf = ({ bells = [] }: DrillUnit): readonly DrillChannel[] => ['screen', ...bells]
export const markOf = ({ delivered }: DrillUnit, channel: DrillChannel) => delivered.find((mark) => mark.channel === channel)

export const reachesOf = ({ until }: DrillRow, units: readonly DrillUnit[]): readonly Reach[] =>
  drillChannels.map((channel) => {
    const rung = units.filter((unit) => channelsOf(unit).includes(channel))
    const times = rung.flatMap((unit) => markOf(unit, channel)?.at ?? []).toSorted()
    const within = times.filter((time) => until !== null && Date.parse(time) <= Date.parse(until)).length
    return { channel, units: rung.length, reached: times.length, within, first: times[0] ?? null, last: times.at(-1) ?? null }
  })
