import type { AmountRow, DutyRow, Extending, LimitRow } from '#kernel/statute.ts'

/** Who approves, from below: the head of a station or department, of the agency (公安机关), at county level or above, the agency above. */
export const levels = ['stationHead', 'departmentHead', 'agencyHead', 'countyDutyHead', 'countyHead', 'nextHigher'] as const
export type Level = (typeof levels)[number]

type Approved<R> = R & { readonly approver?: Level }
/**
 * A row of the law facts, sections 3 to 7 and 13. `facts`: its id there where the wordings of one rule have two. `ended`: the switch of section 7 that ended this
 * wording. Where several laws are named, it is in force from when the last of them is.
 */
export type Row = (
  | Approved<LimitRow & { readonly extension?: Extending & { readonly approver: Level }; readonly trigger: Trigger }>
  | Approved<DutyRow>
  | Approved<AmountRow>
) & { readonly facts?: string; readonly ended?: 'ver-start' | 'ver-question' | 'ver-av' | 'ver-money' }

/** What a limit is counted from. Words: `limit.trigger.<trigger>`. */
export const triggers = [
  'report', 'mail', 'undetermined', 'otherUnits', 'handedOver', 'handled', 'acceptance', 'filing', 'arrival', 'request', 'act', 'appraisalOrder', 'appraisalReceived',
  'copyReceived', 'decision', 'claimNotice', 'publicNotice', 'rightsTold', 'hearingNotice', 'detained', 'actEnded', 'served', 'reminder', 'termEnded', 'collected',
  'turnedIn', 'bondReceived', 'doubted', 'firstFailed', 'death', 'autopsy', 'resultTold', 'petition', 'transferred', 'petitionAccepted', 'petitionAnswered',
  'reviewAsked', 'reviewAccepted', 'reviewServed', 'knew',
] as const // biome-ignore format: many short words
export type Trigger = (typeof triggers)[number]

/** Since when which law is in force. The administrative rules are taken from their change of 2020, before which no case is kept here. */
export const psl25 = { from: '2026-01-01', until: null } as const
/** Until the law of 2025: under the rules of 2020, or the penalty law of 2021. */
export const old = { from: '2020-08-06', until: '2025-12-31' } as const
export const oldPen = { from: '2021-07-15', until: '2025-12-31' } as const
export const ap = { from: '2020-08-06', until: null } as const
export const cp = { from: '2020-09-01', until: null } as const
export const pen = { from: '2021-07-15', until: null } as const
/** Of 2015, without a day of its own: in force by then. */
export const ro = { from: '2016-01-01', until: null } as const
export const rf = { from: '2024-01-01', until: null } as const
export const cq = { from: '2004-10-01', until: null } as const
export const rev = { from: '2024-01-01', until: null } as const
export const pet = { from: '2022-05-01', until: null } as const
