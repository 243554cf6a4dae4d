import type { z } from 'zod'
import type { Actor, Context, Decider, Grant, Occurred, Person, Recorded, Role } from './decider.ts'
import type { Clock, Due } from './clock.ts'
import type { Delivery, Effect, Outcome } from './effect.ts'
import type { Statement, Tx } from './database/tx.ts'
import type { Tasks, tasks } from './task.ts'

type AnyEvent = {
  readonly type: string
  readonly data: unknown
  readonly stream?: string
  readonly version?: number
  readonly occurred?: Occurred
}
type AnyCommand = { readonly type: string; readonly data: unknown }
/** A command with the stream it was given to. */
export type At<C> = C & { readonly stream: string }

/** An event as followers see it: whole, but without the road's own columns. */
export interface Followed {
  readonly position: number
  readonly module: string
  readonly stream: string
  readonly n: number
  readonly type: string
  readonly version: number
  readonly at: string
  readonly occurred: Occurred
  readonly by: Actor
  readonly data: unknown
}

export interface CommandRule {
  readonly schema: z.ZodType
  /** Who may give it; `system` commands come from reactions, signals and clocks only; `self`: everybody, the decision looks at whom. */
  readonly roles: readonly Role[] | 'system' | 'self'
  /** An administrator who still owes a second factor may give it. */
  readonly early?: true
  /** It may be the first of its stream; any other command on an empty stream is 404. */
  readonly opens?: true
  /**
   * Types of events that make it stale: one of them has come to its stream since `data.seen`, the `n` that the giver had before him. He is told what
   * happened since, and nothing is overwritten.
   */
  readonly minds?: readonly string[]
  /** Streams beside the command's own that the decision needs, found in its input. */
  readonly streams?: (data: never) => readonly string[]
}

export interface ViewRule {
  readonly roles: readonly Role[] | 'everyone'
  readonly input: z.ZodType
  /** What `data` of its answer is, for clients. */
  readonly answer?: z.ZodType
  /**
   * What the read log keeps: `board` nothing (a push or one's own board does not count), `opening` one entry. Where the log cannot be written
   * `opening` still answers only in modules with `urgent: true`.
   */
  readonly reads: 'board' | 'opening'
  /** Also for a session that is locked: what its screens need in order to ring on. */
  readonly whileLocked?: true
  readonly read: (tx: Tx, input: never, reader: Reader) => Promise<{ data: unknown; streams?: readonly string[] } | null>
}

/** The view by which a module says what the reader has to do; see task.ts. */
export interface TasksRule extends ViewRule {
  readonly answer: typeof tasks
  readonly reads: 'board'
  readonly read: (tx: Tx, input: never, reader: Reader) => Promise<{ data: Tasks; streams?: never }>
}

export interface SignalRule {
  readonly roles: readonly Role[]
  readonly input: z.ZodType
  /** Also from a locked session. */
  readonly whileLocked?: true
  readonly handle: (input: never, reader: Reader) => Promise<void>
}

/** What a signal may do: have the system act in its own module (throws what the road throws), or keep a last value in a `signal_*` table. */
export interface SignalTools {
  readonly system: (about: string, stream: string, command: AnyCommand) => Promise<void>
  readonly keep: (statements: readonly Statement[]) => Promise<void>
}

/** Another module's event that becomes a command of this one; `null`: nothing to do. Command ids derive from the event. */
export interface Reaction {
  readonly name: string
  readonly module: string
  readonly types: readonly string[]
  readonly react: (tx: Tx, event: Followed) => Promise<readonly { readonly stream: string; readonly command: AnyCommand }[]>
}

/** What a module has found by looking: a command of the system to one of its streams. Whoever finds the same gives the same key. */
export interface Found {
  readonly stream: string
  readonly key: string
  readonly command: AnyCommand
}

/** Who reads: the person and the units that count for this view, from the grants of its roles. */
export interface Reader {
  readonly person: Person
  readonly as: readonly Grant[]
  readonly units: readonly string[]
  readonly now: string
}

export interface Live {
  readonly roles: readonly Role[]
  /** Whose screens answer what they are shown: with each frame one screen of the unit is told that it is its turn. */
  readonly answering?: readonly Role[]
  /**
   * The records of these streams as boards show them, with the units whose readers may have them, `*` for everybody of the roles. Streams without a record are
   * left out. `events`: what happened to them, where not all need to hear of everything.
   */
  readonly rows: (
    tx: Tx,
    streams: readonly string[],
    events: readonly Followed[],
  ) => Promise<ReadonlyMap<string, { row: unknown; units: readonly string[] }>>
  /** Units that lose the record by this event; `row` as it is now. */
  readonly gone: (event: Followed, row: never) => readonly string[]
}

export interface Module<State = never, C extends AnyCommand = never, E extends AnyEvent = never, Facts = never> {
  readonly name: string
  /** Where its views live; its SQL touches only these and kernel functions. The first is the module's own. */
  readonly schemas: readonly string[]
  readonly migrations: URL
  /** The tables of its schemas that are made from events alone: `npm run verify` rebuilds them and compares. */
  readonly rebuilt: readonly string[]
  /** Boards of this module answer even when the read log cannot be written. */
  readonly urgent: boolean
  /** The id of a stream as clients may give it. */
  readonly stream: z.ZodType<string>
  readonly decider: Decider<State, At<C>, E, Facts>
  readonly commands: { readonly [Type in C['type']]: CommandRule }
  readonly events: { readonly [Type in E['type']]: z.ZodType }
  readonly upcasts?: { readonly [type: string]: (data: unknown, version: number) => unknown }
  /**
   * Its commands may share a transaction when many come at once. Only where no decision depends on a row that another command of the module writes:
   * within a group nobody sees what the others write.
   */
  readonly together?: true
  /** Rows that the decision depends on, loaded and locked before it. */
  readonly factsFor: (tx: Tx, ask: { command: At<C>; state: State; context: Omit<Context<Facts>, 'facts'> }) => Promise<Facts>
  /** The units whose people may know of this stream; empty: it does not exist yet. Another unit's stream is 404. */
  readonly owners: (state: State) => readonly string[]
  /** Events → SQL, in their transaction: what one command adds to one stream, and the stream after it. */
  readonly project: (stream: string, events: readonly Recorded<E>[], state: State) => readonly Statement[]
  /** The clocks that a stream has after its events; each under an id of its own. */
  readonly clocks?: (state: State) => readonly Clock[]
  /** The command, of the system, by which a module says that a point of its clock has come. Its events move the clock on, or it would come again. */
  readonly passing?: (clock: Clock, due: Due) => C
  /** What its events make happen outside the house. */
  readonly effects?: {
    /** What of it a stream still waits for. */
    readonly of: (state: State) => readonly Effect[]
    /** How it is carried out at this moment, looked up in the module's own tables. `origin`: where the house is reached, see kernel/http/origin.ts. */
    readonly deliver: (
      tx: Tx,
      effect: Effect,
      about: { readonly stream: string; readonly now: string; readonly origin: string | null },
    ) => Promise<Delivery>
    /** The command, of the system, that records what it has come to. Its events take the effect away, or it would come again. */
    readonly settled: (effect: Effect, outcome: Outcome) => C
  }
  /**
   * Looks every few seconds, at every server, for what makes no event by itself, such as that nothing was heard. `began`: since when this server has been
   * there. What is refused is no longer so.
   */
  readonly looks?: (tx: Tx, when: { readonly now: string; readonly began: string }) => Promise<readonly Found[]>
  /** Database constraint → rule of the refusal that its violation is. */
  readonly constraints: Readonly<Record<string, string>>
  /** `tasks`, where there is one, puts what the reader has to do on his desk. */
  readonly views: Readonly<Record<string, ViewRule>> & { readonly tasks?: TasksRule }
  /** Made once a process: a signal may gather what comes close together. */
  readonly signals: (tools: SignalTools) => Readonly<Record<string, SignalRule>>
  readonly reactions: readonly Reaction[]
  readonly live: Live | null
  /** Only of the module that keeps the accounts: the command by which the house records on an account that this recovery code has let it in. */
  readonly recovered?: (recovery: string) => C
  /** Only of that module too: how long sessions of a unit last. */
  readonly limits?: (tx: Tx, unit: string, at: string) => Promise<{ readonly sessionHours: number; readonly idleMinutes: number }>
}

/** A module as the kernel carries it: which state and events it has is its own affair. */
// biome-ignore format: one line
export interface AnyModule extends Module<unknown, AnyCommand, AnyEvent, unknown> {}

/** Seals a module's own types: inside it everything is exact, the kernel treats state, command and event as opaque values that it hands back. */
export const module = <State, C extends AnyCommand, E extends AnyEvent, Facts>(own: Module<State, C, E, Facts>): AnyModule =>
  own as unknown as AnyModule
