import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { FirstDoor } from '../access/first.ts'
import { parsed, Problem } from '../problem.ts'
import { text } from '../text.ts'
import type { House } from './route.ts'

const open = z.object({ open: z.boolean() })

/** The first people of a house that has nobody. Afterwards nobody comes in here again: 410. */
export function firstRoutes(app: FastifyInstance, house: House): void {
  const { first } = house
  if (first === undefined) return
  const door = new FirstDoor(house.pool)
  const body = first.input.extend({ firstCode: text(60) })
  app.get('/first/door', { config: { who: 'anyone', about: { answer: open } } }, async () => ({ open: await door.isOpen() }))
  app.post('/first', { config: { who: 'anyone', about: { body, answer: open } } }, async (request) => {
    if (!(await door.isOpen())) throw new Problem(410, 'first-over')
    const { firstCode, ...input } = parsed(body, request.body)
    const found = await door.tries(String(firstCode), request.ip)
    if (found === 'wrong-code') throw new Problem(422, 'invalid', { wrong: [{ path: 'firstCode', code: 'firstCode', values: {} }] })
    const begun = found === 'open' && (await first.begin(house.road, input as never))
    if (!begun) throw new Problem(410, 'first-over')
    await door.close()
    return { open: false }
  })
}
