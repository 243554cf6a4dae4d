import { readFile } from 'node:fs/promises'
import { Worker } from 'node:worker_threads'
import type { Asked, Made } from './typst.ts'

interface Waiting {
  readonly done: (pdf: Uint8Array) => void
  readonly failed: (error: Error) => void
}
const waiting = new Map<number, Waiting>()
let worker: Worker | undefined
let last = 0

function failAll(error: Error): void {
  worker = undefined
  for (const { failed } of waiting.values()) failed(error)
  waiting.clear()
}

function opened(): Worker {
  const thread = new Worker(new URL('./typst.ts', import.meta.url))
  // It ends with the process and holds up its end as little as a library does.
  thread.unref()
  thread.on('message', (made: Made) => {
    const one = waiting.get(made.id)
    waiting.delete(made.id)
    if (waiting.size === 0) thread.unref()
    if ('pdf' in made) one?.done(made.pdf)
    else one?.failed(new Error(made.error))
  })
  thread.on('error', failAll)
  thread.on('exit', (code) => failAll(new Error(`the thread of documents ended with ${code}`)))
  return thread
}

/**
 * A document as PDF: the same bytes for the same template and data. `data` is what the template reads with `json(bytes(sys.inputs.data))`: text in it is text and
 * never a command of the template's language.
 * @throws with what the template's compiler says
 */
export async function pdfOf(form: URL, data: unknown): Promise<Uint8Array> {
  const text = await readFile(form, 'utf8')
  worker ??= opened()
  const thread = worker
  const id = ++last
  return new Promise((done, failed) => {
    waiting.set(id, { done, failed })
    thread.ref()
    thread.postMessage({ id, form: text, data: JSON.stringify(data) } satisfies Asked)
  })
}
