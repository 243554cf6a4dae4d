import { dayOf } from '#kernel/day.ts'
import { ruleOn } from '#kernel/statute.ts'
import type { Level, Row } from '../rules/row.ts'
import { rules } from '../rules/rows.ts'
import type { Asked } from './asked.ts'

type RuleId = (typeof rules)[number]['rule']
const rows: readonly Row[] = rules

/** The wording of a rule in force when this is decided. @throws RangeError for a day on which there is none */
export const lawOn = ({ at }: Pick<Asked, 'at'>, rule: RuleId): Row => ruleOn<Row, RuleId>(rows, rule, dayOf(at))

/** Who approves it at least, and by which article. @throws RangeError where the rule names nobody */
export function approverOn(asked: Pick<Asked, 'at'>, rule: RuleId): { readonly level: Level; readonly article: string } {
  const { approver, article } = lawOn(asked, rule)
  if (approver === undefined) throw new RangeError(`${rule} names nobody who approves`)
  return { level: approver, article }
}
