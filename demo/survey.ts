// Runs as a thread of its own beside the server that is being seeded: drawing a city takes seconds in which a server must not stand still.
import { parentPort, workerData } from 'node:worker_threads'
import { type StationArea, stationAreas } from './areas.ts'
import { districts } from './geo.ts'

/** How many stations each district to be drawn has. */
export type Order = ReadonlyMap<string, number>
export interface Drawn {
  readonly district: string
  readonly areas: readonly StationArea[]
}

if (parentPort !== null) {
  for (const { code, boundary, label } of districts()) {
    const amount = (workerData as Order).get(code)
    if (amount === undefined) continue
    parentPort.postMessage({ district: code, areas: stationAreas(boundary, amount, label, Number(code)) } satisfies Drawn)
  }
}
