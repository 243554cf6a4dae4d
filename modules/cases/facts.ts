import { randomInt } from 'node:crypto'
import type { Tx } from '#kernel/database/tx.ts'
import type { Context } from '#kernel/decider.ts'
import type { Command, MatterRow } from './contract.ts'
import type { Officer } from './contract/parts.ts'
import type { Facts, UnitFact } from './decide/asked.ts'
import type { State } from './decide/state.ts'
import { countLimits } from './limits.ts'
import { series } from './rules.ts'

type Ask = { command: Command & { stream: string }; state: State; context: Omit<Context<Facts>, 'facts'> }

export const noFacts: Facts = { unit: null, number: null, code: null, officers: [], limits: {}, ofIncident: null }

const unitText = `
  select u.code, u.kind, u.path, u.closed,
    (select c.code from unnest(u.path) with ordinality p (code, n) cross join lateral access.unit_of(p.code) c
      where c.kind in ('subBureau', 'bureau') order by p.n desc limit 1) as county
  from access.unit_of($1) u`
async function unitOf(tx: Tx, code: string): Promise<UnitFact | null> {
  return (await tx.query<UnitFact>(unitText, [code]))[0] ?? null
}

const numberText = 'select cases.next_number($1, $2, $3::timestamptz) as number'
async function nextNumber(tx: Tx, unit: string, letter: string, at: string): Promise<string> {
  const [row] = await tx.query<{ number: string }>(numberText, [unit, letter, at])
  return row?.number ?? ''
}

const officersText = "select id as account, name from access.holders('caseOfficer', $1) order by name, id"
export const officersOf = (tx: Tx, unit: string): Promise<readonly Officer[]> => tx.query<Officer>(officersText, [unit])

const ofIncidentText = "select id, row ->> 'number' as number, phase from cases.matter where incident = $1"
export async function ofIncident(tx: Tx, incident: string): Promise<Pick<MatterRow, 'id' | 'number' | 'phase'> | null> {
  return (await tx.query<Pick<MatterRow, 'id' | 'number' | 'phase'>>(ofIncidentText, [incident]))[0] ?? null
}

/** Without signs that are taken for one another, so that it can be read out on a telephone. */
const codeSigns = '23456789ABCDEFGHJKMNPQRSTVWXYZ'
const codeLength = 10
const newCode = (): string => Array.from({ length: codeLength }, () => codeSigns[randomInt(codeSigns.length)] ?? '').join('')

async function reportFacts(tx: Tx, data: Extract<Command, { type: 'takeReport' }>['data'], at: string): Promise<Facts> {
  const { unit, incident, received, source } = data
  const from = new Date(received ?? at).toISOString()
  const rules = ['intake-admin-file', ...(source === 'mail' ? ['intake-by-mail'] : [])]
  const wanted = rules.map((rule) => ({ rule, from, unit }))
  const [found, reported, limits] = await Promise.all([
    unitOf(tx, unit),
    incident === undefined ? null : ofIncident(tx, incident),
    countLimits(tx, at, wanted),
  ])
  // Only of a unit that there is: a number is drawn last, and holds its row until the end.
  const number = found === null ? null : await nextNumber(tx, unit, series.report, at)
  return { ...noFacts, unit: found, number, code: newCode(), limits, ofIncident: reported }
}

async function questionFacts(tx: Tx, command: Command & { stream: string }, state: State, at: string): Promise<Facts | null> {
  switch (command.type) {
    case 'ask': {
      const { station, incident, closed } = command.data
      const [unit, reported, limits] = await Promise.all([
        unitOf(tx, station),
        ofIncident(tx, incident),
        countLimits(tx, at, [{ rule: 'question-open', from: closed, unit: station }]),
      ])
      return { ...noFacts, unit, limits, ofIncident: reported }
    }
    case 'explain':
    case 'rejectExplanation': {
      const rule = command.type === 'explain' ? 'question-confirm' : 'question-open'
      const unit = state.kind === 'question' ? state.row.station : ''
      return { ...noFacts, limits: await countLimits(tx, at, [{ rule, from: at, unit }]) }
    }
    case 'passLimit':
      return state.kind === 'question' ? { ...noFacts, ofIncident: await ofIncident(tx, state.row.incident) } : noFacts
    default:
      return null
  }
}

/** What each decision depends on beyond its stream. A number that is drawn for a decision that says no is given back with its transaction. */
export async function factsFor(tx: Tx, { command, state, context: { at } }: Ask): Promise<Facts> {
  if (command.type === 'takeReport') return reportFacts(tx, command.data, at)
  const ofQuestion = await questionFacts(tx, command, state, at)
  if (ofQuestion !== null) return ofQuestion
  if (state.kind !== 'matter') return noFacts
  const { row } = state
  const counted = (rule: string, from = at) => countLimits(tx, at, [{ rule, from, unit: row.unit }])
  switch (command.type) {
    case 'issueReceipt':
      return { ...noFacts, code: newCode() }
    case 'leaveUndetermined':
      return { ...noFacts, limits: await counted('intake-undetermined', row.received) }
    case 'proposeTransfer': {
      const { destination } = command.data
      const [unit, limits] = await Promise.all([
        destination.to === 'unit' ? unitOf(tx, destination.unit) : null,
        counted('intake-transfer-24h'),
      ])
      return { ...noFacts, unit, limits }
    }
    case 'transfer': {
      const to = row.transfer?.destination
      if (to?.to !== 'unit') return noFacts
      const [unit, limits] = await Promise.all([unitOf(tx, to.unit), counted('intake-admin-file')])
      return { ...noFacts, unit, limits }
    }
    case 'assign':
      return { ...noFacts, officers: await officersOf(tx, row.unit) }
    case 'approveFiling': {
      if (row.proposal === null) return noFacts
      const { outcome, caseKind } = row.proposal
      if (outcome === 'refuse') return { ...noFacts, limits: await counted('crim-nofile') }
      return { ...noFacts, number: await nextNumber(tx, row.unit, series[caseKind], at) }
    }
    default:
      return noFacts
  }
}
