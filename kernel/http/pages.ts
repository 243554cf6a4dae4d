import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { Problem } from '../problem.ts'
import { headers } from './headers.ts'

/** The built screens; every address that is no route of ours is the same page. */
export async function pageRoutes(app: FastifyInstance): Promise<void> {
  const root = fileURLToPath(new URL('../../dist/web/', import.meta.url))
  const index = `${root}index.html`
  if (!existsSync(index)) return
  await app.register(fastifyStatic, {
    root: `${root}assets`,
    prefix: '/assets/',
    immutable: true,
    maxAge: '1y',
    index: false,
    wildcard: false,
  })
  const page = readFileSync(index, 'utf8')
  app.get('/*', { config: { who: 'anyone' } }, async (request, reply) => {
    if (!(request.headers.accept ?? '').includes('text/html')) throw new Problem(404, 'unknown')
    const nonce = randomBytes(16).toString('base64')
    return reply
      .headers(headers(nonce))
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(page.replaceAll('__NONCE__', nonce))
  })
}
