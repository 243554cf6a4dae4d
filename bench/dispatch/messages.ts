import type { ChildProcess } from 'node:child_process'

/** What the bench asks its processes, and what they answer. One question at a time. */
export interface Asked {
  readonly id: number
  readonly what: string
  readonly with: unknown
}
type Answered = { readonly id: number; readonly answer: unknown } | { readonly id: number; readonly error: string }

let count = 0

/** Asks a child process and waits; throws when it fails or ends. */
export function ask<Answer>(child: ChildProcess, what: string, data: unknown = null): Promise<Answer> {
  const id = ++count
  return new Promise((resolve, reject) => {
    const end = (code: number | null) => done(() => reject(new Error(`${what}: the process has ended with ${code}`)))
    const hear = (message: Answered) => {
      if (message.id !== id) return
      done(() => ('error' in message ? reject(new Error(`${what}: ${message.error}`)) : resolve(message.answer as Answer)))
    }
    const done = (act: () => void) => {
      child.off('message', hear)
      child.off('exit', end)
      act()
    }
    child.on('message', hear)
    child.on('exit', end)
    child.send({ id, what, with: data } satisfies Asked)
  })
}

/** The child's side: a handler for each question; `gone` when the bench has ended without a word. */
export function answer(
  handlers: Readonly<Record<string, (data: never) => Promise<unknown>>>,
  gone: () => void = () => process.exit(1),
): void {
  process.on('message', ({ id, what, with: data }: Asked) => {
    const handler = handlers[what]
    const given = handler === undefined ? Promise.reject(new Error('unknown question')) : handler(data as never)
    given.then(
      (value) => process.send?.({ id, answer: value ?? null } satisfies Answered),
      (error: Error) => process.send?.({ id, error: error.stack ?? error.message } satisfies Answered),
    )
  })
  if (process.connected) process.on('disconnect', gone)
  else gone()
}
