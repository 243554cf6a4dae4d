import type { Difference, Figure } from './figures.ts'

/** What a run ends with; `--json` prints it as it is. */
export interface Report {
  readonly file: string
  readonly rows: number
  readonly calls: number
  readonly incidents: number
  readonly withoutDistrict: number
  readonly withoutPoint: number
  readonly refusedRows: Readonly<Record<string, readonly number[]>>
  readonly refusedSteps: Readonly<Record<string, readonly number[]>>
  readonly oddTimes: { readonly fold: number; readonly gap: number }
  readonly findings: number
  readonly incidentsWithFinding: number
  readonly commands: { readonly created: number; readonly repeated: number }
  readonly seconds: number
  readonly figures: { readonly stored: readonly Figure[]; readonly file: readonly Figure[]; readonly equal: boolean }
  readonly differences: readonly Difference[]
}

const shown = 20
const lines = (list: readonly number[]) =>
  `line${list.length > 1 ? 's' : ''} ${list.slice(0, shown).join(', ')}${list.length > shown ? ', …' : ''}`
const grouped = (title: string, reasons: Readonly<Record<string, readonly number[]>>): string[] =>
  Object.entries(reasons).map(([reason, list]) => row(`  ${title}`, list.length, `${reason} (${lines(list)})`))
const row = (name: string, value: number, note = ''): string =>
  `${name.padEnd(24)}${String(value).padStart(8)}${note === '' ? '' : `  ${note}`}`
const count = (reasons: Readonly<Record<string, readonly number[]>>) => Object.values(reasons).reduce((sum, list) => sum + list.length, 0)

const widths = [34, 10, 9, 11, 10, 8, 8, 10, 8, 8]
const cells = (values: readonly (string | number | null)[]): string =>
  values
    .map((value, index) => (index < 3 ? String(value).padEnd(widths[index] ?? 0) : String(value ?? '–').padStart(widths[index] ?? 0)))
    .join('')

function figureTable(figures: readonly Figure[]): string[] {
  const head = ['agency', 'priority', 'on-view', 'incidents', 'assigned', 'p50 s', 'p90 s', 'arrived', 'p50 s', 'p90 s']
  return [
    cells(head),
    ...figures.map(({ agency, priority, onview, incidents, assigned, arrived }) =>
      cells([agency, priority, onview, incidents, assigned.count, assigned.p50, assigned.p90, arrived.count, arrived.p50, arrived.p90]),
    ),
  ]
}

export function table(report: Report): string {
  const { commands, refusedRows, refusedSteps, figures, oddTimes } = report
  const said =
    commands.created === 0
      ? 'Everything was there already: this run created nothing.'
      : `This run created ${commands.created}, ${commands.repeated} were there already.`
  return [
    row('rows', report.rows),
    row('calls', report.calls),
    row('incidents', report.incidents),
    row('without district', report.withoutDistrict, 'to the sub-bureau and the unknown-place queue'),
    row('without a point', report.withoutPoint),
    row('refused rows', count(refusedRows)),
    ...grouped('of them', refusedRows),
    row('refused commands', count(refusedSteps)),
    ...grouped('of them', refusedSteps),
    row('findings', report.findings, `stamps out of order, on ${report.incidentsWithFinding} incidents`),
    ...(oddTimes.fold > 0 ? [row('times that came twice', oddTimes.fold, 'read as the earlier, unless that lies before the receipt')] : []),
    ...(oddTimes.gap > 0 ? [row('times that never were', oddTimes.gap, 'moved on by the hour left out')] : []),
    row('commands', commands.created + commands.repeated, `${said} ${report.seconds} s.`),
    '',
    'Seconds from receipt to assigned and to arrived (nearest rank), from the stored events:',
    ...figureTable(figures.stored),
    '',
    ...(figures.equal && report.differences.length === 0
      ? [`The same from the file: equal, ${figures.file.length} groups, ${report.incidents} incidents.`]
      : ['The same straight from the file DIFFERS:', ...figureTable(figures.file), '', ...report.differences.map(difference)]),
  ].join('\n')
}

const difference = ({ id, file, stored }: Difference): string =>
  `row ${id}\n  file   ${JSON.stringify(file)}\n  stored ${JSON.stringify(stored)}`
