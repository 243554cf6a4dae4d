import { continuedRows } from './continued.ts'
import { decisionRows, hearingRows } from './decision.ts'
import { evidenceRows, shortRows } from './evidence.ts'
import { executionRows, mediationRows } from './execution.ts'
import { intakeRows, switchRows } from './intake.ts'
import { questioningRows } from './questioning.ts'
import { remedyRows } from './remedies.ts'

/** Every dated row of law that a case knows. `ruleOn` finds the one of a day. */
export const rules = [
  ...intakeRows,
  ...switchRows,
  ...questioningRows,
  ...continuedRows,
  ...evidenceRows,
  ...shortRows,
  ...decisionRows,
  ...hearingRows,
  ...executionRows,
  ...mediationRows,
  ...remedyRows,
] as const
