import { type Client, Refusal } from '../client.ts'
import type { Refused } from './rows.ts'
import type { Step, Story } from './steps.ts'

/** So many incidents are on their way at once; within one everything goes in order. */
const concurrency = 16
/** A longer silence in the file is shortened to this, so that a few old rows do not stop a paced replay for weeks. */
const longestGapMs = 3_600_000

export interface Sent {
  /** Commands that this run was the first to bring, and those that were there already. */
  readonly created: number
  readonly repeated: number
  /** Stories whose incident stands. */
  readonly stories: readonly Story[]
  /** Rows that the server did not take. */
  readonly refused: readonly Refused[]
  /** Single commands that it did not take, of incidents that stand. */
  readonly steps: readonly Refused[]
}

/** How many ms after the start each story is due, at this multiple of the file's own pace. */
export function dueTimes(stories: readonly Pick<Story, 'row'>[], speed: number): number[] {
  let due = 0
  let before: number | undefined
  return stories.map(({ row }) => {
    const received = Date.parse(row.received)
    due += before === undefined ? 0 : Math.min(received - before, longestGapMs) / speed
    before = received
    return due
  })
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/**
 * Sends every story, oldest receipt first. `known` is the position before the run: an answer at or below it was there already.
 * Throws Unreachable when the server stays away.
 */
export async function send(
  stories: readonly Story[],
  options: { client: Client; known: number; speed: number | 'max'; progress: (done: number) => void },
): Promise<Sent> {
  const { client, known, speed, progress } = options
  const begun = Date.now()
  const due = speed === 'max' ? undefined : dueTimes(stories, speed)
  const accepted: Story[] = []
  const refused: Refused[] = []
  const steps: Refused[] = []
  let [created, repeated, next] = [0, 0, 0]
  const one = async (story: Story): Promise<void> => {
    for (const step of story.steps) {
      const reason = await give(client, story.incident, step)
      if (typeof reason === 'number') {
        if (reason > known) created++
        else repeated++
      } else if (step.command.type === 'open') {
        refused.push(...[story.row, ...story.calls].map(({ line }) => ({ line, reason: `server: ${reason}` })))
        return
      } else if (step.command.type === 'addCall') refused.push({ line: step.line, reason: `server: ${reason}` })
      else steps.push({ line: step.line, reason: `${step.command.type}: ${reason}` })
    }
    accepted.push(story)
  }
  const worker = async (): Promise<void> => {
    for (let index = next++; index < stories.length; index = next++) {
      const wait = begun + (due?.[index] ?? 0) - Date.now()
      if (wait > 0) await pause(wait)
      await one(stories[index] as Story)
      progress(accepted.length + refused.length)
    }
  }
  await Promise.all(Array.from({ length: concurrency }, worker))
  return { created, repeated, stories: accepted, refused: refused.toSorted((a, b) => a.line - b.line), steps }
}

/** The position of the answer, or why the server said no. */
async function give(client: Client, incident: string, { id, command, time }: Step): Promise<number | string> {
  try {
    return (await client.command(`dispatch/${incident}`, { id, ...command, occurred: { time, source: 'imported' } })).position
  } catch (error) {
    if (error instanceof Refusal) return error.reason
    throw error
  }
}
