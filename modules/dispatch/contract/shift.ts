import { z } from 'zod'
import type { Refusal } from '#kernel/decider.ts'
import { instant, text, unitCode, uuid } from '#kernel/text.ts'
import { priority } from './kinds.ts'
import { equipment } from '../rules/shift.ts'

/** The stream of a shift: a UUID after `shift:`. A hand-over ends it and begins the next one, so that none grows long. */
export const shiftStream = z.string().regex(/^shift:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, { error: 'stream' })

const checked = z.strictObject({ item: z.enum(equipment), ok: z.boolean(), note: text(200).optional() })

export const shiftCommands = {
  /** Begins a shift at the desk of one's own unit. */
  startShift: z.strictObject({ unit: unitCode }),
  joinShift: z.strictObject({}),
  /** Whoever is the last at the desk hands over or ends the shift instead. */
  leaveShift: z.strictObject({}),
  /** Offered to an account on duty at the same unit. Every item of the equipment is looked over once; a new offer takes the place of an earlier one. */
  handOver: z.strictObject({ to: uuid, equipment: z.array(checked).max(20), note: text(1000).optional() }),
  /** By the one to whom it is offered. `offer`: the `n` of the offer that he has read; `next`: the UUID of the shift that begins. */
  takeOver: z.strictObject({ offer: z.int().min(1), next: uuid }),
  /** Nobody takes over: the unit above is told. */
  endShift: z.strictObject({ reason: text(500) }),
  /** By the system: no screen of the desk has said anything since then, for longer than is set. */
  noteSilence: z.strictObject({ since: instant, seconds: z.int() }),
  /** By the system: a silent desk has been heard. */
  noteBack: z.strictObject({ heard: instant }),
} as const

const person = z.strictObject({ account: z.string(), name: z.string() })
const openIncident = z.strictObject({ id: z.string(), number: z.string(), kind: z.string(), priority, phase: z.string() })
const running = z.strictObject({ incident: z.string(), rule: z.string(), point: z.string(), due: z.string() })
/** What was open at the desk at that moment, as the server had it: how many incidents, the newest of them, and the running clocks with their next point. */
const atHand = { open: z.int(), incidents: z.array(openIncident), clocks: z.array(running) }

export const shiftEvents = {
  /** `path`: the units from the root to `unit`. `after`: the shift that it was taken over from. */
  shiftStarted: z.strictObject({ unit: unitCode, path: z.array(unitCode), people: z.array(person), after: shiftStream.nullable() }),
  shiftJoined: person,
  shiftLeft: person,
  handOverOffered: z.strictObject({ from: person, to: person, ...atHand, equipment: z.array(checked), note: z.string().optional() }),
  /** Signed by the incoming person; what is open now may be more than what was offered. The shift is over, `next` has begun. */
  shiftTakenOver: z.strictObject({ next: shiftStream, from: person, to: person, ...atHand }),
  shiftEnded: z.strictObject({ unit: unitCode, reason: z.string() }),
  /** `since`: when it was last heard; `seconds`: the limit as it was set. */
  deskSilent: z.strictObject({ unit: unitCode, since: z.string(), seconds: z.int() }),
  deskBack: z.strictObject({ unit: unitCode, since: z.string(), heard: z.string() }),
} as const

export const shiftSignals = {
  /** A screen is there, connected and painting; `visible`: somebody may be looking at it. `screen`: a UUID that a tab makes for itself. */
  present: z.strictObject({ screen: uuid, visible: z.boolean() }),
} as const

export type AtHand = { readonly [Key in keyof typeof atHand]: z.infer<(typeof atHand)[Key]> }
export type Person = z.infer<typeof person>
export type Offered = z.infer<typeof shiftEvents.handOverOffered>

/** A shift as the desk's own people see it. Instants in UTC. */
export interface ShiftRow {
  readonly id: string
  readonly n: number
  readonly unit: string
  readonly path: readonly string[]
  readonly since: string
  readonly after: string | null
  readonly people: readonly (Person & { readonly since: string })[]
  /** The hand-over that waits for its signature; `n` of its event. */
  readonly offer: (Offered & { readonly n: number; readonly at: string }) | null
  /** While nothing is heard of the desk: since when, and when that was noted. */
  readonly silent: { readonly since: string; readonly at: string } | null
  readonly silences: number
  /** `next`: who took over began it; null: it ended for a reason, without anybody. */
  readonly ended: { readonly at: string; readonly by: string; readonly reason: string | null; readonly next: string | null } | null
}

/** The screens of a desk that say they are there. `seen`: when one last did. */
export interface Screens {
  readonly alive: number
  readonly visible: number
  readonly seen: string | null
}

/** One desk on the list of those above it. `shift` is the running one, else the last; null: it has never had one. */
export interface DeskRow {
  readonly unit: string
  readonly shift: (Omit<ShiftRow, 'offer' | 'path'> & { readonly offered: Person | null }) | null
  readonly screens: Screens
}

type May = true | Pick<Refusal, 'rule' | 'values'>
/** A desk as its own people see it: its running shift and what they may do, what is open now, and who may take over. */
export interface Desk {
  readonly unit: string
  readonly now: string
  readonly shift: ShiftRow | null
  readonly screens: Screens
  readonly hand: AtHand
  readonly people: readonly Person[]
  readonly can: Readonly<Partial<Record<keyof typeof shiftCommands, May>>>
}

/** What the decisions of a shift depend on; each only where it is asked for. */
export interface DeskFacts {
  readonly unit?: { readonly code: string; readonly kind: string; readonly path: readonly string[]; readonly closed: boolean } | null
  /** Who is to take over, where he is on duty at this unit. */
  readonly to?: Person | null
  readonly hand?: AtHand
}
