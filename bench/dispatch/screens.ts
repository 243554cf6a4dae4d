import { connect, type Socket } from 'node:net'
import type { IncidentRow } from '#modules/dispatch/contract.ts'
import type { Posts } from './post.ts'

/** A browser whose turn it is acknowledges after its next paint; each of ours waits for a moment of its own before that. */
const paintMs = 30
/** Any other waits between these for somebody else to have done it. */
const [quietMs, spreadMs] = [500, 1000]
const mostLines = 200

interface Change {
  readonly row?: IncidentRow
}
type Told = { readonly incident: string; readonly line: number; readonly seen: true }
interface Pending {
  readonly told: Told
  readonly since: number
}

/** All screens of one unit. The first reads every frame whole and keeps the rows; the others check order and number and acknowledge what still waits. */
export class Board {
  readonly unit: string
  readonly cookie: string
  readonly screens: Screen[] = []
  /** Lines of this unit that nobody has acknowledged yet, as the first screen knows them. */
  readonly pending = new Map<string, Pending>()
  readonly #posts: Posts
  readonly #painted: (unit: string, row: IncidentRow) => void
  failed = 0
  told = 0
  constructor(unit: string, cookie: string, posts: Posts, painted: (unit: string, row: IncidentRow) => void) {
    this.unit = unit
    this.cookie = cookie
    this.#posts = posts
    this.#painted = painted
  }

  paint({ row }: Change): void {
    if (row === undefined) return
    this.#painted(this.unit, row)
    const [told] = this.#unanswered(row)
    if (told === undefined) this.pending.delete(row.id)
    else if (!this.pending.has(row.id)) this.pending.set(row.id, { told, since: performance.now() })
  }

  #unanswered(row: IncidentRow): Told[] {
    const own = row.lines.filter(({ unit, ended, seen }) => unit === this.unit && ended === null && seen === null)
    return own.map(({ line }) => ({ incident: row.id, line, seen: true }))
  }

  /** Tells the server of this record, whose turn it is, or else of all that have waited for long, unless this screen has told it `before`. */
  async tell(before: Set<string>, turn?: IncidentRow): Promise<void> {
    const late = performance.now() - quietMs
    const due = turn ? this.#unanswered(turn) : [...this.pending.values()].filter(({ since }) => since < late).map(({ told }) => told)
    const lines = due.filter(({ incident }) => !before.has(incident))
    for (const { incident } of lines) before.add(incident)
    for (let from = 0; from < lines.length; from += mostLines) {
      const part = lines.slice(from, from + mostLines)
      this.told += part.length
      const { status } = await this.#posts.post('/signal/dispatch/acknowledge', this.cookie, { lines: part })
      if (status === 200) continue
      this.failed++
      for (const { incident } of part) before.delete(incident)
    }
    if (this.pending.size === 0) before.clear()
  }
}

const mark = Buffer.from('\nid: ')
const change = Buffer.from('event: change\n')
const turnMark = Buffer.from(',"turn":true}')

/** One live client on a raw socket. */
export class Screen {
  readonly #board: Board
  readonly #first: boolean
  readonly #socket: Socket
  readonly #told = new Set<string>()
  #rest: Buffer = Buffer.alloc(0)
  #timer: NodeJS.Timeout | undefined
  #closing = false
  /** Position of the last frame; frames since the start. */
  position = -1
  frames = 0
  /** Frames that came again or out of order, and connections that broke. */
  doubled = 0
  broken = 0
  readonly opened: Promise<void>

  constructor(port: number, board: Board) {
    this.#board = board
    this.#first = board.screens.length === 0
    board.screens.push(this)
    this.#socket = connect({ port, host: '127.0.0.1' })
    this.#socket.write(`GET /live HTTP/1.1\r\nhost: 127.0.0.1\r\ncookie: ${board.cookie}\r\naccept: text/event-stream\r\n\r\n`)
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    this.opened = promise
    this.#socket.on('data', (chunk) => {
      this.#hear(chunk)
      if (this.position >= 0) resolve()
    })
    this.#socket.on('error', reject)
    this.#socket.on('close', () => {
      if (!this.#closing) this.broken++
      reject(new Error('the live stream has ended'))
    })
    // The wait for `opened` ends before the stream does.
    promise.catch(() => {})
  }

  close(): void {
    this.#closing = true
    clearTimeout(this.#timer)
    this.#socket.destroy()
  }

  /** Frames are recognised by their id; a raw line break never stands inside JSON. The first screen of a unit reads every frame, the others those of their turn. */
  #hear(chunk: Buffer): void {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk])
    let from = 0
    for (;;) {
      const at = bytes.indexOf(mark, from)
      if (at < 0) break
      const end = bytes.indexOf('\n\n', at + 1)
      if (end < 0) {
        this.#rest = Buffer.from(bytes.subarray(Math.max(0, at - change.length)))
        return
      }
      const lineEnd = bytes.indexOf('\n', at + 1)
      this.#frame(Number(bytes.toString('latin1', at + mark.length, lineEnd)), bytes, at, lineEnd, end)
      from = end
    }
    const left = bytes.subarray(Math.max(from, bytes.length - change.length - mark.length))
    this.#rest = Buffer.from(left)
  }

  #frame(position: number, bytes: Buffer, at: number, lineEnd: number, end: number): void {
    if (this.position < 0) {
      this.position = position
      return
    }
    if (position <= this.position) this.doubled++
    this.position = position
    this.frames++
    if (!bytes.subarray(Math.max(0, at + 1 - change.length), at + 1).equals(change)) return
    const turn = bytes.subarray(end - turnMark.length, end).equals(turnMark)
    const read = this.#first || turn ? (JSON.parse(bytes.toString('utf8', lineEnd + '\ndata: '.length, end)) as Change) : null
    if (this.#first && read !== null) this.#board.paint(read)
    const tell = (row?: IncidentRow) => void this.#board.tell(this.#told, row).catch(() => this.#board.failed++)
    if (turn) setTimeout(tell, Math.random() * paintMs, read?.row)
    this.#timer ??= setTimeout(
      () => {
        this.#timer = undefined
        tell()
      },
      quietMs + Math.random() * spreadMs,
    )
  }
}
