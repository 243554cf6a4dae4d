import { useCallback, useRef, useState } from 'react'
import { type Answered, ask, type Failure, failed, newId } from './api.ts'

export interface Intention {
  readonly module: string
  readonly stream: string
  readonly type: string
  readonly data: unknown
}

const pauses = [400, 1200, 3000]
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Sends one command; while the server stays silent the same id goes again, so that nothing can happen twice. */
export async function deliver(id: string, { module, stream, type, data }: Intention): Promise<Answered | Failure> {
  for (let turn = 0; ; turn += 1) {
    const answer = await ask<Answered>('POST', `/command/${module}/${stream}`, { id, type, data })
    const wait = pauses[turn]
    if (!failed(answer) || !answer.unanswered || wait === undefined) return answer
    await pause(wait)
  }
}

/**
 * One intention at a time. Its command id is kept until the server has answered: pressing again after silence repeats the same
 * intention, a changed one is a new one.
 */
export function useCommand(): { busy: boolean; send: (intention: Intention) => Promise<Answered | Failure> } {
  const [busy, setBusy] = useState(false)
  const open = useRef<{ body: string; id: string } | null>(null)
  const send = useCallback(async (intention: Intention) => {
    const body = JSON.stringify(intention)
    const held = open.current?.body === body ? open.current : { body, id: newId() }
    open.current = held
    setBusy(true)
    const answer = await deliver(held.id, intention)
    if (!failed(answer) || !answer.unanswered) open.current = null
    setBusy(false)
    return answer
  }, [])
  return { busy, send }
}
