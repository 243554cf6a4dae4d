import type { z } from 'zod'
import type { Pool } from '../database/tx.ts'
import type { Road } from '../road.ts'
import { digestOfCode, randomLetters } from './factors.ts'
import { settle, Throttled, waitFor } from './throttle.ts'

/** 26 letters of 5 bits: 130 bits, which nobody guesses; a plain digest is enough. */
const codeLetters = 26
const validHours = 24

const nobodyText = 'select not exists (select from access.account) as nobody'

/** `over`: somebody has an account, so this way in is closed for ever. */
export type Door = 'open' | 'over' | 'wrong-code'

/** The way into a house that has nobody: whoever reads the server's console may bring the first people, once. */
export class FirstDoor {
  readonly #pool: Pool
  constructor(pool: Pool) {
    this.#pool = pool
  }

  /** Whether nobody has, or ever had, an account. */
  async isOpen(): Promise<boolean> {
    const [row] = await this.#pool.read('*', (tx) => tx.query<{ nobody: boolean }>(nobodyText))
    return row?.nobody === true
  }

  /** A new code, which makes the last one void; null when the door is closed. */
  async code(): Promise<string | null> {
    if (!(await this.isOpen())) return null
    const code = randomLetters(codeLetters)
    const text = `
      insert into kernel.first_code (digest, until) values ($1, now() + $2 * interval '1 hour')
      on conflict (one) do update set digest = excluded.digest, until = excluded.until`
    await this.#pool.write('*', async () => ({ statements: [{ text, values: [digestOfCode(code), validHours] }], result: () => undefined }))
    return code
  }

  /** Whether this code opens the door now. Wrong ones are counted for the address they came from. Throws Throttled. */
  async tries(code: string, from: string): Promise<Door> {
    const keys = [`from:${from}`]
    const known = 'select 1 from kernel.first_code where digest = $1 and until > now()'
    // In one snapshot: when the code has just done its work, somebody is there.
    const [[row], wait, rows] = await this.#pool.read('*', (tx) =>
      Promise.all([tx.query<{ nobody: boolean }>(nobodyText), waitFor(tx, keys), tx.query(known, [digestOfCode(code)])]),
    )
    if (row?.nobody !== true) return 'over'
    if (wait > 0) throw new Throttled(wait)
    await settle(this.#pool, keys, rows.length > 0 ? 'right' : 'wrong')
    return rows.length > 0 ? 'open' : 'wrong-code'
  }

  /** The code has done its work. */
  async close(): Promise<void> {
    await this.#pool.write('*', async () => ({
      statements: [{ text: 'delete from kernel.first_code', values: [] }],
      result: () => undefined,
    }))
  }
}

/** How the module of the accounts brings the first people; false when somebody was there already. */
export interface First<Input = never> {
  readonly input: z.ZodObject
  readonly begin: (road: Road, input: Input) => Promise<boolean>
}
