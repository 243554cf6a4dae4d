import { parse } from 'csv-parse/sync'
import { instantOf, type Oddity } from './clock.ts'

export const columns = [
  'id',
  'cad_number',
  'received_datetime',
  'dispatch_datetime',
  'enroute_datetime',
  'onscene_datetime',
  'close_datetime',
  'call_type_original',
  'call_type_original_desc',
  'call_type_final',
  'call_type_final_desc',
  'priority_final',
  'agency',
  'disposition',
  'onview_flag',
  'intersection_name',
  'intersection_point',
  'police_district',
] as const
type Column = (typeof columns)[number]
type Fields = Readonly<Record<Column, string>>

const stampColumns = {
  assigned: 'dispatch_datetime',
  underWay: 'enroute_datetime',
  arrived: 'onscene_datetime',
  closed: 'close_datetime',
} as const satisfies Record<string, Column>
export type StampName = keyof typeof stampColumns

/** One row that is a call. Times are instants in UTC; what the file does not say is null. */
export interface Row {
  readonly line: number
  readonly id: string
  readonly cad: string
  readonly received: string
  readonly stamps: Readonly<Record<StampName, string | null>>
  readonly fields: Fields
}

export interface Refused {
  readonly line: number
  readonly reason: string
}

/** A time that the city's clock had twice or never. */
interface OddTime {
  readonly line: number
  readonly column: Column
  readonly odd: Oddity
}

export interface Export {
  /** Rows below the heading, whatever they hold. */
  readonly rows: number
  readonly calls: readonly Row[]
  readonly refused: readonly Refused[]
  readonly odd: readonly OddTime[]
}

/** The file cannot be replayed at all; the message says what is missing. Nothing has been sent. */
export class NoExport extends Error {}

interface Raw {
  readonly line: number
  readonly cells: readonly string[]
}

/** One cell as it is compared and stored: one line, NFC. */
const plain = (cell: string): string => cell.normalize('NFC').replace(/\s+/g, ' ').trim()

function rawRows(text: string): Raw[] {
  try {
    const found = parse(text, { bom: true, relax_column_count: true, skip_empty_lines: true, info: true }) as unknown as {
      info: { lines: number }
      record: string[]
    }[]
    return found.map(({ info, record }) => ({
      line: info.lines - record.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0),
      cells: record,
    }))
  } catch (error) {
    throw new NoExport(`not readable as CSV: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** Where each column stands. Throws NoExport naming every one that is missing or there twice. */
function heading(cells: readonly string[]): ReadonlyMap<Column, number> {
  const names = cells.map((cell) => cell.trim())
  const missing = columns.filter((column) => !names.includes(column))
  if (missing.length > 0) throw new NoExport(`missing column${missing.length > 1 ? 's' : ''}: ${missing.join(', ')}`)
  const twice = columns.filter((column) => names.indexOf(column) !== names.lastIndexOf(column))
  if (twice.length > 0) throw new NoExport(`column there twice: ${twice.join(', ')}`)
  return new Map(columns.map((column) => [column, names.indexOf(column)]))
}

/** Why a row cannot be a call, as a sentence that is the same for all such rows. */
class NotACall extends Error {}

function rowOf(raw: Raw, at: ReadonlyMap<Column, number>, width: number, now: string, odd: OddTime[]): Row {
  if (raw.cells.length !== width) throw new NotACall('wrong number of cells')
  const fields = Object.fromEntries(columns.map((column) => [column, plain(raw.cells[at.get(column) ?? -1] ?? '')])) as Fields
  if (fields.id === '') throw new NotACall('no id')
  if (fields.call_type_final === '' && fields.call_type_original === '') throw new NotACall('no call type')
  const oddHere: OddTime[] = []
  const time = (column: Column, notBefore?: string): string | null => {
    if (fields[column] === '') return null
    const moment = instantOf(fields[column], notBefore)
    if (moment === null) throw new NotACall(`${column} is no time`)
    if (moment.time > now) throw new NotACall(`${column} is in the future`)
    if (moment.odd !== null) oddHere.push({ line: raw.line, column, odd: moment.odd })
    return moment.time
  }
  const received = time('received_datetime')
  if (received === null) throw new NotACall('no received_datetime')
  const stamps = Object.fromEntries(Object.entries(stampColumns).map(([name, column]) => [name, time(column, received)])) as Row['stamps']
  odd.push(...oddHere)
  return { line: raw.line, id: fields.id, cad: fields.cad_number === '' ? `id ${fields.id}` : fields.cad_number, received, stamps, fields }
}

/** The whole export: the rows that are calls in the order of their receipt, and why the others are not. `now` is ISO 8601 in UTC. */
export function readExport(text: string, now: string): Export {
  const [head, ...raws] = rawRows(text)
  if (head === undefined) throw new NoExport('the file is empty')
  const at = heading(head.cells)
  const calls: Row[] = []
  const refused: Refused[] = []
  const odd: OddTime[] = []
  const ids = new Set<string>()
  for (const raw of raws) {
    try {
      const row = rowOf(raw, at, head.cells.length, now, odd)
      if (ids.has(row.id)) throw new NotACall('id came before')
      ids.add(row.id)
      calls.push(row)
    } catch (error) {
      if (!(error instanceof NotACall)) throw error
      refused.push({ line: raw.line, reason: error.message })
    }
  }
  return {
    rows: raws.length,
    calls: calls.toSorted((a, b) => (a.received < b.received ? -1 : a.received > b.received ? 1 : a.line - b.line)),
    refused,
    odd,
  }
}
