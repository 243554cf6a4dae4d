import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inflateRawSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import type { TFunction } from 'i18next'
import { languages, say as words } from '#kernel/words.ts'
import type { Figure, Statistics, StatisticsRow } from '../contract/statistics.ts'
import { columnsOf, notesOf, type Say, type Sheet, sheetOf } from './figures.ts'
import { csvOf, xlsxOf } from './files.ts'

const none: Figure = { count: 0, mean: null, p50: null, p90: null, p99: null, bands: [], sources: {}, unsigned: 0, left: {} }
const receipt: Figure = {
  ...none,
  count: 8,
  mean: 41_250,
  p50: 20_000,
  p90: 200_000,
  p99: 200_000,
  bands: [5, 1, 1, 1],
  sources: { system: 7 },
  unsigned: 1,
  left: { within: 2 },
}
const row = (key: string | null, figure: Figure): StatisticsRow => ({
  key,
  incidents: 9,
  cancelled: 1,
  figure,
  flags: [{ rule: 'atOnce', of: 'receipt', values: { seconds: 0.5, count: 60 } }],
})
const data: Statistics = {
  now: '2026-11-24T04:00:00.000Z',
  from: '2026-11-18',
  until: '2026-11-24',
  of: 'receipt',
  by: 'station',
  imported: false,
  others: 3,
  rows: [row('A1', receipt), row('A2', { ...none, bands: [0, 0, 0, 0] })],
  total: row(null, receipt),
}
const hostile = { A1: '=HYPERLINK("http://x","东城, 所")', A2: '-2+3 "所"' } as const
const sayIn = (language: string): Say => ({
  t: ((key: string, values: Record<string, string>) => words(language, key, values)) as unknown as TFunction,
  amount: String,
  span: (ms) => `${ms / 1000}`,
  name: (_, key) => (key === 'A1' || key === 'A2' ? hostile[key] : '-'),
})
const sheet = (language = 'en'): Sheet => {
  const say = sayIn(language)
  return sheetOf(data, notesOf(data, '=cmd', '12:00', say), say)
}

/** The parts of a ZIP file by name, read from its central directory. */
function unzipped(bytes: Uint8Array): ReadonlyMap<string, string> {
  const file = Buffer.from(bytes)
  const end = file.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'))
  const parts = new Map<string, string>()
  let at = file.readUInt32LE(end + 16)
  for (let left = file.readUInt16LE(end + 10); left > 0; left--) {
    const [method, packed] = [file.readUInt16LE(at + 10), file.readUInt32LE(at + 20)]
    const [name, extra, comment] = [28, 30, 32].map((offset) => file.readUInt16LE(at + offset)) as [number, number, number]
    const local = file.readUInt32LE(at + 42)
    const begin = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28)
    const content = file.subarray(begin, begin + packed)
    parts.set(file.toString('utf8', at + 46, at + 46 + name), (method === 0 ? content : inflateRawSync(content)).toString('utf8'))
    at += 46 + name + extra + comment
  }
  return parts
}
const plain = (xml: string) =>
  xml.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&apos;', "'").replaceAll('&amp;', '&')

/** The cells of a sheet, text by the table of shared texts; nothing where a cell is left out. */
function cellsOf(parts: ReadonlyMap<string, string>, name: string): (string | number | null)[][] {
  const texts = [...(parts.get('xl/sharedStrings.xml') ?? '').matchAll(/<si>(.*?)<\/si>/gs)].map(([, si = '']) =>
    plain([...si.matchAll(/<t[^>]*>(.*?)<\/t>/gs)].map(([, text = '']) => text).join('')),
  )
  const xml = parts.get(name) ?? assert.fail(name)
  assert.ok(!xml.includes('<f'), 'no formula')
  return [...xml.matchAll(/<row [^>]*>(.*?)<\/row>/gs)].map(([, inner = '']) => {
    const line: (string | number | null)[] = []
    for (const [, letters = '', kind, value = ''] of inner.matchAll(/<c r="([A-Z]+)\d+"(?:[^>]*? t="(\w+)")?[^>]*?>(?:<v>(.*?)<\/v>)?/gs)) {
      const index = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
      while (line.length < index) line.push(null)
      line.push(kind === 's' ? (texts[Number(value)] ?? null) : value === '' ? null : Number(value))
    }
    return line
  })
}

const head = [
  'Unit',
  'Incidents',
  'Counted',
  'Unsigned',
  ...['≤30 s', '30–60 s', '60–180 s', '>180 s'].flatMap((band) => [band, `${band} (%)`]),
  ...['p50', 'p90', 'p99', 'Mean'].map((name) => `${name} (s)`),
  'Left out',
  'Doubts',
]
const flagged = 'Receipt: nine in ten of 60 within 0.5 s, faster than people are.'
const figures = [9, 8, 1, 5, 62.5, 1, 12.5, 1, 12.5, 1, 12.5, 20, 200, 200, 41.25, 2, flagged]
const nothing = [9, 0, 0, 0, null, 0, null, 0, null, 0, null, null, null, null, null, 0, flagged]

test('a file of text has the rows and the notes, and no name in it becomes a formula', () => {
  const read = parse(csvOf(sheet()), { bom: true, relax_column_count: true, skip_empty_lines: false })
  const text = (list: readonly (string | number | null)[]) => list.map((one) => (one === null ? '' : String(one)))
  assert.deepEqual(read.slice(0, 4), [
    head,
    [`'${hostile.A1}`, ...text(figures)],
    [`'${hostile.A2}`, ...text(nothing)],
    ['Total', ...text(figures)],
  ])
  assert.deepEqual(read.slice(4), [
    [''],
    ["'=cmd, 2026-11-18 to 2026-11-24, both days whole, Beijing time; read at 12:00."],
    ...sheet()
      .notes.slice(1)
      .map((note) => [note]),
  ])
})

test('a sheet has the same rows with numbers as numbers and names as texts, and the notes on a sheet of their own', async () => {
  const parts = unzipped(await xlsxOf(sheet(), { sheet: 'Statistics', notes: 'What the figures count' }))
  const names = [...(parts.get('xl/workbook.xml') ?? '').matchAll(/<sheet [^>]*name="([^"]*)"/g)].map(([, name]) => name)
  assert.deepEqual(names, ['Statistics', 'What the figures count'])
  assert.deepEqual(cellsOf(parts, 'xl/worksheets/sheet1.xml'), [
    head,
    [hostile.A1, ...figures],
    [hostile.A2, ...nothing],
    ['Total', ...figures],
  ])
  assert.deepEqual(
    cellsOf(parts, 'xl/worksheets/sheet2.xml'),
    sheet().notes.map((note) => [note]),
  )
})

test('what stands on the screen is what a file has, in every language, and the sources and what is left out are said', () => {
  const columns = columnsOf(data, sayIn('zh-CN'))
  assert.deepEqual(
    columns.map(({ cell }) => cell(data.total).text),
    ['-', '9', '8', '1', '5 · 62.5 %', '1 · 12.5 %', '1 · 12.5 %', '1 · 12.5 %', '20', '200', '200', '41.25', '2'],
  )
  for (const language of languages) {
    const { rows, notes } = sheet(language)
    assert.deepEqual(new Set(rows.map((line) => line.length)), new Set([head.length]))
    assert.ok(![...rows.flat(), ...notes].some((one) => typeof one === 'string' && /statistics\.|\{\{/.test(one)), language)
  }
  const said = sheet('zh-CN').notes
  assert.ok(said.includes('计入 8 个，终点时间的来源：系统时间 7、未签收 1。'), said.join('\n'))
  assert.ok(said.includes('未计入 2 个：未签收而没等过 30 秒 2。'))
  assert.ok(said.includes('导入的 3 起不计入。'))
})

test('bands are named in the unit that fits them', () => {
  const bands = (of: 'arrival' | 'feedback' | 'reached') =>
    columnsOf({ ...data, of }, sayIn('en')).flatMap(({ id, header }) => (id.startsWith('band') ? [header] : []))
  assert.deepEqual(bands('arrival'), ['≤5 min', '5–10 min', '10–30 min', '>30 min'])
  assert.deepEqual(bands('feedback'), ['≤30 min', '30–60 min', '1–2 h', '2–4 h', '>4 h'])
  assert.deepEqual(bands('reached'), [])
})
