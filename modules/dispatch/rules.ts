import { z } from 'zod'
import type { Role } from '#kernel/decider.ts'
import type { Settings } from '#kernel/settings.ts'
import { rungSettings } from './rules/ladder.ts'
import { waitSettings } from './rules/waiting.ts'
import { deskRoles, presenceSettings } from './rules/shift.ts'

/**
 * Values of the dispatch road as dated rows: the last row that has begun is in force.
 * None of them is statutory: the national 110 rules (公通字〔2003〕31号) give no minutes, so all are settings of the house.
 */

export type { Priority } from './rules/kinds/row.ts'

/** A board shows at most this many open incidents, the newest. */
export const boardRows = 500
/** A call taker's own list shows at most this many incidents, the newest. */
export const mineRows = 100
/** A page of what a search finds. */
export const searchRows = 60

/** As many places as a list beside a field shows. */
export const placeRows = 12

/** An unsent form is kept this long. */
export const draftHours = 24

/** What a force may set. */
export const settings = {
  /** A patrol that has not said for so long where it is stands on no map. */
  patrolMinutes: { schema: z.int().min(1).max(720), measure: 'minutes', value: 60, source: null, verified: 'no' },
  ...rungSettings,
  ...waitSettings,
  ...presenceSettings,
} as const satisfies Settings

/** Where the bands of receipts end, in seconds; whoever signs within the first has signed in time. */
export const receiptBands = [30, 60, 180] as const
/**
 * Where the bands of arrivals (from the call) and of feedback (from the arrival) end, in seconds. Not law: arrivals within 5 and over 30 minutes and feedback
 * within 30 minutes, in 1 to 2 and over 4 hours are the bands of the Ankang 110 bulletins; 10 minutes is what a provincial rule of 110 (art. 23) asks at a
 * town's outskirts.
 */
export const arrivalBands = [300, 600, 1800] as const
export const feedbackBands = [1800, 3600, 7200, 14_400] as const
/** Statistics are of the last days by default, and of at most so many. */
export const statisticsDays = { usual: 7, most: 31 } as const
/** The wall's hour is the last sixty minutes: one that begins at the full hour would be empty when it strikes. */
export const wallMinutes = 60
/** The slowest lines that the wall names. */
export const slowestLines = 6
/** The wall's map shows at most this many open incidents, the newest. */
export const wallSpots = 500

const taker: readonly Role[] = ['callTaker']
const station: readonly Role[] = ['stationDuty', 'importer']
const scene: readonly Role[] = ['stationDuty', 'patrolOfficer', 'importer']
const leads: readonly Role[] = ['subBureauDuty', 'citySupervisor']
export const everyone: readonly Role[] = ['callTaker', 'stationDuty', 'subBureauDuty', 'citySupervisor', 'patrolOfficer']

/** Whose screens acknowledge what they have painted. */
export const answering: readonly Role[] = ['stationDuty', 'subBureauDuty']

/** Whose screens ring: for lines of their own, and for what climbs to them. */
export const rung: readonly Role[] = [...answering, 'citySupervisor']

/** Who may give each command. `system`: only the house itself, from screens' receipts and reactions. */
export const allowed = {
  open: [...taker, 'importer'],
  addCall: [...taker, 'importer'],
  locate: ['callTaker', 'stationDuty', ...leads],
  acknowledge: 'system',
  route: 'system',
  climb: 'system',
  lapse: 'system',
  sign: ['stationDuty', 'subBureauDuty'],
  assign: [...station, 'subBureauDuty'],
  depart: scene,
  arrive: scene,
  clear: scene,
  feedback: scene,
  close: [...station, 'subBureauDuty'],
  sendBack: leads,
  transfer: ['stationDuty', ...leads],
  cancel: ['callTaker', 'citySupervisor'],
  urge: leads,
  note: everyone,
  correct: ['callTaker', 'stationDuty', ...leads],
  setKind: ['securityAdministrator'],
  retireKind: ['securityAdministrator'],
  setPlace: ['systemAdministrator'],
  retirePlace: ['systemAdministrator'],
  setBell: ['systemAdministrator'],
  retireBell: ['systemAdministrator'],
  recordBell: 'system',
  startShift: deskRoles,
  joinShift: deskRoles,
  leaveShift: deskRoles,
  handOver: deskRoles,
  takeOver: deskRoles,
  endShift: deskRoles,
  noteSilence: 'system',
  noteBack: 'system',
  planDrill: leads,
  cancelDrill: leads,
  signDrill: ['stationDuty', 'subBureauDuty'],
  passDrill: 'system',
  deliverDrill: 'system',
  planSeries: leads,
  endSeries: leads,
  runSeries: 'system',
} as const satisfies Record<string, readonly Role[] | 'system'>
