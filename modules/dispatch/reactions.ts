import type { Reaction } from '#kernel/module.ts'

/** More waiting incidents than a new boundary can ever cover at once. */
const atOnce = 500

/** A boundary drawn over incidents that waited without a station sends them out. */
export const reactions: readonly Reaction[] = [
  {
    name: 'boundary',
    module: 'staff',
    types: ['unitOpened', 'boundaryDrawn'],
    async react(tx) {
      const text = `
        select i.id from dispatch.incident i cross join lateral access.unit_at(i.lon, i.lat, i.bureau) a
        where i.open and i.station is null and i.lon is not null and a.station is not null limit ${atOnce}`
      const waiting = await tx.query<{ id: string }>(text)
      return waiting.map(({ id }) => ({ stream: id, command: { type: 'route', data: {} } }))
    },
  },
]
