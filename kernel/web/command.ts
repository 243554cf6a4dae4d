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

interface Delivery {
  /** Taken in a session of this account only. */
  readonly account?: string
  /** Milliseconds until silence counts as the answer, all tries together. */
  readonly within?: number
}

/** Sends one command; while the server stays silent the same id goes again, so that nothing can happen twice. */
export async function deliver(
  id: string,
  { module, stream, type, data }: Intention,
  { account, within = Number.POSITIVE_INFINITY }: Delivery = {},
): Promise<Answered | Failure> {
  const end = Date.now() + within
  for (let turn = 0; ; turn += 1) {
    const left = end - Date.now()
    const answer = await ask<Answered>(
      'POST',
      `/command/${module}/${stream}`,
      { id, type, data },
      { ...(account !== undefined && { account }), ...(Number.isFinite(left) && { patience: Math.max(0, left) }) },
    )
    const wait = pauses[turn]
    if (!failed(answer) || !answer.unanswered || wait === undefined || Date.now() + wait >= end) return answer
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
