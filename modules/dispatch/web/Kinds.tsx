import { Button, Drawer, Input } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { dayOf } from '#kernel/day.ts'
import { type Column, Grid } from '#kernel/web/Grid.tsx'
import { views } from '#kernel/web/live.ts'
import { type Bob, Plumb } from '#kernel/web/Plumb.tsx'
import { useAddress, useNarrow } from '#kernel/web/screen.ts'
import { holds, useMe } from '#kernel/web/session.tsx'
import { DetailHead, Empty, Loading, Trouble } from '#kernel/web/States.tsx'
import { Tag } from '#kernel/web/Tag.tsx'
import { dayTime, serverNow } from '#kernel/web/time.ts'
import { useView } from '#kernel/web/view.ts'
import type { Views } from '../contract.ts'
import type { KindChange } from '../contract/kinds.ts'
import type { KindRow } from '../rules/kinds.ts'
import { groups } from '../rules/kinds/row.ts'
import { allowed } from '../rules.ts'
import { byDay, tellChange } from './kindChanges.ts'
import { type Doing, KindForm } from './KindForm.tsx'
import { type Kinds as All, answerText, questionText, responseText, useKinds } from './kinds.ts'
import { kindsSearch } from './search.ts'
import './dispatch.css'
import './kinds.css'

const again = () => void views.invalidateQueries({ queryKey: ['dispatch'] })

function State({ kind }: { kind: KindRow }) {
  const { t } = useTranslation()
  if (kind.next !== null) return <Tag tone="warn">{t('kinds.next', { day: kind.next })}</Tag>
  return kind.retired ? <Tag tone="calm">{t('kinds.retired')}</Tag> : null
}

function useColumns(kinds: All): readonly Column<KindRow>[] {
  const { t } = useTranslation()
  return useMemo(
    () => [
      { id: 'group', header: t('field.group'), width: '104px', cell: ({ group }) => t(`kindGroup.${group}`) },
      { id: 'name', header: t('field.kind'), width: 'minmax(0, 1.2fr)', cell: ({ code }) => <b>{kinds.name(code)}</b> },
      { id: 'code', header: t('field.code'), width: '148px', cell: ({ code }) => <span className="num">{code}</span> },
      {
        id: 'priority',
        header: t('field.priority'),
        width: '92px',
        cell: ({ priority }) => `${priority === 1 ? '▲ ' : ''}${t(`priority.${priority}`)}`,
      },
      { id: 'response', header: t('field.response'), width: 'minmax(0, 1fr)', cell: ({ response }) => responseText(response, t) },
      { id: 'questions', header: t('kinds.asked'), width: '64px', right: true, cell: ({ questions }) => questions.length },
      { id: 'state', header: t('staff.state'), width: '168px', cell: (kind) => <State kind={kind} /> },
    ],
    [t, kinds],
  )
}

function History({ rows }: { rows: readonly KindChange[] }) {
  const { t } = useTranslation()
  const today = dayOf(serverNow())
  const ordered = byDay(rows)
  const told = ordered.map((row, at) => ({ row, ...tellChange(row, ordered[at - 1], t) }))
  const who = ({ by, at, reason }: KindChange) => (
    <>
      {reason ? (
        <>
          <q>{reason}</q>
          <br />
        </>
      ) : null}
      {by === null || at === null ? t('kinds.built') : `${by} · ${dayTime(at)}`}
    </>
  )
  const bobs = told
    .filter(({ row }) => row.from <= today)
    .map(
      ({ row, title, what }): Bob => ({
        id: String(row.n),
        time: row.from,
        kind: row.n === 0 ? 'passed' : 'done',
        title,
        detail: (
          <>
            {what}
            <br />
            {who(row)}
          </>
        ),
      }),
    )
  const coming = told.filter(({ row }) => row.from > today)
  const [next] = coming
  const due = next && {
    time: next.row.from,
    text: t('kinds.coming', { title: next.title }),
    detail: coming.map(({ row, what }) => (
      <p key={row.n}>
        {row === next.row ? '' : `${row.from} `}
        {what} <br />
        {who(row)}
      </p>
    )),
    alarm: false,
  }
  return <Plumb label={t('kinds.history')} bobs={bobs} due={due} />
}

function Facts({ kind }: { kind: KindRow }) {
  const { t } = useTranslation()
  const base = (code: string) => kind.questions.find((one) => one.code === code)
  return (
    <dl className="facts">
      <dt>{t('field.group')}</dt>
      <dd>{t(`kindGroup.${kind.group}`)}</dd>
      <dt>{t('field.priority')}</dt>
      <dd>{t(`priority.${kind.priority}`)}</dd>
      <dt>{t('field.response')}</dt>
      <dd>{responseText(kind.response, t)}</dd>
      <dt>{t('field.questions')}</dt>
      <dd>
        <ol className="asked-list">
          {kind.questions.map((one) => {
            const on = one.when && base(one.when.question)
            return (
              <li key={one.code} className={on ? 'step' : undefined}>
                {questionText(one, t)}{' '}
                <small>
                  {t(`ask.${one.ask}`)}
                  {one.choices ? ` ${one.choices.map((choice) => answerText('choice', choice, t)).join(t('shell.comma'))}` : ''}
                  {on && one.when
                    ? ` · ${t('kinds.onlyWhen', { question: questionText(on, t), answer: answerText(on.ask, one.when.is, t) })}`
                    : ''}
                </small>
              </li>
            )
          })}
        </ol>
      </dd>
      <dt>{t('field.words')}</dt>
      <dd lang="zh-Hans">{kind.words.join('、')}</dd>
    </dl>
  )
}

function Detail({ kind, mayChange, act }: { kind: KindRow; mayChange: boolean; act: (doing: Doing, seen: number) => void }) {
  const { t } = useTranslation()
  const kinds = useKinds()
  const { data, failure, again: retry } = useView<Views['kindHistory']>('dispatch', 'kindHistory', { code: kind.code })
  const seen = Math.max(0, ...(data?.rows ?? []).map(({ n }) => n))
  return (
    <>
      <div className="panel-head">
        <DetailHead>{kinds.name(kind.code)}</DetailHead>
        <span className="num">{kind.code}</span>
        <State kind={kind} />
      </div>
      <div className="panel-body pad" tabIndex={0}>
        <Facts kind={kind} />
        <h2>{t('kinds.history')}</h2>
        {data ? <History rows={data.rows} /> : failure ? <Trouble failure={failure} again={retry} /> : <Loading />}
      </div>
      {mayChange && data ? (
        <div className="actions">
          <div className="action-row">
            <Button type="primary" onClick={() => act('set', seen)}>
              {t(kind.retired ? 'kinds.bringBack' : 'kinds.set')}
            </Button>
            {kind.retired ? null : <Button onClick={() => act('retire', seen)}>{t('kinds.retire')}</Button>}
          </div>
        </div>
      ) : null}
    </>
  )
}

interface ListProps {
  readonly kinds: All
  readonly rows: readonly KindRow[]
  readonly chosen: string | undefined
  readonly choose: (code: string) => void
}
function List({ kinds, rows, chosen, choose }: ListProps) {
  const { t } = useTranslation()
  const columns = useColumns(kinds)
  return (
    <Grid
      label={t('nav.kinds')}
      rows={rows}
      id={({ code }) => code}
      columns={columns}
      chosen={chosen}
      choose={({ code }) => choose(code)}
      tone={({ retired }) => (retired ? 'quiet' : undefined)}
      empty={<Empty title={t('kinds.none')}>{t('kinds.noneHow')}</Empty>}
      narrow={(kind) => (
        <>
          <div>
            <b className="text">{kinds.name(kind.code)}</b>
            <State kind={kind} />
          </div>
          <div>
            <span className="text">
              {t(`kindGroup.${kind.group}`)} · {responseText(kind.response, t)}
            </span>
            <span>{t(`priority.${kind.priority}`)}</span>
          </div>
        </>
      )}
    />
  )
}

type Asked = ReturnType<typeof kindsSearch.parse>

function Filters({ search, change }: { search: Asked; change: (part: Asked) => void }) {
  const { t } = useTranslation()
  return (
    <>
      <select
        aria-label={t('field.group')}
        value={search.group ?? ''}
        onChange={(event) => change({ group: groups.find((one) => one === event.target.value), kind: undefined })}
      >
        <option value="">{t('kinds.anyGroup')}</option>
        {groups.map((group) => (
          <option key={group} value={group}>
            {t(`kindGroup.${group}`)}
          </option>
        ))}
      </select>
      <Input
        className="find"
        aria-label={t('kinds.find')}
        placeholder={t('kinds.find')}
        value={search.find ?? ''}
        onChange={(event) => change({ find: event.target.value, kind: undefined })}
      />
    </>
  )
}

/** What the filters leave, by a name, a code or a word. */
function useRows(kinds: All, { find = '', group: only }: Asked): readonly KindRow[] {
  return useMemo(() => {
    const asked = find.trim().toLowerCase()
    const fits = ({ code, group, words }: KindRow) =>
      (only === undefined || group === only) && `${kinds.name(code)} ${code} ${words.join(' ')}`.toLowerCase().includes(asked)
    return kinds.known.filter(fits)
  }, [kinds, find, only])
}

/** Every type of incident as it is today, what it was and what it will be; the security administrator changes it from a day on. */
export default function Kinds() {
  const { t } = useTranslation()
  const me = useMe()
  const narrow = useNarrow()
  const kinds = useKinds()
  const [search, change] = useAddress(kindsSearch)
  const [doing, setDoing] = useState<{ what: Doing; seen: number } | null>(null)
  const mayChange = holds(me, allowed.setKind)
  const rows = useRows(kinds, search)
  const kind = kinds.known.find(({ code }) => code === search.kind) ?? (narrow ? undefined : rows[0])
  const act = (what: Doing, seen: number) => setDoing({ what, seen })
  const detail = kind ? (
    <section className="panel" aria-label={kinds.name(kind.code)}>
      {narrow ? (
        <button type="button" className="plain back" onClick={() => change({ kind: undefined })}>
          {t('shell.back')}
        </button>
      ) : null}
      <Detail kind={kind} mayChange={mayChange} act={act} />
    </section>
  ) : null
  const alone = narrow && detail !== null
  return (
    <div className="columns kinds">
      {alone ? null : (
        <section className="panel" aria-label={t('nav.kinds')}>
          <div className="panel-head">
            <h1>{t('nav.kinds')}</h1>
            <small className="num">{t('kinds.count', { count: rows.length })}</small>
            <span className="grow" />
            <Filters search={search} change={change} />
            {mayChange ? <Button onClick={() => act('add', 0)}>{t('kinds.add')}</Button> : null}
          </div>
          {kinds.ready ? <List kinds={kinds} rows={rows} chosen={kind?.code} choose={(code) => change({ kind: code })} /> : <Loading />}
        </section>
      )}
      {detail}
      <Drawer
        open={doing !== null}
        onClose={() => setDoing(null)}
        title={doing ? `${t(`kinds.${doing.what}`)} ${doing.what === 'add' || !kind ? '' : kinds.name(kind.code)}` : ''}
        size={narrow ? '90%' : 560}
        placement={narrow ? 'bottom' : 'right'}
        getContainer="#drawers"
        autoFocus={false}
        destroyOnHidden
      >
        {doing ? (
          <KindForm
            doing={doing.what}
            kind={kind}
            seen={doing.seen}
            done={(code) => {
              setDoing(null)
              again()
              change({ kind: code })
            }}
          />
        ) : null}
      </Drawer>
    </div>
  )
}
