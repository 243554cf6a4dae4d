import { useEffect, useRef, useState } from 'react'
import { ask, type Failure, failed, readView } from '#kernel/web/api.ts'
import { outbox } from '#kernel/web/outbox.ts'
import { serverNow } from '#kernel/web/time.ts'
import type { Draft, Views } from '../contract.ts'

const settleMs = 500
const againMs = 3000
const path = '/signal/dispatch/draft'

/** What the server has of the form: all of it since `at`, not all of it yet, or why it could not be kept. `none`: there is nothing to keep. */
export type Kept =
  | { readonly is: 'none' | 'pending' }
  | { readonly is: 'kept'; readonly at: number }
  | { readonly is: 'failed'; readonly failure: Failure }

/** The draft that the server has, once; `came` hears of it. Until then nothing is kept, so that an empty form does not end it. */
function useStored(came: (draft: Draft) => string): { readonly ready: boolean; readonly text: string; readonly at: number } {
  const [stored, set] = useState({ ready: false, text: 'null', at: 0 })
  const hear = useRef(came)
  hear.current = came
  useEffect(() => {
    let on = true
    const read = async () => {
      const answer = await readView<Views['draft']>('dispatch', 'draft', {})
      const { draft, at } = failed(answer) ? { draft: null, at: null } : answer.data
      // One that was sent while the server was away waits in the outbox: filled in again it would be sent twice.
      const waits = draft !== null && (await outbox.holds('dispatch', draft.incident))
      if (!on) return
      if (!draft || !at) return set({ ready: true, text: 'null', at: 0 })
      set({ ready: true, text: waits ? JSON.stringify(draft) : hear.current(draft), at: Date.parse(at) })
    }
    void read()
    return () => {
      on = false
    }
  }, [])
  return stored
}

/** The last word goes even when the page does. */
function useLastWord(text: string, dirty: boolean): void {
  const last = useRef({ text, dirty })
  last.current = { text, dirty }
  useEffect(() => {
    const leave = () => {
      const body = new Blob([`{"draft":${last.current.text}}`], { type: 'application/json' })
      if (last.current.dirty) navigator.sendBeacon(path, body)
    }
    addEventListener('pagehide', leave)
    return () => {
      removeEventListener('pagehide', leave)
      leave()
    }
  }, [])
}

/**
 * Keeps the form on the server half a second after the last key; `null`: there is nothing in it. `restore` puts a draft into an empty form and gives
 * it back as the form has it now.
 */
export function useDraft(content: Draft | null, restore: (draft: Draft) => Draft): Kept {
  const text = JSON.stringify(content)
  const stored = useStored((draft) => (content === null ? JSON.stringify(restore(draft)) : 'null'))
  const [kept, setKept] = useState<{ text: string; at: number } | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [turn, setTurn] = useState(0)
  // One after the other: an older one must not arrive last.
  const line = useRef<Promise<void>>(Promise.resolve())
  const { text: has, at } = kept ?? stored
  const dirty = stored.ready && text !== has
  useEffect(() => {
    if (!dirty) return
    const keep = async () => {
      const answer = await ask('POST', path, { draft: JSON.parse(text) as Draft | null })
      setFailure(failed(answer) ? answer : null)
      if (failed(answer)) setTurn((before) => before + 1)
      else setKept({ text, at: serverNow() })
    }
    const start = () => {
      line.current = line.current.then(keep)
    }
    const timer = setTimeout(start, turn === 0 ? settleMs : againMs)
    return () => clearTimeout(timer)
  }, [dirty, text, turn])
  useEffect(() => setTurn(0), [text])
  useLastWord(text, dirty)
  if (content === null) return { is: 'none' }
  if (dirty) return failure ? { is: 'failed', failure } : { is: 'pending' }
  return { is: 'kept', at }
}
