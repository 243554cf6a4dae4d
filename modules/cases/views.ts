import { z } from 'zod'
import type { Clock } from '#kernel/clock.ts'
import { calendarAt } from '#kernel/calendars.ts'
import type { Statement, Tx } from '#kernel/database/tx.ts'
import { isPerson, type Actor, type Recorded } from '#kernel/decider.ts'
import type { Followed, Live, Reader } from '#kernel/module.ts'
import { pageOf } from '#kernel/search.ts'
import { unitCode, uuid } from '#kernel/text.ts'
import { type Asking, can, canOnEvidence, canOnRequest, canOnSuspect } from './can.ts'
import { type Event, type EventType, type MatterRow, type PenaltyRow, type TraceEntry, type Views } from './contract.ts'
import type { Checks } from './contract/checks.ts'
import type { Inquiry } from './contract/inquiry.ts'
import type { EvidenceRow } from './contract/evidence.ts'
import { type Person, phases, sources } from './contract/parts.ts'
import type { QuestionRow } from './contract/question.ts'
import { suspectsOf } from './decide/about.ts'
import { clocksOf, isOpen, pathTo } from './decide/limits.ts'
import { initial, type Matter, type State } from './decide/matter.ts'
import { evolve } from './decide/state.ts'
import { headsOf, noFacts, ofIncident, officersOf, readingsAt } from './facts.ts'
import { dueStatements } from './limits.ts'
import { byDepth, byUnit, cursor, depthOf, textAt } from './reach.ts'
import { listRows, seesHidden } from './rules.ts'
import { wordStatements } from './search.ts'
import { taskStatements } from './tasks.ts'

/** The units whose people may know of a stream: of the unit that has it, of the first, and of those above both. */
export function owners(state: State): readonly string[] {
  if (state.kind === 'question') return state.row.path
  return state.kind === 'matter' ? [...new Set([...state.row.path, ...state.firstPath])] : []
}

export const clocks = (state: State): readonly Clock[] => (state.kind === 'none' ? [] : clocksOf(state.row.limits))

const matterText = `
  insert into cases.matter (id, number, case_number, incident, phase, source, path, readers, registered, row) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
  on conflict (id) do update set case_number = $3, phase = $5, path = $7, readers = $8, row = $10`
const toldText = `
  insert into cases.told (id, narrative, persons, code, receipt_by) values ($1, $2, $3, $4, $5)
  on conflict (id) do update set narrative = $2, persons = $3, code = $4, receipt_by = $5`
const questionText = `
  insert into cases.question (id, path, phase, closed, due, row) values ($1, $2, $3, $4, $5, $6)
  on conflict (id) do update set phase = $3, due = $5, row = $6`
function matterStatements(events: readonly Recorded<Event>[], state: Matter): readonly Statement[] {
  const { row, narrative, persons, code, receiptBy } = state
  const { id, number, caseNumber, incident, phase, source, path, registered } = row
  return [
    { text: matterText, values: [id, number, caseNumber, incident, phase, source, path, owners(state), registered, JSON.stringify(row)] },
    { text: toldText, values: [id, narrative, JSON.stringify(persons), code, receiptBy] },
    ...wordStatements(events, state),
    ...dueStatements('matter', row, (unit) => pathTo(state, unit), { number: caseNumber ?? number, cause: row.cause }),
  ]
}

function questionStatements(row: QuestionRow): readonly Statement[] {
  const due = row.limits.find(isOpen)?.limit.due ?? null
  return [
    { text: questionText, values: [row.id, row.path, row.phase, row.closed, due, JSON.stringify(row)] },
    ...dueStatements('question', row, () => row.path, { number: row.incidentNumber, cause: row.incidentKind }),
  ]
}

export function project(stream: string, events: readonly Recorded<Event>[], state: State): readonly Statement[] {
  if (state.kind === 'none') return []
  const views = state.kind === 'matter' ? matterStatements(events, state) : questionStatements(state.row)
  return [...views, ...taskStatements(stream, state)]
}

/** Lists are read again when something of theirs has changed: a change carries no row. */
export async function liveRows(tx: Tx, streams: readonly string[]): ReturnType<Live['rows']> {
  const found = await tx.query<{ id: string; units: string[] }>(
    'select id, readers as units from cases.matter where id = any ($1::text[]) union all select id, path from cases.question where id = any ($1::text[])',
    [streams],
  )
  return new Map(found.map(({ id, units }) => [id, { row: undefined, units }] as const))
}
export const gone = (_event: Followed): readonly string[] => []

const listInput = z.strictObject({
  unit: unitCode,
  phase: z.enum(phases).optional(),
  source: z.enum(sources).optional(),
  before: cursor.optional(),
})
const listTexts = byDepth(
  (column) => `
  select row, registered as at, id from cases.matter where ${column} = $1 and ($2::text is null or phase = $2) and ($3::text is null or source = $3)
    and ($4::timestamptz is null or (registered, id) < ($4, $5)) order by registered desc, id desc limit ${listRows + 1}`,
)
export const list = {
  input: listInput,
  async read(tx: Tx, { unit, phase, source, before }: z.infer<typeof listInput>, reader: Reader): Promise<{ data: Views['list'] } | null> {
    const depth = await depthOf(tx, reader, unit)
    if (depth === null) return null
    const [time = null, id = null] = before ?? []
    const values = [unit, phase ?? null, source ?? null, time, id]
    const found = await tx.query<{ row: MatterRow; at: string; id: string }>(textAt(listTexts, depth), values)
    const { page, next } = pageOf(found, listRows)
    return { data: { rows: page.map(({ row }) => row), next } }
  },
}

const questionTexts = byDepth(
  (column) => `select row from cases.question where ${column} = $1 and phase in ('open', 'explained') order by due, id limit ${listRows}`,
)
export const questions = {
  input: byUnit,
  async read(tx: Tx, { unit }: z.infer<typeof byUnit>, reader: Reader): Promise<{ data: Views['questions'] } | null> {
    const depth = await depthOf(tx, reader, unit)
    if (depth === null) return null
    const found = await tx.query<{ row: QuestionRow }>(textAt(questionTexts, depth), [unit])
    const rows = found.map(({ row }) => ({
      row,
      can: can({
        state: { kind: 'question', row },
        stream: row.id,
        reader,
        owners: row.path,
        calendar: new Map(),
        settings: noFacts.settings,
      }),
    }))
    return { data: { rows } }
  },
}

export const officers = {
  input: byUnit,
  async read(tx: Tx, { unit }: z.infer<typeof byUnit>, reader: Reader): Promise<{ data: Views['officers'] } | null> {
    if ((await depthOf(tx, reader, unit)) === null) return null
    const [rows, heads] = await Promise.all([officersOf(tx, unit), headsOf(tx, unit)])
    return { data: { rows: rows.map((one) => ({ ...one, unit })), heads } }
  },
}

const byIncident = z.strictObject({ incident: uuid })
export const incidentMatter = {
  input: byIncident,
  read: async (tx: Tx, { incident }: z.infer<typeof byIncident>): Promise<{ data: Views['ofIncident'] }> => ({
    data: { row: await ofIncident(tx, incident) },
  }),
}

interface TraceRow {
  readonly n: number
  readonly type: EventType
  readonly version: number
  readonly at: string
  readonly occurred_at: string
  readonly occurred_source: Recorded<Event>['occurred']['source']
  readonly by: Actor
  readonly data: unknown
}
const recorded = (stream: string, { occurred_at, occurred_source, ...rest }: TraceRow) =>
  ({ stream, ...rest, occurred: { time: occurred_at, source: occurred_source } }) as Recorded<Event>

/** What experts say of a body or a mind is for who handles the case. */
const withoutOpinions = (evidence: EvidenceRow): EvidenceRow => ({
  ...evidence,
  appraisals: evidence.appraisals.map((row) => ({ ...row, opinion: null })),
})

/** Persons stand beside the trace, for those who may see them; the query code is no part of it. */
function told({ type, data }: TraceRow): unknown {
  if (data === null || typeof data !== 'object') return data
  const {
    persons: _persons,
    person,
    code: _code,
    limit: _limit,
    limits: _limits,
    told: _told,
    gist: _gist,
    opinion: _opinion,
    copies: _copies,
    asking: _asking,
    ...rest
  } = data as Record<string, unknown>
  const whose = typeof person === 'string' ? { person } : {}
  return type === 'found' ? { ...rest, ...whose, detail: undefined } : { ...rest, ...whose }
}
const entryOf = (row: TraceRow): TraceEntry => ({
  n: row.n,
  type: row.type,
  at: row.at,
  by: isPerson(row.by) ? row.by.name : null,
  unit: isPerson(row.by) ? row.by.unit : null,
  data: told(row),
})

const hidden = ({ id, roles }: Person): Views['matter']['persons'][number] => ({ id, roles, hidden: true })
/** @param sealed those who were penalised are hidden like those who asked for it */
function personsFor(persons: readonly Person[], all: boolean, sealed: boolean): Views['matter']['persons'] {
  const hides = ({ hideName = false, roles }: Person): boolean => hideName || (sealed && roles.includes('suspect'))
  return persons.map((person) => {
    if (hides(person) && !all) return hidden(person)
    const { hideName = false, ...shown } = person
    return { ...shown, hidden: hideName }
  })
}

/** What somebody has said, and who his family is, is for those who may see the persons. */
const withoutWords = ({ stays, sessions, ...rest }: Inquiry): Inquiry => ({
  ...rest,
  stays: stays.map((stay) => ({ ...stay, family: stay.family && { ...stay.family, told: null } })),
  sessions: sessions.map((session) => ({ ...session, note: null, gist: null })),
})

const withoutGist = (checks: Checks): Checks => ({
  ...checks,
  inspections: checks.inspections.map((one) => ({ ...one, gist: null })),
  lineUps: checks.lineUps.map((one) => ({ ...one, gist: null })),
})

const one = z.strictObject({ id: uuid })
const penaltyRow = (asking: Asking & { readonly state: Matter }, person: string): PenaltyRow => {
  const { decision, execution, mediation, spot } = asking.state.books
  const own = {
    penalty: decision[person] ?? null,
    execution: execution[person] ?? null,
    mediation: mediation[person] ?? null,
    spot: spot[person] ?? null,
  }
  return { person, ...own, can: canOnSuspect(asking, person) }
}

/** One matter whole, with what the reader may do now. */
export const matter = {
  input: one,
  async read(tx: Tx, { id }: z.infer<typeof one>, reader: Reader): Promise<{ data: Views['matter']; streams: string[] } | null> {
    const [found] = await tx.query<{ id: string }>('select id from cases.matter where id = $1', [id])
    if (found === undefined) return null
    const trace = await tx.query<TraceRow>('select * from kernel.trace($1, $2)', ['cases', id])
    const state = trace.map((row) => recorded(id, row)).reduce(evolve, initial)
    if (state.kind !== 'matter') return null
    const { row, narrative, persons, code, receiptBy } = state
    const { account, grants } = reader.person
    const handles = [receiptBy, row.registrar?.account, ...row.officers.map((officer) => officer.account)].includes(account)
    const sees = handles || grants.some(({ role, unit }) => seesHidden.includes(role) && row.path.includes(unit))
    const sealed = row.sealed && !sees
    const [calendar, settings] = await Promise.all([calendarAt(tx, reader.now), readingsAt(tx, row.unit, reader.now)])
    const asking = { state, stream: id, reader, owners: owners(state), calendar, settings }
    const data = {
      row,
      narrative: sealed ? '' : narrative,
      persons: personsFor(persons, sees, row.sealed),
      code: sees ? code : null,
      recusal: state.books.recusal,
      checks: sees ? state.books.checks : withoutGist(state.books.checks),
      acts: state.books.approvals.acts,
      inquiry: sees ? state.books.inquiry : withoutWords(state.books.inquiry),
      trace: trace.map(entryOf).map((entry) => (sealed ? { ...entry, data: {} } : entry)),
      can: can(asking),
      evidence: sees ? state.books.evidence : withoutOpinions(state.books.evidence),
      onEvidence: canOnEvidence(asking),
      requests: Object.fromEntries(row.requests.map(({ request }) => [request, canOnRequest(asking, request)])),
      penalties: row.caseNumber === null || sealed ? [] : suspectsOf(state).map(({ id: person }) => penaltyRow(asking, person)),
    }
    return { data, streams: [id] }
  },
}
