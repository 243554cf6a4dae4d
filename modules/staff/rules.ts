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

/**
 * Boundaries fit when less than this share of an area, in per cent, is not as it should be: neighbours drawn from different maps differ by so much along their
 * border. The made-up districts of the demonstration, simplified each on its own, differ by up to 0.07.
 */
export const tolerance = 0.1

/** The kinds of unit that together cover the area of the unit above them. */
export const covering: ReadonlySet<UnitKind> = new Set(['subBureau', 'station'])
