import { Refusal } from '#kernel/decider.ts'
import type { Event } from '../contract.ts'
import { amountOn } from './amounts.ts'
import type { Asked, Of } from './asked.ts'
import type { ActRule } from './book.ts'
import { beginFor } from './counting.ts'
import { handling } from './handling.ts'
import { lawOn } from './law.ts'
import type { Matter } from './matter.ts'
import { servedOn } from './serving.ts'

const day = 86_400_000

/** 加处罚款: so many percent for each day begun after the end of the time to pay, at most the fine itself (PEN 72). In yuan, rounded down. */
export function lateFee({ row }: Matter, person: string, fine: number, asked: Asked): number {
  const running = row.limits.findLast(({ limit, subject }) => limit.rule === 'ex-fine.pay' && subject === person)
  const late = running === undefined ? 0 : Math.max(0, Math.ceil((Date.parse(asked.at) - Date.parse(running.limit.due)) / day))
  return Math.min(fine, Math.floor((fine * late * amountOn(asked, 'ex-fine.late').amount) / 100))
}

function unpaid(matter: Matter, person: string, asked: Asked): number {
  const { fine, paid } = servedOn(matter, person, asked)
  const { article } = lawOn(asked, 'ex-fine.pay')
  if (fine === null) throw new Refusal('no-fine', { article })
  if (paid !== null) throw new Refusal('paid-already', { article })
  return fine
}

export function payFine(matter: Matter, data: Of<'payFine'>, asked: Asked): Event[] {
  handling(matter, asked)
  const fine = unpaid(matter, data.person, asked)
  const late = lateFee(matter, data.person, fine, asked)
  if (data.amount !== fine + late)
    throw new Refusal('payment-differs', {
      field: 'data.amount',
      article: lawOn(asked, 'ex-fine.late').article,
      values: { owed: fine + late },
    })
  return [{ type: 'finePaid', data: { ...data, late } }]
}

/** 延期缴纳: on his request, by the agency, while the time to pay has not run out (PEN 66). */
export const deferFine: ActRule<'deferFine'> = {
  ask(matter, { person }, asked) {
    unpaid(matter, person, asked)
    const { article } = lawOn(asked, 'ex-fine.pay')
    const running = matter.row.limits.findLast(({ limit, subject }) => limit.rule === 'ex-fine.pay' && subject === person)
    if (running === undefined || asked.at > running.limit.due) throw new Refusal('limit-over', { article })
    return { level: 'agencyHead', article }
  },
  done(matter, { person, days }, asked) {
    unpaid(matter, person, asked)
    return [{ type: 'fineDeferred', data: { person, limits: [beginFor(asked, 'ex-fine.pay', days)] } }]
  },
}
