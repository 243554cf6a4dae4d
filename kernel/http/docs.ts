import type { FastifyInstance } from 'fastify'
import { openapi, type Registered } from './openapi.ts'
import type { House } from './route.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Every route but pages and their files, in the order in which they were registered. */
    registered: Registered[]
  }
}

/** The contract is in the source for everybody and holds no data: who writes a client needs no account to read it. */
export function docsRoutes(app: FastifyInstance, house: House): void {
  let document: object | undefined
  app.get('/api/docs', { config: { who: 'anyone' } }, async () => {
    document ??= openapi(house, app.registered)
    return document
  })
}
