import { beginning, sorting } from './filing.ts'
import { evidence } from './evidence.ts'
import { executing, penalising } from './penalties.ts'
import { over, questioning } from './questioning.ts'
import { by, had, type Post, type Scene, type Step, suspectIds, type Thought } from './scene.ts'
import { reasons } from './told.ts'

const posts = {
  stationHead: 'head',
  departmentHead: 'head',
  agencyHead: 'chief',
  countyDutyHead: 'chief',
  countyHead: 'chief',
  nextHigher: 'above',
} as const satisfies Record<Scene['view']['row']['requests'][number]['level'], Post>

/** What waits for an approval goes before everything else; a decision that was asked for too briefly is sent back once. */
function approving(scene: Scene): Thought {
  const [request] = scene.view.row.requests
  if (request === undefined) return undefined
  const who = posts[request.level]
  const { request: number, kind } = request
  const act = scene.view.acts[number]
  // Nobody can approve any more what was asked for too late.
  if (act?.kind === 'lengthen' && over(scene, act.person))
    return by('officer', { type: 'withdrawRequest', data: { request: number, reason: reasons.tooLate } })
  if (kind === 'decidePenalty' && scene.course.declined && !had(scene, 'approvalDeclined'))
    return by(who, { type: 'declineApproval', data: { request: number, reason: reasons.declined } })
  return by(who, { type: 'approve', data: { request: number } })
}

/** What is done with a filed case, in the order of the work. */
const inquiry: readonly ((scene: Scene) => Thought)[] = [beginning, evidence, questioning, penalising, executing]

function closing(scene: Scene): Thought {
  const { penalties } = scene.view
  if (suspectIds(scene).length === 0 || penalties.some(({ execution }) => execution === null)) return undefined
  const none = penalties.every(({ penalty }) => penalty?.draft.penalties.includes('none') === true)
  const data = none
    ? ({ closing: 'noPenalty', reason: '违法行为轻微并及时纠正，不予处罚。' } as const)
    : ({ closing: 'executed', reason: '处罚决定已执行。' } as const)
  return by('officer', { type: 'closeCase', data })
}

const filed: ReadonlySet<string> = new Set(['filed', 'noticed', 'reviewing', 'decided', 'served'])

/** What the people of a case do with it next; null: nothing for now. */
export function stepOf(scene: Scene): Step | null {
  const { phase, caseKind } = scene.view.row
  const works = filed.has(phase) && caseKind === 'administrative' ? [...inquiry, closing] : []
  for (const thinks of [approving, sorting, ...works]) {
    const thought = thinks(scene)
    if (thought !== undefined) return thought
  }
  return null
}
