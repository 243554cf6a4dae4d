import { z } from 'zod'
import type { Setting, Settings } from '#kernel/settings.ts'
import type { Level } from './row.ts'

const yesNo = (source: string): Setting => ({ schema: z.int().min(0).max(1), measure: 'yesNo', value: 0, source, verified: 'no' })

/** What lawyers have to decide. 0, where nobody has: the strict reading. A row of law names its setting under `otherwise`. */
export const legalSettings = {
  /** 1: the two days of the penalties law are working days. It has no such clause itself, the general law says so of itself only. */
  twoDaysWorking: yesNo('PSL25 4, 116, 124; PEN 85'),
  /** 1: seven days of which the general law and the police rules both speak are working days. */
  sevenDaysWorking: yesNo('PEN 56, 61, 85; AP 36, 110'),
  /** 1: the seven days between notice and hearing are calendar days. */
  hearingNoticeCalendar: yesNo('PEN 64, 85'),
  /** 1: a department head may approve questioning of twelve or twenty-four hours. The law names nobody. */
  departmentHeadApproves: yesNo('PSL25 97'),
  /** 1: the case-handling area of the unit is a standard, strictly run venue, where one officer may act. */
  standardVenue: yesNo('PSL25 108'),
  /** 1: the government of the city alone reviews what a sub-bureau decided; 0: that of the district is named too. */
  cityReviewsAlone: yesNo('REV 24'),
} as const satisfies Settings

/** Who approves `q-12h` and `q-24h` at least. */
export const longQuestioningApprover = (departmentHeadApproves: number): Level =>
  departmentHeadApproves === 1 ? 'departmentHead' : 'countyHead'
