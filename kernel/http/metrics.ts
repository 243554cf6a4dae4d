import { createHash, timingSafeEqual } from 'node:crypto'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import { z } from 'zod'
import { positionNow } from '../follow.ts'
import { Problem } from '../problem.ts'
import type { House } from './route.ts'

const loopback: ReadonlySet<string> = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1'])
const forwarded = ['x-forwarded-for', 'forwarded', 'x-real-ip']
const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
const nanoseconds = 1e9

/** This machine itself, or the bearer of the token. What a proxy hands on comes from elsewhere, whatever its own address is. */
function admitted(request: FastifyRequest, token: string | undefined): boolean {
  if (token !== undefined) return timingSafeEqual(digest(request.headers.authorization ?? ''), digest(`Bearer ${token}`))
  return loopback.has(request.socket.remoteAddress ?? '') && forwarded.every((name) => request.headers[name] === undefined)
}

/** Figures of this process in the format of Prometheus. Labels are routes as they were declared and statuses: nothing of a person or a record. */
export function metricsRoutes(app: FastifyInstance, house: House): void {
  const registers = [new Registry()]
  const answers = new Counter({
    name: 'plumbline_http_requests_total',
    help: 'Answers by route and status.',
    labelNames: ['method', 'route', 'status'],
    registers,
  })
  const commands = new Histogram({
    name: 'plumbline_command_seconds',
    help: 'From a command to its answer.',
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers,
  })
  const delay = monitorEventLoopDelay({ resolution: 20 })
  delay.enable()
  const gauge = (name: string, help: string, value: () => number | Promise<number>) =>
    new Gauge({
      name: `plumbline_${name}`,
      help,
      registers,
      async collect() {
        this.set(await value())
      },
    })
  const lag = async () => Math.max(0, (await house.pool.read('*', positionNow)) - house.follow.position)
  gauge('follow_lag_events', 'Events that the reader of this process has not seen yet.', lag)
  gauge('live_clients', 'Open screens.', () => house.live.clients)
  const dueText = 'select count(*) as amount from kernel.clock where due <= $1::timestamptz'
  const due = async () => (await house.pool.read('*', (tx) => tx.query<{ amount: number }>(dueText, [house.now()])))[0]?.amount ?? 0
  gauge('clock_points_due', 'Points of clocks that have come and that no server has passed yet.', due)
  gauge('clocks_failing', 'Clocks whose point could not be passed by this process and is tried again.', () => house.sweep.figures.failing)
  gauge('clock_points_passed', 'Points of clocks that this process has passed.', () => house.sweep.figures.passed)
  const figuresText = 'select waiting, failing, oldest from kernel.effects_figures()'
  const effects = async () => {
    const [row] = await house.pool.read('*', (tx) => tx.query<{ waiting: number; failing: number; oldest: string | null }>(figuresText))
    return row ?? { waiting: 0, failing: 0, oldest: null }
  }
  gauge('effects_waiting', 'Bells and the like that are still to be delivered.', async () => (await effects()).waiting)
  gauge('effects_failing', 'Targets whose last attempt failed while something waits for them.', async () => (await effects()).failing)
  gauge('effects_oldest_seconds', 'How long the oldest of what is to be delivered has waited; 0: nothing waits.', async () => {
    const { oldest } = await effects()
    return oldest === null ? 0 : Math.max(0, Date.parse(house.now()) - Date.parse(oldest)) / 1000
  })
  gauge('time_offset_seconds', 'The database’s time, which rules, minus this server’s own.', () => house.time.offset / 1000)
  gauge('event_loop_delay_p99_seconds', '99th percentile since the start.', () => delay.percentile(99) / nanoseconds)
  gauge('memory_resident_bytes', 'Resident memory of this process.', () => process.memoryUsage.rss())
  gauge('memory_heap_bytes', 'Used heap of this process.', () => process.memoryUsage().heapUsed)
  app.addHook('onClose', async () => delay.disable())
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none'
    answers.inc({ method: request.method, route, status: reply.statusCode })
    if (route.startsWith('/command/')) commands.observe(reply.elapsedTime / 1000)
  })
  const about = { answer: z.string(), type: 'text/plain' }
  app.get('/metrics', { config: { who: 'anyone', about } }, async (request, reply) => {
    if (!admitted(request, house.metricsToken)) throw new Problem(403, 'metrics')
    return reply.type('text/plain; version=0.0.4; charset=utf-8').send(await registers[0]?.metrics())
  })
}
