import { useMemo } from 'react'
import { type Apply, useView, type ViewState } from '#kernel/web/view.ts'
import type { Views } from '../contract.ts'

export type Whole = Views['matter']

/** The whole record is read again: a frame carries no trace. */
const onMatter =
  (id: string): Apply<Whole> =>
  (data, change) =>
    change.stream !== id ? data : change.gone ? 'gone' : null

/** One matter whole, kept true. */
export function useWhole(id: string): ViewState<Whole> {
  const apply = useMemo(() => onMatter(id), [id])
  return useView<Whole>('cases', 'matter', { id }, { apply })
}
