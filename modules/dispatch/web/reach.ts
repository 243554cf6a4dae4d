import type { Role } from '#kernel/decider.ts'
import { useReached } from '#kernel/web/reach.ts'

const roles: readonly Role[] = ['stationDuty', 'subBureauDuty', 'citySupervisor', 'patrolOfficer', 'callTaker']

/** The unit whose incidents are the reader's own, and every unit at or below the reader's that has incidents. */
export const useReachedUnits = (held: readonly Role[] = roles) => useReached(held)
