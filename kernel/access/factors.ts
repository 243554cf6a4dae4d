import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { generateSecret, generateURI, verifySync } from 'otplib'
import type { Pool } from '../database/tx.ts'

/** RFC 6238 with what every authenticator takes: SHA-1, 6 digits, steps of 30 s. One step of a clock that is wrong is forgiven, either way. */
const periodSeconds = 30
const digits = /^\d{6}$/
const recoveryCodes = 10
/** RFC 4648 without padding: 16 letters are 80 bits. */
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** A second factor as it is offered, once: `secret` and `recovery` in groups of letters to be written down, `uri` for a QR code. */
export interface NewFactor {
  readonly id: string
  readonly secret: string
  readonly uri: string
  readonly recovery: readonly string[]
}

/** Random letters in groups of four; 5 bits each. */
export const randomLetters = (amount: number): string =>
  grouped([...randomBytes(amount)].map((byte) => letters.charAt(byte % letters.length)).join(''))
const grouped = (text: string): string => text.match(/.{1,4}/g)?.join(' ') ?? ''
/** What a person typed of a code: case, spaces and dashes do not matter. */
export const plainCode = (typed: string): string => typed.replaceAll(/[\s-]/g, '').toUpperCase()
export const digestOfCode = (typed: string): Buffer => createHash('sha256').update(plainCode(typed)).digest()

export class Factors {
  readonly #pool: Pool
  readonly #now: () => string
  readonly #recovered: (account: string, recovery: string) => Promise<boolean>
  constructor(parts: { pool: Pool; now: () => string; recovered: (account: string, recovery: string) => Promise<boolean> }) {
    this.#pool = parts.pool
    this.#now = parts.now
    this.#recovered = parts.recovered
  }

  /** A new one for this account, in force once the account's own event names it. What was offered before and never confirmed is void. */
  async make(account: string, login: string): Promise<NewFactor> {
    const id = randomUUID()
    const secret = generateSecret()
    const recovery = Array.from({ length: recoveryCodes }, () => randomLetters(16))
    const values = [id, account, secret, recovery.map(() => randomUUID()), recovery.map(digestOfCode)]
    await this.#pool.write('*', async () => ({
      statements: [{ text: 'select kernel.put_factor($1, $2, $3, $4::uuid[], $5::bytea[])', values }],
      result: () => undefined,
    }))
    return { id, secret: grouped(secret), uri: generateURI({ issuer: 'Plumbline 准绳', label: login, secret }), recovery }
  }

  /** Whether this is a code of the factor that nobody has used: of the authenticator at the server's time, or a recovery code. Afterwards it is used. */
  async takes(account: string, factor: string, typed: string): Promise<boolean> {
    const code = plainCode(typed)
    return digits.test(code) ? this.#takesDigits(account, factor, code) : this.#takesRecovery(account, factor, code)
  }

  async #takesDigits(account: string, factor: string, token: string): Promise<boolean> {
    const [row] = await this.#pool.read('*', (tx) =>
      tx.query<{ secret: string | null }>('select kernel.secret_of($1, $2) as secret', [factor, account]),
    )
    const secret = row?.secret ?? null
    if (secret === null) return false
    const epoch = Math.floor(Date.parse(this.#now()) / 1000)
    const found = verifySync({ secret, token, epoch, epochTolerance: periodSeconds })
    if (!found.valid || !('timeStep' in found)) return false
    return this.#pool.write('*', async (tx) => {
      const [used] = await tx.query<{ fresh: boolean }>('select kernel.use_step($1, $2) as fresh', [factor, found.timeStep])
      return { statements: [], result: () => used?.fresh === true }
    })
  }

  async #takesRecovery(account: string, factor: string, code: string): Promise<boolean> {
    const [row] = await this.#pool.read('*', (tx) =>
      tx.query<{ id: string | null }>('select kernel.recovery_of($1, $2) as id', [factor, digestOfCode(code)]),
    )
    return row?.id ? this.#recovered(account, row.id) : false
  }
}
