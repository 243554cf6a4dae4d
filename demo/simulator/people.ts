import type { Role } from '#kernel/decider.ts'
import type { DemoAccount } from '../city.ts'

/** Somebody who may act: his login, and his name as handlers are written down. */
export interface Seat {
  readonly login: string
  readonly name: string
}

/** Who sits where; the maps go by the unit's code. */
export interface People {
  readonly takers: readonly Seat[]
  readonly supervisors: readonly Seat[]
  readonly duty: ReadonlyMap<string, Seat>
  readonly subBureaus: ReadonlyMap<string, Seat>
  readonly patrols: ReadonlyMap<string, Seat>
}

export function peopleOf(accounts: readonly DemoAccount[]): People {
  const of = (role: Role) => accounts.filter((account) => account.role === role)
  const byUnit = (role: Role) => new Map(of(role).map(({ unit, login, name }) => [unit, { login, name }]))
  return {
    takers: of('callTaker'),
    supervisors: of('citySupervisor'),
    duty: byUnit('stationDuty'),
    subBureaus: byUnit('subBureauDuty'),
    patrols: byUnit('patrolOfficer'),
  }
}
