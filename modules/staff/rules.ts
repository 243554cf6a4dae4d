import type { Role } from '#kernel/decider.ts'

export { administrators } from '#kernel/decider.ts'
import type { Command, UnitKind } from './contract.ts'

/** Who may give which command. Opening and entitling are different offices; the third only reads. */
export const allowed = {
  openUnit: ['systemAdministrator'],
  renameUnit: ['systemAdministrator'],
  drawBoundary: ['systemAdministrator'],
  closeUnit: ['systemAdministrator'],
  openAccount: ['systemAdministrator'],
  setPassword: 'self',
  setSecondFactor: 'self',
  removeSecondFactor: 'self',
  resetSecondFactor: ['systemAdministrator'],
  useRecovery: 'system',
  closeAccount: ['systemAdministrator'],
  grant: ['securityAdministrator'],
  revoke: ['securityAdministrator'],
  begin: 'system',
} as const satisfies Record<Command['type'], readonly Role[] | 'self' | 'system'>

/** Of each second factor. */
export const recoveryCodes = 10

/** What a unit may hang under. */
export const parents: Readonly<Record<UnitKind, readonly UnitKind[]>> = {
  bureau: ['bureau'],
  subBureau: ['bureau'],
  station: ['subBureau', 'bureau'],
  centre: ['subBureau', 'bureau'],
  squad: ['subBureau', 'bureau'],
  corps: ['subBureau', 'bureau'],
}

/** Where a role can be held. */
export const placeOf: Readonly<Record<Role, UnitKind>> = {
  callTaker: 'bureau',
  stationDuty: 'station',
  subBureauDuty: 'subBureau',
  citySupervisor: 'bureau',
  patrolOfficer: 'station',
  systemAdministrator: 'bureau',
  securityAdministrator: 'bureau',
  auditAdministrator: 'bureau',
  importer: 'bureau',
}

/** Without one of each at its root a house can no longer be put right by its own people. */
export const indispensable: ReadonlySet<Role> = new Set(['systemAdministrator', 'securityAdministrator'])
