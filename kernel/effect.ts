/**
 * What an event makes happen outside the house: a value that a module's `evolve` adds to its state and takes away when the outcome is recorded. The road
 * keeps it beside the events in `kernel.effect`; kernel/effects/ carries it out.
 */
export interface Effect {
  /** Unique within its stream. */
  readonly id: string
  /** The event it follows. */
  readonly n: number
  /** Where it goes, by a name of the module's: what goes to one target goes one after the other, in the order of the events. */
  readonly target: string
  /** A target that goes first: while anything waits for it, this is not begun. */
  readonly behind?: string
  /** What the module needs to carry it out; JSON. */
  readonly data: unknown
}

/** How an effect is carried out now. `outcome`: the module's own word for what it comes to when that has been done. */
export type Delivery =
  | { readonly channel: 'webhook'; readonly address: string; readonly outcome: string; readonly body: unknown }
  /** `address`: a queue of the server's CUPS; `data`: what the template `form` (Typst) reads. */
  | {
      readonly channel: 'printer'
      readonly address: string
      readonly outcome: string
      readonly title: string
      readonly form: URL
      readonly data: unknown
    }
  /** Nothing is sent any more: that is the outcome. */
  | { readonly channel: 'none'; readonly address: string; readonly outcome: string }

/** What an effect has come to. */
export interface Outcome {
  readonly outcome: string
  readonly address: string
  /** Something was sent and taken. */
  readonly delivered: boolean
  /** Attempts at it. */
  readonly tries: number
  /** Why the last one before failed; null: none has. */
  readonly error: string | null
}
