import { z } from 'zod'
import type { Tx } from '#kernel/database/tx.ts'
import type { Reader, SignalTools } from '#kernel/module.ts'
import { unitCode } from '#kernel/text.ts'
import { settingAt } from '#kernel/withSettings.ts'
import type { IncidentRow, PatrolRow, signals, Views } from './contract.ts'
import type { Origin } from './decide/waiting.ts'
import { mayRead } from './reach.ts'
import { everyone, settings } from './rules.ts'

const putText = `
  insert into dispatch.signal_patrol as p (account, name, unit, path, lon, lat, incident, at)
  select $1, $2, u.code, u.path, $4, $5, $6, $7::timestamptz from access.unit_of($3) u
  on conflict (account) do update set
    name = excluded.name, unit = excluded.unit, path = excluded.path, lon = excluded.lon, lat = excluded.lat, incident = excluded.incident, at = excluded.at
  where p.at <= excluded.at`

/** A patrol says where it is. Only the last value is kept: a position is a signal and never a record of somebody's ways. */
export const position = (tools: SignalTools) => async (input: z.infer<typeof signals.position>, reader: Reader) => {
  const { account, name } = reader.person
  const values = [account, name, reader.as[0]?.unit, input.lon, input.lat, input.incident ?? null, reader.now]
  await tools.keep([{ text: putText, values }])
}

// An incident that the reader may not see, or that is over, is none.
const patrolsText = `
  select p.account, p.name, p.unit, p.lon, p.lat, p.at, i.id as incident
  from dispatch.signal_patrol p left join dispatch.incident i on i.id = p.incident and i.open
  where p.path @> array[$1] and p.at > $2::timestamptz - $3 * interval '1 minute' order by p.unit, p.account`

/** How old a position may be, as set for the unit. */
export const patrolMinutes = (tx: Tx, unit: string, now: string): Promise<number> =>
  settingAt(tx, 'dispatch', settings, 'patrolMinutes', unit, now)

const byUnit = z.strictObject({ unit: unitCode })
export const patrols = {
  input: byUnit,
  roles: everyone,
  reads: 'board',
  async read(tx: Tx, { unit }: z.infer<typeof byUnit>, reader: Reader): Promise<{ data: Views['patrols'] } | null> {
    if (!(await mayRead(tx, reader, unit))) return null
    return { data: { rows: await tx.query<PatrolRow>(patrolsText, [unit, reader.now, await patrolMinutes(tx, unit, reader.now)]) } }
  },
} as const

const originsText = `
  select p.lon, p.lat, 'patrol' as of from dispatch.signal_patrol p
  where p.account = any ($1::text[]) and p.at > $2::timestamptz - $3 * interval '1 minute'
  union all select post.lon, post.lat, 'station' as of from access.posts($4) post where post.code = $5`

/** Where those are who are sent to a point, as far as their positions are fresh enough for a map; else where their station is, if that is known. */
export async function originsOf(
  tx: Tx,
  { place, station, bureau }: IncidentRow,
  { officers, at }: { officers: readonly string[]; at: string },
): Promise<readonly Origin[]> {
  if (place.kind !== 'point' || station === null) return []
  const found = await tx.query<Origin>(originsText, [officers, at, await patrolMinutes(tx, station, at), bureau, station])
  const patrols = found.filter(({ of }) => of === 'patrol')
  return patrols.length > 0 ? patrols : found
}
