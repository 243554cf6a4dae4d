import { useMemo } from 'react'
import type { Role } from '#kernel/decider.ts'
import type { Option } from './Combobox.tsx'
import { unitsOf, useMe } from './session.tsx'
import { type Unit, type Units, useUnits } from './units.ts'

/** Units as a person looks for them: by name, code, or the name of what they belong to. */
export const unitOptions = (units: Units, keep: (unit: Unit) => boolean): readonly Option[] =>
  units.all
    .filter((unit) => !unit.closed && keep(unit))
    .map((unit) => ({ value: unit.code, label: unit.name, hint: `${unit.parent ? units.name(unit.parent) : ''} ${unit.code}`.trim() }))

/** The unit whose records are the reader's own by these roles, and every unit at or below the reader's that has records. */
export function useReached(held: readonly Role[]): { readonly own: string; readonly options: readonly Option[] } {
  const me = useMe()
  const units = useUnits()
  return useMemo(() => {
    const own = unitsOf(me, held)
    const reach = new Set(own.flatMap((code) => units.under(code).map((one) => one.code)))
    const options = unitOptions(units, (one) => reach.has(one.code) && ['bureau', 'subBureau', 'station'].includes(one.kind))
    return { own: own[0] ?? me.unit, options }
  }, [me, units, held])
}
