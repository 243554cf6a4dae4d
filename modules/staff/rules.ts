import { z } from 'zod'
import type { Role } from '#kernel/decider.ts'
import type { Settings } from '#kernel/settings.ts'

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
  setCalendar: ['securityAdministrator'],
  begin: 'system',
} as const satisfies Record<Command['type'], readonly Role[] | 'self' | 'system'>

/** What a force may set. GB/T 22239-2019 8.1.4.1 asks that idle sessions end and gives no number. */
export const settings = {
  /** A screen left alone so long is logged out; an open live stream counts as use. */
  idleMinutes: { schema: z.int().min(5).max(240), measure: 'minutes', value: 60, source: 'GB/T 22239-2019 8.1.4.1', verified: 'no' },
  /** A duty shift of 12 hours and its hand-over. */
  sessionHours: { schema: z.int().min(1).max(24), measure: 'hours', value: 14, source: null, verified: 'no' },
} as const satisfies Settings

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
export const placesOf: Readonly<Record<Role, readonly UnitKind[]>> = {
  callTaker: ['bureau'],
  stationDuty: ['station'],
  subBureauDuty: ['subBureau'],
  citySupervisor: ['bureau'],
  patrolOfficer: ['station'],
  caseOfficer: ['station', 'squad', 'subBureau'],
  unitHead: ['station', 'squad', 'subBureau', 'bureau'],
  legalReviewer: ['station', 'squad', 'subBureau', 'bureau'],
  systemAdministrator: ['bureau'],
  securityAdministrator: ['bureau'],
  auditAdministrator: ['bureau'],
  importer: ['bureau'],
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
