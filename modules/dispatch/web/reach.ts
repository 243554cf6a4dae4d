import { useMemo } from 'react'
import type { Role } from '#kernel/decider.ts'
import type { Option } from '#kernel/web/Combobox.tsx'
import { unitsOf, useMe } from '#kernel/web/session.tsx'
import { useUnits } from '#kernel/web/units.ts'
import { unitOptions } from './offers.tsx'

const roles: readonly Role[] = ['stationDuty', 'subBureauDuty', 'citySupervisor', 'patrolOfficer', 'callTaker']

/** The unit whose incidents are the reader's own, and every unit at or below the reader's that has incidents. */
export function useReachedUnits(held: readonly Role[] = roles): { readonly own: string; readonly options: readonly Option[] } {
  const me = useMe()
  const units = useUnits()
  return useMemo(() => {
    const own = unitsOf(me, held)
    const reach = new Set(own.flatMap((code) => units.under(code).map((one) => one.code)))
    const options = unitOptions(units, (one) => reach.has(one.code) && ['bureau', 'subBureau', 'station'].includes(one.kind))
    return { own: own[0] ?? me.unit, options }
  }, [me, units, held])
}
