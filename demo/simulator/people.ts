import type { Role } from '#kernel/decider.ts'
import type { OfficerRow } from '#modules/dispatch/contract.ts'
import type { DemoAccount } from '../city.ts'

/** Somebody who may act: his login, his name as handlers are written down, and an officer's account. */
export interface Seat {
  readonly login: string
  readonly name: string
  readonly account?: string
}

/** Who sits where; the maps go by the unit's code. */
export interface People {
  readonly takers: readonly Seat[]
  readonly supervisors: readonly Seat[]
  readonly duty: ReadonlyMap<string, Seat>
  readonly subBureaus: ReadonlyMap<string, Seat>
  readonly patrols: ReadonlyMap<string, Seat>
}

export function peopleOf(accounts: readonly DemoAccount[], officers: readonly OfficerRow[]): People {
  const of = (role: Role) => accounts.filter((account) => account.role === role)
  const byUnit = (role: Role) => new Map(of(role).map(({ unit, login, name }): [string, Seat] => [unit, { login, name }]))
  const known = new Map(officers.map(({ unit, name, account }) => [`${unit} ${name}`, account]))
  const officer = (unit: string, seat: Seat): Seat => {
    const account = known.get(`${unit} ${seat.name}`)
    return account === undefined ? seat : { ...seat, account }
  }
  return {
    takers: of('callTaker'),
    supervisors: of('citySupervisor'),
    duty: byUnit('stationDuty'),
    subBureaus: byUnit('subBureauDuty'),
    patrols: new Map([...byUnit('patrolOfficer')].map(([unit, seat]) => [unit, officer(unit, seat)])),
  }
}
