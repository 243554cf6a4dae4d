import { randomBytes } from 'node:crypto'
import { readFile, rename, unlink, writeFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { DatabaseSync } from 'node:sqlite'

export const hasCode = (error: unknown, ...codes: readonly string[]): boolean =>
  error instanceof Error && 'code' in error && codes.includes(String(error.code))

/** The text of a file, or undefined when there is none. */
export async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined
    throw error
  }
}

/** Writes a file that only its owner can read: whole or not at all. */
export async function writePrivate(path: string, text: string): Promise<void> {
  const half = `${path}.${randomBytes(6).toString('hex')}`
  try {
    await writeFile(half, text, { mode: 0o600, flush: true })
    await rename(half, path)
  } catch (error) {
    await unlink(half).catch((second: unknown) => {
      if (!hasCode(second, 'ENOENT')) throw second
    })
    throw error
  }
}

/** 256 random bits in letters that need no escaping in a URL. */
export const newSecret = (): string => randomBytes(32).toString('base64url')

const sqliteBusy = 5

/**
 * Runs `work` while no other process runs under the lock of this file. The lock is the operating system's (through SQLite, the only
 * file lock that Node has), so it falls with the process that held it: nothing stale is left behind.
 * `waiting` is called once when another process has held it for two seconds.
 */
export async function withLock<Result>(path: string, waiting: () => void, work: () => Promise<Result>): Promise<Result> {
  const file = new DatabaseSync(path, { timeout: 0 })
  try {
    for (let tries = 0; ; tries++) {
      try {
        file.exec('begin exclusive')
        break
      } catch (error) {
        if (!(error instanceof Error && 'errcode' in error && error.errcode === sqliteBusy)) throw error
      }
      if (tries === 40) waiting()
      await sleep(50)
    }
    return await work()
  } finally {
    file.close()
  }
}
