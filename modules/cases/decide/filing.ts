import { Refusal } from '#kernel/decider.ts'
import type { Event } from '../contract.ts'
import type { kinds } from '../contract/parts.ts'
import { remedies } from '../rules.ts'
import { type Asked, drawn, fromCounty, giverOf, type Of } from './asked.ts'
import { begin } from './counting.ts'
import type { Matter } from './matter.ts'

/** Who handles it proposes (PSL25 90); nobody files what was not accepted. */
export function proposeFiling({ row }: Matter, { outcome, caseKind, ground, reason }: Of<'proposeFiling'>, asked: Asked): Event[] {
  if (row.phase === 'proposed') throw new Refusal('proposed-already', { values: { by: row.proposal?.by ?? '' } })
  if (row.phase !== 'accepted') throw new Refusal('accept-first', { article: 'PSL25 90', values: { phase: row.phase } })
  const giver = giverOf(asked)
  if (giver !== null && !row.officers.some(({ account }) => account === giver.account))
    throw new Refusal('not-handling', { article: 'AP 52' })
  if (outcome === 'refuse' && ground === undefined) throw new Refusal('ground-needed', { field: 'data.ground', article: 'PSL25 90' })
  if (row.nature === 'criminal' && caseKind === 'administrative')
    throw new Refusal('suspicion-stands', { field: 'data.caseKind', article: 'AP 65' })
  const because = outcome === 'refuse' && ground !== undefined ? { ground } : {}
  return [{ type: 'filingProposed', data: { outcome, caseKind, ...because, reason } }]
}

/** Never by who handles the case or has proposed it; of a criminal case by the head of county level (CP 178). */
function approving(matter: Matter, asked: Asked): NonNullable<Matter['row']['proposal']> {
  const { row } = matter
  if (row.phase !== 'proposed' || row.proposal === null) throw new Refusal('nothing-proposed', { article: 'PSL25 90' })
  const account = giverOf(asked)?.account
  if (account !== undefined && (row.proposal.account === account || row.officers.some((one) => one.account === account)))
    throw new Refusal('four-eyes', { article: row.proposal.caseKind === 'criminal' ? 'CP 178' : 'PSL25 90' })
  return row.proposal
}

/** To be decided within so long of the filing (PSL25 118); a criminal case has its own limits. */
const deciding = (caseKind: (typeof kinds)[number], asked: Asked) =>
  caseKind === 'administrative' ? { limits: [begin(asked, 'dec-limit')] } : {}

export function approveFiling(matter: Matter, asked: Asked): Event[] {
  const { outcome, caseKind, ground, reason } = approving(matter, asked)
  if (caseKind === 'criminal' && !fromCounty(matter, asked)) throw new Refusal('county-head', { article: 'CP 178' })
  if (outcome === 'file')
    return [{ type: 'filed', data: { caseNumber: drawn(asked.facts.number), caseKind, ...deciding(caseKind, asked) } }]
  // The law gives a day for the notice of a refused criminal case only; an administrative reporter is told at once.
  const limits = caseKind === 'criminal' ? [begin(asked, 'crim-nofile')] : []
  return [{ type: 'fileRefused', data: { caseKind, ground: ground ?? 'noFacts', reason, remedies: [...remedies[caseKind]], limits } }]
}

export function returnProposal(matter: Matter, { reason }: Of<'returnProposal'>, asked: Asked): Event[] {
  approving(matter, asked)
  return [{ type: 'proposalReturned', data: { reason } }]
}

export function giveNotice({ row }: Matter, data: Of<'giveNotice'>): Event[] {
  if (row.phase !== 'refused') throw new Refusal('nothing-refused')
  if (row.noticed) throw new Refusal('notice-given')
  return [{ type: 'noticeGiven', data }]
}

/** A report once made is looked into all the same: that it is withdrawn is noted and ends nothing. */
export function recordWithdrawal({ row }: Matter, { reason }: Of<'recordWithdrawal'>): Event[] {
  if (row.withdrawn) throw new Refusal('withdrawal-noted')
  return [{ type: 'withdrawalNoted', data: { reason } }]
}
