import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** Of what the program says when it fails. */
const saidLength = 200

/**
 * Gives a PDF to a queue of this machine's CUPS. Done when CUPS has taken it: paper is not asked about. No shell is between, and a queue's name cannot begin with `-`.
 * @throws with what `lp` said, or that there is no `lp`
 */
export async function print(queue: string, title: string, pdf: Uint8Array, signal: AbortSignal): Promise<void> {
  const child = spawn('lp', ['-d', queue, '-t', title], { stdio: ['pipe', 'ignore', 'pipe'], signal, killSignal: 'SIGKILL' })
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
