import { useEffect } from 'react'
import type { Apply, ViewState } from '#kernel/web/view.ts'
import { useView } from '#kernel/web/view.ts'
import { useMe, useSession } from '#kernel/web/session.tsx'
import type { Units } from '#kernel/web/units.ts'
import type { Views } from '../contract.ts'
import type { DeskRow } from '../contract/shift.ts'
import { rungBellMs } from '../rules/ladder.ts'

const ofShift = (stream: string): boolean => stream.startsWith('shift:')
/** A shift has no row of its own on the live line: what changed is read again. */
const onStaffing: Apply<Views['staffing']> = (data, change) => (ofShift(change.stream) ? null : data)
const onDesk: Apply<Views['desk']> = (data, change) => (ofShift(change.stream) ? null : data)

export const useStaffing = (unit: string, pace?: number): ViewState<Views['staffing']> =>
  useView<Views['staffing']>('dispatch', 'staffing', { unit }, { apply: onStaffing, ...(pace !== undefined && { pace }) })

export const useDesk = (unit: string, pace?: number): ViewState<Views['desk']> =>
  useView<Views['desk']>('dispatch', 'desk', { unit }, { apply: onDesk, ...(pace !== undefined && { pace }) })

/** The server takes so long, in milliseconds, to see a session anew. */
const settledMs = 1200
/** The session says whether its person is on shift: asked for again when the desk says otherwise. */
export function useOnShift(on: boolean | undefined): void {
  const { again } = useSession()
  const { onShift } = useMe()
  useEffect(() => {
    if (on === undefined || on === onShift) return
    const timer = setTimeout(again, settledMs)
    return () => clearTimeout(timer)
    // oxlint-disable-next-line react/exhaustive-deps -- the session hands out a new way of asking with each answer
  }, [on, onShift])
}

export type DeskState = 'silent' | 'ended' | 'offered' | 'staffed' | 'unstaffed'
export function stateOf(shift: DeskRow['shift']): DeskState {
  if (shift === null) return 'unstaffed'
  if (shift.ended !== null) return shift.ended.next === null ? 'ended' : 'unstaffed'
  if (shift.silent !== null) return 'silent'
  return shift.offered === null ? 'staffed' : 'offered'
}

/** What the desks directly below a unit alarm it of: silence for as long as it lasts, an end without anybody while it rings. */
export function alarms(rows: readonly DeskRow[], unit: string, { units, now }: { units: Units; now: number }) {
  return rows.flatMap(({ unit: code, shift }) => {
    if (shift === null || units.find(code)?.parent !== unit) return []
    const state = stateOf(shift)
    const at = state === 'silent' ? shift.silent?.at : state === 'ended' ? shift.ended?.at : undefined
    if (at === undefined) return []
    const rings = now - Date.parse(at) < rungBellMs
    const since = shift.silent?.since ?? at
    return state === 'silent' || rings ? [{ unit: code, state, since, rings }] : []
  })
}
