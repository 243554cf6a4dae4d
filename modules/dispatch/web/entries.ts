import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { TFunction } from 'i18next'
import { useMe } from '#kernel/web/session.tsx'
import { useUnits } from '#kernel/web/units.ts'
import { useView } from '#kernel/web/view.ts'
import type { IncidentRow, Views } from '../contract.ts'
import { deeds, type Entry, levels, ownAtHand, ways, written } from './bar.ts'
import { shortNumber } from './BoardColumns.tsx'
import { type Kinds, useKinds } from './kinds.ts'
import { onMine } from './live.ts'
import { noPlace, pointOf } from './place.ts'
import { placeHint, usePlaces } from './places.ts'

const unknownPlace = { ...noPlace, unknown: true }

function kindEntries(t: TFunction, { all, name }: Kinds, read: Views['readings']['rows']): readonly Entry[] {
  const readings = new Map(read.map((row) => [row.code, row]))
  return all.map(({ code, group, priority }) => {
    const chinese = readings.get(code)
    const label = name(code)
    return {
      id: `kind ${code}`,
      label,
      hint: `${t(`kindGroup.${group}`)} · ${t(`priority.${priority}`)} · ${code}`,
      echo: 'kind',
      effect: { does: 'fill', part: { kind: code, priority: undefined } },
      written: [written(code), written(label), ...(chinese ? [written(chinese.name, chinese.reading)] : [])],
    }
  })
}

const fixedEntries = (t: TFunction): readonly Entry[] => [
  ...levels.map(
    (level): Entry => ({
      id: `priority ${level}`,
      label: t(`priority.${level}`),
      hint: t('field.priority'),
      echo: 'priority',
      effect: { does: 'fill', part: { priority: level } },
      written: [written(String(level)), written(t(`priority.${level}`), `${['yi', 'er', 'san'][level - 1] ?? ''} ji`)],
    }),
  ),
  ...deeds.map(
    ({ id, title, reading, effect }): Entry => ({
      id,
      label: t(title),
      hint: t('bar.deed'),
      echo: id,
      effect: effect ?? { does: 'fill', part: { place: unknownPlace } },
      written: [written(id), written(t(title), reading)],
    }),
  ),
  ...ways.map(
    ({ path, title, reading }): Entry => ({
      id: path,
      label: t(title),
      hint: t('bar.way'),
      echo: 'go',
      effect: { does: 'go', path },
      written: [written(path.slice(1)), written(t(title), reading)],
    }),
  ),
]

const ownEntries = (t: TFunction, rows: readonly IncidentRow[]): readonly Entry[] =>
  rows.slice(0, ownAtHand).map((row, index) => ({
    id: row.id,
    label: `${t('bar.own', { n: index + 1 })} ${shortNumber(row.number)}`,
    hint: row.narrative.slice(0, 40),
    echo: 'mine',
    effect: { does: 'go', path: `/incident/${row.id}` },
    written: [written(`m${index + 1}`), written(t('bar.own', { n: index + 1 }), `wo de ${index + 1}`), written(row.number)],
  }))

/** Everything that the bar can do now; what hangs on no text is made once. */
export function useCommands(): readonly Entry[] {
  const { t } = useTranslation()
  const { account } = useMe()
  const kinds = useKinds()
  const { data } = useView<Views['readings']>('dispatch', 'readings', {}, { fresh: 3_600_000 })
  const apply = useMemo(() => onMine(account), [account])
  const mine = useView<Views['mine']>('dispatch', 'mine', {}, { apply })
  const fixed = useMemo(() => [...fixedEntries(t), ...kindEntries(t, kinds, data?.rows ?? [])], [t, kinds, data])
  return useMemo(() => [...fixed, ...ownEntries(t, mine.data?.rows ?? [])], [t, fixed, mine.data])
}

/** The places and units that the text may mean: a unit is told of the incident, a place is where it is. */
export function usePlaceCommands(text: string, place: Parameters<typeof pointOf>[0]): readonly Entry[] {
  const { t } = useTranslation()
  const units = useUnits()
  const rows = usePlaces(text, pointOf(place))
  return useMemo(
    () =>
      rows.map((row): Entry => {
        const unit = row.kind === 'station' || row.kind === 'subBureau'
        return {
          id: `${row.kind} ${row.code}`,
          label: row.name,
          hint: placeHint(row, units, t),
          echo: unit ? 'unit' : 'place',
          effect: unit ? { does: 'fill', part: { unit: row.code } } : { does: 'place', row },
          written: [],
        }
      }),
    [rows, units, t],
  )
}
