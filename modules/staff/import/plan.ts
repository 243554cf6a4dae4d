import type { Role } from '#kernel/decider.ts'
import { type Wrong, wrongFields } from '#kernel/text.ts'
import type { z } from 'zod'
import type { AccountRow, Boundary, Command, UnitKind, UnitRow } from '../contract.ts'
import type { Column, Fault } from './fault.ts'

export type Office = 'systemAdministrator' | 'securityAdministrator'

/** What stands already, as far as an import must know it. */
export interface House {
  readonly units: readonly UnitRow[]
  /** Of the units that the file names or whose parents it names. */
  readonly boundaries: ReadonlyMap<string, Boundary>
  readonly accounts: readonly AccountRow[]
  /** Where those who import hold the two offices; nowhere: what needs the office waits for its holder. */
  readonly offices: Readonly<Record<Office, readonly string[]>>
}

/** One command to be given. A password is not part of a plan: it is made when the command is sent. */
export interface Step {
  readonly office: Office
  readonly stream: string
  readonly type: Command['type']
  readonly data: Readonly<Record<string, unknown>>
}

/** `wait`: the other office has to act, now or first. */
export type Act = 'make' | 'change' | 'keep' | 'wait' | 'wrong'

/** What the import would do with one line of the file, or one feature. */
export interface Line {
  readonly line: number
  /** The code or the login. */
  readonly subject: string
  readonly name: string
  readonly act: Act
  readonly faults: readonly Fault[]
  /** Worth knowing, no reason to stop. */
  readonly notes: readonly Fault[]
  /** In order; those of the offices that the reader holds. */
  readonly steps: readonly Step[]
  /** What the other office has to do. */
  readonly left: readonly Step[]
  /** Lines of one wave do not depend on each other; a later wave does on earlier ones. */
  readonly wave: number
}

/** Words of a file for what has a fixed name: in every language that whoever reads it knows. */
export interface Names {
  readonly kinds: ReadonlyMap<string, UnitKind>
  readonly roles: ReadonlyMap<string, Role>
}

/** What the schema of a command says against its input, as faults of the columns that it came from. */
export function faultsOf(schema: z.ZodType, data: unknown, columns: Readonly<Record<string, Column>>): Fault[] {
  const result = schema.safeParse(data, { reportInput: true })
  if (result.success) return []
  const fault = ({ path, code, values }: Wrong): Fault => {
    const field = columns[path.split('.')[0] ?? '']
    return { key: `invalid.${code}`, values, ...(field !== undefined && { field }) }
  }
  const faults = wrongFields(result.error).map(fault)
  return faults.filter((one, index) => faults.findIndex((other) => other.key === one.key && other.field === one.field) === index)
}

/** The streams, and the subjects of the lines that share one: each after the first is wrong. */
export function repeated<Row>(rows: readonly Row[], key: (row: Row) => string): ReadonlyMap<Row, number> {
  const first = new Map<string, number>()
  return new Map(
    rows.flatMap((row, index) => {
      const at = first.get(key(row))
      if (at === undefined) first.set(key(row), index)
      return at === undefined || key(row) === '' ? [] : [[row, at] as const]
    }),
  )
}

export const pathOf = (units: ReadonlyMap<string, { readonly parent: string | null }>, code: string): string[] => {
  const path: string[] = []
  for (let at: string | null | undefined = code; at != null && !path.includes(at); at = units.get(at)?.parent) path.unshift(at)
  return path
}

/** A line from what was found: wrong, something to do now, something for the other office, or nothing. */
export function lineOf(
  about: { line: number; subject: string; name: string; wave?: number },
  { faults, notes = [], steps, opens }: { faults: readonly Fault[]; notes?: readonly Fault[]; steps: readonly Step[]; opens: boolean },
  { offices }: House,
): Line {
  // What follows a step of the other office waits for it.
  const until = steps.findIndex((step) => offices[step.office].length === 0)
  const [now, left] = until < 0 ? [steps, []] : [steps.slice(0, until), steps.slice(until)]
  const act: Act = faults.length > 0 ? 'wrong' : now.length > 0 ? (opens ? 'make' : 'change') : left.length > 0 ? 'wait' : 'keep'
  const none = faults.length > 0
  return { wave: 0, ...about, act, faults, notes, steps: none ? [] : now, left: none ? [] : left }
}

export const count = (lines: readonly Line[]): Readonly<Record<Act, number>> => {
  const sum = { make: 0, change: 0, keep: 0, wait: 0, wrong: 0 }
  for (const { act } of lines) sum[act] += 1
  return sum
}
