import { z } from 'zod'
import type { Occurred, Refusal } from '#kernel/decider.ts'
import { instant, latitude, longitude, text, unitCode, uuid } from '#kernel/text.ts'
import { type Climb, clockCommands, clockEvents, findingRules, ladder, limits, type Wait, type Way, way } from './contract/clocks.ts'
import { type Draft, draft } from './contract/draft.ts'
import { drillCommands, drillEvents, drillSignal, drillStream, type DrillViews } from './contract/drill.ts'
import { seriesCommands, seriesEvents, seriesStream, type SeriesViews } from './contract/series.ts'
import { placeCommands, placeEvents, type PlaceRow } from './contract/places.ts'
import { bellCommands, bellEvents, type BellRow, bellStream } from './contract/bells.ts'
import { type Desk, type DeskRow, shiftCommands, shiftEvents, type ShiftRow, shiftSignals, shiftStream } from './contract/shift.ts'
import type { Statistics } from './contract/statistics.ts'
import type { Wall } from './contract/wall.ts'
import { answered, type KindChange, kindCode, kindCommands, kindEvents, priority } from './contract/kinds.ts'
import type { Priority } from './rules.ts'
import type { KindRow } from './rules/kinds.ts'
import { asks } from './rules/asking.ts'

export type { Climb, Wait } from './contract/clocks.ts'
export { type Draft, draft } from './contract/draft.ts'
export type { Wall } from './contract/wall.ts'
export { foundKinds, type PlaceRow } from './contract/places.ts'

/** The stream of a place: its code after `place:`. */
export const placeStream = z.string().regex(/^place:[0-9A-Za-z][0-9A-Za-z-]{0,39}$/, { error: 'stream' })
/** The stream of a type of incident: its code after `kind:`. */
export const kindStream = z.string().regex(/^kind:[a-z][a-z0-9-]{1,39}$/, { error: 'stream' })
/** A stream of this module: a call or an incident by its UUID, a place, a type of incident, a bell, a shift, a drill or a series of drills. */
export const stream = z.union([uuid, placeStream, kindStream, bellStream, shiftStream, drillStream, seriesStream], { error: 'stream' })

/** A place as the caller can give it. Only a point is routed by boundary; `described` and `unknown` wait in the unknown-place queue unless a unit is named. */
export const place = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('point'), lon: longitude, lat: latitude, text: text(200).optional() }),
  z.strictObject({ kind: z.literal('described'), text: text(200) }),
  z.strictObject({ kind: z.literal('unknown') }),
])
export type Place = z.infer<typeof place>

/** A caller's number: digits with the marks people write; kept as given. */
const phone = z.string().regex(/^\+?[0-9][0-9 ()#*-]{1,30}$/, { error: 'phone' })
export const channels = ['voice', 'text', 'counter', 'patrol'] as const
const call = z.strictObject({ id: uuid, channel: z.enum(channels), number: phone.optional(), name: text(60).optional() })
const handlers = z.array(text(40)).min(1).max(12)
const officers = z.array(uuid).min(1).max(12)
export const results = ['handled', 'mediated', 'caseOpened', 'handedOver', 'unfounded', 'notFound', 'duplicate'] as const
export const measures = ['warned', 'mediated', 'rescued', 'summoned', 'seized', 'sentToHospital', 'evidenceTaken', 'none'] as const
const count = z.int().min(0).max(9999)

/** The input of every command, by type. All travel as `{id, type, data, occurred?}` to `/command/dispatch/<incident>`. */
export const commands = {
  /** Take a call and open the incident it reports; sends it to both levels at once when a unit is responsible. */
  open: z.strictObject({
    call,
    narrative: text(2000),
    place,
    kind: kindCode,
    priority: priority.optional(),
    answers: answered.optional(),
    /** The operator's choice over the boundary: a station, or a sub-bureau when no station is known. */
    unit: unitCode.optional(),
    note: text(1000).optional(),
  }),
  addCall: z.strictObject({ call, text: text(2000).optional() }),
  /** Give or correct the place; an incident that nobody is responsible for is sent out. */
  locate: z.strictObject({ place, unit: unitCode.optional(), reason: text(500).optional() }),
  /** By the system, from the screens: which lines were painted, which were in a visible tab. */
  acknowledge: z.strictObject({
    lines: z
      .array(
        z.strictObject({
          incident: uuid,
          line: z.int(),
          seen: z.boolean(),
          /** Whose screen, and the units that count for it. */
          account: uuid,
          name: z.string(),
          units: z.array(unitCode),
          time: instant,
        }),
      )
      .min(1),
  }),
  /** By the system: a boundary has been drawn over an incident that waited without a station. */
  route: z.strictObject({}),
  ...clockCommands,
  sign: z.strictObject({}),
  /** People by account, by name, or both. `busyToo`: also one who is on another open incident, which stays his as well. */
  assign: z.strictObject({ handlers: handlers.optional(), officers: officers.optional(), busyToo: z.boolean().optional() }),
  depart: z.strictObject({}),
  arrive: z.strictObject({}),
  clear: z.strictObject({}),
  feedback: z.strictObject({
    result: z.enum(results),
    injured: count,
    persons: count,
    measures: z.array(z.enum(measures)).min(1).max(measures.length),
    text: text(2000),
  }),
  close: z.strictObject({}),
  sendBack: z.strictObject({ reason: text(500) }),
  transfer: z.strictObject({ station: unitCode, reason: text(500) }),
  cancel: z.strictObject({ reason: text(500) }),
  urge: z.strictObject({ text: text(500) }),
  note: z.strictObject({ text: text(1000) }),
  /** An addition that says what was wrong; the first entry stays. */
  correct: z.strictObject({
    kind: kindCode.optional(),
    priority: priority.optional(),
    narrative: text(2000).optional(),
    reason: text(500),
  }),
  ...placeCommands,
  ...kindCommands,
  ...bellCommands,
  ...shiftCommands,
  ...drillCommands,
  ...seriesCommands,
} as const

export type CommandType = keyof typeof commands
export type Command = { [Type in CommandType]: { readonly type: Type; readonly data: z.infer<(typeof commands)[Type]> } }[CommandType]

const level = z.enum(['station', 'subBureau'])
export type Level = z.infer<typeof level>
const line = z.strictObject({ line: z.int(), unit: unitCode, level })
const routed = z.enum(['boundary', 'operator'])
const empty = z.strictObject({})
const receipt = z.strictObject({ line: z.int(), unit: unitCode, account: uuid, name: z.string() })

/** Every event, by type. `received` belongs to the call's stream, `placeSet` and `placeRetired` to the place's, `bellSet` and `bellRetired` to the bell's, all others to the incident's. */
export const events = {
  received: z.strictObject({ incident: uuid, call, text: z.string().optional() }),
  opened: z.strictObject({
    number: z.string(),
    bureau: unitCode,
    call: uuid,
    kind: kindCode,
    priority,
    narrative: z.string(),
    place,
    note: z.string().optional(),
    /** With the question as it was asked then: its list may change. */
    answers: z
      .array(z.strictObject({ question: z.string(), ask: z.enum(asks), text: z.string().optional(), answer: z.string() }))
      .optional(),
  }),
  /** Both lines of a dual dispatch leave at one moment. `station` is null while only the sub-bureau is known. */
  dispatched: z.strictObject({ station: unitCode.nullable(), subBureau: unitCode, routed, lines: z.array(line), ladder }),
  callAdded: z.strictObject({ call: uuid }),
  located: z.strictObject({ place, reason: z.string().optional() }),
  delivered: receipt,
  seen: receipt,
  signed: z.strictObject({ line: z.int(), unit: unitCode, limits }),
  /** `handlers` are all names, also of the accounts in `officers`. */
  assigned: z.strictObject({ handlers, officers: officers.optional(), limits, way }),
  departed: empty,
  arrived: z.strictObject({ limits }),
  cleared: z.strictObject({ limits }),
  reported: commands.feedback,
  closed: empty,
  sentBack: z.strictObject({ reason: z.string(), limits }),
  /** The lines of `ended` are closed; `lines` are new. */
  transferred: z.strictObject({
    from: unitCode,
    station: unitCode.nullable(),
    subBureau: unitCode,
    reason: z.string(),
    ended: z.array(z.int()),
    lines: z.array(line),
    ladder,
  }),
  ...clockEvents,
  cancelled: z.strictObject({ reason: z.string() }),
  urged: z.strictObject({ unit: unitCode, text: z.string() }),
  noted: z.strictObject({ text: z.string() }),
  corrected: z.strictObject({
    kind: kindCode.optional(),
    priority: priority.optional(),
    narrative: z.string().optional(),
    reason: z.string(),
  }),
  /** Something about the record itself that a reader should know. `rule` names the words under `finding.<rule>`. */
  found: z.strictObject({ rule: z.enum(findingRules), detail: z.string() }),
  ...placeEvents,
  ...kindEvents,
  ...bellEvents,
  ...shiftEvents,
  ...drillEvents,
  ...seriesEvents,
} as const

/** `POST /signal/dispatch/<name>`. */
export const signals = {
  acknowledge: z.strictObject({
    lines: z
      .array(z.strictObject({ incident: uuid, line: z.int().min(1).max(99), seen: z.boolean() }))
      .min(1)
      .max(200),
  }),
  /** Where a patrol is, WGS-84, and the incident it is on. */
  position: z.strictObject({ lon: longitude, lat: latitude, incident: uuid.nullable().optional() }),
  /** What stands in the call taker's form; null: it is empty, sent or cleared. */
  draft: z.strictObject({ draft: draft.nullable() }),
  ...shiftSignals,
  acknowledgeDrill: drillSignal,
} as const

export type EventType = keyof typeof events
export type Event = {
  [Type in EventType]: {
    readonly type: Type
    readonly data: z.infer<(typeof events)[Type]>
    readonly stream?: string
    readonly occurred?: Occurred
  }
}[EventType]

/** One time on a record: when it happened, how that is known, when it was recorded, by whom. */
export interface Stamp {
  readonly time: string
  readonly source: Occurred['source']
  readonly at: string
  readonly by: string
}

/** One addressee of an incident and how far the push came: sent → delivered → seen → signed. Ended by a transfer. */
export interface Line {
  readonly line: number
  readonly unit: string
  readonly level: Level
  readonly sent: Stamp
  readonly delivered: Stamp | null
  readonly seen: Stamp | null
  readonly signed: Stamp | null
  readonly ended: string | null
}

export const searched = ['open', 'over'] as const
export const phases = ['open', 'assigned', 'underWay', 'arrived', 'cleared', 'reported', 'closed', 'cancelled'] as const
export type Phase = (typeof phases)[number]
export type Milestone = 'assigned' | 'underWay' | 'arrived' | 'cleared' | 'reported' | 'closed'

/** One incident as boards show it and as the live push carries it. No caller data. `station` null: it stands in the unknown-place queue. */
export interface IncidentRow {
  readonly id: string
  readonly number: string
  readonly n: number
  readonly phase: Phase
  readonly kind: string
  readonly priority: Priority
  readonly narrative: string
  readonly place: Place
  readonly bureau: string
  readonly subBureau: string | null
  readonly station: string | null
  readonly received: Stamp
  readonly opened: string
  /** Imported rows never ring, warn or climb. */
  readonly imported: boolean
  readonly lines: readonly Line[]
  readonly handlers: readonly string[]
  /** The accounts among those who were assigned; not there while nobody was by account. */
  readonly officers?: readonly string[]
  readonly milestones: Readonly<Partial<Record<Milestone, Stamp>>>
  /** While nobody has signed the line that leads, and nobody was sent. */
  readonly climb?: Climb
  /** What is waited for since somebody signed, in the order in which it began; not there while nothing is. */
  readonly waits?: readonly Wait[]
  /** How far those who were sent had to go, where that is known. */
  readonly way?: Way
  readonly urged: number
  readonly findings: number
  readonly calls: number
  /** The account that took the first call. */
  readonly taker: string
}

export interface CallRow {
  readonly id: string
  readonly channel: (typeof channels)[number]
  readonly number: string | null
  readonly name: string | null
  readonly text: string | null
  readonly received: Stamp
}

/** Where a patrol was when it last said so, at `at`. `incident`: the open one it is on, as far as the reader may see it. */
export interface PatrolRow {
  readonly account: string
  readonly name: string
  readonly unit: string
  readonly lon: number
  readonly lat: number
  readonly at: string
  readonly incident: string | null
}

/** Somebody whom a unit can send. `at`: when he last said where he is; `incident`: the open one that takes him up. */
export interface OfficerRow {
  readonly account: string
  readonly name: string
  readonly unit: string
  readonly at: string | null
  readonly incident: string | null
  readonly number: string | null
}

/** One entry of the incident's trace, in order. `data` is the event's own data, null when lawfully erased. */
export interface TraceEntry {
  readonly n: number
  readonly position: number
  readonly type: EventType
  readonly at: string
  readonly occurred: Occurred
  /** The acting person's name, or null for the system. */
  readonly by: string | null
  readonly unit: string | null
  readonly data: unknown
}

/** What a dry run of the decision says for this reader: true, or the refusal (`refusal.<rule>` in the words). Commands missing here are not for the reader's roles. */
export type Can = Readonly<Partial<Record<CommandType, true | Pick<Refusal, 'rule' | 'values'>>>>

/** The answer of every view, by name: `GET /view/dispatch/<name>?…` → `{position, data}`. */
export interface Views extends DrillViews, SeriesViews {
  /** `?unit=` at or below one of the reader's units. Its open incidents, newest first; at most `boardRows`. */
  board: { readonly rows: readonly IncidentRow[] }
  /** `?unit=`: open incidents below the unit that no station is responsible for. */
  unplaced: { readonly rows: readonly IncidentRow[] }
  /** The incidents whose first call the reader took in the last 24 hours, newest first, at most 100. */
  mine: { readonly rows: readonly IncidentRow[] }
  /** `?id=`: one incident whole. A foreign unit's is 404. */
  incident: { readonly row: IncidentRow; readonly calls: readonly CallRow[]; readonly trace: readonly TraceEntry[]; readonly can: Can }
  /** `?lon=&lat=`: who would get an incident here; null where no boundary covers the point. */
  responsible: { readonly station: string | null; readonly subBureau: string | null }
  /** The reader's own unsent form and when it was kept: at most `draftHours` old, and none whose incident has been opened. */
  draft: { readonly draft: Draft | null; readonly at: string | null }
  /** The types of incident by their Chinese name and how it is read (`dou ou`), for the command bar. */
  readings: { readonly rows: readonly { readonly code: string; readonly name: string; readonly reading: string }[] }
  /** `?q=&near=lon,lat`: places and units of the reader's bureau by name, pinyin or initials; at most `placeRows`, the best first, then the nearest. */
  places: { readonly rows: readonly PlaceRow[] }
  /** `?day=`, today by default: every type of incident as it is on that day, retired ones too, by group. */
  kinds: { readonly rows: readonly KindRow[] }
  /** `?code=`: what was set of a type, in the order of recording, what the house came with first. */
  kindHistory: { readonly rows: readonly KindChange[] }
  /**
   * `?unit=` at or below one of the reader's units, and any of `q` (words, an incident's number, a caller's number), `kinds` (codes, separated by commas),
   * `state`, `since`, `until`, `before` (the last answer's `next`). Newest first, at most `searchRows`.
   */
  search: { readonly rows: readonly IncidentRow[]; readonly next: string | null }
  /** `?unit=` at or below one of the reader's units. */
  wall: Wall
  /**
   * `?unit=` at or below one of the reader's units, `of`, `by`, and both or neither of `from` and `until`, days that are whole; without them the last
   * `statisticsDays.usual`. `imported=only`: of imported incidents instead of the house's own.
   */
  statistics: Statistics
  /** `?unit=` at or below one of the reader's units: the patrols at or below it that said within `patrolMinutes` where they are. */
  patrols: { readonly rows: readonly PatrolRow[] }
  /** The open incidents that name the reader, and the others of the stations where he is an officer, newest first; of the others at most `boardRows`. */
  duty: { readonly rows: readonly IncidentRow[] }
  /** `?unit=` at or below one of the reader's units: the bells at or below it that are not retired. */
  bells: { readonly rows: readonly BellRow[] }
  /** `?unit=` at or below one of the reader's units: the patrol officers at or below it. */
  officers: { readonly rows: readonly OfficerRow[] }
  /** `?unit=` at or below one of the reader's units: the desks at or below it that had a shift in the last days or a screen; any other is not staffed. */
  staffing: { readonly rows: readonly DeskRow[] }
  /** `?unit=`: one desk. */
  desk: Desk
  /** `?id=` the stream of a shift: what happened on it. */
  shift: { readonly row: ShiftRow; readonly trace: readonly TraceEntry[] }
}
