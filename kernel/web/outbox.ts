import { useSyncExternalStore } from 'react'
import { type Answered, ask, ended, Failure, failed, newId } from './api.ts'
import type { Intention } from './command.ts'
import { type Safe, safeOf } from './safe.ts'
import { serverNow } from './time.ts'

/** When the person acted, as far as this device can say; the server adds when it heard of it. */
export interface Acted {
  readonly time: string
  readonly source: 'typed' | 'position'
}

/** What stands in the safe: one command as it will be sent, the same again each time, and the server's no if it said one. */
interface Kept {
  readonly intention: Intention
  readonly occurred: Acted
  readonly untimed?: true
  readonly no?: Pick<Failure, 'status' | 'code' | 'sentence' | 'fields' | 'rule' | 'article'>
}

/** One command on its way. `kept`: it stands in the safe and outlives this page. Nothing is `delivered` before the server has answered. */
export interface Entry {
  readonly id: string
  readonly order: number
  readonly intention: Intention
  readonly occurred: Acted
  /** It went out before it came here, under the same id and without `occurred`, as what the server hears of at once: it may have been recorded so. */
  readonly untimed?: true
  readonly standing: 'waiting' | 'sending' | 'delivered' | 'refused'
  readonly kept: boolean
  /** How often it went out without an answer: the server may have it already. */
  readonly tries: number
  /** Of a delivered one: when the answer came, and the position at which its events stand. */
  readonly answer?: { readonly time: number; readonly position: number }
  readonly failure?: Failure
}

export interface OutboxState {
  readonly entries: readonly Entry[]
  /** False: nothing can be kept on this device, what is not delivered is lost with the page. */
  readonly keeps: boolean
}

const patience = 15_000
const pauses = [500, 1000, 2000, 4000, 8000]
/** Delivered ones that stay in sight. */
const shown = 8
const empty: OutboxState = { entries: [], keeps: true }

/** Whether the server has decided; else the same command goes again. */
const passing = (failure: Failure): boolean => failure.unanswered || failure.status === 429 || failure.code === 'stale'

type Found = Awaited<ReturnType<Safe['all']>>
/** The safe with what is in it; none where the browser has none to give, which the screen then says. */
const opening = (account: string): Promise<{ safe: Safe | null; found: Found }> =>
  safeOf(account)
    .then(async (safe) => ({ safe, found: await safe.all() }))
    .catch(() => ({ safe: null, found: [] }))

/** What the server says to a command as it lies here. */
async function delivery({ id, intention, occurred, untimed }: Entry, account: string): Promise<Answered | Failure> {
  const { module, stream, type, data } = intention
  const send = (body: object) => ask<Answered>('POST', `/command/${module}/${stream}`, { id, type, data, ...body }, { account, patience })
  const answer = await send({ occurred })
  // Its id is known: the server has it as it first went out. As that it gets the answer of then, and cannot happen again.
  return untimed && failed(answer) && answer.code === 'repeat' ? send({}) : answer
}

/**
 * Commands that leave when they can: made at the tap, kept sealed on the device, sent in order within a stream, repeated under the same id until the server
 * answers. One that is refused stands aside, those behind it go on. One account at a time; what belongs to another stays sealed.
 */
class Outbox {
  #account: string | undefined
  #safe: Promise<Safe | null> = Promise.resolve(null)
  #read: Promise<void> = Promise.resolve()
  #state = empty
  #last = 0
  #failures = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  readonly #watchers = new Set<() => void>()

  /** Somebody is logged in: what he left here comes back and goes on. */
  enter(account: string): void {
    if (this.#account === account) return
    this.leave()
    this.#account = account
    const opened = opening(account)
    const safe = opened.then((there) => there.safe)
    this.#safe = safe
    addEventListener('online', this.hurry)
    this.#read = opened.then(({ safe: open, found }) => {
      if (this.#safe !== safe) return
      const known = new Set(this.#state.entries.map(({ id }) => id))
      const back = found
        .filter(({ id }) => !known.has(id))
        .map(({ id, order, value }): Entry => {
          const { intention, occurred, untimed, no } = value as Kept
          const failure = no && new Failure(no.status, no)
          const entry = { id, order, intention, occurred, kept: true, tries: 0, ...(untimed && { untimed }) }
          return failure ? { ...entry, standing: 'refused', failure } : { ...entry, standing: 'waiting' }
        })
      this.#show({ entries: [...back, ...this.#state.entries].sort((a, b) => a.order - b.order), keeps: open !== null })
      this.#send()
    })
  }

  /** The session is over: nothing more is sent or shown, what is in the safe waits for its owner. */
  leave(): void {
    this.#account = undefined
    this.#safe = Promise.resolve(null)
    this.#failures = 0
    clearTimeout(this.#timer)
    this.#timer = undefined
    removeEventListener('online', this.hurry)
    this.#show(empty)
  }

  /** The person logs out: what was not delivered is destroyed with the key that opens it. */
  async forget(): Promise<void> {
    const safe = await this.#safe
    this.leave()
    await safe?.destroy()
  }

  /** `sent`: the id under which it went out already, without `occurred`, and was not answered. */
  put(intention: Intention, occurred: Acted, sent?: string): void {
    this.#last = Math.max(this.#last + 1, Date.now())
    const before = sent === undefined ? ({ id: newId(), tries: 0 } as const) : ({ id: sent, tries: 1, untimed: true } as const)
    const entry: Entry = { ...before, order: this.#last, intention, occurred, standing: 'waiting', kept: false }
    this.#show({ ...this.#state, entries: [...this.#state.entries, entry] })
    void this.#keep(entry).then(() => this.#send())
  }

  /** Once more as it was: what stood in its way may be gone. */
  again(entry: Entry): void {
    const { failure: _failure, ...rest } = entry
    const waiting: Entry = { ...rest, standing: 'waiting', tries: 0 }
    this.#change(waiting)
    void this.#keep(waiting).then(() => this.#send())
  }

  /** Whether a command of this stream stands here; says so once the safe has been read. */
  async holds(module: string, stream: string): Promise<boolean> {
    await this.#read
    return this.#state.entries.some(({ intention }) => intention.module === module && intention.stream === stream)
  }

  discard({ id }: Entry): void {
    this.#show({ ...this.#state, entries: this.#state.entries.filter((one) => one.id !== id) })
    void this.#safe.then((safe) => safe?.remove(id))
  }

  /** The line may be back: what waits is tried at once. */
  readonly hurry = (): void => {
    this.#failures = 0
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#send()
  }

  readonly watch = (watcher: () => void) => {
    this.#watchers.add(watcher)
    return () => this.#watchers.delete(watcher)
  }
  readonly state = (): OutboxState => this.#state

  #show(state: OutboxState): void {
    this.#state = state
    for (const watcher of this.#watchers) watcher()
  }

  #change(entry: Entry): void {
    this.#show({ ...this.#state, entries: this.#state.entries.map((one) => (one.id === entry.id ? entry : one)) })
  }

  /** Into the safe, before anything is sent; where there is none the entry says so. */
  async #keep(entry: Entry): Promise<void> {
    const { id, order, intention, occurred, untimed, failure } = entry
    const { status, code, sentence, fields, rule, article } = failure ?? {}
    const no = status === undefined || code === undefined ? undefined : { status, code, sentence, fields, rule, article }
    const safe = await this.#safe
    const kept = await safe?.put(id, order, { intention, occurred, ...(untimed && { untimed }), ...(no && { no }) }).then(
      () => true,
      // Full or taken away by the browser: told by the entry itself.
      () => false,
    )
    const now = this.#state.entries.find((one) => one.id === id)
    if (now) this.#change({ ...now, kept: kept ?? false })
    else await safe?.remove(id)
  }

  /** The first of each stream that waits goes out, unless one of that stream is out already or all wait for the line. */
  #send(): void {
    if (this.#timer !== undefined || this.#account === undefined) return
    const seen = new Set<string>()
    for (const entry of this.#state.entries) {
      const { module, stream } = entry.intention
      const key = `${module}/${stream}`
      if (seen.has(key) || entry.standing === 'delivered' || entry.standing === 'refused') continue
      seen.add(key)
      if (entry.standing === 'waiting') void this.#deliver(entry, this.#account)
    }
  }

  async #deliver(entry: Entry, account: string): Promise<void> {
    const { id } = entry
    this.#change({ ...entry, standing: 'sending' })
    const safe = await this.#safe
    // Another tab of the same person has delivered or discarded it.
    if (entry.kept && safe && !(await safe.has(id))) return this.discard(entry)
    const answer = await delivery(entry, account)
    const now = this.#state.entries.find((one) => one.id === id)
    if (this.#account !== account || !now) return
    if (failed(answer)) await this.#failed(now, answer)
    else await this.#delivered(now, answer, safe)
    this.#send()
  }

  async #delivered(entry: Entry, { position }: Answered, safe: Safe | null): Promise<void> {
    this.#failures = 0
    this.#change({ ...entry, standing: 'delivered', answer: { time: serverNow(), position } })
    const old = this.#state.entries.filter(({ standing }) => standing === 'delivered').slice(0, -shown)
    if (old.length > 0) this.#show({ ...this.#state, entries: this.#state.entries.filter((one) => !old.includes(one)) })
    await safe?.remove(entry.id)
  }

  async #failed(entry: Entry, failure: Failure): Promise<void> {
    if (failure.code === 'otherAccount') return ended.forEach((tell) => tell())
    if (!passing(failure)) {
      const refused: Entry = { ...entry, standing: 'refused', failure }
      this.#change(refused)
      return this.#keep(refused)
    }
    this.#change({ ...entry, standing: 'waiting', tries: entry.tries + 1 })
    const pause = failure.retryAfter === undefined ? pauses[Math.min(this.#failures, pauses.length - 1)] : failure.retryAfter * 1000
    this.#failures += 1
    this.#timer ??= setTimeout(
      () => {
        this.#timer = undefined
        this.#send()
      },
      (pause ?? 0) * (0.8 + Math.random() * 0.4),
    )
  }
}

export const outbox = new Outbox()
export const useOutbox = (): OutboxState => useSyncExternalStore(outbox.watch, outbox.state)
/** What the server has not accepted yet. */
export const undelivered = ({ entries }: OutboxState): readonly Entry[] => entries.filter(({ standing }) => standing !== 'delivered')
