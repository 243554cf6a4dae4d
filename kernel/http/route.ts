import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import type { z } from 'zod'
import type { First } from '../access/first.ts'
import type { ReadLog } from '../access/log.ts'
import type { Session, Sessions } from '../access/sessions.ts'
import type { Sweep } from '../clocks/sweep.ts'
import type { HouseTime } from '../clocks/time.ts'
import type { Pool } from '../database/tx.ts'
import type { Grant, Role } from '../decider.ts'
import type { Follow } from '../follow.ts'
import type { Live } from '../live.ts'
import type { AnyModule, SignalRule } from '../module.ts'
import { Problem } from '../problem.ts'
import type { Road } from '../road.ts'
import { languageFor, say } from '../words.ts'

/** The signals of each module. */
export type Signals = ReadonlyMap<string, Readonly<Record<string, SignalRule>>>

/** What every route may use. */
export interface House {
  readonly road: Road
  readonly follow: Follow
  readonly live: Live
  readonly sessions: Sessions
  readonly log: ReadLog
  readonly pool: Pool
  readonly modules: readonly AnyModule[]
  readonly now: () => string
  readonly sweep: Sweep
  readonly time: HouseTime
  readonly logger: Logger
  /** Made once a process. */
  readonly signals: Signals
  /** How the first people come in. */
  readonly first?: First
  /** Demonstration only: accounts offered on the login page; its administrators need no second factor. */
  readonly demoAccounts?: readonly unknown[]
  /** Whose X-Forwarded-* headers are believed; see proxies.ts. */
  readonly proxies?: readonly string[]
  /** Who bears it may read the figures; without it only this machine itself. */
  readonly metricsToken?: string
  /** Under which browsers reach the house; see origin.ts. */
  readonly origin?: string
}

export const cookieName = 'plumbline'

/** A group of routes: `app.get(url, { config: { who } }, handler)` for each. Groups are listed in routes.ts. */
export type Routes = (app: FastifyInstance, house: House) => void | Promise<void>

/** What a route of no module takes and gives; `type` is the answer's media type where it is not JSON, `status` where it is not 200. */
export interface About {
  readonly body?: z.ZodType
  readonly query?: z.ZodType
  readonly answer?: z.ZodType
  readonly type?: string
  readonly status?: number
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may use the route; a route that does not say so refuses to start. */
    who?: 'anyone' | 'session'
    /** Also for an administrator who still owes a second factor; a command's own rule says it once more. */
    early?: true
    /** Also for a session that is locked: what is heard, and the way out. A view says it itself. */
    whileLocked?: true
    /** What it takes and gives, for the document of the interface. */
    about?: About
  }
  interface FastifyRequest {
    session: Session | null
  }
}

export const language = (request: FastifyRequest): string => languageFor(request.headers['accept-language'])

/** The session of a route whose `who` is `session`. @throws Problem 401 */
export const sessionOf = (request: FastifyRequest): Session => {
  if (request.session === null) throw new Problem(401, 'session')
  return request.session
}

/** The grants that count; none: 403 with the roles that would. */
export function entitled(session: Session, roles: readonly Role[] | 'everyone' | 'self' | 'system', tongue: string): readonly Grant[] {
  if (roles === 'everyone' || roles === 'self') return session.person.grants
  const as = roles === 'system' ? [] : session.person.grants.filter((grant) => roles.includes(grant.role))
  if (as.length > 0) return as
  const names = roles === 'system' ? [say(tongue, 'role.system')] : roles.map((role) => say(tongue, `role.${role}`))
  throw new Problem(403, 'role', { values: { roles: names.join(say(tongue, 'listSeparator')) } })
}

/** What a client names may be a name that every object has: only what was declared counts. */
export const named = <Rule>(rules: Readonly<Record<string, Rule>>, name: string): Rule | undefined =>
  Object.hasOwn(rules, name) ? rules[name] : undefined

/** @throws Problem 404 */
export function moduleNamed(house: House, name: string): AnyModule {
  const module = house.modules.find((one) => one.name === name)
  if (module === undefined) throw new Problem(404, 'unknown')
  return module
}
