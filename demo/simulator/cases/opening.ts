import { derivedId } from '#kernel/ids.ts'
import type { Command, Views } from '#modules/cases/contract.ts'
import type { Person } from '#modules/cases/contract/parts.ts'
import { dice } from '../dice.ts'
import { reporters } from '../narratives.ts'
import type { CaseCourse } from './course.ts'

/** A case that the demonstration begins with: how it goes, and how far it has come. */
export interface Opening {
  readonly key: string
  readonly cause: string
  readonly course: Partial<CaseCourse>
  /** As `standsAt` says it. */
  readonly until: string
}

const plain = {
  sorting: 'accept',
  files: true,
  sentBack: false,
  arrival: 'written',
  arrivedAgo: 0,
  lengthened: false,
  seized: false,
  inspected: false,
  recognised: false,
  appraised: false,
  contests: false,
  hearing: 'waived',
  reviewed: false,
  faulted: false,
  complex: false,
  declined: false,
  suspension: 'none',
  unpaid: false,
} as const satisfies Partial<CaseCourse>

const hours = 60
/** One for each state that a case can stand in, in the order in which they are worked: what waits for somebody's word first. */
export const openings: readonly Opening[] = [
  { key: 'hearing', cause: '赌博', course: { ending: 'heavy', hearing: 'held', seized: true, inspected: true }, until: 'hearing arranged' },
  {
    key: 'review',
    cause: '殴打他人',
    course: { ending: 'detention', reviewed: true, faulted: true, appraised: true },
    until: 'review returned',
  },
  { key: 'reviewing', cause: '寻衅滋事', course: { ending: 'detention', reviewed: true, contests: true }, until: 'review asked' },
  { key: 'kept', cause: '寻衅滋事', course: { ending: 'detention', arrival: 'handOver', arrivedAgo: 8.4 * hours }, until: 'family told' },
  {
    key: 'there',
    cause: '殴打他人',
    course: { ending: 'detention', lengthened: true, arrivedAgo: 6.97 * hours, recognised: true },
    until: 'act lengthen',
  },
  { key: 'decision', cause: '故意损毁财物', course: { ending: 'detention', declined: true }, until: 'declined' },
  { key: 'approval', cause: '盗窃', course: { ending: 'detention', seized: true }, until: 'act decidePenalty' },
  { key: 'summons', cause: '诈骗', course: { ending: 'fine' }, until: 'act summon' },
  { key: 'seizure', cause: '盗窃', course: { ending: 'fine', seized: true }, until: 'act confirmSeizure' },
  { key: 'noticed', cause: '殴打他人', course: { ending: 'fine', appraised: true }, until: 'phase noticed' },
  { key: 'suspended', cause: '殴打他人', course: { ending: 'detention', suspension: 'granted' }, until: 'detention suspended' },
  { key: 'youth', cause: '殴打他人', course: { ending: 'youth', arrival: 'surrender' }, until: 'phase served' },
  { key: 'decided', cause: '寻衅滋事', course: { ending: 'warning' }, until: 'phase decided' },
  { key: 'unpaid', cause: '故意损毁财物', course: { ending: 'fine', unpaid: true }, until: 'phase served' },
  { key: 'detained', cause: '殴打他人', course: { ending: 'detention', inspected: true, recognised: true }, until: 'phase closed' },
  { key: 'none', cause: '盗窃', course: { ending: 'none' }, until: 'phase closed' },
  { key: 'refused', cause: '诈骗', course: { files: false, ending: 'fine' }, until: 'noticed' },
  { key: 'criminal', cause: '诈骗', course: { ending: 'criminal' }, until: 'turned criminal' },
  { key: 'terminated', cause: '盗窃', course: { ending: 'terminated' }, until: 'phase terminated' },
  { key: 'proposed', cause: '殴打他人', course: { ending: 'fine', sentBack: true }, until: 'sent back' },
]

export const matterOf = (key: string): string => derivedId('simulator', 'opening', key)
const byId = new Map(openings.map((one) => [matterOf(one.key), one]))

/** How a case goes that the demonstration has begun with; of all others nothing. */
export function openingCourse(id: string): Partial<CaseCourse> {
  const found = byId.get(id)
  return found === undefined ? {} : { ...plain, ...found.course }
}

/** What can be said of where a case stands, in the words of `until`. */
export function standsAt({ row, penalties, trace }: Views['matter']): ReadonlySet<string> {
  const had = (type: string, words: string) => (trace.some((entry) => entry.type === type) ? [words] : [])
  const [first] = penalties
  return new Set([
    `phase ${row.phase}`,
    ...row.requests.map(({ kind }) => `act ${kind}`),
    ...(first?.penalty?.hearing ? [`hearing ${first.penalty.hearing.state}`] : []),
    ...(first?.penalty?.review ? [`review ${first.penalty.review.state}`] : []),
    ...(first?.execution ? [`detention ${first.execution.detention}`] : []),
    ...had('familyTold', 'family told'),
    ...had('approvalDeclined', 'declined'),
    ...had('proposalReturned', 'sent back'),
    ...had('noticeGiven', 'noticed'),
    ...had('turnedCriminal', 'turned criminal'),
  ])
}

const hourMs = 3_600_000

/** The report that a case begins with: made at the counter, but where somebody was brought along. `now`: ms since 1970. */
export function reportOf({ key, cause, course }: Opening, unit: string, now: number): Extract<Command, { type: 'takeReport' }> {
  const roll = dice('opening', key)
  const victim: Person = { id: derivedId('simulator', 'reporter', key), roles: ['reporter', 'victim'], personName: roll.pick(reporters) }
  // Whoever was brought along was so after the report, which was written down when there was time for it.
  const before = course.arrivedAgo === undefined ? 0 : course.arrivedAgo / hours + 1
  const ago = (more: number) => new Date(now - (before + more) * hourMs).toISOString()
  const data = {
    unit,
    source: 'counter',
    nature: 'administrative',
    cause,
    narrative: `报案人称在${roll.pick(['商场东门', '地铁站出站口', '小区停车场', '夜市路口'])}发生一起${cause}，有监控和在场人员可以证明。`,
    place: roll.pick(['王府井大街 138 号', '灯市口大街 33 号', '东华门大街 41 号']),
    happened: { from: ago(0.5) },
    ...(before > 0 && { received: ago(0) }),
    persons: [victim],
  } as const
  return { type: 'takeReport', data: { ...data, persons: [victim] } }
}
