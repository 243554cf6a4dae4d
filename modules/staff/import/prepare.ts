import { type Role, roles } from '#kernel/decider.ts'
import { type AccountRow, type Boundary, type UnitKind, type UnitRow, unitKinds, type Views } from '../contract.ts'
import { everyAccount } from './accounts.ts'
import { planBoundaries, readBoundaries } from './boundaries.ts'
import type { Read } from './fault.ts'
import type { Kind } from './kinds.ts'
import { parentsOf, planUnits, readUnits } from './units.ts'
import { planPeople, readPeople } from './people.ts'
import type { House, Line, Names, Office } from './plan.ts'
import { mostBytes, type Text, textOf } from './text.ts'

/** Reads a view of this module; throws what its reader throws. */
type ReadView = <Name extends keyof Views>(name: Name, query: Readonly<Record<string, string>>) => Promise<Views[Name]>

export interface Importer {
  readonly read: ReadView
  readonly offices: Readonly<Record<Office, readonly string[]>>
  readonly names: Names
  /** Stands in the events of what is changed. */
  readonly reason: string
  /** The id of a new account: the same for the same login, so that an import that was cut off goes on. */
  readonly idOf: (login: string) => string
}

/** The dry run: what the file would do, line by line. Nothing has been sent. */
export interface Prepared {
  readonly lines: readonly Line[]
  readonly encoding: Text['encoding']
  /** Columns of the file that are not read. */
  readonly unread: readonly string[]
}

/** Words for kinds and roles out of one or more languages, beside our own English ones. */
export function namesOf(...said: readonly ((key: string) => string)[]): Names {
  const all = <Value extends string>(values: readonly Value[], section: string): Map<string, Value> =>
    new Map(
      values.flatMap((value) =>
        [value, ...said.map((say) => say(`${section}.${value}`))].map((word) => [word.toLowerCase(), value] as const),
      ),
    )
  return { kinds: all<UnitKind>(unitKinds, 'unitKind'), roles: all<Role>(roles, 'role') }
}

async function boundariesUnder(read: ReadView, codes: readonly string[]): Promise<Map<string, Boundary>> {
  const found = new Map<string, Boundary>()
  for (const unit of codes) for (const area of (await read('boundaries', { unit })).areas) found.set(area.unit, area.boundary)
  return found
}

async function accountsUnder(read: ReadView, roots: readonly string[]): Promise<AccountRow[]> {
  const found: AccountRow[] = []
  for (const unit of new Set(roots)) found.push(...(await everyAccount((query) => read('accounts', query), unit)))
  return found
}

const known = (codes: readonly string[], units: readonly UnitRow[]): string[] => {
  const there = new Set(units.map(({ code }) => code))
  return [...new Set(codes)].filter((code) => there.has(code))
}

/** Reads a file and what stands already, and says what the file would do. Nothing is sent. */
export async function prepare(kind: Kind, bytes: Uint8Array, importer: Importer): Promise<Read<Prepared>> {
  const { read, offices, names, reason, idOf } = importer
  const text = textOf(bytes, mostBytes[kind === 'boundaries' ? 'geojson' : 'csv'])
  if ('fault' in text) return text
  const { encoding } = text.value
  const house = async (more: Partial<House>): Promise<House> => ({ units: [], boundaries: new Map(), accounts: [], offices, ...more })
  if (kind === 'boundaries') {
    const features = readBoundaries(text.value.text)
    if ('fault' in features) return features
    const { units } = await read('units', {})
    const parentOf = new Map(units.map((unit) => [unit.code, unit.parent ?? unit.code]))
    const around = features.value.flatMap(({ code }) => parentOf.get(code) ?? [])
    const boundaries = await boundariesUnder(read, [...new Set(around)])
    return { value: { lines: planBoundaries(features.value, await house({ units, boundaries }), reason), encoding, unread: [] } }
  }
  const table = kind === 'units' ? readUnits(text.value.text) : readPeople(text.value.text)
  if ('fault' in table) return table
  const { units } = await read('units', {})
  const { unread } = table.value
  if (kind === 'units') {
    const boundaries = await boundariesUnder(read, known(parentsOf(table.value), units))
    return { value: { lines: planUnits(table.value, await house({ units, boundaries }), names, reason), encoding, unread } }
  }
  const accounts = await accountsUnder(read, [...offices.systemAdministrator, ...offices.securityAdministrator])
  return { value: { lines: planPeople(table.value, await house({ units, accounts }), names, idOf), encoding, unread } }
}
