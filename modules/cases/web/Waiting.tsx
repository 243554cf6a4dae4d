import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { type Column, Grid } from '#kernel/web/Grid.tsx'
import { useAddress, useNarrow } from '#kernel/web/screen.ts'
import { Empty, Loading, Trouble } from '#kernel/web/States.tsx'
import { Left, Since, Tag } from '#kernel/web/Tag.tsx'
import { dayTime } from '#kernel/web/time.ts'
import { useUnits } from '#kernel/web/units.ts'
import { useView } from '#kernel/web/view.ts'
import type { Waiting, WaitingRow } from '../contract/board.ts'
import { waitingRows } from '../rules.ts'
import { limitTones } from './Limit.tsx'
import { waitingSearch } from './search.ts'
import './cases.css'

const pace = 1500
const idOf = ({ id, act, key }: WaitingRow): string => [id, act, key].join(' ')

/** What a row says, in the reader's words. */
export function useWaitingWords() {
  const { t } = useTranslation()
  const units = useUnits()
  const rule = (name: string | null) => (name === null ? '' : t(`clock.rule.cases.${name}`))
  return {
    rule,
    what: ({ act, detail, rule: name }: WaitingRow) =>
      t(`task.cases.${act}`, { detail: detail === null ? '' : t(detail), rule: rule(name) }),
    cause: ({ of, cause }: WaitingRow) => (of === 'matter' ? cause : t(`kind.${cause}`, { defaultValue: cause })),
    unit: ({ unit }: WaitingRow) => units.name(unit),
    stands: ({ stands, decider }: WaitingRow) => t(`waiting.${stands}`, { unit: units.name(decider) }),
  }
}

function Due({ row: { due, state } }: { row: WaitingRow }) {
  const { t } = useTranslation()
  return <Tag tone={limitTones[state]}>{due === null ? t('desk.noLimit') : <Left due={due} />}</Tag>
}

const Asked = ({ row: { asked } }: { row: WaitingRow }) =>
  asked === null ? null : (
    <>
      {asked.by} · <Since time={asked.at} />
    </>
  )

/** What is not the reader's to decide says so in its line. */
function Stands({ row }: { row: WaitingRow }) {
  const words = useWaitingWords()
  return row.stands === 'mine' ? null : <Tag tone="calm">{words.stands(row)}</Tag>
}

function useColumns(): readonly Column<WaitingRow>[] {
  const { t } = useTranslation()
  const words = useWaitingWords()
  return [
    { id: 'due', header: t('desk.due'), width: '140px', cell: (row) => <Due row={row} /> },
    { id: 'what', header: t('desk.what'), width: 'minmax(0, 1.3fr)', cell: (row) => <b>{words.what(row)}</b> },
    { id: 'about', header: t('desk.about'), width: 'minmax(0, 0.7fr)', cell: words.cause },
    { id: 'asked', header: t('waiting.asked'), width: 'minmax(0, 0.9fr)', cell: (row) => <Asked row={row} /> },
    {
      id: 'stands',
      header: t('waiting.decider'),
      width: 'minmax(0, 0.9fr)',
      cell: (row) => (row.stands === 'mine' ? '' : words.stands(row)),
    },
  ]
}

function Line({ row }: { row: WaitingRow }) {
  const words = useWaitingWords()
  return (
    <>
      <div>
        <b className="text">{words.what(row)}</b>
        <Due row={row} />
      </div>
      <div>
        <span className="text">
          {words.cause(row)} · <Asked row={row} />
        </span>
        <Stands row={row} />
      </div>
    </>
  )
}

/** The one asked for; when it has been decided, the one that has come to its place. */
function useChosen(rows: readonly WaitingRow[], on: string | undefined, narrow: boolean): WaitingRow | undefined {
  const place = useRef(0)
  const at = rows.findIndex((row) => idOf(row) === on)
  useEffect(() => {
    if (at >= 0) place.current = at
  }, [at])
  if (at >= 0) return rows[at]
  return narrow ? undefined : rows[Math.min(place.current, rows.length - 1)]
}

/** Whoever has decided by keys goes on with the next: the keyboard stays in the list although its row has left. */
function useKeyboardStays(chosen: string | undefined): void {
  useEffect(() => {
    if (chosen === undefined) return
    const wait = requestAnimationFrame(() => {
      if (document.activeElement === document.body)
        document.querySelector<HTMLElement>('.waiting [role="row"][aria-selected="true"]')?.focus({ preventScroll: true })
    })
    return () => cancelAnimationFrame(wait)
  }, [chosen])
}

/** Until when, why it was asked for, and how the reader stands to it. What a request says stands in its own words. */
export function Petition({ row }: { row: WaitingRow }) {
  const { t } = useTranslation()
  const words = useWaitingWords()
  const { asked } = row
  return (
    <>
      {row.stands === 'mine' ? null : (
        <p>
          <Tag tone="warn">{words.stands(row)}</Tag>
        </p>
      )}
      {row.due === null ? null : (
        <p>
          <Due row={row} /> {words.rule(row.rule)} · <span className="num">{dayTime(row.due)}</span>
        </p>
      )}
      {asked === null || row.act === 'approve' ? null : (
        <>
          {asked.reason === null ? null : <p className="narrative">{asked.reason}</p>}
          <p className="where">{t('waiting.askedBy', { name: asked.by, time: dayTime(asked.at) })}</p>
        </>
      )}
    </>
  )
}

interface Props {
  readonly of: 'approvals' | 'reviews'
  /** One of them with all that it takes to decide, and the steps. */
  readonly detail: (row: WaitingRow, again: () => void) => ReactNode
}

/** What waits for somebody in an office, by due time; what is chosen stands beside it and is decided there. */
export function WaitingDesk({ of, detail }: Props) {
  const { t } = useTranslation()
  const narrow = useNarrow()
  const navigate = useNavigate()
  const columns = useColumns()
  const [search, change] = useAddress(waitingSearch)
  const { data, failure, again } = useView<Waiting>('cases', of, {}, { pace })
  const rows = data?.rows ?? []
  const chosen = useChosen(rows, search.on, narrow)
  const key = chosen && idOf(chosen)
  useKeyboardStays(key)
  const mine = rows.filter(({ stands }) => stands === 'mine').length
  const groupOf = ({ stands }: WaitingRow) => (stands === 'mine' ? 'own' : 'others')
  const heading = (row: WaitingRow, before: WaitingRow | undefined) =>
    before !== undefined && groupOf(before) === groupOf(row) ? undefined : t(`waiting.${groupOf(row)}`)
  if (narrow && chosen)
    return (
      <div className="columns waiting">
        <button type="button" className="button" onClick={() => change({ on: undefined })}>
          {t('shell.back')}
        </button>
        {detail(chosen, again)}
      </div>
    )
  return (
    <div className="columns waiting">
      <section className="panel" aria-label={t(`nav.${of}`)}>
        <div className="panel-head">
          <h1>{t(`nav.${of}`)}</h1>
          <small className="num" role="status">
            {data ? t('waiting.count', { mine, others: rows.length - mine }) : ''}
          </small>
        </div>
        {failure && !data ? <Trouble failure={failure} again={again} /> : null}
        {!data && !failure ? <Loading /> : null}
        {data ? (
          <Grid
            label={t(`nav.${of}`)}
            rows={rows}
            id={idOf}
            columns={columns}
            narrow={(row) => <Line row={row} />}
            chosen={key}
            choose={(row) => change({ on: idOf(row) })}
            open={({ id, of: what }) => void (what === 'matter' && navigate({ to: '/case/$id', params: { id } }))}
            heading={heading}
            letters
            empty={<Empty title={t('waiting.empty')}>{t(`waiting.${of}How`)}</Empty>}
          />
        ) : null}
        {data?.more ? <p className="panel-foot">{t('waiting.more', { count: waitingRows })}</p> : null}
      </section>
      {narrow || chosen === undefined ? null : detail(chosen, again)}
    </div>
  )
}
