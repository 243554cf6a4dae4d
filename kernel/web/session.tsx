import { createContext, type Dispatch, type ReactNode, type SetStateAction, useContext, useEffect, useMemo, useRef, useState } from 'react'
import type { Grant, Role } from '#kernel/decider.ts'
import { ask, ended, type Failure, failed, locked } from './api.ts'
import { onChanged, useLocking } from './attended.ts'
import { enter, leave, regranted, useConnection, views } from './live.ts'
import { outbox } from './outbox.ts'

export interface Me {
  readonly account: string
  readonly login: string
  readonly name: string
  readonly unit: string
  readonly grants: readonly Grant[]
  /** Null: none. `left`: recovery codes that have not been used. */
  readonly secondFactor: { readonly left: number } | null
  /** An administrator without a second factor: everything but setting it up is refused. */
  readonly owes: boolean
  /** Has a desk's shift: after `idleMinutes` without a hand on it this browser locks, and is not logged out. */
  readonly onShift: boolean
  readonly locked: boolean
  readonly idleMinutes: number
  readonly position: number
  readonly demo: boolean
}

/** One of one's own sessions, as `GET /sessions` answers; `device` is what the browser calls itself, `own` the session that asks. */
export interface OwnSession {
  readonly id: string
  readonly device: string
  readonly since: string
  readonly seen: string
  readonly own: boolean
}

/** `undefined` while nobody knows; `null` when nobody is logged in. */
export interface Session {
  readonly me: Me | null | undefined
  readonly failure: Failure | undefined
  readonly logIn: (login: string, password: string, oneTimeCode?: string) => Promise<Failure | null>
  readonly logOut: () => Promise<void>
  readonly again: () => void
}

const Current = createContext<Session | null>(null)

export function useSession(): Session {
  const session = useContext(Current)
  if (!session) throw new Error('outside of SessionProvider')
  return session
}

/** Only below the shell, where somebody is logged in. */
export function useMe(): Me {
  const { me } = useSession()
  if (!me) throw new Error('nobody is logged in')
  return me
}

export const holds = (me: Me, roles: readonly Role[]): boolean => me.grants.some((grant) => roles.includes(grant.role))
/** The units at which these roles are held, own unit first. */
export const unitsOf = (me: Me, roles: readonly Role[]): readonly string[] => {
  const units = me.grants.filter((grant) => roles.includes(grant.role)).map((grant) => grant.unit)
  return [...new Set(units)].sort((a, b) => Number(b === me.unit) - Number(a === me.unit))
}

const stateOf = ({ onShift, locked, idleMinutes, ...me }: Me): string => JSON.stringify([grantsOf(me), onShift, locked, idleMinutes])
const grantsOf = ({ account, grants }: Pick<Me, 'account' | 'grants'>): string => JSON.stringify([account, grants])
/** How long until the session is asked for again where nobody has answered. */
const againMs = 1000

/** Keeps the session's grants, and whether it is locked, those of now. What was read with other grants does not stay; screens that are no longer this person's have gone before. */
function useGrants(me: Me | null | undefined, setMe: Dispatch<SetStateAction<Me | null | undefined>>): void {
  useEffect(() => {
    let waiting: ReturnType<typeof setTimeout> | undefined
    const look = () => {
      clearTimeout(waiting)
      void ask<Me>('GET', '/session').then((answer) => {
        if (!failed(answer)) setMe((before) => (before && stateOf(before) !== stateOf(answer) ? answer : before))
        else if (answer.unanswered) waiting = setTimeout(look, againMs)
      })
    }
    regranted.add(look)
    locked.add(look)
    const off = onChanged(look)
    return () => {
      clearTimeout(waiting)
      regranted.delete(look)
      locked.delete(look)
      off()
    }
  }, [setMe])
  const grants = me ? grantsOf(me) : null
  const held = useRef<string | null>(null)
  useEffect(() => {
    if (held.current !== null && grants !== null && held.current !== grants) void views.resetQueries()
    held.current = grants
  }, [grants])
}

export function SessionProvider({ children }: { children: ReactNode }) {
  const [me, setMe] = useState<Me | null | undefined>(undefined)
  const [failure, setFailure] = useState<Failure | undefined>(undefined)
  const [turn, setTurn] = useState(0)
  // `turn` asks again.
  useEffect(() => {
    let on = true
    void ask<Me>('GET', '/session').then((answer) => {
      if (!on) return
      if (!failed(answer)) setMe(answer)
      else if (answer.status === 401) setMe(null)
      setFailure(failed(answer) && answer.status !== 401 ? answer : undefined)
    })
    return () => {
      on = false
    }
  }, [turn])
  useEffect(() => {
    const over = () => {
      leave()
      outbox.leave()
      views.clear()
      setMe(null)
    }
    ended.add(over)
    return () => {
      ended.delete(over)
    }
  }, [])
  useGrants(me, setMe)
  useLocking(me)
  useEffect(() => {
    if (!me || me.owes) return
    enter(me.position)
    outbox.enter(me.account)
  }, [me])
  const { state } = useConnection()
  // The line is back: what waited for it does not wait for its pause.
  useEffect(() => {
    if (state === 'live') outbox.hurry()
  }, [state])
  const session = useMemo<Session>(
    () => ({
      me,
      failure,
      logIn: async (login, password, oneTimeCode) => {
        const answer = await ask<Me>('POST', '/session', { login, password, ...(oneTimeCode !== undefined && { oneTimeCode }) })
        if (failed(answer)) return answer
        setMe(answer)
        return null
      },
      logOut: async () => {
        await outbox.forget()
        await ask('DELETE', '/session')
        leave()
        views.clear()
        setMe(null)
      },
      again: () => setTurn((before) => before + 1),
    }),
    [me, failure],
  )
  return <Current.Provider value={session}>{children}</Current.Provider>
}
