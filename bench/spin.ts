import { parentPort, workerData } from 'node:worker_threads'

/** Milliseconds in which a thread that only spins did not run: steps of the clock longer than one. */
export interface Gaps {
  readonly lost: number
  readonly longest: number
}

const end = performance.now() + (workerData as number) * 1000
let [last, lost, longest] = [performance.now(), 0, 0]
while (last < end) {
  const now = performance.now()
  if (now - last > 1) {
    lost += now - last
    longest = Math.max(longest, now - last)
  }
  last = now
}
parentPort?.postMessage({ lost, longest } satisfies Gaps)
