import type { Command } from '#modules/cases/contract.ts'
import { ask, by, had, person, type Scene, suspectIds, type Thought } from './scene.ts'
import { reasons, toldOf } from './told.ts'

const area = '本所办案区'
const minute = 60_000

/** Suspects are had in and questioned, each once. */
export function questioning(scene: Scene): Thought {
  for (const id of suspectIds(scene)) {
    const thought = hadIn(scene, id) ?? recognised(scene)
    if (thought !== undefined) return thought
  }
  return undefined
}

function hadIn(scene: Scene, suspect: string): Thought {
  const { inquiry, penalties } = scene.view
  if (penalties.some((one) => one.person === suspect && one.penalty !== null)) return undefined
  const stay = inquiry.stays.findLast((one) => one.person === suspect)
  if (stay === undefined) return arriving(scene, suspect)
  return stay.left === null ? staying(scene, suspect, stay) : undefined
}

/** Summoned in writing or on the spot, come by himself, or brought by others. */
function arriving({ view, course, now }: Scene, suspect: string): Thought {
  const { summonses } = view.inquiry
  const come = (arrival: 'summoned' | 'surrender' | 'handOver') => {
    const before = course.arrivedAgo > 0 && { arrived: new Date(now - course.arrivedAgo * minute).toISOString() }
    return by('officer', { type: 'recordArrival', data: { person: suspect, arrival, ...before } })
  }
  if (course.arrival === 'surrender' || course.arrival === 'handOver') return come(course.arrival)
  if (summonses.some((one) => one.person === suspect)) return come('summoned')
  return course.arrival === 'written'
    ? ask({ kind: 'summon', person: suspect, place: area }, reasons.summon)
    : by('officer', { type: 'summonOrally', data: { person: suspect, place: area, cardShown: true } })
}

/** While he is there: looked after, his family told, asked by two, and let go. */
function staying(scene: Scene, suspect: string, stay: Scene['view']['inquiry']['stays'][number]): Thought {
  const { view, course, second } = scene
  const officer = (command: Command) => by('officer', command)
  const guardian = view.persons.find(({ roles, of }) => roles.includes('guardian') && of?.includes(suspect))
  const own = view.inquiry.sessions.filter((one) => one.person === suspect)
  const told =
    guardian === undefined ? '家属，电话告知到案原因和处所' : `${guardian.relation ?? '监护人'}${guardian.personName ?? ''}，当面告知`
  if (!stay.checked) return officer({ type: 'checkSafety', data: { person: suspect, belongings: '手机一部，钥匙一串' } })
  if (stay.family === null) return officer({ type: 'tellFamily', data: { person: suspect, told } })
  const open = own.some(({ ended }) => ended === null)
  // Who has been there too long is not asked anything any more.
  if (own.length === 0 && !over(scene, suspect)) {
    const adult = guardian === undefined ? {} : { adult: guardian.id }
    const session = { person: suspect, venue: 'area', recorded: true, second, rightsTold: true, ...adult } as const
    return officer({ type: 'beginSession', data: session })
  }
  if (open) {
    const { said } = toldOf(view.row.cause)
    const record = { signature: 'signed', identityAsked: true, breaks: '饮水一次，休息十分钟', gist: said } as const
    return officer({ type: 'endSession', data: { person: suspect, ...record } })
  }
  if (course.lengthened && !had(scene, 'questioningLengthened') && !over(scene, suspect))
    return ask({ kind: 'lengthen', person: suspect, longGround: 'complexDetention' }, reasons.lengthen)
  return officer({ type: 'recordDeparture', data: { person: suspect, departure: 'released', signature: 'signed' } })
}

/** Whether somebody has been kept too long. */
export const over = ({ view, now }: Scene, suspect: string): boolean =>
  view.row.limits.some(
    ({ limit, subject, clock }) => subject === suspect && limit.rule.startsWith('q-') && clock !== null && Date.parse(limit.due) <= now,
  )

/** Whoever was there may know him again. */
function recognised(scene: Scene): Thought {
  const { course, view, second } = scene
  const victim = person(scene, 'victim')
  if (!course.recognised || victim === undefined || view.checks.lineUps.length > 0) return undefined
  const lineUp = { person: victim.id, lineUp: 'photos', among: 10, recognition: 'recognised', signature: 'signed' } as const
  const gist = '十张照片中指认第四张，称就是当天动手的人。'
  return by('officer', { type: 'lineUp', data: { ...lineUp, second, noHints: true, gist } })
}
