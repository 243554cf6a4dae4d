import type { FastifyInstance, FastifyRequest } from 'fastify'
import { positionNow } from '../follow.ts'
import type { Reader } from '../module.ts'
import { parsed, Problem } from '../problem.ts'
import { entitled, type House, language, moduleNamed, named, sessionOf } from './route.ts'

async function read(house: House, request: FastifyRequest<{ Params: { module: string; name: string } }>) {
  const session = sessionOf(request)
  const module = moduleNamed(house, request.params.module)
  const rule = named(module.views, request.params.name)
  if (rule === undefined) throw new Problem(404, 'unknown')
  if (session.locked && rule.whileLocked !== true) throw new Problem(423, 'locked')
  const as = entitled(session, rule.roles, language(request))
  const input = parsed(rule.input, request.query)
  const units = [...new Set(as.map((grant) => grant.unit))]
  const reader: Reader = { person: session.person, as, units, now: house.now() }
  const answer = await house.pool.read(units, async (tx) => {
    const [position, found] = await Promise.all([positionNow(tx), rule.read(tx, input as never, reader)])
    return found && { position, ...found }
  })
  const name = `${module.name}.${request.params.name}`
  if (answer === null) throw new Problem(404, 'unknown')
  if (rule.reads === 'opening') {
    house.log.note(session.person, reader.now, name, answer.streams ?? [])
    if (!module.urgent) await house.log.flush()
  }
  return { position: answer.position, data: answer.data }
}

export function viewRoutes(app: FastifyInstance, house: House): void {
  app.get<{ Params: { module: string; name: string } }>(
    '/view/:module/:name',
    { config: { who: 'session', whileLocked: true } },
    (request) => read(house, request),
  )
}
