import { Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { type Task, taskRows, type Tasks } from '#kernel/task.ts'
import { type Group, groupOf, groups, ordered } from './desk.ts'
import { type Column, Grid } from './Grid.tsx'
import { useNarrow } from './screen.ts'
import { holds, useMe } from './session.tsx'
import { AsOf } from './Shell.tsx'
import { Empty, Loading, Trouble } from './States.tsx'
import { Left, Tag, type Tone } from './Tag.tsx'
import { useTaskSources } from './tasks.ts'
import { dayTime, useSecond } from './time.ts'
import { useUnits } from './units.ts'
import { useViews } from './view.ts'

/** Read again at most this often. */
const pace = 1500
const tones: Readonly<Record<Task['state'], Tone>> = { running: 'calm', warned: 'warn', breached: 'alarm' }

const idOf = ({ module, stream, act, key }: Task): string => [module, stream, act, key].join(' ')

function useWords() {
  const { t } = useTranslation()
  const rule = ({ module, rule: name }: Task) => (name === null ? '' : t(`clock.rule.${module}.${name}`))
  return {
    rule,
    what: (task: Task) =>
      t(`task.${task.module}.${task.act}`, { rule: rule(task), detail: task.detail === undefined ? '' : t(task.detail) }),
    about: ({ about: { text, word } }: Task) => (word === undefined ? text : t(word, { defaultValue: text })),
  }
}

function Due({ task: { due, state } }: { task: Task }) {
  const { t } = useTranslation()
  return <Tag tone={tones[state]}>{due === null ? t('desk.noLimit') : <Left due={due} />}</Tag>
}

const To = ({ task: { number, link } }: { task: Task }) => (
  <Link className="num" to={link.path} search={link.search ?? {}} tabIndex={-1}>
    {number}
  </Link>
)

function useColumns(): readonly Column<Task>[] {
  const { t } = useTranslation()
  const units = useUnits()
  const words = useWords()
  return [
    { id: 'due', header: t('desk.due'), width: '180px', cell: (task) => <Due task={task} /> },
    {
      id: 'at',
      header: t('desk.at'),
      width: '160px',
      cell: ({ due }) => (due === null ? '' : <span className="num">{dayTime(due)}</span>),
    },
    { id: 'what', header: t('desk.what'), width: 'minmax(0, 1.3fr)', cell: (task) => <b>{words.what(task)}</b> },
    { id: 'about', header: t('desk.about'), width: 'minmax(0, 1fr)', cell: words.about },
    { id: 'number', header: t('desk.number'), width: '190px', cell: (task) => <To task={task} /> },
    { id: 'unit', header: t('field.unit'), width: 'minmax(0, 0.7fr)', cell: ({ unit }) => units.name(unit) },
  ]
}

/** The tasks of every module in their order, with the group of each; groups change while the hour moves on. */
function useTasks(modules: readonly string[]) {
  const views = useViews<Tasks>(modules, 'tasks', pace)
  const minute = Math.floor(useSecond() / 60)
  const found = views.flatMap(({ data }) => data?.rows ?? [])
  const rows = ordered(found, minute * 60_000)
  const count: Record<Group, number> = { overdue: 0, today: 0, week: 0, later: 0, none: 0 }
  const group = (task: Task) => groupOf(task, minute * 60_000)
  for (const task of rows) count[group(task)] += 1
  return { views, rows, group, count, more: views.some(({ data }) => data?.more) }
}

/** What the one who looks has to do today, of every module, by due time. */
export default function Desk() {
  const { t } = useTranslation()
  const me = useMe()
  const narrow = useNarrow()
  const navigate = useNavigate()
  const words = useWords()
  const units = useUnits()
  const columns = useColumns()
  const sources = useTaskSources()
  const modules = sources.filter(({ roles }) => holds(me, roles)).map(({ module }) => module)
  const { views, rows, group, count, more } = useTasks(modules)
  const open = ({ link }: Task) => void navigate({ to: link.path, search: (link.search ?? {}) as never })
  const failed = views.filter(({ failure, data }) => failure !== undefined && data === undefined)
  const known = views.some(({ data }) => data !== undefined)
  const heading = (task: Task, before: Task | undefined) => {
    const name = group(task)
    return before !== undefined && group(before) === name ? undefined : t(`desk.group.${name}`, { count: count[name] })
  }
  return (
    <div className="columns">
      <section className="panel desk" aria-label={t('desk.title')}>
        <div className="panel-head">
          <h1>{t('desk.title')}</h1>
          <small className="num" role="status">
            {known
              ? groups
                  .filter((name) => count[name] > 0)
                  .map((name) => t(`desk.group.${name}`, { count: count[name] }))
                  .join(' · ')
              : ''}
          </small>
          <AsOf />
        </div>
        {failed.map(({ failure, again }, at) => (failure ? <Trouble key={modules[at]} failure={failure} again={again} /> : null))}
        {!known && failed.length === 0 ? <Loading /> : null}
        {known ? (
          <Grid
            label={t('desk.title')}
            rows={rows}
            id={idOf}
            columns={columns}
            heading={heading}
            letters
            narrow={(task) => (
              <>
                <div>
                  <b className="text">{words.what(task)}</b>
                  <Due task={task} />
                </div>
                <div>
                  <span className="num">{task.number}</span>
                  <span className="text">
                    {words.about(task)} · {units.name(task.unit)}
                  </span>
                </div>
              </>
            )}
            {...(narrow && { choose: open })}
            open={open}
            empty={<Empty title={t('desk.empty')}>{t('desk.emptyHow')}</Empty>}
          />
        ) : null}
        {more ? <p className="panel-foot">{t('desk.more', { count: taskRows })}</p> : null}
      </section>
    </div>
  )
}
