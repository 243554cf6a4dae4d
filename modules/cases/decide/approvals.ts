import { isPerson, type Recorded, Refusal } from '#kernel/decider.ts'
import type { Event } from '../contract.ts'
import type { Act, Approvals, RequestRow } from '../contract/acts.ts'
import type { Level } from '../rules/row.ts'
import { type Asked, fromCounty, giverOf, type Of } from './asked.ts'
import { inspection, sampling } from './allowing.ts'
import { continueQuestioning } from './continuing.ts'
import type { ActRule, Book } from './book.ts'
import { reopen, terminate, toCriminal } from './closing.ts'
import { decidePenalty } from './deciding.ts'
import { suspendDetention } from './detention.ts'
import { extendCase } from './extending.ts'
import { handling, officersOnly } from './handling.ts'
import { nameOf } from './events.ts'
import { deferFine } from './fine.ts'
import type { Matter } from './matter.ts'
import { acceptSettlement } from './settling.ts'
import { measureActRules } from './measureActs.ts'
import { reappraise } from './reappraising.ts'
import { recuse } from './recusing.ts'
import { forceSummon, lengthen, summon } from './summoning.ts'

const rules: { readonly [Kind in Act['kind']]: ActRule<Kind> } = {
  extendCase,
  summon,
  forceSummon,
  lengthen,
  continueQuestioning,
  inspection,
  sampling,
  recuse,
  ...measureActRules,
  decidePenalty,
  deferFine,
  suspendDetention,
  toCriminal,
  terminate,
  reopen,
  reappraise,
  acceptSettlement,
}
const ruleOf = (act: Act) => rules[act.kind] as unknown as ActRule<Act['kind']>

/** Heads by their unit: of the unit that has the case, of county level, of the agency above. */
const ranks: Readonly<Record<Level, 'own' | 'county' | 'above'>> = {
  stationHead: 'own',
  departmentHead: 'own',
  agencyHead: 'county',
  countyDutyHead: 'county',
  countyHead: 'county',
  nextHigher: 'above',
}
/** The lowest unit whose head may decide at this level: where the request goes. */
export function decidingUnit({ row, county }: Matter, level: Level): string {
  if (ranks[level] === 'own') return row.unit
  return ranks[level] === 'county' ? county : (row.path[row.path.indexOf(county) - 1] ?? county)
}
function reaches(matter: Matter, level: Level, asked: Asked): boolean {
  const { by, as } = asked
  const { row, county } = matter
  if (!isPerson(by) || ranks[level] === 'own') return true
  if (ranks[level] === 'county') return fromCounty(matter, asked)
  const above = row.path.slice(0, row.path.indexOf(county))
  return as.some(({ role, unit }) => role === 'unitHead' && above.includes(unit))
}

function open({ row, books }: Matter, request: number): { readonly row: RequestRow; readonly act: Act } {
  const found = row.requests.find((one) => one.request === request)
  const act = books.approvals.acts[request]
  if (found === undefined || act === undefined) throw new Refusal('no-request', { field: 'data.request' })
  return { row: found, act }
}

/** Who may not decide on it: who has asked, whom it concerns, and who handles the case. */
export function barred({ row, books }: Matter, request: number): readonly string[] {
  const asked = row.requests.find((one) => one.request === request)
  const act = books.approvals.acts[request]
  const concerned = act === undefined ? undefined : ruleOf(act).concerns?.(act)
  return [asked?.account, concerned, ...row.officers.map(({ account }) => account)].filter((one) => one !== undefined)
}

function deciding(matter: Matter, request: number, asked: Asked) {
  const found = open(matter, request)
  const { level, article } = found.row
  const giver = giverOf(asked)?.account
  if (giver !== undefined && barred(matter, request).includes(giver)) throw new Refusal('four-eyes', { article })
  if (!reaches(matter, level, asked)) throw new Refusal('level-too-low', { article, values: { level } })
  return found
}

/** Who may ask, by when it may be asked for. */
const asking = { filed: handling, officers: officersOnly, anyone: () => undefined } as const

function requestApproval(matter: Matter, { act, reason }: Of<'requestApproval'>, asked: Asked): Event[] {
  const rule = ruleOf(act)
  asking[rule.from ?? 'filed'](matter, asked)
  const { level, article } = rule.ask(matter, act, asked)
  const request = matter.books.approvals.last + 1
  return [
    { type: 'approvalRequested', data: { request, act, level, article, reason } },
    ...(rule.asked?.(matter, act, request, asked) ?? []),
  ]
}

function approve(matter: Matter, { request }: Of<'approve'>, asked: Asked): Event[] {
  const { act } = deciding(matter, request, asked)
  return [{ type: 'approved', data: { request } }, ...ruleOf(act).done(matter, act, asked, request)]
}

function decline(matter: Matter, data: Of<'declineApproval'>, asked: Asked): Event[] {
  const { act } = deciding(matter, data.request, asked)
  return [{ type: 'approvalDeclined', data }, ...(ruleOf(act).declined?.(matter, act, asked) ?? [])]
}

function withdrawRequest(matter: Matter, { request, reason }: Of<'withdrawRequest'>, asked: Asked): Event[] {
  const { row, act } = open(matter, request)
  const { account } = row
  if (giverOf(asked)?.account !== account) throw new Refusal('not-requester')
  ruleOf(act).withdraw?.(matter, act, asked)
  return [{ type: 'requestWithdrawn', data: { request, reason } }]
}

type Own = 'requestApproval' | 'approve' | 'declineApproval' | 'withdrawRequest'
const endings: ReadonlySet<Event['type']> = new Set(['approved', 'approvalDeclined', 'requestWithdrawn'])
const endedBy = (event: Recorded<Event>): number | null =>
  endings.has(event.type) && event.data !== null ? (event.data as { readonly request: number }).request : null

function rowOf(event: Recorded<Extract<Event, { type: 'approvalRequested' }>>): RequestRow[] {
  if (event.data === null) return []
  const { act, ...said } = event.data
  return [{ ...said, kind: act.kind, by: nameOf(event), account: isPerson(event.by) ? event.by.account : '', at: event.at }]
}

/** 呈批: what an officer may not do of his own accord is asked for, and one who may decides on it. */
export const approvals: Book<Approvals, Own> = {
  initial: { last: 0, acts: {} },
  commands: ['requestApproval', 'approve', 'declineApproval', 'withdrawRequest'],
  decide(matter, command, asked) {
    switch (command.type) {
      case 'requestApproval':
        return requestApproval(matter, command.data, asked)
      case 'approve':
        return approve(matter, command.data, asked)
      case 'declineApproval':
        return decline(matter, command.data, asked)
      case 'withdrawRequest':
        return withdrawRequest(matter, command.data, asked)
    }
  },
  evolve(slice, event) {
    if (event.type === 'approvalRequested' && event.data !== null)
      return { last: event.data.request, acts: { ...slice.acts, [event.data.request]: event.data.act } }
    const ended = endedBy(event)
    return ended === null ? slice : { ...slice, acts: Object.fromEntries(Object.entries(slice.acts).filter(([n]) => Number(n) !== ended)) }
  },
  row({ row }, event) {
    if (event.type === 'approvalRequested') return { requests: [...row.requests, ...rowOf(event)] }
    const ended = endedBy(event)
    return ended === null ? {} : { requests: row.requests.filter(({ request }) => request !== ended) }
  },
}
