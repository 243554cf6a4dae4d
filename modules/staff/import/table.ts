import { parse } from 'csv-parse/browser/esm/sync'
import type { Column, Fault, Read } from './fault.ts'

/** The names under which a column is known, and whether a file must have it. */
export type Columns = Readonly<Partial<Record<Column, { readonly names: readonly string[]; readonly optional?: true }>>>

export interface Row {
  /** In the file, counted from 1; the header is the first. */
  readonly line: number
  readonly cells: Readonly<Partial<Record<Column, string>>>
  /** It has more cells than the header has columns: whatever stands in them, it is not what the header says. */
  readonly ragged: boolean
}
export interface Table {
  readonly rows: readonly Row[]
  /** Columns that nobody asked for, as they are called. */
  readonly unread: readonly string[]
}

export const mostRows = 50_000
const longestHeader = 4000

const plain = (name: string): string => name.normalize('NFC').toLowerCase().replace(/[\s_]/g, '')
const columnOf = (columns: Columns, name: string): Column | undefined =>
  (Object.keys(columns) as Column[]).find((column) => columns[column]?.names.some((known) => plain(known) === plain(name)))

interface Parsed {
  readonly record: readonly string[]
  readonly info: { readonly lines: number }
}

function recordsOf(text: string, delimiter: string, to?: number): Read<readonly Parsed[]> {
  try {
    const options = {
      bom: true,
      delimiter,
      info: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      ...(to !== undefined && { to }),
    }
    return { value: parse(text, options) as unknown as readonly Parsed[] }
  } catch (error) {
    const { lines } = error as { lines?: number }
    return { fault: { key: 'import.wrong.quotes', values: { line: lines ?? 1 } } }
  }
}

/** What parts the columns: whatever finds the most known names in the header. Spreadsheets write commas, semicolons or tabs. */
function delimiterOf(text: string, columns: Columns): string {
  const known = (delimiter: string): number => {
    const header = recordsOf(text.slice(0, longestHeader), delimiter, 1)
    return 'fault' in header ? 0 : (header.value[0]?.record ?? []).filter((name) => columnOf(columns, name) !== undefined).length
  }
  return [',', '\t', ';'].toSorted((a, b) => known(b) - known(a))[0] ?? ','
}

function headerFault(header: readonly string[], columns: Columns): Fault | undefined {
  const found = header.map((name) => columnOf(columns, name))
  const missing = (Object.keys(columns) as Column[]).find((column) => columns[column]?.optional !== true && !found.includes(column))
  if (missing !== undefined)
    return { key: 'import.wrong.column', field: missing, values: { names: (columns[missing]?.names ?? []).join(' / ') } }
  const twice = found.find((column, index) => column !== undefined && found.indexOf(column) !== index)
  return twice && { key: 'import.wrong.columnTwice', field: twice }
}

/** The rows of a CSV text under the columns that are asked for. A missing column is named before any line is looked at. */
export function tableOf(text: string, columns: Columns): Read<Table> {
  const records = recordsOf(text, delimiterOf(text, columns))
  if ('fault' in records) return records
  const [head, ...body] = records.value
  const header = head?.record ?? []
  const fault = headerFault(header, columns)
  if (fault !== undefined) return { fault }
  if (body.length === 0) return { fault: { key: 'import.wrong.noRows' } }
  if (body.length > mostRows) return { fault: { key: 'import.wrong.rows', values: { most: mostRows } } }
  const found = header.map((name) => columnOf(columns, name))
  const rows = body
    .filter(({ record }) => record.some((cell) => cell !== ''))
    .map(({ record, info }) => ({
      line: info.lines,
      cells: Object.fromEntries(
        found.flatMap((column, index) => (column === undefined ? [] : [[column, (record[index] ?? '').normalize('NFC')]])),
      ),
      ragged: record.slice(header.length).some((cell) => cell !== ''),
    }))
  return { value: { rows, unread: header.filter((name, index) => name !== '' && found[index] === undefined) } }
}
