import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline, type Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { z } from 'zod'
import { hasCode } from '../database/private.ts'

// A backup is one file: a line that names the format, then frames under gzip, then the SHA-256 of all of that and a mark that the file is whole.
// A frame is one letter, a length of four bytes and that many bytes: J a record in JSON, D rows as COPY writes them.
// Records: the manifest; for each table its head, its rows, its foot; an end.

const name = 'plumbline-backup'
export const firstLine = `${name} 1\n`
const mark = Buffer.from('\nwhole\n')
const tailBytes = 32 + mark.length
const longestFrame = 64 * 1024 * 1024

export const manifest = z.strictObject({
  format: z.literal(1),
  madeAt: z.string(),
  /** The last event's position: what was committed after it is not in the file. */
  position: z.int().min(0),
  migrations: z.array(z.strictObject({ part: z.string(), number: z.int(), name: z.string(), sha256: z.string(), appliedAt: z.string() })),
  sequences: z.array(z.strictObject({ name: z.string(), value: z.string(), called: z.boolean() })),
  /** Quoted as SQL wants it, in the order in which they are written. */
  tables: z.array(z.string()),
})
export type Manifest = z.infer<typeof manifest>
export const head = z.strictObject({ table: z.string(), columns: z.string() })
export const foot = z.strictObject({ table: z.string(), rows: z.int(), sha256: z.string() })
export const end = z.strictObject({ end: z.literal(true) })

/** A frame as it stands in the file. */
export function frame(kind: 'J' | 'D', bytes: Buffer): Buffer {
  const start = Buffer.alloc(5)
  start.write(kind, 0, 'latin1')
  start.writeUInt32BE(bytes.length, 1)
  return Buffer.concat([start, bytes])
}
export const record = (value: unknown): Buffer => frame('J', Buffer.from(JSON.stringify(value)))
export const tail = (digest: Buffer): Buffer => Buffer.concat([digest, mark])

export interface Frame {
  readonly kind: 'J' | 'D'
  readonly bytes: Buffer
}

/** Where the frames lie in a file that is whole. @throws with what is wrong with the file and what to do */
export async function checkFile(path: string): Promise<{ start: number; end: number }> {
  const file = await open(path, 'r').catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) throw new Error(`There is no file ${path}.`)
    if (hasCode(error, 'EACCES')) throw new Error(`${path} may not be read by this user.`)
    throw error
  })
  try {
    const status = await file.stat()
    if (!status.isFile()) throw new Error(`${path} is no file.`)
    const first = Buffer.alloc(firstLine.length)
    await file.read(first, 0, first.length, 0)
    const line = first.toString('latin1')
    if (line !== firstLine) {
      if (status.size < firstLine.length && firstLine.startsWith(line.slice(0, status.size))) throw new Error(cutOff(path))
      if (line.startsWith(`${name} `)) throw new Error(`${path} was written by a newer release of Plumbline. Restore it with that release.`)
      throw new Error(`${path} is no backup of Plumbline.`)
    }
    const last = Buffer.alloc(tailBytes)
    const begin = status.size - tailBytes
    if (begin < firstLine.length) throw new Error(cutOff(path))
    await file.read(last, 0, tailBytes, begin)
    if (!last.subarray(32).equals(mark)) throw new Error(cutOff(path))
    const hash = createHash('sha256')
    for await (const chunk of createReadStream(path, { end: begin - 1 })) hash.update(chunk as Buffer)
    if (!hash.digest().equals(last.subarray(0, 32))) {
      throw new Error(`${path} is damaged: it is not what was written. Nothing was restored; take another copy or an older backup.`)
    }
    return { start: firstLine.length, end: begin - 1 }
  } finally {
    await file.close()
  }
}

const cutOff = (path: string) => `${path} is cut off: its end is missing. Nothing was restored; take another copy or an older backup.`

/** The frames of a file that `checkFile` has found whole, one after the other; a table is never held as a whole. */
export async function* framesOf(path: string, place: { start: number; end: number }): AsyncGenerator<Frame> {
  const bytes: Readable = pipeline(createReadStream(path, place), createGunzip(), (error) => {
    if (error) bytes.destroy(error)
  })
  let held: Buffer = Buffer.alloc(0)
  for await (const chunk of bytes) {
    held = held.length === 0 ? (chunk as Buffer) : Buffer.concat([held, chunk as Buffer])
    let at = 0
    while (held.length - at >= 5) {
      const kind = held.toString('latin1', at, at + 1)
      const length = held.readUInt32BE(at + 1)
      if ((kind !== 'J' && kind !== 'D') || length > longestFrame) throw new Error(`${path} is not written as a backup is.`)
      if (held.length - at - 5 < length) break
      yield { kind, bytes: held.subarray(at + 5, at + 5 + length) }
      at += 5 + length
    }
    held = held.subarray(at)
  }
  if (held.length > 0) throw new Error(`${path} ends in the middle of a frame.`)
}

/** The next record. @throws when something else follows */
export async function nextRecord<Value>(frames: AsyncGenerator<Frame>, schema: z.ZodType<Value>): Promise<Value> {
  const next = await frames.next()
  if (next.done === true || next.value.kind !== 'J') throw new Error('The backup is not in the order in which it is written.')
  return schema.parse(JSON.parse(next.value.bytes.toString('utf8')))
}
