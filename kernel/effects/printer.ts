import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { userInfo } from 'node:os'
import { jobsOf } from './queue.ts'

/** Of what the program says when it fails. */
const saidLength = 200

export interface Job {
  /** The same at every attempt: the queue's job carries it in its name. */
  readonly id: string
  readonly title: string
  readonly pdf: Uint8Array
}

/**
 * Gives a PDF to a queue of this machine's CUPS, unless it took it at an earlier attempt that nobody could record. Done when CUPS has taken it: paper is not
 * asked about. No shell is between, and a queue's name cannot begin with `-`.
 * @throws with what CUPS or `lp` said, or that there is no `lp`
 */
export async function print(queue: string, { id, title, pdf }: Job, signal: AbortSignal): Promise<void> {
  const { username } = userInfo()
  const taken = await jobsOf(queue, username, signal)
  if (taken.some((name) => name.endsWith(id))) return
  const child = spawn('lp', ['-U', username, '-d', queue, '-t', `${title} ${id}`], {
    stdio: ['pipe', 'ignore', 'pipe'],
    signal,
    killSignal: 'SIGKILL',
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(0, saidLength)
  })
  // One that ends before it has read everything says so by its code.
  child.stdin.on('error', () => undefined)
  child.stdin.end(pdf)
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) throw new Error(said.trim() || `lp ended with ${code ?? 'a signal'}`)
}
