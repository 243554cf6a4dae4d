import type { Command, PenaltyRow } from '#modules/cases/contract.ts'
import type { Penalty } from '#modules/cases/contract/decision.ts'
import type { Execution } from '#modules/cases/contract/execution.ts'
import { dice } from '../dice.ts'
import type { CaseCourse } from './course.ts'
import { ask, by, had, person, type Scene, type Thought } from './scene.ts'
import { reasons, toldOf } from './told.ts'

const day = 86_400_000

/** The first of these persons about whom somebody has something to do, or to wait for. */
function firstOf(rows: readonly PenaltyRow[], thinks: (row: PenaltyRow) => Thought): Thought {
  for (const row of rows) {
    const thought = thinks(row)
    if (thought !== undefined) return thought
  }
  return undefined
}

/** From the draft to the decision, for each suspect. */
export const penalising = (scene: Scene): Thought =>
  firstOf(scene.view.penalties, ({ person: who, penalty, execution }) => {
    if (execution !== null) return undefined
    if (penalty === null) return by('officer', { type: 'draftPenalty', data: { person: who, ...drafted(scene) } })
    return told(scene, who, penalty) ?? heard(scene, who, penalty) ?? reviewed(scene, who, penalty) ?? decided(scene, who)
  })

const penaltyOf: Readonly<Record<CaseCourse['ending'], Pick<Penalty['draft'], 'penalties' | 'fine' | 'days'>>> = {
  warning: { penalties: ['warning'] },
  fine: { penalties: ['fine'], fine: 300 },
  heavy: { penalties: ['detention', 'fine'], days: 10, fine: 5000 },
  detention: { penalties: ['detention'], days: 5 },
  youth: { penalties: ['detention'], days: 5 },
  none: { penalties: ['none'] },
  terminated: { penalties: ['none'] },
  criminal: { penalties: ['none'] },
}
function drafted({ view, course }: Scene) {
  const { article, facts } = toldOf(view.row.cause)
  return { ...penaltyOf[course.ending], article, facts, ...(course.complex && { complex: true }) }
}

function told(scene: Scene, who: string, { draft, notice, defence }: Penalty): Thought {
  if (draft.penalties.includes('none')) return undefined
  const guardian = person(scene, 'guardian')?.personName
  if (notice === null)
    return by('officer', { type: 'noticePenalty', data: { person: who, path: 'told', ...(guardian !== undefined && { guardian }) } })
  if (defence !== null) return undefined
  const statement = '称对方也有过错，且自己已经赔偿，请求从轻处理。'
  const recheck = '经复核，赔偿属实，已在裁量时考虑；对方过错没有证据证明。'
  return by('officer', {
    type: 'recordDefence',
    data: scene.course.contests ? { person: who, said: 'statement', statement, recheck } : { person: who, said: 'nothing' },
  })
}

/** Where there is a right to a hearing: it is done without, asked for and given up, or waited for. */
function heard({ course, now }: Scene, who: string, { notice, hearing }: Penalty): Thought {
  if (notice === null || !notice.hearing) return undefined
  const reviewer = (command: Command) => by('reviewer', command)
  switch (hearing?.state) {
    case undefined:
      return by('officer', { type: 'hearingWish', data: { person: who, wish: course.hearing === 'waived' ? 'waives' : 'asks' } })
    case 'asked':
      return reviewer({ type: 'answerHearing', data: { person: who, answer: 'accepted', reason: reasons.hearing } })
    case 'accepted': {
      const on = new Date(Math.ceil(now / day) * day + 12 * day + 6.5 * 3_600_000).toISOString()
      return reviewer({ type: 'arrangeHearing', data: { person: who, on, place: '分局法制支队听证室' } })
    }
    case 'arranged':
      if (course.hearing === 'held') return null
      return reviewer({ type: 'endHearing', data: { person: who, course: 'withdrawn', record: '当事人书面撤回听证申请。' } })
    default:
      return undefined
  }
}

function reviewed({ course }: Scene, who: string, { draft, review, discussed }: Penalty): Thought {
  const asks = course.reviewed || draft.complex === true
  if (review === null) {
    if (asks) return by('officer', { type: 'askReview', data: { person: who } })
  } else if (review.state === 'returned') return by('officer', { type: 'askReview', data: { person: who, corrected: reasons.corrected } })
  else if (review.state === 'asked') {
    const returned = course.faulted && review.round === 1
    const data = returned
      ? ({ conclusion: 'returned', findings: [{ item: 'facts', finding: reasons.finding }] } as const)
      : ({ conclusion: 'passed', findings: [] } as const)
    return by('reviewer', { type: 'reviewPenalty', data: { person: who, conclusion: data.conclusion, findings: [...data.findings] } })
  }
  if (draft.complex !== true || discussed !== null) return undefined
  const record = { present: '局长、分管副局长、法制部门负责人', agreed: '一致同意拟处罚意见。' }
  return by('chief', { type: 'discussPenalty', data: { person: who, ...record } })
}

const decided = (scene: Scene, who: string): Thought =>
  ask({ kind: 'decidePenalty', person: who }, had(scene, 'approvalDeclined') ? reasons.again : reasons.decide)

/** What was decided is served and carried out. */
export const executing = (scene: Scene): Thought =>
  firstOf(scene.view.penalties, ({ person: who, penalty, execution }) => {
    if (execution === null) return undefined
    return served(scene, who, execution) ?? paid(scene, who, execution) ?? detained(scene, who, execution, penalty)
  })

function served({ view }: Scene, who: string, { effective, copies }: Execution): Thought {
  const officer = (to: object) => by('officer', { type: 'serveDecision', data: { person: who, service: 'announced', ...to } })
  if (effective === null) return officer({})
  const victim = view.persons.find(({ id, roles }) => id !== who && roles.includes('victim') && !copies.includes(id))
  return victim && officer({ to: victim.id, service: 'handed' })
}

function paid({ course, view }: Scene, who: string, { fine, paid: payment }: Execution): Thought {
  if (fine === null || payment !== null) return undefined
  if (course.unpaid) return null
  return by('officer', {
    type: 'payFine',
    data: { person: who, amount: fine, receipt: `京财罚〔${view.row.registered.slice(0, 4)}〕电子票据` },
  })
}

/** Brought to the lock-up house, unless he may wait for what a remedy brings. */
function detained(scene: Scene, who: string, { days, family, detention, bond }: Execution, penalty: Penalty | null): Thought {
  const { course, view } = scene
  if (days === null) return undefined
  const roll = dice('house', view.row.id)
  if (!family) return by('officer', { type: 'tellOfDetention', data: { person: who, family: 'told', whom: '其父' } })
  if (penalty?.decided?.withheld || detention === 'delivered') return undefined
  if (detention === 'waiting' && course.suspension !== 'none' && !had(scene, 'suspensionAsked'))
    return by('officer', { type: 'askSuspension', data: { person: who, suspension: 'remedy', reason: reasons.suspension } })
  if (detention === 'asked')
    return course.suspension === 'granted'
      ? ask({ kind: 'suspendDetention', person: who, guarantee: 'bond', bond: 5000 }, reasons.suspension)
      : by('chief', { type: 'refuseSuspension', data: { person: who, reason: reasons.suspensionRefused } })
  if (detention === 'suspended')
    return bond !== null && !had(scene, 'bondBanked')
      ? by('officer', { type: 'bankBond', data: { person: who, receipt: `保证金收据第 ${roll.whole(100, 999)} 号` } })
      : null
  const receipt = `拘执回〔${view.row.registered.slice(0, 4)}〕${roll.whole(10, 399)} 号`
  return by('officer', { type: 'deliverDetainee', data: { person: who, house: '东城区拘留所', receipt } })
}
