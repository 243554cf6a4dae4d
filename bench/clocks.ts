import { child, endServer, openServer } from './dispatch/children.ts'
import type { LoadFigures } from './dispatch/load.ts'
import { ask } from './dispatch/messages.ts'
import type { Plan } from './dispatch/plan.ts'
import type { Watched } from './dispatch/server.ts'
import type { Result } from './result.ts'

const clocks = 1_000_000
const looks = 200
const due = 1000
/** One screen a unit. */
const screens = 365
const limits = { empty: 20, due: 1000, fired: 1000, p99: 50 }
/** Seconds after the sending: with each move of the time one rung of every call comes, and no other. */
const apart = { ring: 1000, assign: 2000, city: 3000 }
const moves = Object.values(apart).map((seconds) => (seconds + 60) * 1000)

const rank = (values: readonly number[], percent: number): number => {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN
}
const result = (name: string, value: number, limit: number | null = null, unit = 'ms'): Result => ({
  name,
  value: Math.round(value * 100) / 100,
  unit,
  limit,
  ok: limit === null || value <= limit,
})

/** A million open clocks: what a sweep costs that finds nothing, how soon a thousand points at one moment have their effect, and how late rungs are under load. */
export async function figures({ seconds, rate, say }: { seconds: number; rate: number; say: (text: string) => void }): Promise<Result[]> {
  const [server, load] = [openServer(), child('load.ts')]
  try {
    const { port, plan } = await ask<{ port: number; plan: Plan }>(server, 'start')
    await ask(load, 'start', { port, plan })
    await ask(load, 'connectScreens', { clients: screens })
    await ask(server, 'fill', { clocks })
    say(`${clocks} clocks are open`)
    const empty = await ask<{ sweep: number[]; bare: number[] }>(server, 'sweeps', { times: looks })
    await ask(server, 'rungs', apart)
    const opened = await ask<LoadFigures>(load, 'open', { rate: due / 10, seconds: 10 })
    if (opened.answered !== due) throw new Error(`${opened.answered} calls were taken, not ${due}`)
    const moved: { ms: number; bare: number }[] = []
    for (const by of moves) moved.push(await ask(server, 'moveOn', { by, points: due }))
    const [together, bare] = [moved.map(({ ms }) => ms), moved.map((move) => move.bare)]
    await ask(load, 'cancel')
    await ask(server, 'rungs', null)
    await ask(server, 'watch')
    const peak = await ask<LoadFigures>(load, 'open', { rate, seconds })
    const { fired } = await ask<Watched>(server, 'watched')
    return [
      result(`sweep with nothing due, ${looks} of them, p50`, rank(empty.sweep, 50)),
      result('sweep with nothing due, p99', rank(empty.sweep, 99), limits.empty),
      result('bare scan of the index that finds nothing, p50', rank(empty.bare, 50)),
      result('bare scan of the index that finds nothing, p99', rank(empty.bare, 99)),
      result('the empty sweep against the bare scan, ratio', rank(empty.sweep, 50) / rank(empty.bare, 50), null, ''),
      result(`${due} points at one moment, until the last has its effect, median of ${moves.length}`, rank(together, 50), limits.due),
      result(`${due} points at one moment, the slowest of ${moves.length}`, Math.max(...together)),
      result(`bare scan of the index that finds ${due}, median`, rank(bare, 50)),
      result(`${rate}/s for ${seconds} s: rungs climbed`, fired.count, null, ''),
      result('from the moment of a rung until it is climbed, p50', fired.p50),
      result('from the moment of a rung until it is climbed, p99', fired.p99, limits.fired),
      result('call to both levels meanwhile, p99', peak.p99, limits.p99),
    ]
  } finally {
    if (load.connected) await ask(load, 'stop').finally(() => load.disconnect())
    await endServer(server)
  }
}
