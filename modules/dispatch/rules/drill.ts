/**
 * The alert drill: whether every unit's screens ring and somebody is there. No law asks for it; the values are the house's own.
 */

/** The rules of its two clocks: until it starts, and until its limit. */
export const drillStart = 'drillStart'
export const drillLimit = 'drillLimit'

/** Within how many seconds a unit is to sign. */
export const drillSeconds = { least: 10, most: 3600 } as const
/** A drill that could only start so much later than it was planned for is missed: nobody expects it any more. */
export const missedAfterMs = 600_000
/** It can be planned so far ahead; further is a slip of the pen. */
export const farthestMs = 92 * 86_400_000
/** A unit that has not signed is shown the drill so long after its limit. */
export const shownAfterMs = 1_800_000
/** A list shows so many, the newest. */
export const drillRows = 100

/** How a unit is reached: by its screens, and by the bells beyond them. */
export const drillChannels = ['screen', 'webhook', 'printer'] as const
export type DrillChannel = (typeof drillChannels)[number]
