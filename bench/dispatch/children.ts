import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { ask } from './messages.ts'

/** As run.mjs starts a server. */
const asLaunched = ['--max-semi-space-size=16']

interface Given {
  readonly args?: readonly string[]
  readonly execArgv?: readonly string[]
}
/** A process of the bench; it is asked and answers by messages. */
export const child = (file: string, { args = [], execArgv = [] }: Given = {}): ChildProcess =>
  fork(new URL(file, import.meta.url), args, { execArgv: [...execArgv], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })

export const openServer = ({ args, execArgv = [] }: Given = {}): ChildProcess =>
  child('server.ts', { ...(args && { args }), execArgv: [...asLaunched, ...execArgv] })

/** Stops the server and waits for its end: what it writes at its exit is there then. */
export async function endServer(server: ChildProcess): Promise<void> {
  if (!server.connected) return
  await ask(server, 'stop')
  const ended = once(server, 'exit')
  server.send({ what: 'exit' })
  await ended
}
