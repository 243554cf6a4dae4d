import { Refusal } from '#kernel/decider.ts'
import type { StatutoryLimit } from '#kernel/statute.ts'
import type { Event, MatterRow } from '../contract.ts'
import type { Phase } from '../contract/parts.ts'
import { from } from '../rules.ts'
import { type Asked, fromCounty, giverOf, likeOfficers, type Of } from './asked.ts'
import { begin, filingLimits } from './counting.ts'
import { isOpen } from './limits.ts'
import type { Matter } from './matter.ts'
import { noParty, recused } from './persons.ts'

/** A step that the matter is past, or not at yet. */
function at({ phase }: MatterRow, phases: readonly Phase[], article: string): void {
  if (!phases.includes(phase)) throw new Refusal('not-at-this-step', { article, values: { phase } })
}

/** The three steps come before anything else is done with a report: no station sends a reporter on (RF 4, 7). */
function receiptFirst({ receipt, source }: MatterRow): void {
  if (receipt === null && source !== 'discovered') throw new Refusal('receipt-first', { article: 'RF 4' })
}

export function leaveUndetermined({ row }: Matter, { reason }: Of<'leaveUndetermined'>, asked: Asked): Event[] {
  at(row, ['reported'], 'RF 8')
  receiptFirst(row)
  return [{ type: 'leftUndetermined', data: { reason, limit: begin(asked, 'intake-undetermined') } }]
}

export function proposeTransfer({ row }: Matter, { destination, reason, urgent }: Of<'proposeTransfer'>, asked: Asked): Event[] {
  at(row, from.pass, 'AP 61')
  receiptFirst(row)
  if (destination.to === 'unit') {
    const { unit } = asked.facts
    if (unit === null || unit.closed || unit.kind === 'centre')
      throw new Refusal('unit-unknown', { field: 'data.destination', values: { unit: destination.unit } })
    if (unit.code === row.unit) throw new Refusal('same-unit', { field: 'data.destination' })
  }
  return [
    {
      type: 'transferProposed',
      data: { destination, reason, ...(urgent !== undefined && { urgent }), limit: begin(asked, 'intake-transfer-24h') },
    },
  ]
}

/**
 * Carries a transfer out. Of what is suspected to be a crime the head of county level decides (CP 175), and not who has proposed it. What was passed on once is
 * not passed on again by who received it: the superior of both assigns it (RF 13).
 */
export function transfer(matter: Matter, asked: Asked): Event[] {
  const { row } = matter
  if (row.phase !== 'transferring' || row.transfer === null) throw new Refusal('no-transfer')
  const county = fromCounty(matter, asked)
  if (row.nature === 'criminal' && !county) throw new Refusal('county-head', { article: 'CP 175' })
  if (row.nature === 'criminal' && giverOf(asked)?.account === row.transfer.account) throw new Refusal('four-eyes', { article: 'CP 175' })
  if (row.transfers > 0 && !county) throw new Refusal('passed-on', { article: 'RF 13' })
  const { destination } = row.transfer
  if (destination.to === 'agency')
    return [
      { type: 'transferred', data: { destination, path: null, county: null, assigned: row.transfers > 0, limits: telling(matter, asked) } },
    ]
  const { unit } = asked.facts
  if (unit === null || unit.closed) throw new Refusal('unit-unknown', { values: { unit: destination.unit } })
  const limits = [...filingLimits(asked, asked.at), ...telling(matter, asked)]
  return [{ type: 'transferred', data: { destination, path: [...unit.path], county: unit.county, assigned: row.transfers > 0, limits } }]
}

/** Whoever has reported is told where it is within three days (`intake-jurisdiction`). */
const telling = ({ persons }: Matter, asked: Asked): StatutoryLimit[] =>
  persons.some(({ roles }) => roles.includes('reporter')) ? [begin(asked, 'intake-jurisdiction')] : []

/** By the unit that handed it over, or by the one that has it: it knows where to reach him, and it can tell him whom to ask from now on. */
export function tellTransfer({ row }: Matter, data: Of<'tellTransfer'>): Event[] {
  if (!row.limits.some((one) => one.limit.rule === 'intake-jurisdiction' && isOpen(one)))
    throw new Refusal('nothing-to-tell', { article: 'RF 13' })
  return [{ type: 'transferTold', data }]
}

export function declineTransfer({ row }: Matter, { reason }: Of<'declineTransfer'>): Event[] {
  if (row.phase !== 'transferring') throw new Refusal('no-transfer')
  return [{ type: 'transferDeclined', data: { reason } }]
}

/** Where to go is told and logged; who objects has it in writing (AP 61). A suspected crime is always police business (RF 7). */
export function turnAway({ row }: Matter, { where, objected = false, inWriting = false }: Of<'turnAway'>): Event[] {
  at(row, from.sort, 'AP 61')
  receiptFirst(row)
  if (row.nature === 'criminal') throw new Refusal('police-matter', { article: 'RF 7' })
  if (objected && !inWriting) throw new Refusal('objection-in-writing', { field: 'data.inWriting', article: 'AP 61' })
  return [{ type: 'turnedAway', data: { where, objected, inWriting } }]
}

export function accept(matter: Matter, asked: Asked): Event[] {
  const { row } = matter
  at(row, from.sort, 'AP 61')
  receiptFirst(row)
  const giver = giverOf(asked)
  const officers = giver !== null && asked.as.some(({ role }) => role === 'caseOfficer') ? [giver] : []
  noParty(matter, officers, asked.at)
  return [{ type: 'accepted', data: { officers } }, ...likeOfficers(matter, officers)]
}

export function assign(matter: Matter, { caseOfficers: wanted }: Of<'assign'>, { facts, at: now }: Asked): Event[] {
  const { row } = matter
  at(row, from.assign, 'AP 52')
  const stranger = wanted.find((account) => !facts.officers.some((one) => one.account === account))
  if (stranger !== undefined) throw new Refusal('not-case-officer', { field: 'data.caseOfficers' })
  const officers = facts.officers.filter(({ account }) => wanted.includes(account))
  noParty(matter, officers, now, 'data.caseOfficers')
  if (wanted.some((account) => recused(matter, account))) throw new Refusal('recused', { field: 'data.caseOfficers', article: 'AP 19-24' })
  const same =
    officers.length === row.officers.length && officers.every((one) => row.officers.some(({ account }) => account === one.account))
  if (same) throw new Refusal('nothing-amended')
  return [
    { type: 'assigned', data: { officers: officers.map(({ account, name }) => ({ account, name })) } },
    ...likeOfficers(matter, officers),
  ]
}
