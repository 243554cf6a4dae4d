import type { Views } from '#modules/dispatch/contract.ts'
import type { Client } from '../client.ts'
import type { Measured } from './figures.ts'
import { fromTrace } from './measured.ts'
import type { Story } from './steps.ts'

const concurrency = 8

/** What stands in the house of these stories, read back through the public API. */
export interface Stored {
  readonly incidents: number
  readonly calls: number
  readonly withoutDistrict: number
  readonly withoutPoint: number
  readonly findings: number
  readonly incidentsWithFinding: number
  readonly measured: readonly Measured[]
}

export async function readStored(client: Client, stories: readonly Story[]): Promise<Stored> {
  const found: Views['incident'][] = []
  let next = 0
  const worker = async (): Promise<void> => {
    for (let index = next++; index < stories.length; index = next++) {
      found.push(await client.view<Views['incident']>('dispatch/incident', { id: (stories[index] as Story).incident }))
    }
  }
  await Promise.all(Array.from({ length: concurrency }, worker))
  const count = (fits: (one: Views['incident']) => boolean) => found.filter(fits).length
  return {
    incidents: found.length,
    calls: found.reduce((sum, one) => sum + one.calls.length, 0),
    withoutDistrict: count(({ row }) => row.station === null),
    withoutPoint: count(({ row }) => row.place.kind !== 'point'),
    findings: found.reduce((sum, { row }) => sum + row.findings, 0),
    incidentsWithFinding: count(({ row }) => row.findings > 0),
    measured: found.map(fromTrace),
  }
}
