import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Statement } from '../database/tx.ts'
import type { Reader } from '../module.ts'
import { parsed, Problem } from '../problem.ts'
import { entitled, type House, language, moduleNamed, named, sessionOf, type Signals } from './route.ts'

/** A last value that a crash loses is said again soon: it does not wait for the disk. */
export const unhurried: Statement = { text: `select set_config('synchronous_commit', 'off', true)`, values: [] }

/** What the modules make of their signals in this process. */
export const signalsOf = (house: Omit<House, 'signals'>): Signals =>
  new Map(
    house.modules.map((module) => {
      const system = async (about: string, stream: string, command: { type: string; data: unknown }) => {
        const by = { system: `${module.name}.${about}`, because: house.follow.position }
        await house.road.take({ module: module.name, stream, id: randomUUID(), ...command, by, as: [] })
      }
      const keep = (statements: readonly Statement[]) =>
        house.pool.write('*', async () => ({ statements: [unhurried, ...statements], result: () => undefined }))
      return [module.name, module.signals({ system, keep })]
    }),
  )

async function give(house: House, request: FastifyRequest<{ Params: { module: string; name: string } }>) {
  const session = sessionOf(request)
  const module = moduleNamed(house, request.params.module)
  const rule = named(house.signals.get(module.name) ?? {}, request.params.name)
  if (rule === undefined) throw new Problem(404, 'unknown')
  if (session.locked && rule.whileLocked !== true) throw new Problem(423, 'locked')
  const as = entitled(session, rule.roles, language(request))
  const input = parsed(rule.input, request.body)
  const reader: Reader = { person: session.person, as, units: [...new Set(as.map((grant) => grant.unit))], now: house.now() }
  await rule.handle(input as never, reader)
  return {}
}

export function signalRoutes(app: FastifyInstance, house: House): void {
  app.post<{ Params: { module: string; name: string } }>(
    '/signal/:module/:name',
    { config: { who: 'session', whileLocked: true } },
    (request) => give(house, request),
  )
}
