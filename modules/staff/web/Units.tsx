import { Link } from '@tanstack/react-router'
import { Button, Drawer, Input } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Actions, type Can, type Offer } from '#kernel/web/Actions.tsx'
import { failed } from '#kernel/web/api.ts'
import { useCommand } from '#kernel/web/command.ts'
import { type Control, Form } from '#kernel/web/Form.tsx'
import { views } from '#kernel/web/live.ts'
import { Schematic } from '#kernel/web/Schematic.tsx'
import { useAddress, useNarrow } from '#kernel/web/screen.ts'
import { holds, unitsOf, useMe } from '#kernel/web/session.tsx'
import { DetailHead, Empty, Loading, Trouble } from '#kernel/web/States.tsx'
import { Sign, Tag } from '#kernel/web/Tag.tsx'
import { type Unit, type Units, useUnits } from '#kernel/web/units.ts'
import { useView } from '#kernel/web/view.ts'
import { z } from 'zod'
import { unitCode } from '#kernel/text.ts'
import { commands, type Views } from '../contract.ts'
import { BoundaryField, PositionField } from './fields.tsx'
import { Fits } from './Fits.tsx'
import { administrators, allowed, covering } from '../rules.ts'
import { unitsSearch } from './search.ts'
import { Tree } from './Tree.tsx'
import { fits, type Node, treeOf } from './tree.ts'
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

/** The areas to show: those below a unit, or those beside it when there are none below. */
const mapOf = (unit: Unit, units: Units): string =>
  units.all.some((one) => one.parent === unit.code && covers.has(one.kind)) ? unit.code : (unit.parent ?? unit.code)
const covers = new Set<string>(covering)

function UnitDetail({ unit, mayChange, go }: { unit: Unit; mayChange: boolean; go: (code: string) => void }) {
  const { t } = useTranslation()
  const units = useUnits()
  const boundaries = useView<Views['boundaries']>('staff', 'boundaries', { unit: mapOf(unit, units) })
  const fit = useView<Views['findings']>('staff', 'findings', { unit: unit.code })
  const can: Can = mayChange && !unit.closed ? { renameUnit: true, drawBoundary: true, closeUnit: true } : {}
  const areas = boundaries.data?.areas ?? []
  const own = areas.some((area) => area.unit === unit.code)
  const noted = fit.data?.findings.flatMap((finding) => finding.units) ?? []
  return (
    <>
      <div className="panel-head">
        <DetailHead>{unit.name}</DetailHead>
        {unit.closed ? <Tag tone="calm">{t('staff.closed')}</Tag> : null}
        {unit.schematic ? <Tag tone="calm">{t('map.short')}</Tag> : null}
        <span className="grow" />
        <Link to="/accounts" search={{ unit: unit.code } as never}>
          {t('staff.people')}
        </Link>
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
        {fit.failure ? <Trouble failure={fit.failure} again={fit.again} /> : null}
        {fit.data && (own || noted.length > 0) ? <Fits unit={unit.code} data={fit.data} go={go} /> : null}
        <div className="unit-map">
          {areas.length > 0 ? (
            <Schematic label={t('map.label', { unit: unit.name })} areas={areas} name={units.name} chosen={[unit.code]} noted={noted} />
          ) : (
            <Empty title={t('staff.noBoundary')}>{t('staff.noBoundaryHow')}</Empty>
          )}
        </div>
      </div>
      <Actions module="staff" stream={unit.code} can={can} offers={offers} done={again} />
    </>
  )
}

/** What a line of the tree says beside its place. */
function About({ node, found }: { node: Node; found: boolean }) {
  const { t } = useTranslation()
  return (
    <>
      <span className="text">{node.depth === 0 ? <b>{node.name}</b> : node.name}</span>
      {found ? <Tag tone="warn">{t('staff.misfit')}</Tag> : null}
      {node.closed ? <Tag tone="calm">{t('staff.closed')}</Tag> : null}
      <small>{t(`unitKind.${node.kind}`)}</small>
      <small className="num code">{node.code}</small>
    </>
  )
}

/** Which branches stand open: the root's, the way to the chosen unit, and what somebody has opened or closed himself. */
function useBranches(units: Units, chosen: string | undefined) {
  const [own, setOwn] = useState<ReadonlyMap<string, boolean>>(new Map())
  const open = useMemo(() => {
    const all = new Set(units.all.filter((unit) => unit.parent === null).map((unit) => unit.code))
    for (let at = units.find(units.find(chosen)?.parent); at; at = units.find(at.parent)) all.add(at.code)
    for (const [code, shown] of own) if (shown) all.add(code)
    for (const [code, shown] of own) if (!shown) all.delete(code)
    return all
  }, [units, chosen, own])
  const toggle = (code: string, shown: boolean) => setOwn((before) => new Map(before).set(code, shown))
  return { open, toggle }
}

/** The units that somebody's boundary does not fit, and the switch that shows only these. */
function useMisfits() {
  const me = useMe()
  const [root] = unitsOf(me, [...administrators])
  const { data } = useView<Views['findings']>('staff', 'findings', { unit: root ?? me.unit })
  return useMemo(() => new Set(data?.findings.flatMap((finding) => finding.units)), [data])
}

interface HeadProps {
  readonly count: number
  readonly misfits: number
  readonly search: z.infer<typeof unitsSearch>
  readonly change: (part: object) => void
  readonly open: (() => void) | null
}

function Head({ count, misfits, search, change, open }: HeadProps) {
  const { t } = useTranslation()
  return (
    <div className="panel-head">
      <h1>{t('staff.units')}</h1>
      <small className="num">{t('staff.unitCount', { count })}</small>
      <span className="grow" />
      {misfits > 0 || search.misfit ? (
        <Button
          aria-pressed={search.misfit === true}
          type={search.misfit ? 'primary' : 'default'}
          onClick={() => change({ misfit: search.misfit ? undefined : true })}
        >
          <Sign tone="warn" /> {t('staff.misfits', { count: misfits })}
        </Button>
      ) : null}
      <Input
        className="find"
        type="search"
        aria-label={t('staff.findUnit')}
        placeholder={t('staff.findUnit')}
        value={search.find ?? ''}
        onChange={(event) => change({ find: event.target.value })}
      />
      {open ? <Button onClick={open}>{t('action.openUnit')}</Button> : null}
    </div>
  )
}

/** The tree of the house: every unit, its area, how it fits, and what may be changed. */
export default function UnitsScreen() {
  const { t } = useTranslation()
  const me = useMe()
  const narrow = useNarrow()
  const units = useUnits()
  const [search, change] = useAddress(unitsSearch)
  const [opens, setOpens] = useState(false)
  const mayChange = holds(me, allowed.openUnit)
  const misfits = useMisfits()
  const { open, toggle } = useBranches(units, search.unit)
  const words = search.find?.trim() ?? ''
  const fixed = words !== '' || search.misfit === true
  const nodes = useMemo(
    () => treeOf(units.all, open, fixed ? (unit) => fits(unit, words) && (search.misfit !== true || misfits.has(unit.code)) : null),
    [units, open, fixed, words, search.misfit, misfits],
  )
  const unit = units.find(search.unit ?? (narrow ? undefined : nodes[0]?.code))
  const go = (code: string) => change({ unit: code })
  const detail = unit ? (
    <section className="panel" aria-label={unit.name}>
      {narrow ? (
        <button type="button" className="plain back" onClick={() => change({ unit: undefined })}>
          {t('shell.back')}
        </button>
      ) : null}
      <UnitDetail unit={unit} mayChange={mayChange} go={go} />
    </section>
  ) : null
  if (narrow && detail) return <div className="columns">{detail}</div>
  const about = (node: Node) => <About node={node} found={misfits.has(node.code)} />
  return (
    <div className="columns staff">
      <section className="panel" aria-label={t('staff.units')}>
        <Head
          count={units.all.length}
          misfits={misfits.size}
          search={search}
          change={change}
          open={mayChange ? () => setOpens(true) : null}
        />
        {units.ready ? null : <Loading />}
        {units.ready && nodes.length === 0 ? <Empty title={t('staff.noUnits')}>{t('staff.noUnitsHow')}</Empty> : null}
        {nodes.length > 0 ? (
          <Tree label={t('staff.units')} {...{ nodes, open, fixed, toggle, about }} chosen={unit?.code} choose={go} />
        ) : null}
      </section>
      {detail}
      <Drawer
        open={opens}
        onClose={() => setOpens(false)}
        title={t('action.openUnit')}
        size={narrow ? '90%' : 480}
        placement={narrow ? 'bottom' : 'right'}
        getContainer="#drawers"
        autoFocus={false}
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
