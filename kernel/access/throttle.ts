import type { Pool, Tx } from '../database/tx.ts'

/** Too many failures: wait this many seconds. */
export class Throttled extends Error {
  readonly seconds: number
  constructor(seconds: number) {
    super('throttled')
    this.seconds = seconds
  }
}

/** The seconds still to wait under any of these keys. */
export async function waitFor(tx: Tx, keys: readonly string[]): Promise<number> {
  const text = 'select max(kernel.throttled(key)) as seconds from unnest($1::text[]) as list (key)'
  return (await tx.query<{ seconds: number }>(text, [keys]))[0]?.seconds ?? 0
}

/**
 * One attempt after the other: many made at once get no more answers than many made in turn. `right`: the count is forgotten, `wrong`: it goes on,
 * `half`: neither, there is more to show. Throws Throttled, also for what was right.
 */
export async function settle(pool: Pool, keys: readonly string[], outcome: 'right' | 'half' | 'wrong'): Promise<void> {
  const wait = await pool.write('*', async (tx) => {
    const [, seconds] = await Promise.all([tx.query('select kernel.lock($1, $2::text[])', ['login', keys]), waitFor(tx, keys)])
    const counted = outcome === 'wrong' || (outcome === 'right' && seconds === 0)
    const text = outcome === 'wrong' ? 'select kernel.failed($1)' : 'select kernel.succeeded($1)'
    return { statements: counted ? keys.map((key) => ({ text, values: [key] })) : [], result: () => seconds }
  })
  if (wait > 0) throw new Throttled(wait)
}
