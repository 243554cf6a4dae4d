import pg from 'pg'
import { ownerUrl } from '#kernel/database/running.ts'
import { verify } from '#kernel/verify.ts'
import { modules } from '../modules.ts'

/** A look into the database beside the server, as its owner; the server is not disturbed. */
export async function asOwner<Result>(data: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const { url, done } = await ownerUrl({ data })
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
    await done()
  }
}

/** How many events a module has recorded. What was read is recorded as well, under `access`, so the position alone says little. */
export const recorded = (data: string, module: string): Promise<number> =>
  asOwner(data, async (client) => {
    const { rows } = await client.query<{ amount: number }>('select count(*)::int as amount from kernel.event where module = $1', [module])
    return rows[0]?.amount ?? 0
  })

/** Everything in which the database differs from what its events say. */
export async function wrongIn(data: string): Promise<readonly unknown[]> {
  const { url, done } = await ownerUrl({ data })
  try {
    return (await verify(url, modules)).differences
  } finally {
    await done()
  }
}
