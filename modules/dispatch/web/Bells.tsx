import { useQuery } from '@tanstack/react-query'
import { Button, Drawer } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Actions, type Can, type Offer } from '#kernel/web/Actions.tsx'
import { ask, failed } from '#kernel/web/api.ts'
import { Combobox } from '#kernel/web/Combobox.tsx'
import { useCommand } from '#kernel/web/command.ts'
import { Form, type FormHints } from '#kernel/web/Form.tsx'
import { type Column, Grid } from '#kernel/web/Grid.tsx'
import { views } from '#kernel/web/live.ts'
import { useAddress, useNarrow } from '#kernel/web/screen.ts'
import { unitsOf, useMe } from '#kernel/web/session.tsx'
import { DetailHead, Empty, Loading, Trouble } from '#kernel/web/States.tsx'
import { Tag } from '#kernel/web/Tag.tsx'
import { dayTime } from '#kernel/web/time.ts'
import { useUnits } from '#kernel/web/units.ts'
import { useView } from '#kernel/web/view.ts'
import { commands, type Views } from '../contract.ts'
import { type BellRow, bellRungs, usualRungs } from '../contract/bells.ts'
import { allowed } from '../rules.ts'
import { bellsSearch } from './search.ts'
import './dispatch.css'
import './bells.css'

const again = () => void views.invalidateQueries({ queryKey: ['dispatch', 'bells'] })
/** What waits and what failed moves on by itself. */
const pace = 5000

/** What a form of a bell needs beside its schema: its words, and the units that may have one. */
function useHints(): FormHints {
  const units = useUnits()
  const options = units.all.filter(({ closed }) => !closed).map(({ code, name }) => ({ value: code, label: name, hint: code }))
  return { words: { channel: 'bellChannel', rungs: 'bellRung' }, units: options }
}

function State({ bell }: { bell: BellRow }) {
  const { t } = useTranslation()
  const { waiting, last } = bell
  if (waiting && waiting.tries > 0) return <Tag tone="alarm">{t('bells.failing', { count: waiting.count })}</Tag>
  if (waiting) return <Tag tone="warn">{t('bells.waiting', { count: waiting.count })}</Tag>
  if (last === null) return <Tag tone="calm">{t('bells.never')}</Tag>
  return <Tag tone={last.outcome === 'rung' ? 'good' : 'calm'}>{t(`bellOutcome.${last.outcome}`)}</Tag>
}

const useRungs = () => {
  const { t } = useTranslation()
  return ({ rungs }: BellRow) =>
    bellRungs
      .filter((rung) => rungs.includes(rung))
      .map((rung) => t(`bellRung.${rung}`))
      .join(t('shell.comma'))
}

function useColumns(): readonly Column<BellRow>[] {
  const { t } = useTranslation()
  const units = useUnits()
  const rungs = useRungs()
  return [
    { id: 'unit', header: t('field.unit'), width: 'minmax(0, 0.7fr)', cell: ({ unit }) => <b>{units.name(unit)}</b> },
    { id: 'target', header: t('field.target'), width: 'minmax(0, 1fr)', cell: ({ target }) => target },
    { id: 'rungs', header: t('field.rungs'), width: 'minmax(0, 1.8fr)', cell: rungs },
    { id: 'state', header: t('bells.state'), width: '152px', cell: (bell) => <State bell={bell} /> },
  ]
}

function Waiting({ waiting }: { waiting: BellRow['waiting'] }) {
  const { t } = useTranslation()
  if (waiting === null) return t('bells.nothingWaits')
  return (
    <>
      {t('bells.waitingSince', { count: waiting.count, time: dayTime(waiting.since) })}
      {waiting.tries > 0 && waiting.next ? (
        <div>
          {t('bells.tries', { count: waiting.tries, time: dayTime(waiting.next) })} <q>{waiting.error}</q>
        </div>
      ) : null}
    </>
  )
}

function Last({ last }: { last: BellRow['last'] }) {
  const { t } = useTranslation()
  if (last === null) return t('bells.never')
  return (
    <>
      <span className="num">{dayTime(last.at)}</span> · <span className="num">{last.number}</span> · {t(`bellRung.${last.rung}`)} ·{' '}
      {t(`bellOutcome.${last.outcome}`)}
      {last.tries > 1 ? (
        <div>
          {t('bells.tried', { count: last.tries })} {last.error ? <q>{last.error}</q> : null}
        </div>
      ) : null}
    </>
  )
}

function Detail({ bell }: { bell: BellRow }) {
  const { t } = useTranslation()
  const units = useUnits()
  const hints = useHints()
  const rungs = useRungs()
  const { unit, channel, target } = bell
  const initial = { unit, channel, target, rungs: bell.rungs }
  const offers: readonly Offer[] = [
    { type: 'setBell', schema: commands.setBell, hints: { ...hints, initial } },
    { type: 'retireBell', schema: commands.retireBell },
  ]
  const can: Can = { setBell: true, retireBell: true }
  return (
    <>
      <div className="panel-head">
        <DetailHead>{units.name(unit)}</DetailHead>
        <State bell={bell} />
      </div>
      <div className="panel-body pad" tabIndex={0}>
        <dl className="facts">
          <dt>{t('field.channel')}</dt>
          <dd>{t(`bellChannel.${channel}`)}</dd>
          <dt>{t('field.target')}</dt>
          <dd className="bell-target">{target}</dd>
          <dt>{t('field.rungs')}</dt>
          <dd>{rungs(bell)}</dd>
          <dt>{t('bells.waits')}</dt>
          <dd>
            <Waiting waiting={bell.waiting} />
          </dd>
          <dt>{t('bells.last')}</dt>
          <dd>
            <Last last={bell.last} />
          </dd>
        </dl>
      </div>
      <Actions module="dispatch" stream={`bell:${bell.code}`} can={can} offers={offers} done={again} />
    </>
  )
}

function Add({ unit, done }: { unit: string; done: (code: string) => void }) {
  const { t } = useTranslation()
  const hints = useHints()
  const { busy, send } = useCommand()
  const [code] = useState(() => crypto.randomUUID())
  const give = async (data: unknown) => {
    const answer = await send({ module: 'dispatch', stream: `bell:${code}`, type: 'setBell', data })
    if (failed(answer)) return answer
    again()
    done(code)
    return null
  }
  const initial = { unit, channel: 'webhook', rungs: usualRungs }
  return <Form schema={commands.setBell} {...hints} initial={initial} submit={t('action.setBell')} busy={busy} send={give} />
}

function List({ rows, chosen, choose }: { rows: readonly BellRow[]; chosen: string | undefined; choose: (code: string) => void }) {
  const { t } = useTranslation()
  const units = useUnits()
  const columns = useColumns()
  const rungs = useRungs()
  return (
    <Grid
      label={t('nav.bells')}
      rows={rows}
      id={({ code }) => code}
      columns={columns}
      chosen={chosen}
      choose={({ code }) => choose(code)}
      tone={({ waiting }) => (waiting && waiting.tries > 0 ? 'ringing' : undefined)}
      empty={<Empty title={t('bells.none')}>{t('bells.noneHow')}</Empty>}
      narrow={(bell) => (
        <>
          <div>
            <b className="text">{units.name(bell.unit)}</b>
            <State bell={bell} />
          </div>
          <div>
            <span className="text">{bell.target}</span>
          </div>
          <div>
            <span className="text">{rungs(bell)}</span>
          </div>
        </>
      )}
    />
  )
}

/** Said where messages carry no link, because this house has not been told how it is reached. */
function Links() {
  const { t } = useTranslation()
  const { data } = useQuery({
    queryKey: ['webhook-key'],
    queryFn: async () => {
      const answer = await ask<{ origin: string | null }>('GET', '/webhook-key')
      if (failed(answer)) throw answer
      return answer
    },
  })
  return data && data.origin === null ? <p className="bell-links">{t('bells.noOrigin')}</p> : null
}

/** What rings beyond the screens, what came of the last time, and what still waits. */
export default function Bells() {
  const { t } = useTranslation()
  const me = useMe()
  const narrow = useNarrow()
  const units = useUnits()
  const [search, change] = useAddress(bellsSearch)
  const [adds, setAdds] = useState(false)
  const unit = search.unit ?? unitsOf(me, [...allowed.setBell])[0] ?? me.unit
  const { data, failure, loading, again: retry } = useView<Views['bells']>('dispatch', 'bells', { unit }, { pace })
  const rows = data?.rows ?? []
  const options = units.all.filter(({ closed }) => !closed).map(({ code, name }) => ({ value: code, label: name, hint: code }))
  const bell = rows.find(({ code }) => code === search.bell) ?? (narrow ? undefined : rows[0])
  const detail = bell ? (
    <section className="panel" aria-label={units.name(bell.unit)}>
      {narrow ? (
        <button type="button" className="plain back" onClick={() => change({ bell: undefined })}>
          {t('shell.back')}
        </button>
      ) : null}
      <Detail key={bell.code} bell={bell} />
    </section>
  ) : null
  if (narrow && detail) return <div className="columns">{detail}</div>
  return (
    <div className="columns bells">
      <section className="panel" aria-label={t('nav.bells')}>
        <div className="panel-head">
          <h1>{t('nav.bells')}</h1>
          <span className="grow" />
          <div className="bell-unit">
            <Combobox label={t('field.unit')} value={unit} options={options} onChange={(next) => change({ unit: next, bell: undefined })} />
          </div>
          <Button onClick={() => setAdds(true)}>{t('bells.add')}</Button>
        </div>
        <Links />
        {failure ? <Trouble failure={failure} again={retry} /> : null}
        {loading ? <Loading /> : null}
        {loading || failure ? null : <List rows={rows} chosen={bell?.code} choose={(code) => change({ bell: code })} />}
      </section>
      {detail}
      <Drawer
        open={adds}
        onClose={() => setAdds(false)}
        title={t('bells.add')}
        size={narrow ? '90%' : 480}
        placement={narrow ? 'bottom' : 'right'}
        getContainer="#drawers"
        autoFocus={false}
        destroyOnHidden
      >
        <Add
          unit={unit}
          done={(code) => {
            setAdds(false)
            change({ bell: code })
          }}
        />
      </Drawer>
    </div>
  )
}
