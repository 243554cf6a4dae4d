import { z } from 'zod'
import type { Statement, Tx } from '#kernel/database/tx.ts'
import type { Context, Recorded } from '#kernel/decider.ts'
import { unitCode } from '#kernel/text.ts'
import type { Command, Event, UnitRow, Views } from './contract.ts'
import type { Facts } from './decide.ts'
import { administrators, recoveryCodes } from './rules.ts'
import type { State } from './decide/state.ts'
import { keysOf } from './spelling.ts'
import { calendarStatements } from './views/calendar.ts'
import { areaText, fitsOf } from './views/findings.ts'

type Ask = { command: Command & { stream: string }; state: State; context: Omit<Context<Facts>, 'facts'> }

const leftText = `
  select ((select count(*) from access.unit where parent = $1 and not closed)
    + (select count(*) from access.account where unit = $1 and not closed)
    + (select count(*) from access.grant_ where unit = $1)) as "left"`

const officeText = `
  select u.parent is null as "atRoot",
    (select count(*) from access.grant_ g where g.unit = $1 and g.role = $2 and g.account <> $3::uuid) as heirs
  from access.unit u where u.code = $1`

const anyText = 'select exists (select from access.account) as somebody'
const nothingElse: Facts = { left: 0, office: null, somebody: true, fits: [] }

/** What hangs on a unit is held still by the lock on the unit's stream; who holds an office by a lock on the office. */
export async function factsFor(tx: Tx, { command, state }: Ask): Promise<Facts> {
  if (command.type === 'closeUnit') {
    const [row] = await tx.query<{ left: number }>(leftText, [command.stream])
    return { ...nothingElse, left: row?.left ?? 0 }
  }
  if (command.type === 'begin') {
    const [, [row]] = await Promise.all([
      tx.query('select kernel.lock($1, $2::text[])', ['staff', ['begin']]),
      tx.query<{ somebody: boolean }>(anyText),
    ])
    return { ...nothingElse, somebody: row?.somebody === true }
  }
  if (command.type === 'openUnit' || command.type === 'drawBoundary') return { ...nothingElse, fits: await fitsOf(tx, command, state) }
  const losing = command.type === 'revoke' || command.type === 'closeAccount'
  const held = losing && state.what === 'account' ? state.grants.find((grant) => administrators.has(grant.role)) : undefined
  if (held === undefined) return nothingElse
  const [, offices] = await Promise.all([
    tx.query('select kernel.lock($1, $2::text[])', ['staff', [`office ${held.role} ${held.unit}`]]),
    tx.query<{ atRoot: boolean; heirs: number }>(officeText, [held.unit, held.role, command.stream]),
  ])
  return { ...nothingElse, office: offices[0] ?? null }
}

/** Events → SQL. Content that was lawfully erased leaves no row behind that a rebuild could not make. */
export function project(stream: string, events: readonly Recorded<Event>[]): readonly Statement[] {
  return events.flatMap((event) => statementsOf(stream, event))
}

const call = (text: string, ...values: readonly unknown[]): Statement => ({ text, values })
const putBoundary = (unit: string, boundary: unknown, schematic: boolean) =>
  call('select access.put_boundary($1, $2::jsonb, $3)', unit, JSON.stringify(boundary), schematic)

function statementsOf(stream: string, event: Recorded<Event>): readonly Statement[] {
  if (event.type === 'unitClosed') return [call('select access.close_unit($1)', stream)]
  if (event.type === 'accountClosed') return [call('select access.close_account($1)', stream)]
  if (event.type === 'calendarSet') return calendarStatements(stream, event)
  if (event.type === 'totpRemoved') return [call('select access.set_factor($1, null, 0)', stream)]
  if (event.data === null) return []
  switch (event.type) {
    case 'unitOpened': {
      const { kind, name, path, position, schematic, boundary } = event.data
      const [lon, lat] = position ?? [null, null]
      const put = call('select access.put_unit($1, $2, $3, $4::text[], $5, $6, $7)', stream, kind, name, path, lon, lat, schematic)
      return boundary === null ? [put] : [put, putBoundary(stream, boundary, schematic)]
    }
    case 'unitRenamed':
      return [call('select access.rename_unit($1, $2)', stream, event.data.name)]
    case 'boundaryFound': {
      const { kind, units: pair, share } = event.data
      return [call('select access.put_finding($1, $2, $3, $4)', ...pair, kind, share)]
    }
    case 'boundaryDrawn':
      return [putBoundary(stream, event.data.boundary, event.data.schematic)]
    case 'accountOpened': {
      const { login, name, unit, credential } = event.data
      return [call('select access.put_account($1, $2, $3, $4, $5)', stream, login, name, unit, credential)]
    }
    case 'passwordSet':
      return [call('select access.set_credential($1, $2)', stream, event.data.credential)]
    case 'totpSet':
      return [call('select access.set_factor($1, $2, $3)', stream, event.data.factor, recoveryCodes)]
    case 'recoveryUsed':
      return [call('select access.use_recovery($1)', stream)]
    case 'granted':
      return [call('select access.put_grant($1, $2, $3)', stream, event.data.role, event.data.unit)]
    case 'revoked':
      return [call('select access.end_grant($1, $2, $3)', stream, event.data.role, event.data.unit)]
  }
}

const unitColumns = `code, kind, name, parent, case when position is null then null else json_build_array(position[0], position[1]) end as position,
  schematic, closed`

/** With the letters by which it is found. */
const spelled = (row: Omit<UnitRow, 'keys'>): UnitRow => ({ ...row, keys: keysOf(row.name) })

const nothing = z.strictObject({})
const byUnit = z.strictObject({ unit: unitCode })

export const units = {
  input: nothing,
  async read(tx: Tx): Promise<{ data: Views['units'] }> {
    const rows = await tx.query<Omit<UnitRow, 'keys'>>(`select ${unitColumns} from access.unit order by code`)
    return { data: { units: rows.map(spelled) } }
  },
}

const boundariesText = `${areaText()}
  where (u.code = $1 or u.parent = $1) and not u.closed group by u.code order by u.code`

export const boundaries = {
  input: byUnit,
  async read(tx: Tx, { unit }: z.infer<typeof byUnit>): Promise<{ data: Views['boundaries'] }> {
    return { data: { areas: await tx.query<Views['boundaries']['areas'][number]>(boundariesText, [unit]) } }
  },
}

const liveText = `
  select ${unitColumns}, (select array_agg(other.code) from access.unit other where other.path[1] = unit.path[1]) as units
  from access.unit where code = any ($1::text[])`

/** A unit's change is pushed to everybody of its house: names and tree stand on every screen. */
export async function liveRows(tx: Tx, streams: readonly string[]): Promise<Map<string, { row: UnitRow; units: string[] }>> {
  const found = await tx.query<Omit<UnitRow, 'keys'> & { units: string[] }>(liveText, [streams])
  return new Map(found.map(({ units, ...row }) => [row.code, { row: spelled(row), units }]))
}
