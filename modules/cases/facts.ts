import { randomInt } from 'node:crypto'
import { calendarAt } from '#kernel/calendars.ts'
import type { Tx } from '#kernel/database/tx.ts'
import type { Context } from '#kernel/decider.ts'
import { settingAt } from '#kernel/withSettings.ts'
import type { Command, MatterRow } from './contract.ts'
import type { Officer } from './contract/parts.ts'
import { isOfBook } from './decide/books.ts'
import type { Facts, UnitFact } from './decide/asked.ts'
import type { Matter, State } from './decide/matter.ts'
import { readings, series, settings } from './rules.ts'

type Ask = { command: Command & { stream: string }; state: State; context: Omit<Context<Facts>, 'facts'> }

export const noFacts: Facts = {
  unit: null,
  number: null,
  code: null,
  officers: [],
  heads: [],
  calendar: new Map(),
  hours: { question: settings.questionHours.value, confirmation: settings.confirmationHours.value },
  settings: Object.fromEntries(Object.entries(readings).map(([key, { value }]) => [key, value])) as Facts['settings'],
  ofIncident: null,
}

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
  if (row === undefined) throw new Error(`no number of ${unit}`)
  return row.number
}

const officersText = "select id as account, name from access.holders('caseOfficer', $1) order by name, id"
export const officersOf = (tx: Tx, unit: string): Promise<readonly Officer[]> => tx.query<Officer>(officersText, [unit])

const headsText = "select id as account, name, unit from access.holders('unitHead', $1) order by name, id"
export const headsOf = (tx: Tx, unit: string): Promise<Facts['heads']> => tx.query<Facts['heads'][number]>(headsText, [unit])

const ofIncidentText = "select id, row ->> 'number' as number, phase from cases.matter where incident = $1"
export async function ofIncident(tx: Tx, incident: string): Promise<Pick<MatterRow, 'id' | 'number' | 'phase'> | null> {
  return (await tx.query<Pick<MatterRow, 'id' | 'number' | 'phase'>>(ofIncidentText, [incident]))[0] ?? null
}

/** Without signs that are taken for one another, so that it can be read out on a telephone. */
const codeSigns = '23456789ABCDEFGHJKMNPQRSTVWXYZ'
const codeLength = 10
const newCode = (): string => Array.from({ length: codeLength }, () => codeSigns[randomInt(codeSigns.length)] ?? '').join('')

async function reportFacts(
  tx: Tx,
  { unit, incident }: Extract<Command, { type: 'takeReport' }>['data'],
  at: string,
): Promise<Partial<Facts>> {
  const [found, reported] = await Promise.all([unitOf(tx, unit), incident === undefined ? null : ofIncident(tx, incident)])
  // Only of a unit that there is: a number is drawn last, and holds its row until the end.
  const number = found === null ? null : await nextNumber(tx, unit, series.report, at)
  return { unit: found, number, code: newCode(), ofIncident: reported }
}

async function hoursOf(tx: Tx, unit: string, at: string): Promise<Pick<Facts, 'hours'>> {
  const value = (key: keyof typeof settings) => settingAt(tx, 'cases', settings, key, unit, at)
  const [question, confirmation] = await Promise.all([value('questionHours'), value('confirmationHours')])
  return { hours: { question, confirmation } }
}

/** How the law is read at a unit. */
export async function readingsAt(tx: Tx, unit: string, at: string): Promise<Facts['settings']> {
  const keys = Object.keys(readings) as (keyof typeof readings)[]
  const values = await Promise.all(keys.map(async (key) => [key, await settingAt(tx, 'cases', settings, key, unit, at)] as const))
  return Object.fromEntries(values) as Facts['settings']
}

/** Who could be the second officer, and how the law is read there. */
async function bookFacts(tx: Tx, unit: string, at: string): Promise<Pick<Facts, 'officers' | 'heads' | 'settings'>> {
  const [officers, heads, own] = await Promise.all([officersOf(tx, unit), headsOf(tx, unit), readingsAt(tx, unit, at)])
  return { officers, heads, settings: own }
}

/** What hangs on the command. A number that is drawn for a decision that says no is given back with its transaction. */
async function ownFacts(tx: Tx, { command, state, context: { at } }: Ask): Promise<Partial<Facts>> {
  switch (command.type) {
    case 'takeReport':
      return reportFacts(tx, command.data, at)
    case 'ask': {
      const { station, incident } = command.data
      const [unit, reported, hours] = await Promise.all([unitOf(tx, station), ofIncident(tx, incident), hoursOf(tx, station, at)])
      return { unit, ofIncident: reported, ...hours }
    }
    case 'explain':
    case 'rejectExplanation':
      return state.kind === 'question' ? hoursOf(tx, state.row.station, at) : {}
    case 'passLimit':
      return state.kind === 'question' ? { ofIncident: await ofIncident(tx, state.row.incident) } : {}
    case 'issueReceipt':
      return { code: newCode() }
    case 'proposeTransfer':
      return command.data.destination.to === 'unit' ? { unit: await unitOf(tx, command.data.destination.unit) } : {}
    default:
      return state.kind === 'matter' ? stateFacts(tx, command, state, at) : {}
  }
}

/** What hangs on how the matter stands. */
async function stateFacts(tx: Tx, command: Command, { row, books }: Matter, at: string): Promise<Partial<Facts>> {
  const { unit, transfer, proposal } = row
  const { type } = command
  if (isOfBook(command)) {
    const crime = type === 'approve' && books.approvals.acts[command.data.request]?.kind === 'toCriminal'
    const own = await bookFacts(tx, unit, at)
    return crime ? { ...own, number: await nextNumber(tx, unit, series.criminal, at) } : own
  }
  if (type === 'transfer' && transfer?.destination.to === 'unit') return { unit: await unitOf(tx, transfer.destination.unit) }
  if (type === 'assign') return { officers: await officersOf(tx, unit) }
  if (type === 'approveFiling' && proposal?.outcome === 'file') return { number: await nextNumber(tx, unit, series[proposal.caseKind], at) }
  return {}
}

/** What each decision depends on beyond its stream. */
export async function factsFor(tx: Tx, ask: Ask): Promise<Facts> {
  const [calendar, own] = await Promise.all([calendarAt(tx, ask.context.at), ownFacts(tx, ask)])
  return { ...noFacts, calendar, ...own }
}
