import { z } from 'zod'
import { clockAnswer } from '#kernel/clocks/answer.ts'
import { statutoryLimit } from '#kernel/statute/stored.ts'
import { type Can, type CommandType, commands, type EventType, events, type MatterRow, type Views } from './contract.ts'
import { type LimitRow, openStates } from './contract/board.ts'
import { act, actKinds } from './contract/acts.ts'
import { evidenceRow } from './contract/evidence.ts'
import { penaltyState } from './contract/decision.ts'
import { spotState } from './contract/spot.ts'
import { mediationState } from './contract/mediation.ts'
import { executionState } from './contract/execution.ts'
import { levels } from './rules/row.ts'
import {
  type Running,
  destination,
  grounds,
  happened,
  idTypes,
  kinds,
  limitStates,
  natures,
  outcomes,
  personRoles,
  phases,
  sexes,
  situations,
  sources,
} from './contract/parts.ts'
import { type Checks, inspected, lineUps, recognitions, sampleKinds } from './contract/checks.ts'
import { waitingAnswer } from './waiting.ts'
import { continueLevels } from './contract/continued.ts'
import { arrivals, departures, type Inquiry, signatures, summoned, untold, venues } from './contract/inquiry.ts'
import { recusalGrounds, recusalOutcomes, type RecusalRow } from './contract/recusal.ts'
import { explanations, questionPhases, type QuestionRow } from './contract/question.ts'

// The answers of the views as schemas: a client is made from them, and the types of the contract hold them.
const officer = z.object({ account: z.string(), name: z.string() })
const running: z.ZodType<Running> = z.object({
  limit: statutoryLimit,
  subject: z.string().nullable(),
  unit: z.string(),
  clock: clockAnswer,
  state: z.enum(limitStates),
})

const row: z.ZodType<MatterRow> = z.object({
  id: z.string(),
  n: z.int(),
  number: z.string(),
  caseNumber: z.string().nullable(),
  phase: z.enum(phases),
  unit: z.string(),
  path: z.array(z.string()),
  first: z.string(),
  source: z.enum(sources),
  incident: z.string().nullable(),
  sender: z.string().nullable(),
  nature: z.enum(natures),
  caseKind: z.enum(kinds).nullable(),
  cause: z.string(),
  gist: z.string(),
  happened: happened.nullable(),
  place: z.string().nullable(),
  received: z.string(),
  registered: z.string(),
  registrar: officer.nullable(),
  receipt: z.string().nullable(),
  officers: z.array(officer),
  persons: z.partialRecord(z.enum(personRoles), z.int()),
  transfer: z.object({ destination, reason: z.string(), by: z.string(), account: z.string(), back: z.enum(phases) }).nullable(),
  transfers: z.int(),
  proposal: z
    .object({
      outcome: z.enum(outcomes),
      caseKind: z.enum(kinds),
      ground: z.enum(grounds).nullable(),
      reason: z.string(),
      by: z.string(),
      account: z.string(),
    })
    .nullable(),
  requests: z.array(
    z.object({
      request: z.int(),
      kind: z.enum(actKinds),
      level: z.enum(levels),
      article: z.string(),
      reason: z.string(),
      by: z.string(),
      account: z.string(),
      at: z.string(),
    }),
  ),
  withdrawn: z.boolean(),
  noticed: z.boolean(),
  sealed: z.boolean(),
  findings: z.int(),
  limits: z.array(running),
})

const commandTypes = Object.keys(commands) as [CommandType, ...CommandType[]]
const eventTypes = Object.keys(events) as [EventType, ...EventType[]]
const no = z.object({
  rule: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
  article: z.string().optional(),
})
const canKeys = [...commandTypes, ...actKinds.map((kind) => `act:${kind}` as const)] as const
const can = z.partialRecord(z.enum(canKeys), z.union([z.literal(true), no])) as unknown as z.ZodType<Can>

const personRow = z.object({
  id: z.string(),
  roles: z.array(z.enum(personRoles)),
  personName: z.string().optional(),
  described: z.string().optional(),
  sex: z.enum(sexes).optional(),
  born: z.string().optional(),
  situations: z.array(z.enum(situations)).optional(),
  of: z.array(z.string()).optional(),
  relation: z.string().optional(),
  employer: z.string().optional(),
  account: z.string().optional(),
  idType: z.enum(idTypes).optional(),
  idNumber: z.string().optional(),
  phone: z.string().optional(),
  address: z.string().optional(),
  hidden: z.boolean(),
})

const question: z.ZodType<QuestionRow> = z.object({
  id: z.string(),
  n: z.int(),
  incident: z.string(),
  incidentNumber: z.string(),
  incidentKind: z.string(),
  narrative: z.string(),
  place: z.string().nullable(),
  station: z.string(),
  path: z.array(z.string()),
  closed: z.string(),
  phase: z.enum(questionPhases),
  explained: z
    .object({ explanation: z.enum(explanations), reason: z.string(), by: z.string(), account: z.string(), at: z.string() })
    .nullable(),
  rejected: z.object({ reason: z.string(), by: z.string(), at: z.string() }).nullable(),
  matter: z.object({ id: z.string(), number: z.string() }).nullable(),
  limits: z.array(running),
})

const limitRow: z.ZodType<LimitRow> = z.object({
  of: z.enum(['matter', 'question']),
  id: z.string(),
  number: z.string(),
  cause: z.string(),
  rule: z.string(),
  subject: z.string().nullable(),
  article: z.string(),
  unit: z.string(),
  from: z.string(),
  due: z.string(),
  state: z.enum(openStates),
})
const counts = z.object({ running: z.int(), warned: z.int(), breached: z.int() })

const entry = z.object({
  n: z.int(),
  type: z.enum(eventTypes),
  at: z.string(),
  by: z.string().nullable(),
  unit: z.string().nullable(),
  data: z.unknown(),
})

const inquiry: z.ZodType<Inquiry> = z.object({
  summonses: z.array(
    z.object({
      person: z.string(),
      summons: z.enum(summoned),
      place: z.string().nullable(),
      appear: z.string().nullable(),
      at: z.string(),
    }),
  ),
  stays: z.array(
    z.object({
      person: z.string(),
      arrival: z.enum(arrivals),
      arrived: z.string(),
      family: z.object({ told: z.string().nullable(), untold: z.enum(untold).nullable() }).nullable(),
      checked: z.boolean(),
      continueLevel: z.enum(continueLevels).nullable(),
      restrained: z.string().nullable(),
      left: z.string().nullable(),
      departure: z.enum(departures).nullable(),
    }),
  ),
  sessions: z.array(
    z.object({
      session: z.int(),
      person: z.string(),
      officers: z.array(officer),
      venue: z.enum(venues),
      recorded: z.boolean(),
      adult: z.string().nullable(),
      interpreter: z.string().nullable(),
      begun: z.string(),
      ended: z.string().nullable(),
      signature: z.enum(signatures).nullable(),
      note: z.string().nullable(),
      gist: z.string().nullable(),
    }),
  ),
})

const staff = z.object({ account: z.string(), name: z.string(), unit: z.string() })

const taken = { at: z.string(), officers: z.array(officer), gist: z.string().nullable() }
const checks: z.ZodType<Checks> = z.object({
  certificates: z.array(z.object({ certificate: z.int(), inspects: z.enum(inspected), place: z.string(), used: z.boolean() })),
  inspections: z.array(
    z.object({ ...taken, inspects: z.enum(inspected), place: z.string(), person: z.string().nullable(), certificate: z.int().nullable() }),
  ),
  lineUps: z.array(z.object({ ...taken, person: z.string(), lineUp: z.enum(lineUps), among: z.int(), recognition: z.enum(recognitions) })),
  samples: z.array(z.object({ person: z.string(), sample: z.enum(sampleKinds), at: z.string().nullable() })),
})

const recusal: z.ZodType<RecusalRow> = z.object({
  request: z.int(),
  officer,
  recusalGround: z.enum(recusalGrounds),
  person: z.string().nullable(),
  at: z.string(),
  outcome: z.enum(recusalOutcomes),
  told: z.boolean(),
})

export const answers = {
  matter: z.object({
    row,
    narrative: z.string(),
    persons: z.array(personRow),
    code: z.string().nullable(),
    inquiry,
    recusal: z.array(recusal),
    checks,
    acts: z.record(z.coerce.number(), act),
    trace: z.array(entry),
    can,
    evidence: evidenceRow,
    onEvidence: z.record(z.string(), can),
    requests: z.record(z.coerce.number(), can),
    penalties: z.array(
      z.object({
        person: z.string(),
        penalty: penaltyState.nullable(),
        execution: executionState.nullable(),
        mediation: mediationState.nullable(),
        spot: spotState.nullable(),
        can,
      }),
    ),
  }),
  list: z.object({ rows: z.array(row), next: z.string().nullable() }),
  search: z.object({ rows: z.array(row), next: z.string().nullable() }),
  questions: z.object({ rows: z.array(z.object({ row: question, can })) }),
  approvals: waitingAnswer,
  reviews: waitingAnswer,
  limits: z.object({ rows: z.array(limitRow), next: z.string().nullable() }),
  limitCounts: z.object({ total: counts, units: z.array(counts.extend({ unit: z.string() })) }),
  officers: z.object({ rows: z.array(staff), heads: z.array(staff) }),
  ofIncident: z.object({ row: z.object({ id: z.string(), number: z.string(), phase: z.enum(phases) }).nullable() }),
} satisfies { readonly [Name in keyof Views]: z.ZodType<Views[Name]> }
