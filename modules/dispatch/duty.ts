import { z } from 'zod'
import type { Statement, Tx } from '#kernel/database/tx.ts'
import type { Recorded } from '#kernel/decider.ts'
import type { Reader } from '#kernel/module.ts'
import { unitCode } from '#kernel/text.ts'
import type { Event, IncidentRow, OfficerRow, Views } from './contract.ts'
import type { OfficerFact } from './decide/commands.ts'
import { over } from './decide.ts'
import { patrolMinutes } from './patrols.ts'
import { mayRead } from './reach.ts'
import { allowed, boardRows } from './rules.ts'

/** Where an officer is no longer taken up by an incident: what is left of it is writing. */
const free = ['cleared', 'reported'] as const

const changes: readonly Event['type'][] = ['assigned', 'transferred', 'closed', 'cancelled', 'sentBack']
const leaveText = 'delete from dispatch.duty where incident = $1'
const takeText = 'insert into dispatch.duty (account, incident) select account, $1 from unnest($2::text[]) account'

/** Who is on the incident now, written only when that changes. */
export function dutyStatements(events: readonly Recorded<Event>[], row: IncidentRow): readonly Statement[] {
  if (row.officers === undefined || !events.some((event) => changes.includes(event.type))) return []
  const officers = over(row) ? [] : row.officers
  const take = { text: takeText, values: [row.id, officers] }
  return [{ text: leaveText, values: [row.id] }, ...(officers.length > 0 ? [take] : [])]
}

const factText = `
  select a.id as account, a.name,
    array(select held ->> 'unit' from jsonb_array_elements(a.grants) held where held ->> 'role' = 'patrolOfficer') as units,
    (select i.number from dispatch.duty d join dispatch.incident i on i.id = d.incident
     where d.account = a.id::text and i.open and i.id <> $2 and i.row ->> 'phase' <> all ($3) order by i.opened_at limit 1) as busy
  from unnest($1::uuid[]) with ordinality named (id, place), access.account(named.id) a order by named.place`

/**
 * The officers that an assignment names, as they stand now; who is no account is left out. Whether one is busy is told to a person who then decides: two
 * assignments of the same moment may both see him free, and neither takes him from the other.
 */
export const officersNamed = (tx: Tx, accounts: readonly string[], incident: string): Promise<OfficerFact[]> =>
  tx.query<OfficerFact>(factText, [accounts, incident, free])

const ownText = `
  select i.row, i.opened_at from dispatch.duty d join dispatch.incident i on i.id = d.incident where d.account = $1 and i.open`
const stationText = `
  select i.row, i.opened_at from dispatch.incident i
  where i.open and i.station = any ($2::text[]) and not exists (select from dispatch.duty d where d.account = $1 and d.incident = i.id)
  order by i.opened_at desc limit ${boardRows}`
const dutyText = `select row from ((${ownText}) union all (${stationText})) found order by opened_at desc`

/** What an officer has to do: the open incidents that name him, and the others of his stations. */
export const duty = {
  input: z.strictObject({}),
  roles: ['patrolOfficer'],
  reads: 'board',
  async read(tx: Tx, _: unknown, reader: Reader): Promise<{ data: Views['duty'] }> {
    const rows = await tx.query<{ row: IncidentRow }>(dutyText, [reader.person.account, reader.units])
    return { data: { rows: rows.map(({ row }) => row) } }
  },
} as const

const officersText = `
  select h.id as account, h.name, h.unit, p.at, i.id as incident, i.number
  from access.holders('patrolOfficer', $1) h
    left join dispatch.signal_patrol p on p.account = h.id::text and p.at > $2::timestamptz - $3 * interval '1 minute'
    left join lateral (
      select i.id, i.number from dispatch.duty d join dispatch.incident i on i.id = d.incident
      where d.account = h.id::text and i.open and i.row ->> 'phase' <> all ($4) order by i.opened_at limit 1
    ) i on true
  order by h.unit, h.name, h.id`

const byUnit = z.strictObject({ unit: unitCode })
/** Whom a unit can send. */
export const officers = {
  input: byUnit,
  roles: allowed.assign.filter((role) => role !== 'importer'),
  reads: 'board',
  async read(tx: Tx, { unit }: z.infer<typeof byUnit>, reader: Reader): Promise<{ data: Views['officers'] } | null> {
    if (!(await mayRead(tx, reader, unit))) return null
    return { data: { rows: await tx.query<OfficerRow>(officersText, [unit, reader.now, await patrolMinutes(tx, unit, reader.now), free]) } }
  },
} as const
