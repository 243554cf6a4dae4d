import { useNavigate, useSearch } from '@tanstack/react-router'
import { type ComponentType, useCallback, useSyncExternalStore } from 'react'
import type { z } from 'zod'
import type { Role } from '#kernel/decider.ts'

export type Load = () => Promise<{ default: ComponentType }>

/** What a module shows. `nav` is the words key of its entry in the navigation; without it the screen is reached from others. */
export interface Screen {
  readonly path: string
  readonly title: string
  readonly nav: boolean
  /** Who may use it: others see who may. `everyone` is whoever is logged in, also without a grant; `anyone` needs no log-in and stands alone. */
  readonly roles: readonly Role[] | 'everyone' | 'anyone'
  /** Where an administrator is taken who owes a second factor. */
  readonly early?: true
  /** What of the screen's state lives in the address. */
  readonly search?: z.ZodType<object>
  readonly load: Load
  /** It has no part of Ant Design and comes without its script: what officers carry about. */
  readonly plain?: true
}

/** Runs on every page while somebody of these roles is logged in: an alarm must not depend on which page is open. Without parts of Ant Design. */
export interface Watch {
  readonly roles: readonly Role[]
  readonly load: Load
}

/** The typed part of the address that a screen owns, and how to change it. */
export function useAddress<Search extends object>(schema: z.ZodType<Search>): readonly [Search, (change: Partial<Search>) => void] {
  const raw: unknown = useSearch({ strict: false })
  const navigate = useNavigate()
  const parsed = schema.safeParse(raw)
  const search = parsed.success ? parsed.data : schema.parse({})
  const change = useCallback(
    (part: Partial<Search>) => {
      const next = (before: object) => {
        const entries = Object.entries({ ...before, ...part }).filter(([, value]) => value !== undefined && value !== '')
        return Object.fromEntries(entries)
      }
      void navigate({ to: '.', search: next as never, replace: true })
    },
    [navigate],
  )
  return [search, change]
}

const phone = matchMedia('(max-width: 760px)')
const watchPhone = (watcher: () => void) => {
  phone.addEventListener('change', watcher)
  return () => phone.removeEventListener('change', watcher)
}
/** Phone width: one column, lists instead of grids, actions at the thumb. */
export const useNarrow = (): boolean => useSyncExternalStore(watchPhone, () => phone.matches)
