/** What one incident gives to the published figures; times are ISO 8601 in UTC. */
export interface Measured {
  /** The export's row id. */
  readonly id: string
  readonly agency: string
  readonly priority: string
  readonly onview: string
  readonly received: string
  readonly assigned: string | null
  readonly arrived: string | null
}

interface Share {
  readonly count: number
  readonly p50: number | null
  readonly p90: number | null
}
export interface Figure {
  readonly agency: string
  readonly priority: string
  readonly onview: string
  readonly incidents: number
  /** Seconds from the receipt. */
  readonly assigned: Share
  readonly arrived: Share
}

/** The value at or below which `percent` of the values lie: always one of them. Null of none. */
export function nearestRank(values: readonly number[], percent: number): number | null {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(1, Math.ceil((percent / 100) * sorted.length)) - 1] ?? null
}

const share = (list: readonly Measured[], reached: 'assigned' | 'arrived'): Share => {
  const seconds = list.flatMap((one) => {
    const time = one[reached]
    return time === null ? [] : [(Date.parse(time) - Date.parse(one.received)) / 1000]
  })
  return { count: seconds.length, p50: nearestRank(seconds, 50), p90: nearestRank(seconds, 90) }
}

/** One figure for each agency, priority and on-view flag, in that order. */
export function figuresOf(measured: readonly Measured[]): Figure[] {
  const key = ({ agency, priority, onview }: Measured) => JSON.stringify([agency, priority, onview])
  return [...Map.groupBy(measured, key)]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, list]) => {
      const [{ agency, priority, onview }] = list as [Measured, ...Measured[]]
      return { agency, priority, onview, incidents: list.length, assigned: share(list, 'assigned'), arrived: share(list, 'arrived') }
    })
}

export interface Difference {
  readonly id: string
  readonly file: Measured | null
  readonly stored: Measured | null
}

/** Every row that the two do not agree on, by id. */
export function differences(file: readonly Measured[], stored: readonly Measured[]): Difference[] {
  const [left, right] = [file, stored].map((list) => new Map(list.map((one) => [one.id, one]))) as [
    Map<string, Measured>,
    Map<string, Measured>,
  ]
  const flat = (one: Measured | undefined) =>
    one && JSON.stringify([one.agency, one.priority, one.onview, one.received, one.assigned, one.arrived])
  return [...new Set([...left.keys(), ...right.keys()])]
    .filter((id) => flat(left.get(id)) !== flat(right.get(id)))
    .toSorted()
    .map((id) => ({ id, file: left.get(id) ?? null, stored: right.get(id) ?? null }))
}
