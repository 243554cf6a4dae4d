import { useCallback, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from './api.ts'
import { useSession } from './session.tsx'
import type { Apply } from './view.ts'
import { useView } from './view.ts'

/** A unit as the whole house knows it: its name and its place in the tree. */
export interface Unit {
  readonly code: string
  readonly kind: string
  readonly name: string
  readonly parent: string | null
  readonly position: readonly [number, number] | null
  readonly schematic: boolean
  readonly closed: boolean
  /** Syllables and initials of its name. */
  readonly keys: string
}

export interface Units {
  readonly all: readonly Unit[]
  readonly ready: boolean
  /** Why they cannot be read; what stands was read before. */
  readonly failure: Failure | undefined
  readonly again: () => void
  readonly find: (code: string | null | undefined) => Unit | undefined
  /** The name, or the code while the name is not known. */
  readonly name: (code: string | null | undefined) => string
  /** The unit and everything under it. */
  readonly under: (code: string) => readonly Unit[]
}

interface Answer {
  readonly units: readonly Unit[]
}
const apply: Apply<Answer> = (data, change) => {
  const row = change.row as Unit | undefined
  if (row?.code === undefined) return data
  const known = data.units.some((unit) => unit.code === row.code)
  return { units: known ? data.units.map((unit) => (unit.code === row.code ? row : unit)) : [...data.units, row] }
}
const none: readonly Unit[] = []

export function useUnits(): Units {
  const { t } = useTranslation()
  const { me } = useSession()
  const { data, failure, again: read } = useView<Answer>('staff', 'units', {}, { apply, fresh: 300_000, enabled: me?.owes !== true })
  const all = data?.units ?? none
  // The view hands out a new way of asking at each drawing: units are compared by many.
  const asking = useRef(read)
  asking.current = read
  const again = useCallback(() => asking.current(), [])
  return useMemo(() => {
    const byCode = new Map(all.map((unit) => [unit.code, unit]))
    const below = (unit: Unit, code: string): boolean => {
      for (let at: Unit | undefined = unit; at; at = at.parent ? byCode.get(at.parent) : undefined) if (at.code === code) return true
      return false
    }
    return {
      all,
      ready: all.length > 0,
      failure,
      again,
      find: (code) => (code ? byCode.get(code) : undefined),
      name: (code) => (code ? (byCode.get(code)?.name ?? code) : t('shell.noUnit')),
      under: (code) => all.filter((unit) => below(unit, code)),
    }
  }, [all, t, failure, again])
}
