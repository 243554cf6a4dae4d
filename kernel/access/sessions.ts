import { createHash, randomBytes } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import type { Pool, Tx } from '../database/tx.ts'
import { administrators, type Grant, type Person } from '../decider.ts'
import { tellingEnded } from '../follow.ts'
import type { Secret } from '../road.ts'
import type { Factors, NewFactor } from './factors.ts'
import { settle, Throttled, waitFor } from './throttle.ts'

/** OWASP password storage: argon2id (the library's own choice), 19 MiB, 2 passes. */
const argon = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/**
 * How long a session lasts at most, and how long a screen may be left alone; an open live stream counts as use. Whole numbers. On shift neither ends it:
 * it locks.
 */
export interface Limits {
  readonly sessionHours: number
  readonly idleMinutes: number
}
/** A session is looked up in the table again after this, so that a revocation elsewhere is felt at once. */
const cacheMs = 1000
/** More sessions than this are not kept in memory: whatever was not used for a while is looked up again. */
const kept = 10_000
/** `used_at` is written at most this often a session. */
const touchMs = 60_000

export interface Session {
  readonly token: string
  readonly person: Person
  readonly login: string
  /** The second factor in force and how many of its recovery codes are left. */
  readonly factor: { readonly id: string; readonly left: number } | null
  /** An administrator without a second factor: he may do nothing but set one up (GB/T 22239-2019, 8.1.4.1: two kinds of evidence). */
  readonly owes: boolean
  /** He has a desk's shift: the session does not end by itself. */
  readonly onShift: boolean
  /** His password is asked for before anything but listening. */
  readonly locked: boolean
  /** After so many minutes without a hand on it a screen on shift locks. */
  readonly idleMinutes: number
}

export interface Entering {
  readonly login: string
  readonly password: string
  /** Of the authenticator, or a recovery code. */
  readonly oneTimeCode?: string | undefined
  /** The address it comes from. */
  readonly from: string
  readonly device?: string | undefined
}

/** Why a log-in opened no session: the password, the code that is still to be given, or the code that was given. */
export type NotOpened = 'login' | 'second-factor' | 'code'

/** One of a person's own sessions, as he is shown it; `id` is the token's digest and opens nothing. Times are instants in UTC. */
export interface OwnSession {
  readonly id: string
  /** What the browser called itself at log-in; may be empty. */
  readonly device: string
  readonly since: string
  readonly seen: string
  /** The one that asks. */
  readonly own: boolean
}

const hashed = (token: string): Buffer => createHash('sha256').update(token).digest()

/** A secret as it may be kept, under the id that an event may name. */
export const keepSecret = async (id: string, secret: string): Promise<Secret> => ({
  id,
  hash: await hash(secret, argon),
  fits: (kept) => verify(kept, secret),
})

interface SessionRow {
  account: string
  login: string
  name: string
  unit: string
  grants: Grant[]
  factor: string | null
  recovery_left: number
  on_shift: boolean
  locked: boolean
  idle: number
}

const personOf = ({ account, name, unit, grants }: SessionRow): Person => ({ account, name, unit, grants })

const peopleText = `
  select digest, s.account, s.login, s.name, s.unit, s.grants, s.factor, s.recovery_left
  from unnest($1::text[]) as list (digest) cross join lateral kernel.session_of(decode(digest, 'hex')) s`
// Skipping what somebody else is just touching: two of these never wait for each other.
const touchText = `
  update kernel.session s set used_at = now(), locked_at = coalesce(locked_at, case when not kernel.fresh(s) then now() end) where token in (
    select token from kernel.session where token = any (select decode(digest, 'hex') from unnest($1::text[]) as list (digest)) for update skip locked)`

const ownText = `
  select encode(s.token, 'hex') as id, s.device, s.created_at as since, s.used_at as seen, s.token = $2 as own
  from kernel.session s cross join lateral kernel.session_of(s.token)
  where s.account = $1 and s.revoked_at is null order by s.token = $2 desc, s.used_at desc`
const triedText = `
  select a.id, a.unit, a.credential, s.hash, c.factor
  from access.account_for($1) a join access.account c on c.id = a.id left join kernel.secret s on s.id = a.credential`
interface Tried {
  readonly id: string
  readonly unit: string
  readonly credential: string
  readonly hash: string | null
  readonly factor: string | null
}
const insertText = `
  insert into kernel.session (token, account, credential, created_at, used_at, ends_at, idle, device, proved)
  values ($1, $2, $3, now(), now(), now() + $4 * interval '1 hour', $5 * interval '1 minute', $6, array_remove(array[$7::uuid], null))`
const lockText = `update kernel.session set locked_at = coalesce(locked_at, now()) where token = $1`
const unlockText = `
  update kernel.session set locked_at = null, used_at = now(), ends_at = greatest(ends_at, now() + $2 * interval '1 hour') where token = $1`
const endText = (which: string): string =>
  tellingEnded(`update kernel.session set revoked_at = now() where revoked_at is null and ${which} returning account`)
/** Longer than any that a browser sends. */
const deviceLength = 300

/** Opaque sessions: the table knows only the token's digest. */
export class Sessions {
  readonly #pool: Pool
  readonly #factors: Factors
  readonly #exempt: boolean
  readonly #limits: (tx: Tx, unit: string) => Promise<Limits>
  readonly #cache = new Map<string, { session: Promise<Session | null>; until: number }>()
  readonly #touched = new Map<string, number>()
  /** Verified against when a login is unknown, so that the answer takes as long. */
  readonly #decoy: Promise<string>
  /** `exempt`: a demonstration, whose administrators need no second factor. `limits`: those in force for a unit now. */
  constructor(parts: { pool: Pool; factors: Factors; exempt: boolean; limits: (tx: Tx, unit: string) => Promise<Limits> }) {
    this.#pool = parts.pool
    this.#factors = parts.factors
    this.#exempt = parts.exempt
    this.#limits = parts.limits
    this.#decoy = hash(randomBytes(16), argon)
  }

  /** The new session, or why there is none. A second factor in force is asked for before anything is opened. Throws Throttled. */
  async open(given: Entering): Promise<Session | NotOpened> {
    const { login, password, oneTimeCode: code, from, device = '' } = given
    const keys = [`login:${login}`, `from:${from}`]
    const account = await this.#tried(login, password, keys)
    if (account === null) return 'login'
    if (account.factor === null) await settle(this.#pool, keys, 'right')
    else if (code === undefined) {
      await settle(this.#pool, keys, 'half')
      return 'second-factor'
    } else if (!(await this.#takes(account.id, account.factor, code, keys))) return 'code'
    const token = randomBytes(32).toString('base64url')
    await this.#pool.write('*', async (tx) => {
      const { sessionHours, idleMinutes } = await this.#limits(tx, account.unit)
      const { id, credential, factor } = account
      const values = [hashed(token), id, credential, sessionHours, idleMinutes, device.slice(0, deviceLength), factor]
      return { statements: [{ text: insertText, values }], result: () => undefined }
    })
    return (await this.find(token)) ?? 'login'
  }

  /** Whether this is the password of the one whose session this is: guessing at an open screen is slowed as at the door. Throws Throttled. */
  async proves({ login, person }: Session, password: string): Promise<boolean> {
    const keys = [`own:${person.account}`]
    const account = await this.#tried(login, password, keys)
    if (account !== null) await settle(this.#pool, keys, 'right')
    return account !== null
  }

  /** A second factor for this session's person, to be confirmed by a first code of it. */
  offerFactor({ person, login }: Session): Promise<NewFactor> {
    return this.#factors.make(person.account, login)
  }

  /**
   * Whether this is a code of the second factor in force, or of the offered one that is named: then this session has shown it. Guesses are slowed.
   * Throws Throttled.
   */
  async provesCode({ token, person, factor }: Session, code: string, offered?: string): Promise<boolean> {
    const which = offered ?? factor?.id
    if (which === undefined || !(await this.#takes(person.account, which, code, [`own:${person.account}`]))) return false
    await this.#pool.write('*', async () => ({
      statements: [{ text: 'update kernel.session set proved = proved || $2::uuid where token = $1', values: [hashed(token), which] }],
      result: () => undefined,
    }))
    return true
  }

  /** Every session of this one's person that has not ended, this one first. */
  async of({ token, person }: Session): Promise<readonly OwnSession[]> {
    return this.#pool.read('*', (tx) => tx.query<OwnSession>(ownText, [person.account, hashed(token)]))
  }

  /** Ends one of this person's sessions by its id; false when there is none such. */
  async endOne({ person }: Session, id: string): Promise<boolean> {
    return this.#end(`account = $1 and token = decode($2, 'hex')`, [person.account, id])
  }

  /** Ends every session of this person but this one. */
  async endOthers({ token, person }: Session): Promise<void> {
    await this.#end('account = $1 and token <> $2', [person.account, hashed(token)])
  }

  /** Whose session this is, with the grants of now (at most a second old); null when it has ended. */
  async find(token: string): Promise<Session | null> {
    const now = Date.now()
    const cached = this.#cache.get(token)
    if (cached !== undefined && cached.until > now) return cached.session
    if (this.#cache.size > kept) for (const [old, { until }] of this.#cache) if (until < now) this.#cache.delete(old)
    const session = this.#load(token)
    this.#cache.set(token, { session, until: now + cacheMs })
    session.catch(() => this.#cache.delete(token))
    return session
  }

  /** Whose these sessions are as of now, in one look; those that have ended or owe a second factor are missing. To be asked for is to be used. */
  async people(tokens: readonly string[]): Promise<Map<string, Person>> {
    const byDigest = new Map(tokens.map((token) => [hashed(token).toString('hex'), token]))
    const digests = [...byDigest.keys()]
    const rows = await this.#pool.write('*', async (tx) => {
      const found = await tx.query<SessionRow & { digest: string }>(peopleText, [digests])
      const statements = [{ text: touchText, values: [found.map(({ digest }) => digest)] }]
      return { statements, result: () => found }
    })
    const now = Date.now()
    return new Map(
      rows
        .filter((row) => !this.#owes(row))
        .map((row) => {
          const token = byDigest.get(row.digest) ?? ''
          this.#touched.set(token, now)
          return [token, personOf(row)] as const
        }),
    )
  }

  async revoke(token: string): Promise<void> {
    await this.#end('token = $1', [hashed(token)])
  }

  /** From now on only its person's password opens it; it listens on. */
  async lock({ token }: Session): Promise<void> {
    await this.#set(lockText, [hashed(token)])
  }

  /** Open again for as long as a new one would be, or what is missing. Throws Throttled. */
  async unlock(session: Session, password: string, code: string | undefined): Promise<null | NotOpened> {
    if (session.factor !== null && code === undefined) return 'second-factor'
    if (!(await this.proves(session, password))) return 'login'
    if (code !== undefined && session.factor !== null && !(await this.provesCode(session, code))) return 'code'
    const { sessionHours } = await this.#pool.read('*', (tx) => this.#limits(tx, session.person.unit))
    await this.#set(unlockText, [hashed(session.token), sessionHours])
    return null
  }

  async #set(text: string, values: readonly unknown[]): Promise<void> {
    await this.#pool.write('*', async () => ({ statements: [{ text, values }], result: () => undefined }))
    this.forget()
  }

  /** Grants, accounts or sessions have changed. */
  forget(): void {
    this.#cache.clear()
  }

  async #end(which: string, values: readonly unknown[]): Promise<boolean> {
    const ended = await this.#pool.write('*', async (tx) => {
      const rows = await tx.query(endText(which), values)
      return { statements: [], result: () => rows.length > 0 }
    })
    this.forget()
    return ended
  }

  #owes({ factor, grants }: Pick<SessionRow, 'factor' | 'grants'>): boolean {
    return !this.#exempt && factor === null && grants.some(({ role }) => administrators.has(role))
  }

  /** The account of this login if the password is its own, else null and one more failure under the keys. Throws Throttled. */
  async #tried(login: string, password: string, keys: readonly string[]): Promise<Tried | null> {
    const [found, wait] = await this.#pool.read('*', async (tx) => Promise.all([tx.query<Tried>(triedText, [login]), waitFor(tx, keys)]))
    if (wait > 0) throw new Throttled(wait)
    const account = found[0]
    const right = await verify(account?.hash ?? (await this.#decoy), password)
    if (right && account !== undefined && account.hash !== null) return account
    await settle(this.#pool, keys, 'wrong')
    return null
  }

  /** A code is used only where no wait is due, and counts as a password does. Throws Throttled. */
  async #takes(account: string, factor: string, code: string, keys: readonly string[]): Promise<boolean> {
    const wait = await this.#pool.read('*', (tx) => waitFor(tx, keys))
    if (wait > 0) throw new Throttled(wait)
    const right = await this.#factors.takes(account, factor, code)
    await settle(this.#pool, keys, right ? 'right' : 'wrong')
    return right
  }

  async #load(token: string): Promise<Session | null> {
    const digest = hashed(token)
    const [row] = await this.#pool.read('*', (tx) =>
      tx.query<SessionRow>(
        'select account, login, name, unit, grants, factor, recovery_left, on_shift, locked, idle from kernel.session_of($1)',
        [digest],
      ),
    )
    if (row === undefined) {
      this.#cache.delete(token)
      this.#touched.delete(token)
      return null
    }
    if (Date.now() - (this.#touched.get(token) ?? 0) > touchMs) {
      this.#touched.set(token, Date.now())
      await this.#pool.write('*', async () => ({
        statements: [{ text: touchText, values: [[digest.toString('hex')]] }],
        result: () => undefined,
      }))
    }
    const factor = row.factor === null ? null : { id: row.factor, left: row.recovery_left }
    const shift = { onShift: row.on_shift, locked: row.locked, idleMinutes: row.idle }
    return { token, login: row.login, person: personOf(row), factor, owes: this.#owes(row), ...shift }
  }
}
