import { Refusal } from '#kernel/decider.ts'
import type { Act } from '../contract/acts.ts'
import type { AppraisalRow } from '../contract/appraisals.ts'
import { appraisalIn, newAppraisal, standStill } from './appraising.ts'
import type { Asked } from './asked.ts'
import type { ActRule } from './book.ts'
import { begin } from './counting.ts'
import { approverOn, lawOn } from './law.ts'
import type { Matter } from './matter.ts'

type Paper = Extract<Act, { kind: 'reappraise' }>

/** Once: neither of an opinion that was made anew already nor of the new one. Who wants it asks within three days of his copy. */
function doubted(matter: Matter, { appraisal, order, asker, askedAt }: Paper, asked: Asked): AppraisalRow {
  const row = appraisalIn(matter, appraisal, ['received'], asked)
  const { article } = lawOn(asked, 'ev-appraisal.again')
  if (row.again !== null || matter.books.evidence.appraisals.some(({ again }) => again === appraisal))
    throw new Refusal('appraised-again', { article })
  newAppraisal(matter, order)
  if (asker === undefined) return row
  const until = row.copies.find(({ person }) => person === asker)?.until
  if (until == null) throw new Refusal('copy-first', { field: 'data.act.asker', article })
  const when = askedAt === undefined ? asked.at : new Date(askedAt).toISOString()
  if (when > asked.at) throw new Refusal('in-future', { field: 'data.act.askedAt' })
  if (when >= until) throw new Refusal('asked-late', { field: 'data.act.askedAt', article })
  return row
}

/** 重新鉴定: by other experts, approved at county level; who had asked for it in vain is told within three days. */
export const reappraise: ActRule<'reappraise'> = {
  ask(matter, act, asked) {
    doubted(matter, act, asked)
    return approverOn(asked, 'ev-appraisal.again')
  },
  done(matter, act, asked) {
    // It was asked for in time; how long the approval took is not the asker's affair.
    const { asker: _asker, ...paper } = act
    const { kind, person, sample, issue } = doubted(matter, paper, asked)
    const about = { ...(person !== null && { person }), ...(sample !== null && { sample }) }
    return [
      {
        type: 'appraisalOrdered',
        data: { appraisal: act.order, appraisalKind: kind, ...about, agency: act.agency, issue, again: act.appraisal, limits: [] },
      },
      ...standStill(matter, sample, asked),
    ]
  },
  declined: (_matter, { appraisal, asker }, asked) =>
    asker === undefined
      ? []
      : [{ type: 'reappraisalRefused', data: { appraisal, person: asker, limit: begin(asked, 'ev-appraisal.refused') } }],
}
