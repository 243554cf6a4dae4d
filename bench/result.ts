/** One figure and what it is held against; without a limit it is only said. */
export interface Result {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly limit: number | null
  readonly ok: boolean
}
