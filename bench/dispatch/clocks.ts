// What the bench does to the clocks of its server, from inside it.
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import type { Opened } from '#kernel/house.ts'
import { bureau } from './plan.ts'

export interface Subject {
  readonly house: Opened
  /** URL of the owner's role. */
  readonly owner: string
}

async function asOwner<Result>(owner: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: owner })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

const fillText = `
  insert into kernel.clock (module, stream, id, unit, rule, point, due, clock)
  select 'dispatch', id::text, 'receipt-1', $2, 'receipt', 'ring', due, jsonb_build_object(
    'id', 'receipt-1', 'rule', 'receipt', 'unit', $2::text, 'source', 'setting', 'started', due, 'since', due, 'ran', 0,
    'points', jsonb_build_array(jsonb_build_object('name', 'ring', 'after', 30000), jsonb_build_object('name', 'assign', 'after', 60000),
      jsonb_build_object('name', 'city', 'after', 180000), jsonb_build_object('name', 'finding', 'after', 1800000)))
  from (select gen_random_uuid() as id, now() + interval '10 days' + n * interval '2 seconds' as due from generate_series(1, $1) n) open`

/** So many open clocks that will be due some day after the bench. */
export const fill = ({ owner }: Subject, amount: number): Promise<void> =>
  asOwner(owner, async (client) => {
    await client.query(fillText, [amount, bureau])
    await client.query('analyze kernel.clock')
  })

const scanText = `
  select module, stream, id, point, due, clock from kernel.clock where due <= $1::timestamptz order by due, module, stream, id limit 1000`

async function timed(times: number, work: () => Promise<unknown>): Promise<number[]> {
  const found: number[] = []
  for (let turn = 0; turn < times; turn++) {
    const begun = performance.now()
    await work()
    found.push(performance.now() - begun)
  }
  return found
}

/** Milliseconds of so many sweeps that find nothing, and of the bare scan of the index by a client of its own. */
export async function sweeps({ house, owner }: Subject, times: number): Promise<{ sweep: readonly number[]; bare: readonly number[] }> {
  const sweep = await timed(times, () => house.sweep.sweep())
  const bare = await asOwner(owner, (client) =>
    timed(times, () => client.query({ name: 'scan', text: scanText, values: [new Date().toISOString()] })),
  )
  return { sweep, bare }
}

/** The database's time moves on, and the house's with it: milliseconds until every one of so many points has been passed, and of the scan that finds them. */
export async function moveOn({ house, owner }: Subject, by: number, points: number): Promise<{ ms: number; bare: number }> {
  const { passed } = house.sweep.figures
  const bare = await asOwner(owner, async (client) => {
    const text = scanText.replace('$1::timestamptz', `clock_timestamp() + interval '${by} milliseconds'`)
    const [ms = Number.NaN] = await timed(1, () => client.query(text))
    await client.query(
      `create or replace function kernel.now() returns timestamptz language sql volatile set search_path = ''
       as $$ select clock_timestamp() + interval '${by} milliseconds' $$`,
    )
    return ms
  })
  await house.time.measure()
  const begun = performance.now()
  const until = begun + 60_000
  while (house.sweep.figures.passed < passed + points && performance.now() < until) await pause(2)
  const ms = performance.now() - begun
  if (house.sweep.figures.passed !== passed + points)
    throw new Error(`${house.sweep.figures.passed - passed} points were passed, not ${points}`)
  return { ms, bare }
}

const firedText = `
  select count(*)::int as count, coalesce(percentile_disc(0.5) within group (order by late), 0)::float as p50,
    coalesce(percentile_disc(0.99) within group (order by late), 0)::float as p99
  from (
    select extract(epoch from e.at - (c.data ->> 'due')::timestamptz) * 1000 as late
    from kernel.event e join kernel.content c using (position) where e.type = 'climbed' and e.at > $1
  ) fired`

export interface Fired {
  readonly count: number
  readonly p50: number
  readonly p99: number
}

/** How long after its moment each rung was climbed that came since then, milliseconds. */
export const firedSince = ({ owner }: Subject, since: string): Promise<Fired> =>
  asOwner(owner, async (client) => {
    const { rows } = await client.query<Fired>(firedText, [since])
    return rows[0] ?? { count: 0, p50: 0, p99: 0 }
  })
