import { createHash } from 'node:crypto'
import type { Command, Place } from '#modules/dispatch/contract.ts'
import type { Row } from './rows.ts'
import { districtOf, kindOf, priorityOf, resultOf, stationOf, subBureau } from './tables.ts'

/** One command of the replay, ready to be sent again and again: the same file gives the same ids. */
export interface Step {
  readonly line: number
  readonly id: string
  readonly command: Command
  readonly time: string
}

/** What becomes of all rows with one cad_number. */
export interface Story {
  readonly incident: string
  /** The row whose stamps the incident has. */
  readonly row: Row
  /** Further rows: further calls. */
  readonly calls: readonly Row[]
  readonly steps: readonly Step[]
}

/** A UUID that is the same for the same words. */
export function sameId(...words: readonly string[]): string {
  const hex = createHash('sha256').update(words.join('\u0000')).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

const cut = (text: string, length: number): string => [...text].slice(0, length).join('').trim()

const point = /^POINT ?\((-?[0-9.]+) (-?[0-9.]+)\)$/
const nowhere = new Set(['', 'Not Available'])

export function placeOf({ intersection_point: where, intersection_name: name }: Row['fields']): Place {
  const text = nowhere.has(name) ? undefined : cut(name, 200)
  const found = point.exec(where)
  const [lon, lat] = [Number(found?.[1]), Number(found?.[2])]
  if (Math.abs(lon) <= 180 && Math.abs(lat) <= 90) return { kind: 'point', lon, lat, ...(text !== undefined && { text }) }
  return text === undefined ? { kind: 'unknown' } : { kind: 'described', text }
}

export function narrativeOf(fields: Row['fields']): string {
  const kind = (code: string, words: string) => [code, words].filter((part) => part !== '').join(' ')
  const first = kind(fields.call_type_original, fields.call_type_original_desc)
  const last = kind(fields.call_type_final, fields.call_type_final_desc)
  return cut(last === '' || last === first ? first : `${last} (first: ${first})`, 2000)
}

const noted = ['id', 'cad_number', 'agency', 'priority_final', 'onview_flag', 'disposition', 'police_district'] as const
export type Noted = (typeof noted)[number]
/** What our records have no field for, one `column: value` a line, so that the figures can be told apart from the stored events alone. */
export const noteOf = (fields: Row['fields']): string => noted.map((column) => `${column}: ${cut(fields[column], 120)}`).join('\n')
export function fromNote(note: string): Readonly<Record<Noted, string>> {
  const lines = new Map(note.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]))
  return Object.fromEntries(noted.map((column) => [column, lines.get(column) ?? ''])) as Record<Noted, string>
}

const channelOf = (row: Row) => (row.fields.onview_flag === 'Y' ? ('patrol' as const) : ('voice' as const))

function stepsOf(file: string, row: Row, calls: readonly Row[]): Step[] {
  const { fields, stamps } = row
  const steps: Step[] = []
  const add = (time: string | null, command: Command, of: Row = row) => {
    if (time !== null) steps.push({ line: of.line, id: sameId(file, of.id, command.type), command, time })
  }
  const district = districtOf(fields.police_district)
  const priority = priorityOf(fields.priority_final)
  add(row.received, {
    type: 'open',
    data: {
      call: { id: sameId(file, row.id, 'call'), channel: channelOf(row) },
      narrative: narrativeOf(fields),
      place: placeOf(fields),
      kind: kindOf(fields.call_type_final === '' ? fields.call_type_original : fields.call_type_final),
      ...(priority !== undefined && { priority }),
      unit: district === null ? subBureau.code : stationOf(district),
      note: noteOf(fields),
    },
  })
  for (const other of calls) {
    const call = { id: sameId(file, other.id, 'call'), channel: channelOf(other) }
    add(
      other.received,
      { type: 'addCall', data: { call, text: cut(`${narrativeOf(other.fields)}\n${noteOf(other.fields)}`, 2000) } },
      other,
    )
  }
  add(stamps.assigned, { type: 'assign', data: { handlers: [cut(fields.agency, 40) || 'unknown'] } })
  add(stamps.underWay, { type: 'depart', data: {} })
  add(stamps.arrived, { type: 'arrive', data: {} })
  const text = fields.disposition === '' ? 'No disposition in the export.' : `Disposition in the export: ${cut(fields.disposition, 200)}`
  add(stamps.closed, {
    type: 'feedback',
    data: { result: resultOf(fields.disposition), injured: 0, persons: 0, measures: ['none'], text },
  })
  add(stamps.closed, { type: 'close', data: {} })
  return steps
}

/** The rows, in order of their receipt, as one story for each cad_number. `file` is what the ids hang on. */
export function storiesOf(file: string, rows: readonly Row[]): Story[] {
  return [...Map.groupBy(rows, (row) => row.cad)].map(([cad, [row, ...calls]]) => {
    if (row === undefined) throw new Error('a group without a row')
    return { incident: sameId(file, cad, 'incident'), row, calls, steps: stepsOf(file, row, calls) }
  })
}
