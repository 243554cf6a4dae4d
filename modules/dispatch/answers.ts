import { z } from 'zod'
import { clockAnswer } from '#kernel/clocks/answer.ts'
import {
  channels,
  type CommandType,
  commands,
  draft,
  type EventType,
  events,
  foundKinds,
  type IncidentRow,
  type Milestone,
  phases,
  place,
  type PlaceRow,
  type Views,
} from './contract.ts'
import { bellChannels, bellOutcomes, bellRungs } from './contract/bells.ts'
import { way } from './contract/clocks.ts'
import { priority } from './contract/kinds.ts'
import { deskAnswer, shiftAnswer, staffingAnswer } from './contract/shiftAnswers.ts'
import { drillPhases, type DrillRow, type DrillUnit, whyMissed } from './contract/drill.ts'
import { seriesEvents } from './contract/series.ts'
import { breakdowns, flagRules, leftOut, spans } from './contract/statistics.ts'
import { groups, marks } from './rules/kinds/row.ts'
import { asks } from './rules/asking.ts'
import { rungs } from './rules/ladder.ts'
import { waitPoints, waitRules } from './rules/waiting.ts'
import { drillChannels } from './rules/drill.ts'

// The answers of the views as schemas: a client is made from them, and the types of the contract hold them.
const source = z.enum(['system', 'position', 'radio', 'typed', 'imported'])
const stamp = z.object({ time: z.string(), source, at: z.string(), by: z.string() })
const line = z.object({
  line: z.int(),
  unit: z.string(),
  level: z.enum(['station', 'subBureau']),
  sent: stamp,
  delivered: stamp.nullable(),
  seen: stamp.nullable(),
  signed: stamp.nullable(),
  ended: z.string().nullable(),
})
const milestones = ['assigned', 'underWay', 'arrived', 'cleared', 'reported', 'closed'] as const satisfies readonly Milestone[]

const last = { at: z.string(), rings: z.boolean() }

const row: z.ZodType<IncidentRow> = z.object({
  id: z.string(),
  number: z.string(),
  n: z.int(),
  phase: z.enum(phases),
  kind: z.string(),
  priority,
  narrative: z.string(),
  place,
  bureau: z.string(),
  subBureau: z.string().nullable(),
  station: z.string().nullable(),
  received: stamp,
  opened: z.string(),
  imported: z.boolean(),
  lines: z.array(line),
  handlers: z.array(z.string()),
  officers: z.array(z.string()).optional(),
  milestones: z.partialRecord(z.enum(milestones), stamp),
  climb: z.object({ line: z.int(), clock: clockAnswer, rung: z.object({ name: z.enum(rungs), ...last }).nullable() }).optional(),
  waits: z
    .array(z.object({ rule: z.enum(waitRules), clock: clockAnswer, last: z.object({ point: z.enum(waitPoints), ...last }).nullable() }))
    .optional(),
  way,
  urged: z.int(),
  findings: z.int(),
  calls: z.int(),
  taker: z.string(),
})
const call = z.object({
  id: z.string(),
  channel: z.enum(channels),
  number: z.string().nullable(),
  name: z.string().nullable(),
  text: z.string().nullable(),
  received: stamp,
})
const entry = z.object({
  n: z.int(),
  position: z.int(),
  type: z.enum(Object.keys(events) as [EventType, ...EventType[]]),
  at: z.string(),
  occurred: z.object({ time: z.string(), source }),
  by: z.string().nullable(),
  unit: z.string().nullable(),
  data: z.unknown(),
})
const refusal = z.object({ rule: z.string(), values: z.record(z.string(), z.union([z.string(), z.number()])) })
const can = z.partialRecord(z.enum(Object.keys(commands) as [CommandType, ...CommandType[]]), z.union([z.literal(true), refusal]))
const patrol = z.object({
  account: z.string(),
  name: z.string(),
  unit: z.string(),
  lon: z.number(),
  lat: z.number(),
  at: z.string(),
  incident: z.string().nullable(),
})
const officer = z.object({
  account: z.string(),
  name: z.string(),
  unit: z.string(),
  at: z.string().nullable(),
  incident: z.string().nullable(),
  number: z.string().nullable(),
})
const found: z.ZodType<PlaceRow> = z.object({
  code: z.string(),
  name: z.string(),
  kind: z.enum(foundKinds),
  unit: z.string(),
  lon: z.number(),
  lat: z.number(),
  schematic: z.boolean(),
})
const ofKind = {
  group: z.enum(groups),
  priority,
  response: z.object({ units: z.int(), marks: z.array(z.enum(marks)) }),
  questions: z.array(
    z.object({
      code: z.string(),
      ask: z.enum(asks),
      choices: z.array(z.string()).optional(),
      when: z.object({ question: z.string(), is: z.string() }).optional(),
      text: z.string().optional(),
    }),
  ),
  words: z.array(z.string()),
  names: z.object({ 'zh-CN': z.string(), en: z.string(), 'zh-TW': z.string() }).nullable(),
}
const kindRow = z.object({ code: z.string(), ...ofKind, from: z.string(), retired: z.boolean(), next: z.string().nullable() })
const kindChange = z.object({
  n: z.int(),
  from: z.string(),
  set: z.object(ofKind).nullable(),
  at: z.string().nullable(),
  by: z.string().nullable(),
  reason: z.string().nullable(),
})
const rows = z.object({ rows: z.array(row) })
const spot = z.object({ lon: z.number(), lat: z.number() })
const wall = z.object({
  day: z.string(),
  now: z.string(),
  hour: z.object({ calls: z.int(), incidents: z.int() }),
  today: z.object({ incidents: z.int(), over: z.int() }),
  reached: z.object({ count: z.int(), mean: z.number().nullable(), p90: z.number().nullable() }),
  bands: z.array(z.int()),
  waiting: z.object({ lines: z.int(), since: z.string().nullable(), at: spot.nullable() }),
  slowest: z.array(
    z.object({
      unit: z.string(),
      level: z.enum(['station', 'subBureau']),
      sent: z.string(),
      until: z.string().nullable(),
      signed: z.boolean(),
    }),
  ),
  kinds: z.array(z.object({ kind: z.string(), count: z.int() })),
  spots: z.array(spot),
})

const figure = z.object({
  count: z.int(),
  mean: z.number().nullable(),
  p50: z.number().nullable(),
  p90: z.number().nullable(),
  p99: z.number().nullable(),
  bands: z.array(z.int()),
  sources: z.partialRecord(source, z.int()),
  unsigned: z.int(),
  left: z.partialRecord(z.enum(leftOut), z.int()),
})
const statisticsRow = z.object({
  key: z.string().nullable(),
  incidents: z.int(),
  cancelled: z.int(),
  figure,
  flags: z.array(z.object({ rule: z.enum(flagRules), of: z.enum(spans), values: z.record(z.string(), z.number()) })),
})
const statistics = z.object({
  now: z.string(),
  from: z.string(),
  until: z.string(),
  of: z.enum(spans),
  by: z.enum(breakdowns),
  imported: z.boolean(),
  others: z.int(),
  rows: z.array(statisticsRow),
  total: statisticsRow,
})

const bell = z.object({
  code: z.string(),
  unit: z.string(),
  channel: z.enum(bellChannels),
  target: z.string(),
  rungs: z.array(z.enum(bellRungs)),
  waiting: z
    .object({ count: z.int(), since: z.string(), tries: z.int(), error: z.string().nullable(), next: z.string().nullable() })
    .nullable(),
  last: z
    .object({
      at: z.string(),
      number: z.string(),
      rung: z.enum(bellRungs),
      outcome: z.enum(bellOutcomes),
      delivered: z.boolean(),
      tries: z.int(),
      error: z.string().nullable(),
    })
    .nullable(),
})
const drillMark = { at: z.string(), by: z.string(), channel: z.enum(drillChannels) }
const drillUnit: z.ZodType<DrillUnit> = z.object({
  unit: z.string(),
  level: z.enum(['station', 'subBureau']),
  subBureau: z.string(),
  delivered: z.array(z.object(drillMark)),
  bells: z.array(z.enum(drillChannels)).optional(),
  signed: z.object({ ...drillMark, late: z.boolean() }).nullable(),
})
const drillRow = z.object({
  id: z.string(),
  unit: z.string(),
  path: z.array(z.string()),
  bureau: z.string(),
  phase: z.enum(drillPhases),
  limitSeconds: z.int(),
  reason: z.string(),
  planned: z.object({ at: z.string(), by: z.string() }),
  start: z.string(),
  started: z.object({ at: z.string(), late: z.boolean() }).nullable(),
  until: z.string().nullable(),
  cancelled: z.object({ at: z.string(), by: z.string(), reason: z.string() }).nullable(),
  missed: whyMissed.nullable(),
  series: z.string().optional(),
}) satisfies z.ZodType<DrillRow>
const drillCounts = z.object({ units: z.int(), delivered: z.int(), within: z.int(), late: z.int() })
const ofSeries = {
  unit: true,
  bureau: true,
  path: true,
  weekdays: true,
  time: true,
  limitSeconds: true,
  reason: true,
  from: true,
  until: true,
} as const
const seriesRow = seriesEvents.seriesPlanned.pick(ofSeries).extend({
  id: z.string(),
  planned: z.object({ at: z.string(), by: z.string() }),
  next: z.string().nullable(),
  ran: z.int(),
  missed: z.int(),
  ended: z.object({ at: z.string(), by: z.string(), reason: z.string() }).nullable(),
})
const said = z.union([z.literal(true), refusal])

export const answers: { readonly [Name in keyof Views]: z.ZodType<Views[Name]> } = {
  board: rows,
  unplaced: rows,
  mine: rows,
  incident: z.object({ row, calls: z.array(call), trace: z.array(entry), can }),
  responsible: z.object({ station: z.string().nullable(), subBureau: z.string().nullable() }),
  draft: z.object({ draft: draft.nullable(), at: z.string().nullable() }),
  readings: z.object({ rows: z.array(z.object({ code: z.string(), name: z.string(), reading: z.string() })) }),
  places: z.object({ rows: z.array(found) }),
  kinds: z.object({ rows: z.array(kindRow) }),
  kindHistory: z.object({ rows: z.array(kindChange) }),
  search: z.object({ rows: z.array(row), next: z.string().nullable() }),
  wall,
  statistics,
  drills: z.object({ rows: z.array(drillRow.extend({ counts: drillCounts })) }),
  drill: z.object({
    row: drillRow,
    units: z.array(drillUnit),
    unit: z.string().nullable(),
    can: z.object({ signDrill: said.optional(), cancelDrill: said.optional() }),
  }),
  drillSeries: z.object({ rows: z.array(seriesRow.extend({ can: z.object({ endSeries: said.optional() }) })) }),
  drillsNow: z.object({
    rows: z.array(
      drillRow.pick({ id: true, unit: true, phase: true, limitSeconds: true, reason: true }).extend({ until: z.string(), own: drillUnit }),
    ),
  }),
  patrols: z.object({ rows: z.array(patrol) }),
  duty: rows,
  bells: z.object({ rows: z.array(bell) }),
  officers: z.object({ rows: z.array(officer) }),
  staffing: staffingAnswer,
  desk: deskAnswer,
  shift: z.object({ row: shiftAnswer, trace: z.array(entry) }),
}
