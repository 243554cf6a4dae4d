import { useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Combobox } from '#kernel/web/Combobox.tsx'
import { Empty } from '#kernel/web/States.tsx'
import { unitOptions } from '#kernel/web/reach.ts'
import { useUnits } from '#kernel/web/units.ts'
import { type IncidentRow, phases } from '../contract.ts'
import { groups } from '../rules/kinds/row.ts'
import { type FilterName, type Filters, hidden, type Seen, setFilters } from './filters.ts'
import { priorities } from './search.ts'

interface Props {
  readonly unit: string
  readonly filters: Filters
  readonly change: (part: Filters) => void
}

const none: Filters = { group: undefined, priority: undefined, station: undefined, phase: undefined, unsigned: undefined, urged: undefined }
/** A board has only what is open. */
const openPhases = phases.filter((phase) => phase !== 'closed' && phase !== 'cancelled')

/** A filter as people call it: 类别 刑事. */
function useFilterName(): (name: FilterName, filters: Filters) => string {
  const { t } = useTranslation()
  const units = useUnits()
  return (name, filters) => {
    switch (name) {
      case 'group':
        return t('filter.is', { name: t('filter.group'), value: t(`kindGroup.${filters.group ?? ''}`) })
      case 'priority':
        return t('filter.is', { name: t('filter.priority'), value: t(`priority.${filters.priority ?? 1}`) })
      case 'station':
        return t('filter.is', { name: t('filter.station'), value: units.name(filters.station) })
      case 'phase':
        return t('filter.is', { name: t('filter.phase'), value: t(`phase.${filters.phase ?? 'open'}`) })
      default:
        return t(`filter.${name}`)
    }
  }
}

interface ChoiceProps<Value extends string> {
  readonly label: string
  readonly value: string
  readonly options: readonly Value[]
  readonly name: (value: Value) => string
  readonly pick: (value: Value | undefined) => void
}

function Choice<Value extends string>({ label, value, options, name, pick }: ChoiceProps<Value>) {
  const { t } = useTranslation()
  return (
    <select aria-label={label} value={value} onChange={(event) => pick(options.find((one) => one === event.target.value))}>
      <option value="">{t('filter.any', { name: label })}</option>
      {options.map((one) => (
        <option key={one} value={one}>
          {name(one)}
        </option>
      ))}
    </select>
  )
}

function Choices({ unit, filters, change }: Props) {
  const { t } = useTranslation()
  const units = useUnits()
  const stations = useMemo(() => {
    const below = new Set(units.under(unit).map(({ code }) => code))
    return unitOptions(units, (one) => one.kind === 'station' && one.code !== unit && below.has(one.code))
  }, [units, unit])
  return (
    <div className="filter-choices" role="group" aria-label={t('filter.title')}>
      <Choice
        label={t('filter.group')}
        value={filters.group ?? ''}
        options={groups}
        name={(group) => t(`kindGroup.${group}`)}
        pick={(group) => change({ group })}
      />
      <Choice
        label={t('filter.priority')}
        value={String(filters.priority ?? '')}
        options={priorities.map(String)}
        name={(priority) => t(`priority.${priority}`)}
        pick={(priority) => change({ priority: priorities.find((one) => String(one) === priority) })}
      />
      <Choice
        label={t('filter.phase')}
        value={filters.phase ?? ''}
        options={openPhases}
        name={(phase) => t(`phase.${phase}`)}
        pick={(phase) => change({ phase })}
      />
      {stations.length > 0 ? (
        <div className="unit-choice">
          <Combobox
            label={t('filter.station')}
            placeholder={t('filter.any', { name: t('filter.station') })}
            value={filters.station ?? ''}
            options={stations}
            optional
            onChange={(station) => change({ station: station || undefined })}
          />
        </div>
      ) : null}
      {(['unsigned', 'urged'] as const).map((name) => (
        <button
          key={name}
          type="button"
          className="choice"
          aria-pressed={filters[name] === true}
          onClick={() => change({ [name]: filters[name] ? undefined : true })}
        >
          {t(`filter.${name}`)}
        </button>
      ))}
    </div>
  )
}

/** What is asked of the board, each as a chip that takes itself away. What is asked stands in the address. */
export function BoardFilters({ unit, filters, change }: Props) {
  const { t } = useTranslation()
  const name = useFilterName()
  const [open, setOpen] = useState(false)
  const bar = useRef<HTMLDivElement>(null)
  const active = setFilters(filters)
  const remove = (part: Filters) => {
    change(part)
    // The chip goes; the keyboard stays here.
    bar.current?.querySelector('button')?.focus()
  }
  return (
    <div className="filter-bar" ref={bar}>
      <button type="button" className="plain" aria-expanded={open} onClick={() => setOpen(!open)}>
        {t(open ? 'filter.fold' : 'filter.title')}
      </button>
      <ul className="chips" aria-label={t('filter.active')}>
        {active.map((one) => (
          <li key={one}>
            <button
              type="button"
              className="chip"
              aria-label={t('filter.remove', { name: name(one, filters) })}
              onClick={() => remove({ [one]: undefined })}
              onKeyDown={(event) => (event.key === 'Delete' || event.key === 'Backspace' ? remove({ [one]: undefined }) : undefined)}
            >
              {name(one, filters)} <span aria-hidden="true">×</span>
            </button>
          </li>
        ))}
      </ul>
      {active.length > 1 ? (
        <button type="button" className="plain" onClick={() => remove(none)}>
          {t('filter.clear')}
        </button>
      ) : null}
      {open ? <Choices unit={unit} filters={filters} change={change} /> : null}
    </div>
  )
}

/** Nothing is left: says which filter hides how many, and takes it away. */
export function AllHidden({
  rows,
  filters,
  change,
  seen,
}: Pick<Props, 'filters' | 'change'> & { rows: readonly IncidentRow[]; seen: Seen }) {
  const { t } = useTranslation()
  const name = useFilterName()
  return (
    <Empty title={t('filter.noneLeft', { count: rows.length })}>
      <span className="hiders">
        {hidden(rows, filters, seen).map((one) => (
          <button key={one.name} type="button" className="plain" onClick={() => change({ [one.name]: undefined })}>
            {t('filter.hides', { name: name(one.name, filters), hides: one.hides, without: one.without })}
          </button>
        ))}
      </span>
    </Empty>
  )
}
