import type { Sheet } from './figures.ts'

type Value = string | number | null

/** A programme for tables would take it for a formula: a name that begins so is kept as text by a quote before it. */
const formula = /^[=+\-@\t\r]/
function field(value: Value): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const text = formula.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** RFC 4180 with a mark of UTF-8 for programmes that would guess; what the figures count stands below, one sentence a line. */
export const csvOf = ({ rows, notes }: Sheet): string =>
  `\ufeff${[...rows, [], ...notes.map((note) => [note])].map((row: readonly Value[]) => row.map(field).join(',')).join('\r\n')}\r\n`

/** The figures and what they count, each on a sheet of its own; text is text there and never a formula. The library comes when it is asked for. */
export async function xlsxOf(
  { rows, notes }: Sheet,
  names: { readonly sheet: string; readonly notes: string },
): Promise<Uint8Array<ArrayBuffer>> {
  const { writeXlsx } = await import('hucre/xlsx')
  const plain = (list: readonly (readonly Value[])[]) => list.map((row) => [...row])
  const bytes = await writeXlsx({
    sheets: [
      { name: names.sheet, rows: plain(rows) },
      { name: names.notes, rows: notes.map((note) => [note]) },
    ],
  })
  return new Uint8Array(bytes)
}
