import { Refusal } from '#kernel/decider.ts'
import type { Event } from '../contract.ts'
import type { Execution } from '../contract/execution.ts'
import { situated, suspectOf } from './about.ts'
import { amountOn } from './amounts.ts'
import { type Asked, fromCounty, type Of } from './asked.ts'
import type { ActRule } from './book.ts'
import { begin } from './counting.ts'
import { handling } from './handling.ts'
import { lawOn } from './law.ts'
import { isOpen } from './limits.ts'
import type { Matter } from './matter.ts'
import { executionOf, servedOn } from './serving.ts'

/** A detention that is to be carried out. @throws Refusal */
function detained(matter: Matter, person: string, asked: Asked): Execution & { readonly days: number } {
  const found = servedOn(matter, person, asked)
  const { article } = lawOn(asked, 'dec-level.detention')
  if (found.days === null) throw new Refusal('no-detention', { article })
  if (matter.books.decision[person]?.decided?.withheld)
    throw new Refusal('detention-withheld', { article: amountOn(asked, 'dec-detention.young').article })
  return { ...found, days: found.days }
}

/** 送拘: the lock-up house signs for him. While a request to wait is open or granted he is not brought. */
export function deliverDetainee(matter: Matter, data: Of<'deliverDetainee'>, asked: Asked): Event[] {
  handling(matter, asked)
  const { detention } = detained(matter, data.person, asked)
  const { article } = lawOn(asked, 'ex-suspend.decide')
  if (detention === 'delivered') throw new Refusal('delivered-already', { article })
  if (detention !== 'waiting') throw new Refusal('suspension-open', { article })
  const foreigner = situated(suspectOf(matter, data.person), 'foreigner')
  return [{ type: 'detaineeDelivered', data: { ...data, limits: foreigner ? [begin(asked, 'dec-foreign')] : [] } }]
}

export function askSuspension(matter: Matter, data: Of<'askSuspension'>, asked: Asked): Event[] {
  handling(matter, asked)
  const { detention } = detained(matter, data.person, asked)
  if (detention === 'asked' || detention === 'suspended')
    throw new Refusal('suspension-open', { article: lawOn(asked, 'ex-suspend.decide').article })
  return [{ type: 'suspensionAsked', data: { ...data, limits: [begin(asked, 'ex-suspend.decide')] } }]
}

function requested(matter: Matter, person: string, asked: Asked): Execution & { readonly days: number } {
  const found = detained(matter, person, asked)
  if (found.detention !== 'asked') throw new Refusal('no-suspension-asked', { article: lawOn(asked, 'ex-suspend.decide').article })
  return found
}

/** 暂缓执行行政拘留: against a guarantor or a bond, and not both (AP 224). */
export const suspendDetention: ActRule<'suspendDetention'> = {
  ask(matter, { person, guarantee, guarantor, bond }, asked) {
    const { days } = requested(matter, person, asked)
    const { article } = lawOn(asked, 'ex-suspend.decide')
    const least = amountOn(asked, 'ex-suspend.bond').amount * days
    if ((guarantor !== undefined) !== (guarantee === 'guarantor') || (bond !== undefined) !== (guarantee === 'bond'))
      throw new Refusal('one-guarantee', { field: 'data.act.guarantee', article })
    if (bond !== undefined && bond < least) throw new Refusal('bond-small', { field: 'data.act.bond', article, values: { least } })
    return { level: 'agencyHead', article }
  },
  done(matter, { kind: _kind, ...said }, asked) {
    requested(matter, said.person, asked)
    return [{ type: 'detentionSuspended', data: { ...said, limits: said.bond === undefined ? [] : [begin(asked, 'ex-suspend.bank')] } }]
  },
}

export function refuseSuspension(matter: Matter, data: Of<'refuseSuspension'>, asked: Asked): Event[] {
  requested(matter, data.person, asked)
  if (!fromCounty(matter, asked)) throw new Refusal('agency-heads', { article: lawOn(asked, 'ex-suspend.decide').article })
  return [{ type: 'suspensionRefused', data }]
}

export function endSuspension(matter: Matter, data: Of<'endSuspension'>, asked: Asked): Event[] {
  handling(matter, asked)
  const { detention } = executionOf(matter, data.person)
  if (detention !== 'suspended') throw new Refusal('not-suspended', { article: lawOn(asked, 'ex-suspend.decide').article })
  return [{ type: 'suspensionEnded', data }]
}

export function bankBond(matter: Matter, data: Of<'bankBond'>, asked: Asked): Event[] {
  handling(matter, asked)
  const open = matter.row.limits.some((one) => one.limit.rule === 'ex-suspend.bank' && one.subject === data.person && isOpen(one))
  if (!open) throw new Refusal('no-bond', { article: lawOn(asked, 'ex-suspend.bank').article })
  return [{ type: 'bondBanked', data }]
}

/** The lock-up house asks whether the decision is right: answered within a day (JLS 12). */
export function recordDoubt(matter: Matter, data: Of<'recordDoubt'>, asked: Asked): Event[] {
  handling(matter, asked)
  const { doubted } = detained(matter, data.person, asked)
  if (doubted) throw new Refusal('doubt-open', { article: lawOn(asked, 'ex-wrong').article })
  return [{ type: 'doubtRecorded', data: { ...data, limits: [begin(asked, 'ex-wrong')] } }]
}

export function answerDoubt(matter: Matter, data: Of<'answerDoubt'>, asked: Asked): Event[] {
  if (!executionOf(matter, data.person).doubted) throw new Refusal('no-doubt', { article: lawOn(asked, 'ex-wrong').article })
  return [{ type: 'doubtAnswered', data }]
}
