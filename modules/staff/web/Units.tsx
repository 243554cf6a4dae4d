import { Button, Drawer, Input } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Actions, type Can, type Offer } from '#kernel/web/Actions.tsx'
import { failed } from '#kernel/web/api.ts'
import { useCommand } from '#kernel/web/command.ts'
import { type Control, Form } from '#kernel/web/Form.tsx'
import { type Column, Grid } from '#kernel/web/Grid.tsx'
import { views } from '#kernel/web/live.ts'
import { type Area, Schematic } from '#kernel/web/Schematic.tsx'
import { useAddress, useNarrow } from '#kernel/web/screen.ts'
import { holds, useMe } from '#kernel/web/session.tsx'
import { DetailHead, Empty, Loading } from '#kernel/web/States.tsx'
import { Tag } from '#kernel/web/Tag.tsx'
import { type Unit, useUnits } from '#kernel/web/units.ts'
import { useView } from '#kernel/web/view.ts'
import { z } from 'zod'
import { unitCode } from '#kernel/text.ts'
import { commands } from '../contract.ts'
import { BoundaryField, PositionField } from './fields.tsx'
import { allowed } from '../rules.ts'
import { unitsSearch } from './search.ts'
import { type Node, treeOf } from './tree.ts'
import './staff.css'

const controls = {
  boundary: (control: Control) => <BoundaryField control={control} />,
  position: (control: Control) => <PositionField control={control} />,
}
const offers: readonly Offer[] = [
  { type: 'renameUnit', schema: commands.renameUnit },
  { type: 'drawBoundary', schema: commands.drawBoundary, hints: { controls } },
  { type: 'closeUnit', schema: commands.closeUnit },
]
const opening = z.strictObject({ code: unitCode, ...commands.openUnit.shape })
const again = () => void views.invalidateQueries({ queryKey: ['staff'] })

/** The code is the stream, not part of the command: it is asked for with the rest and taken out again. */
function OpenUnit({ parent, done }: { parent: string | undefined; done: (code: string) => void }) {
  const { t } = useTranslation()
  const units = useUnits()
  const { busy, send } = useCommand()
  const give = async (asked: unknown) => {
    const { code, ...data } = asked as z.infer<typeof opening>
    const answer = await send({ module: 'staff', stream: code, type: 'openUnit', data })
    if (failed(answer)) return answer
    again()
    done(code)
    return null
  }
  const options = units.all.filter((unit) => !unit.closed).map((unit) => ({ value: unit.code, label: unit.name, hint: unit.code }))
  return (
    <Form
      schema={opening}
      words={{ kind: 'unitKind' }}
      units={options}
      initial={{ parent }}
      controls={{
        ...controls,
        code: (control) => (
          <Input
            id={control.id}
            value={String(control.value ?? '')}
            autoComplete="off"
            aria-invalid={control.invalid || undefined}
            aria-describedby={control.describedBy}
            onChange={(event) => control.set(event.target.value.trim())}
          />
        ),
      }}
      submit={t('action.openUnit')}
      busy={busy}
      send={give}
    />
  )
}

function UnitDetail({ unit, mayChange }: { unit: Unit; mayChange: boolean }) {
  const { t } = useTranslation()
  const units = useUnits()
  const { data } = useView<{ areas: readonly Area[] }>('staff', 'boundaries', { unit: unit.code })
  const can: Can = mayChange && !unit.closed ? { renameUnit: true, drawBoundary: true, closeUnit: true } : {}
  const areas = data?.areas ?? []
  return (
    <>
      <div className="panel-head">
        <DetailHead>{unit.name}</DetailHead>
        {unit.closed ? <Tag tone="calm">{t('staff.closed')}</Tag> : null}
      </div>
      <div className="panel-body pad-staff" tabIndex={0}>
        <dl className="facts">
          <dt>{t('field.code')}</dt>
          <dd className="num">{unit.code}</dd>
          <dt>{t('field.kind')}</dt>
          <dd>{t(`unitKind.${unit.kind}`)}</dd>
          <dt>{t('field.parent')}</dt>
          <dd>{unit.parent ? units.name(unit.parent) : '—'}</dd>
          <dt>{t('staff.below')}</dt>
          <dd className="num">{units.under(unit.code).length - 1}</dd>
        </dl>
        <div className="unit-map">
          {areas.length > 0 ? (
            <Schematic label={t('map.label', { unit: unit.name })} areas={areas} name={(code) => units.name(code)} chosen={[unit.code]} />
          ) : (
            <Empty title={t('staff.noBoundary')}>{t('staff.noBoundaryHow')}</Empty>
          )}
        </div>
      </div>
      <Actions module="staff" stream={unit.code} can={can} offers={offers} done={again} />
    </>
  )
}

function useUnitColumns(): readonly Column<Node>[] {
  const { t } = useTranslation()
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('field.unit'),
        width: 'minmax(0, 1fr)',
        cell: (row) => <span className={`depth-${Math.min(row.depth, 3)}`}>{row.depth === 0 ? <b>{row.name}</b> : row.name}</span>,
      },
      { id: 'code', header: t('field.code'), width: '130px', cell: (row) => <span className="num">{row.code}</span> },
      { id: 'kind', header: t('field.kind'), width: '120px', cell: (row) => t(`unitKind.${row.kind}`) },
      {
        id: 'state',
        header: t('staff.state'),
        width: '110px',
        cell: (row) =>
          row.closed ? <Tag tone="calm">{t('staff.closed')}</Tag> : row.schematic ? <Tag tone="calm">{t('map.short')}</Tag> : '',
      },
    ],
    [t],
  )
}

function List(props: { nodes: readonly Node[]; chosen: string | undefined; choose: (code: string) => void }) {
  const { t } = useTranslation()
  const columns = useUnitColumns()
  return (
    <Grid
      label={t('staff.units')}
      rows={props.nodes}
      id={(row) => row.code}
      columns={columns}
      chosen={props.chosen}
      choose={(row) => props.choose(row.code)}
      tone={(row) => (row.closed ? 'quiet' : undefined)}
      empty={<Empty title={t('staff.noUnits')}>{t('staff.noUnitsHow')}</Empty>}
      narrow={(row) => (
        <>
          <div>
            <span className="text">{row.name}</span>
            <span>{t(`unitKind.${row.kind}`)}</span>
          </div>
          <div>
            <span className="num">{row.code}</span>
          </div>
        </>
      )}
    />
  )
}

/** The tree of the house: every unit, its area, and what may be changed. */
export default function Units() {
  const { t } = useTranslation()
  const me = useMe()
  const narrow = useNarrow()
  const units = useUnits()
  const [search, change] = useAddress(unitsSearch)
  const [opens, setOpens] = useState(false)
  const mayChange = holds(me, allowed.openUnit)
  const nodes = useMemo(() => treeOf(units.all, search.find ?? ''), [units, search.find])
  const unit = units.find(search.unit ?? (narrow ? undefined : nodes[0]?.code))
  const detail = unit ? (
    <section className="panel" aria-label={unit.name}>
      {narrow ? (
        <button type="button" className="plain back" onClick={() => change({ unit: undefined })}>
          {t('shell.back')}
        </button>
      ) : null}
      <UnitDetail unit={unit} mayChange={mayChange} />
    </section>
  ) : null
  if (narrow && detail) return <div className="columns">{detail}</div>
  return (
    <div className="columns staff">
      <section className="panel" aria-label={t('staff.units')}>
        <div className="panel-head">
          <h1>{t('staff.units')}</h1>
          <small className="num">{t('staff.unitCount', { count: nodes.length })}</small>
          <span className="grow" />
          <Input
            className="find"
            aria-label={t('staff.find')}
            placeholder={t('staff.find')}
            value={search.find ?? ''}
            onChange={(event) => change({ find: event.target.value })}
          />
          {mayChange ? <Button onClick={() => setOpens(true)}>{t('action.openUnit')}</Button> : null}
        </div>
        {units.ready ? <List nodes={nodes} chosen={unit?.code} choose={(code) => change({ unit: code })} /> : <Loading />}
      </section>
      {detail}
      <Drawer
        open={opens}
        onClose={() => setOpens(false)}
        title={t('action.openUnit')}
        size={narrow ? '90%' : 480}
        placement={narrow ? 'bottom' : 'right'}
        getContainer="#drawers"
        destroyOnHidden
      >
        <OpenUnit
          parent={unit?.code}
          done={(code) => {
            setOpens(false)
            change({ unit: code })
          }}
        />
      </Drawer>
    </div>
  )
}
