import type { TFunction } from 'i18next'
import { useEffect, useState } from 'react'
import type { Units } from '#kernel/web/units.ts'
import { useView } from '#kernel/web/view.ts'
import type { PlaceRow, Views } from '../contract.ts'
import { folded } from '../rules/finding.ts'
import { spotOf } from './place.ts'
import { useSettled } from './settled.ts'

const settleMs = 120
const none: readonly PlaceRow[] = []
/** One letter says too little, and a point needs no search. What stands beyond the first 60 signs of a text names no place. */
function asks(text: string): string {
  const asked = folded(text)
  return spotOf(text) !== null || asked.length < (/^[0-9a-z]/.test(asked) ? 2 : 1) ? '' : [...text.trim()].slice(0, 60).join('')
}

/** Places that a text may mean, the best first. What was found stays until the next answer: a list does not blink between two keys. */
export function usePlaces(text: string, near: { lon: number; lat: number } | null): readonly PlaceRow[] {
  const asked = asks(text)
  const q = useSettled(asked, settleMs)
  const params = { q, ...(near && { near: `${near.lon},${near.lat}` }) }
  const { data } = useView<Views['places']>('dispatch', 'places', params, { enabled: q !== '', fresh: 60_000 })
  const [rows, setRows] = useState(none)
  useEffect(() => {
    if (data) setRows(data.rows)
  }, [data])
  return asked === '' ? none : rows
}

/** What a place is and whose area it is looked up under, beside its name. */
export const placeHint = ({ kind, unit, schematic }: PlaceRow, units: Units, t: TFunction): string =>
  [t(`placeKind.${kind}`), units.name(unit), schematic ? t('map.approximate') : ''].filter(Boolean).join(' · ')
