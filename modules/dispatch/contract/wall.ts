/**
 * A unit's 110 as the wall shows it, without anybody's data. Counts are of everything that came, whatever the source of its time. Speeds are
 * of the server's own moments alone: a typed time never makes one better, what was imported is not measured.
 */
export interface Wall {
  /** The force's day of `today`, and the moment of the figures. */
  readonly day: string
  readonly now: string
  /** What came within the last `wallMinutes`. */
  readonly hour: { readonly calls: number; readonly incidents: number }
  readonly today: { readonly incidents: number; readonly over: number }
  /** From the call until both levels had it, of today's incidents that both have; milliseconds. */
  readonly reached: { readonly count: number; readonly mean: number | null; readonly p90: number | null }
  /** Today's lines by the time until their receipt, one count for each band of `receiptBands` and one beyond. Unsigned ones count as long as they were waited for, once that is longer than the first band. */
  readonly bands: readonly number[]
  /** Lines that nobody has signed yet, of any day; where the one that waits longest is, if that is known. */
  readonly waiting: {
    readonly lines: number
    readonly since: string | null
    readonly at: { readonly lon: number; readonly lat: number } | null
  }
  /** The slowest line of each unit, of those that wait and those sent within the last `wallMinutes`; the slowest `slowestLines`. `until` null: it waits. */
  readonly slowest: readonly {
    readonly unit: string
    readonly level: 'station' | 'subBureau'
    readonly sent: string
    readonly until: string | null
    readonly signed: boolean
  }[]
  /** Today's incidents by their type, most first. */
  readonly kinds: readonly { readonly kind: string; readonly count: number }[]
  /** Where open incidents are, the newest `wallSpots`; cut to about a hundred metres. */
  readonly spots: readonly { readonly lon: number; readonly lat: number }[]
}
