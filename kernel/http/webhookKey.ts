import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { House } from './route.ts'

const answer = z.object({ key: z.string(), origin: z.string().nullable() })

/**
 * What a receiver has to know. `key`: by which it checks that a message is this house's, Ed25519, in base64 after `whpk_`, as Standard Webhooks writes it.
 * `origin`: what the links begin with; null: the house does not know it and sends none.
 */
export function webhookKeyRoutes(app: FastifyInstance, house: House): void {
  app.get('/webhook-key', { config: { who: 'anyone', about: { answer } } }, async () => {
    const [row] = await house.pool.read('*', (tx) => tx.query<{ key: Buffer }>('select kernel.signing_public() as key'))
    if (row === undefined) throw new Error('the house has no key to sign with')
    return { key: `whpk_${row.key.toString('base64')}`, origin: house.origin ?? null }
  })
}
