import { useMemo } from 'react'
import type { Area } from '#kernel/web/Schematic.tsx'
import { useView } from '#kernel/web/view.ts'

const none: readonly Area[] = []

/** The areas of the units right below this one; its own where there are none. */
export function useAreas(unit: string, enabled = true): readonly Area[] {
  const { data } = useView<{ areas: readonly Area[] }>('staff', 'boundaries', { unit }, { fresh: 600_000, enabled })
  return useMemo(() => {
    const all = data?.areas ?? none
    const children = all.filter((area) => area.unit !== unit)
    return children.length > 0 ? children : all
  }, [data, unit])
}
