import { Button, Drawer } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { administrators } from '#kernel/decider.ts'
import { type SettingRow, type SettingView, setSetting } from '#kernel/settings.ts'
import { articleSaid } from '#kernel/statute/told.ts'
import { failed } from '#kernel/web/api.ts'
import { Combobox } from '#kernel/web/Combobox.tsx'
import { useCommand } from '#kernel/web/command.ts'
import { Form, type FormHints } from '#kernel/web/Form.tsx'
import { type Column, Grid } from '#kernel/web/Grid.tsx'
import { views } from '#kernel/web/live.ts'
import { Moment } from '#kernel/web/Moment.tsx'
import { useAddress, useNarrow } from '#kernel/web/screen.ts'
import { holds, unitsOf, useMe } from '#kernel/web/session.tsx'
import { DetailHead, Empty, Loading, Trouble } from '#kernel/web/States.tsx'
import { Tag } from '#kernel/web/Tag.tsx'
import { dayTime, serverNow } from '#kernel/web/time.ts'
import { useUnits } from '#kernel/web/units.ts'
import { useView } from '#kernel/web/view.ts'
import { settingsSearch } from './search.ts'
import './staff.css'

/** A setting and the module on whose road it is set. */
interface Row extends SettingView {
  readonly id: string
  readonly module: 'staff' | 'dispatch'
}
interface Answer {
  readonly settings: readonly SettingView[]
}

/** An empty value takes the unit's own back; an empty moment is now. */
const asked = z.strictObject({ value: z.number().optional(), from: setSetting.shape.from, reason: setSetting.shape.reason })
const answers = ['no', 'yes'] as const
const answered = z.strictObject({ ...asked.shape, value: z.enum(answers).optional() })

/** Where a value comes from, with the laws by their names. */
function useCited(): (article: string | null) => string {
  const { t } = useTranslation()
  return (article) => (article === null ? t('setting.own') : articleSaid(article, (word, values) => t(word, { ...values })))
}

/** A value as it is said: with its unit, or yes and no for a question. */
function useSaid(): (row: Pick<SettingView, 'measure'>, value: number) => string {
  const { t } = useTranslation()
  return ({ measure }, value) =>
    t(measure === 'yesNo' ? `setting.answer.${answers[value] ?? 'no'}` : `setting.measure.${measure}`, { value })
}

function useRows(unit: string) {
  const staff = useView<Answer>('staff', 'settings', { unit })
  const dispatch = useView<Answer>('dispatch', 'settings', { unit })
  const of = (module: Row['module'], data: Answer | undefined): readonly Row[] =>
    (data?.settings ?? []).map((one) => ({ ...one, module, id: `${module}.${one.key}` }))
  return {
    rows: [...of('dispatch', dispatch.data), ...of('staff', staff.data)],
    failure: staff.failure ?? dispatch.failure,
    loading: staff.loading || dispatch.loading,
    again: () => {
      staff.again()
      dispatch.again()
    },
  }
}

function Change({ row, unit, done }: { row: Row; unit: string; done: () => void }) {
  const { t } = useTranslation()
  const units = useUnits()
  const { busy, send } = useCommand()
  const give = async (data: unknown) => {
    const { value: chosen = null, ...rest } = data as z.infer<typeof asked> | z.infer<typeof answered>
    const value = typeof chosen === 'string' ? answers.indexOf(chosen) : chosen
    const stream = `setting:${row.key}`
    const answer = await send({ module: row.module, stream, type: 'setSetting', data: { ...rest, unit, value } })
    if (failed(answer)) return answer
    void views.invalidateQueries({ queryKey: [row.module, 'settings'] })
    done()
    return null
  }
  const question = row.measure === 'yesNo'
  const hints: FormHints = { controls: { from: Moment }, words: { value: 'setting.answer' } }
  return (
    <>
      <p className="muted">
        {t(`setting.${row.module}.${row.key}`)} · {units.name(unit)}
        {question ? '' : ` · ${t('setting.range', { least: row.least, most: row.most })}`}
      </p>
      <ul className="muted setting-how">
        <li>{t('setting.inheritHow')}</li>
        <li>{t('setting.fromHow')}</li>
      </ul>
      <Form schema={question ? answered : asked} {...hints} submit={t('action.setSetting')} busy={busy} send={give} cancel={done} />
    </>
  )
}

/** What was, is and will be set here and above, the latest first. */
function History({ row }: { row: Row }) {
  const { t } = useTranslation()
  const units = useUnits()
  const said = useSaid()
  const now = new Date(serverNow()).toISOString()
  const same = (a: SettingRow, b: SettingRow | null) => b !== null && a.unit === b.unit && a.from === b.from && a.at === b.at
  if (row.rows.length === 0) return <p className="muted">{t('setting.none')}</p>
  return (
    <ul className="grants">
      {row.rows.map((one) => (
        <li key={`${one.unit} ${one.from} ${one.at}`}>
          <b className="num">{one.value === null ? t('setting.inherit') : said(row, one.value)}</b>{' '}
          {same(one, row.set) ? <Tag tone="good">{t('setting.inForce')}</Tag> : null}
          {one.from > now ? <Tag tone="line">{t('setting.coming')}</Tag> : null}
          <div className="muted">
            <span className="num">{dayTime(one.from)}</span> · {t('setting.set', { by: one.by, unit: units.name(one.unit) })} · {one.reason}
          </div>
        </li>
      ))}
    </ul>
  )
}

function Detail({ row, unit }: { row: Row; unit: string }) {
  const { t } = useTranslation()
  const me = useMe()
  const narrow = useNarrow()
  const units = useUnits()
  const [opens, setOpens] = useState(false)
  const said = useSaid()
  const measured = (value: number) => said(row, value)
  const cited = useCited()
  return (
    <>
      <div className="panel-head">
        <DetailHead>{t(`setting.${row.module}.${row.key}`)}</DetailHead>
        <span className="grow" />
        {holds(me, ['securityAdministrator']) ? (
          <Button type="primary" onClick={() => setOpens(true)}>
            {t('action.setSetting')}
          </Button>
        ) : null}
      </div>
      <div className="panel-body pad-staff" tabIndex={0}>
        <p className="setting-value num">{measured(row.value)}</p>
        <p className="muted">{t(`setting.${row.module}.${row.key}How`)}</p>
        <dl className="facts">
          <dt>{t('setting.source')}</dt>
          <dd>
            {cited(row.source)} {row.verified === 'yes' ? null : <Tag tone="warn">{t('setting.unverified')}</Tag>}
          </dd>
          <dt>{t('setting.inForce')}</dt>
          <dd>
            {row.set
              ? t('setting.set', { by: row.set.by, unit: units.name(row.set.unit) })
              : t('setting.initial', { value: measured(row.initial) })}
          </dd>
          <dt>{t('field.value')}</dt>
          <dd className="num">
            {row.measure === 'yesNo' ? '' : `${t('setting.range', { least: row.least, most: row.most })} · `}
            {t('setting.initial', { value: measured(row.initial) })}
            {row.bound ? ` · ${t('setting.bound', { value: measured(row.bound.value), article: cited(row.bound.article) })}` : ''}
          </dd>
        </dl>
        {row.verified === 'yes' ? null : <p className="muted">{t('setting.unverifiedHow')}</p>}
        <p className="muted">{t('setting.history')}</p>
        <History row={row} />
      </div>
      <Drawer
        open={opens}
        onClose={() => setOpens(false)}
        title={t('action.setSetting')}
        size={narrow ? '85%' : 480}
        placement={narrow ? 'bottom' : 'right'}
        getContainer="#drawers"
        autoFocus={false}
        destroyOnHidden
      >
        <Change row={row} unit={unit} done={() => setOpens(false)} />
      </Drawer>
    </>
  )
}

function useColumns(): readonly Column<Row>[] {
  const { t } = useTranslation()
  const units = useUnits()
  const [said, cited] = [useSaid(), useCited()]
  return [
    { id: 'name', header: t('setting.title'), width: 'minmax(0, 1.4fr)', cell: (row) => <b>{t(`setting.${row.module}.${row.key}`)}</b> },
    {
      id: 'value',
      header: t('setting.inForce'),
      width: '110px',
      cell: (row) => <span className="num">{said(row, row.value)}</span>,
    },
    {
      id: 'set',
      header: t('setting.source'),
      width: 'minmax(0, 1fr)',
      cell: (row) => (row.set ? t('setting.set', { by: row.set.by, unit: units.name(row.set.unit) }) : cited(row.source)),
    },
    {
      id: 'verified',
      header: t('staff.state'),
      width: '128px',
      cell: (row) => (row.verified === 'yes' ? '' : <Tag tone="warn">{t('setting.unverified')}</Tag>),
    },
  ]
}

function Narrow({ row }: { row: Row }) {
  const { t } = useTranslation()
  const said = useSaid()
  return (
    <div>
      <span className="text">
        <b>{t(`setting.${row.module}.${row.key}`)}</b>
      </span>
      <span className="num">{said(row, row.value)}</span>
    </div>
  )
}

/** What the force has set for itself: each value, where it comes from, and what comes. */
export default function Settings() {
  const { t } = useTranslation()
  const me = useMe()
  const narrow = useNarrow()
  const units = useUnits()
  const columns = useColumns()
  const [search, change] = useAddress(settingsSearch)
  const unit = search.unit ?? unitsOf(me, [...administrators])[0] ?? me.unit
  const { rows, failure, loading, again } = useRows(unit)
  const options = units.all.filter(({ closed }) => !closed).map(({ code, name }) => ({ value: code, label: name, hint: code }))
  const row = rows.find(({ id }) => id === search.setting) ?? (narrow ? undefined : rows[0])
  const detail = row ? (
    <section className="panel" aria-label={t(`setting.${row.module}.${row.key}`)}>
      {narrow ? (
        <button type="button" className="plain back" onClick={() => change({ setting: undefined })}>
          {t('shell.back')}
        </button>
      ) : null}
      <Detail key={row.id} row={row} unit={unit} />
    </section>
  ) : null
  if (narrow && detail) return <div className="columns">{detail}</div>
  return (
    <div className="columns staff">
      <section className="panel" aria-label={t('setting.title')}>
        <div className="panel-head">
          <h1>{t('setting.title')}</h1>
          <span className="grow" />
          <div className="unit-pick">
            <Combobox label={t('field.unit')} value={unit} options={options} onChange={(next) => change({ unit: next })} />
          </div>
        </div>
        <p className="muted setting-note">{t('setting.unitHow')}</p>
        {failure ? <Trouble failure={failure} again={again} /> : null}
        {loading ? <Loading /> : null}
        {loading || failure ? null : (
          <Grid
            label={t('setting.title')}
            rows={rows}
            id={({ id }) => id}
            columns={columns}
            chosen={row?.id}
            choose={({ id }) => change({ setting: id })}
            empty={<Empty title={t('setting.empty')}>{t('setting.emptyHow')}</Empty>}
            narrow={(one) => <Narrow row={one} />}
          />
        )}
      </section>
      {detail}
    </div>
  )
}
