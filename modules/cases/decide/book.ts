import type { Recorded } from '#kernel/decider.ts'
import type { Command, Event, MatterRow } from '../contract.ts'
import type { Act } from '../contract/acts.ts'
import type { Level } from '../rules/row.ts'
import type { Asked } from './asked.ts'
import type { Matter } from './matter.ts'

/**
 * One subject of the procedure after filing: its commands, and what it keeps of a case. A book looks at the whole case and at the other books, and writes only
 * its own slice and the row of the lists.
 */
export interface Book<Slice, Own extends Command['type']> {
  readonly initial: Slice
  readonly commands: readonly Own[]
  readonly decide: (matter: Matter, command: Extract<Command, { type: Own }>, asked: Asked) => Event[]
  readonly evolve: (slice: Slice, event: Recorded<Event>, matter: Matter) => Slice
  /** What follows by itself when a limit of the case is over. */
  readonly passed?: (matter: Matter, over: NonNullable<Extract<Event, { type: 'limitBreached' }>['data']>) => Event[]
  /** What an event changes in the row: its phase, its limits. `matter` is as it was before. */
  readonly row: (matter: Matter, event: Recorded<Event>) => Partial<MatterRow>
}

/** What the law says of an act that must be approved. */
export interface ActRule<Kind extends Act['kind']> {
  /** What must be so before it may be asked for, and who approves it at least. @throws Refusal */
  readonly ask: (matter: Matter, act: Extract<Act, { kind: Kind }>, asked: Asked) => { readonly level: Level; readonly article: string }
  /** What follows in the case when it has been approved. @throws Refusal when it is not lawful any more */
  readonly done: (matter: Matter, act: Extract<Act, { kind: Kind }>, asked: Asked, request: number) => Event[]
  /** From when on it may be asked for, and by whom: by an officer of the filed case where nothing is said. */
  readonly from?: 'officers' | 'anyone'
  /** What begins with the request itself. */
  readonly asked?: (matter: Matter, act: Extract<Act, { kind: Kind }>, request: number, asked: Asked) => Event[]
  /** The account that it is about, which does not decide on it. */
  readonly concerns?: (act: Extract<Act, { kind: Kind }>) => string
  /** @throws Refusal where it may not be taken back */
  readonly withdraw?: (matter: Matter, act: Extract<Act, { kind: Kind }>, asked: Asked) => void
  /** What follows when it was not. */
  readonly declined?: (matter: Matter, act: Extract<Act, { kind: Kind }>, asked: Asked) => Event[]
}
