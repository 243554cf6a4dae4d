import { dayOf } from '#kernel/day.ts'
import { type AmountRow, ruleOn } from '#kernel/statute.ts'
import { penaltyRows } from '../rules/penalty.ts'
import { rules } from '../rules/rows.ts'
import type { Asked } from './asked.ts'

const known = [...rules, ...penaltyRows] as const
type AmountId = Extract<(typeof known)[number], { readonly is: 'most' | 'least' }>['rule']
const amounts: readonly AmountRow[] = known.filter((row) => row.is === 'most' || row.is === 'least')

/** How many yuan, days or years the law means on the day of recording. */
export const amountOn = ({ at }: Pick<Asked, 'at'>, rule: AmountId): AmountRow => ruleOn<AmountRow, AmountId>(amounts, rule, dayOf(at))
