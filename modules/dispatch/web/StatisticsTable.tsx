import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { useNarrow } from '#kernel/web/screen.ts'
import { Tag } from '#kernel/web/Tag.tsx'
import type { SpanName, Statistics, StatisticsRow } from '../contract/statistics.ts'
import { bandsOf } from '../rules/periods.ts'
import { type Column, columnsOf, saidOf, type Say } from './figures.ts'

/** The first band is good, the last an alarm; what lies between has a tone of its own. */
const tonesOf = (of: SpanName): readonly string[] =>
  bandsOf(of).length === 3 ? ['good', 'calm', 'warn', 'alarm'] : ['good', 'calm', 'calm', 'warn', 'alarm']
const toneOf = (of: SpanName, { id }: Column): string => tonesOf(of)[Number(id.slice('band-'.length))] ?? 'calm'

interface Props {
  readonly data: Statistics
  readonly say: Say
}

function Value({ row, column, of }: { row: StatisticsRow; column: Column; of: SpanName }) {
  const { text, share } = column.cell(row)
  return (
    <>
      {text}
      {share === undefined ? null : (
        <span className={`band-bar ${toneOf(of, column)}`} aria-hidden="true">
          <span style={{ width: `${share * 100}%` }} />
        </span>
      )}
    </>
  )
}

function Flags({ row }: { row: StatisticsRow }) {
  const { t } = useTranslation()
  return row.flags.map(({ rule }) => (
    <Fragment key={rule}>
      {' '}
      <Tag tone="warn">{t(`statistics.flag.${rule}`)}</Tag>
    </Fragment>
  ))
}

/** A row of the figures, as a line of the table or as a card. */
interface Shown {
  readonly row: StatisticsRow
  readonly name: string
  readonly columns: readonly Column[]
  readonly of: SpanName
  readonly total?: boolean
}

function Line({ row, name, columns, of, total }: Shown) {
  return (
    <tr className={total ? 'total' : undefined}>
      <th scope="row">
        {name}
        <Flags row={row} />
      </th>
      {columns.map((column) => (
        <td key={column.id} className="num">
          <Value row={row} column={column} of={of} />
        </td>
      ))}
    </tr>
  )
}

function Card({ row, name, columns, of, total }: Shown) {
  return (
    <li className={total ? 'total' : undefined}>
      <h2>
        {name}
        <Flags row={row} />
      </h2>
      <dl className="num">
        {columns.map((column) => (
          <div key={column.id}>
            <dt>{column.header}</dt>
            <dd>
              <Value row={row} column={column} of={of} />
            </dd>
          </div>
        ))}
      </dl>
    </li>
  )
}

/** The figures of one span: a table, at phone width a card for each row. The total first there, where a long list would hide it. */
export function StatisticsTable({ data, say }: Props) {
  const { of } = data
  const { t } = useTranslation()
  const narrow = useNarrow()
  const [key, ...columns] = columnsOf(data, say)
  const total = t('statistics.total')
  const name = (row: StatisticsRow) => say.name(data.by, row.key)
  if (narrow)
    return (
      <ul className="statistics-cards">
        <Card row={data.total} name={total} columns={columns} of={of} total />
        {data.rows.map((row) => (
          <Card key={row.key} row={row} name={name(row)} columns={columns} of={of} />
        ))}
      </ul>
    )
  return (
    // A table wider than its place is scrolled by keyboard, too.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="statistics-scroll" role="region" aria-label={t(`statistics.what.${of}`)} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{key?.header}</th>
            {columns.map((column) => (
              <th key={column.id} scope="col" className="num">
                {column.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.rows.map((row) => (
            <Line key={row.key} row={row} name={name(row)} columns={columns} of={of} />
          ))}
        </tbody>
        <tfoot>
          <Line row={data.total} name={total} columns={columns} of={of} total />
        </tfoot>
      </table>
    </div>
  )
}

/** Each flag with its sentence, in the order of the rows. */
export function Doubts({ data, say }: Props) {
  const { t } = useTranslation()
  const named = [...data.rows.map((row) => ({ row, name: say.name(data.by, row.key) })), { row: data.total, name: t('statistics.total') }]
  const found = named.flatMap(({ row, name }) => row.flags.map((flag) => ({ flag, name, key: `${row.key ?? ''} ${flag.rule}` })))
  if (found.length === 0) return null
  return (
    <section className="doubts" aria-label={t('statistics.flagsTitle')}>
      <h2>{t('statistics.flagsTitle')}</h2>
      <ul>
        {found.map(({ flag, name, key }) => (
          <li key={key}>
            <b>{name}</b> <Tag tone="warn">{t(`statistics.flag.${flag.rule}`)}</Tag> {saidOf(flag, t)}
          </li>
        ))}
      </ul>
    </section>
  )
}
