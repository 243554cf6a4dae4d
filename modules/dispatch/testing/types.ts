import { randomUUID } from 'node:crypto'
import type { TestServer } from '#kernel/testing/server.ts'

/** A type of incident that nobody had; types are the same for the whole house, whoever asks. */
export const newType = {
  from: '2099-01-01',
  group: 'order',
  priority: 2,
  response: { units: 1, marks: [] },
  questions: [],
  words: [],
  names: { 'zh-CN': '-', en: '-', 'zh-TW': '-' },
  reason: '-',
  seen: 0,
} as const
export const typeStream = (): string => `kind:x${randomUUID().slice(0, 8)}`

export async function typeThere({ house }: TestServer): Promise<string> {
  const stream = typeStream()
  const by = { system: 'prepared', because: 0 }
  await house.road.take({ module: 'dispatch', stream, id: randomUUID(), type: 'setKind', data: newType, by, as: [] })
  return stream
}
