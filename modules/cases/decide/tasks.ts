import type { Role } from '#kernel/decider.ts'
import type { Chore, Petition } from '../contract/board.ts'
import type { Running } from '../contract/parts.ts'
import type { QuestionRow } from '../contract/question.ts'
import { barred, decidingUnit } from './approvals.ts'
import { hearingRuns } from './hearing.ts'
import { isOpen, keyOf, openState, pathTo } from './limits.ts'
import type { Matter, State } from './matter.ts'

/**
 * A chore with whom it is for: accounts, or `<role>@<unit>` for who holds the role at this very unit; `apart`: accounts that may not. `path`: from the root to the
 * unit whose chore it is.
 */
export interface Given extends Chore {
  readonly path: readonly string[]
  readonly who: readonly string[]
  readonly apart: readonly string[]
}

export const post = (role: Role, unit: string): string => `${role}@${unit}`
const posts = (roles: readonly Role[], unit: string): readonly string[] => roles.map((role) => post(role, unit))
const desk: readonly Role[] = ['stationDuty', 'caseOfficer']
const above: readonly Role[] = ['subBureauDuty', 'unitHead', 'legalReviewer']

/** What of these runs out first; what stands still never does. */
const first = (limits: readonly Running[]): Running | undefined =>
  limits.filter((one) => isOpen(one) && !one.limit.standing).toSorted((a, b) => a.limit.due.localeCompare(b.limit.due))[0]
/** How long there is for an act: until the first of these limits ends. */
function until(limits: readonly Running[]): Pick<Chore, 'rule' | 'due' | 'state' | 'key' | 'detail'> {
  const next = first(limits)
  return next === undefined
    ? { rule: null, due: null, state: 'running', key: '', detail: null }
    : { rule: next.limit.rule, due: next.limit.due, state: openState(next), key: keyOf(next), detail: null }
}

const petition = (by: string, at: string, reason: string | null, more: Partial<Petition> = {}): Petition => ({
  by,
  at,
  reason,
  level: null,
  article: null,
  ...more,
})

const transferring = 'intake-transfer-24h'

/**
 * Of a rule with several values, such as to be filed within one day and within three, what ends first. Of what is suspected to be a crime the head of county
 * level decides, and of what was passed on once (CP 175, 178; RF 13).
 */
function matterTasks(matter: Matter): readonly Given[] {
  const { row, books } = matter
  const { id, unit, officers, requests } = row
  const isHere = (one: Running): boolean => pathTo(matter, one.unit) === row.path
  const limits = row.limits.filter(isHere)
  const elsewhere = row.limits.filter((one) => !isHere(one))
  const about = { of: 'matter' as const, id, number: row.caseNumber ?? row.number, cause: row.cause, unit }
  const handling = officers.length > 0 ? officers.map(({ account }) => account) : posts(desk, unit)
  const recused = books.recusal.flatMap(({ outcome, officer }) => (outcome === 'recused' ? [officer.account] : []))
  const given: Give = (act, who, { apart = [], ...more } = {}) => ({
    ...about,
    act,
    asked: null,
    ...until(limits),
    who,
    path: row.path,
    ...more,
    apart: [...new Set([...apart, ...recused])].toSorted(),
  })
  const own = [...Map.groupBy(limits.filter(isOpen), ({ limit, subject }) => `${limit.rule.split('.')[0]} ${subject ?? ''}`).values()]
    .map((values) => given('limit', handling, until(values)))
    .filter(({ rule }) => rule !== null && rule !== transferring)
  // What the first unit has still to do with a matter that it has handed over.
  const left = elsewhere
    .filter(isOpen)
    .map((one) => given('limit', posts(desk, one.unit), { ...until([one]), path: pathTo(matter, one.unit) }))
  const asked = requests.map(({ request, kind, level, article, by, at, reason }) =>
    given('approve', posts(['unitHead'], decidingUnit(matter, level)), {
      key: String(request),
      detail: `act.${kind}`,
      asked: petition(by, at, reason, { level, article }),
      apart: barred(matter, request),
    }),
  )
  const before = penaltyTasks(matter, given)
  const next = nextStep(matter, given, handling, own.length > 0)
  return [...own, ...left, ...asked, ...before, ...next]
}

type Give = (act: Chore['act'], who: readonly string[], more?: Partial<Given>) => Given

/**
 * What waits before a penalty is decided: for the legal department of the unit and of those above it up to county level a review, or a hearing that was asked
 * for; for the heads of the agency what they are to discuss once the review has passed (PEN 57).
 */
function penaltyTasks({ row, county, books }: Matter, given: Give): readonly Given[] {
  if (row.caseKind !== 'administrative' || row.phase === 'closed' || row.phase === 'terminated') return []
  const units = row.path.slice(row.path.indexOf(county))
  const who = units.map((unit) => post('legalReviewer', unit))
  const apart = row.officers.map(({ account }) => account)
  return Object.entries(books.decision).flatMap(([person, penalty]) => {
    const { draft, review, discussed } = penalty
    const hears = row.limits.filter(
      ({ limit, subject }) => subject === person && limit.rule.startsWith('hear-steps.') && limit.is === 'limit',
    )
    return [
      ...(review?.state === 'asked'
        ? [given('review', who, { key: person, apart, asked: petition(review.by, review.asked, review.corrected) })]
        : []),
      ...(hearingRuns(penalty) ? [given('hearing', who, { ...until(hears), key: person, apart })] : []),
      ...(draft.complex === true && review?.state === 'passed' && discussed === null
        ? [given('discuss', posts(['unitHead'], county), { key: person })]
        : []),
    ]
  })
}

/** What the phase asks for beyond its limits; `limited`: a limit says so already to who handles it. */
function nextStep({ row, county, since }: Matter, given: Give, handling: readonly string[], limited: boolean): readonly Given[] {
  const { unit, phase, officers, proposal, transfer, limits, nature } = row
  switch (phase) {
    case 'transferring': {
      const high = nature === 'criminal' || row.transfers > 0
      const who = high ? posts(['unitHead'], county) : posts(['stationDuty', 'unitHead'], unit)
      const apart = nature === 'criminal' && transfer !== null ? [transfer.account] : []
      const asked = transfer && petition(transfer.by, since, transfer.reason)
      return [given('transfer', who, { ...until(limits.filter(({ limit }) => limit.rule === transferring)), apart, asked })]
    }
    case 'accepted':
      return limited ? [] : [given('proposeFiling', handling)]
    case 'proposed': {
      const apart = [...(proposal === null ? [] : [proposal.account]), ...officers.map(({ account }) => account)]
      const asked = proposal && petition(proposal.by, since, proposal.reason)
      return [given('approveFiling', posts(['unitHead'], proposal?.caseKind === 'criminal' ? county : unit), { apart, asked })]
    }
    case 'refused':
      return row.noticed || limited ? [] : [given('giveNotice', handling)]
    default:
      return []
  }
}

/** The station explains; what it has not is its sub-bureau's to ask for, and what it has said is its sub-bureau's to confirm. */
function questionTasks(row: QuestionRow): readonly Given[] {
  const { id, station, phase, path, explained, limits } = row
  const over = path.at(-2) ?? station
  const about = { of: 'question' as const, id, number: row.incidentNumber, cause: row.incidentKind, unit: station, path }
  if (phase === 'explained')
    return [
      {
        ...about,
        act: 'confirmExplanation',
        asked: explained && petition(explained.by, explained.at, explained.reason),
        ...until(limits),
        who: posts(above, over),
        apart: explained === null ? [] : [explained.account],
      },
    ]
  if (phase !== 'open') return []
  const asked: Given = { ...about, act: 'explain', asked: null, ...until(limits), who: posts([...desk, 'unitHead'], station), apart: [] }
  if (!limits.some(({ state }) => state === 'breached')) return [asked]
  const climbs = limits.filter(({ limit }) => limit.rule === 'question-climbed')
  return [asked, { ...about, act: 'climbed', asked: null, ...until(climbs), who: posts(above, over), apart: [] }]
}

/** What is to be done in a stream, by whom and until when. */
export function tasksIn(state: State): readonly Given[] {
  if (state.kind === 'matter') return matterTasks(state)
  return state.kind === 'question' ? questionTasks(state.row) : []
}
