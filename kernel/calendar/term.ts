/** A length of time as a rule of law names it. Working days have no sign of their own in ISO 8601; the house writes `P5WD`. */
export interface Term {
  readonly unit: 'hours' | 'days' | 'workingDays' | 'months' | 'years'
  /** Whole and above zero. */
  readonly count: number
}

const shape = /^P(?:T([1-9]\d{0,2})H|([1-9]\d{0,2})(D|WD|M|Y))$/
const units = { D: 'days', WD: 'workingDays', M: 'months', Y: 'years' } as const

/**
 * `PT24H`, `P3D`, `P5WD`, `P1M`, `P2Y`: one number of one unit, 1 to 999.
 * @throws RangeError for anything else: law gives no other, and a limit that is read wrongly is worse than none
 */
export function parseTerm(text: string): Term {
  const [, hours, count, unit] = shape.exec(text) ?? []
  if (hours !== undefined) return { unit: 'hours', count: Number(hours) }
  if (count === undefined) throw new RangeError(`no term of a limit: ${text}`)
  return { unit: units[unit as keyof typeof units], count: Number(count) }
}
