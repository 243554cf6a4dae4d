// How calm the machine is: figures of waiting mean little where others take its cores away.
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { Result } from './result.ts'
import type { Gaps } from './spin.ts'

const seconds = 3

/** As many spinning threads as there are cores: the share of their time that they did not get, in percent, and the longest gap in milliseconds. */
export async function machine(when: 'before' | 'after'): Promise<Result[]> {
  const threads = Array.from(
    { length: availableParallelism() },
    () => new Worker(new URL('./spin.ts', import.meta.url), { workerData: seconds }),
  )
  const gaps = await Promise.all(threads.map(async (thread) => (await once(thread, 'message'))[0] as Gaps))
  const lost = gaps.reduce((sum, gap) => sum + gap.lost, 0) / (threads.length * seconds * 1000)
  const said = (name: string, value: number, unit: string): Result => ({
    name: `${name} ${when} the bench, ${threads.length} threads that only spin`,
    value: Math.round(value * 100) / 100,
    unit,
    limit: null,
    ok: true,
  })
  return [said('time taken away', lost * 100, '%'), said('longest time taken away', Math.max(...gaps.map(({ longest }) => longest)), 'ms')]
}
