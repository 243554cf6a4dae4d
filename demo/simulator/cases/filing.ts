import type { Person } from '#modules/cases/contract/parts.ts'
import { dice } from '../dice.ts'
import { ask, by, had, idOf, person, type Scene, type Thought } from './scene.ts'
import { kin, reasons, suspects } from './told.ts'

/** What becomes of a report: accepted, passed on, turned away, filed or refused. */
export function sorting(scene: Scene): Thought {
  const { view, course } = scene
  const { row, can } = view
  if (can.tellTransfer === true) return by('officer', { type: 'tellTransfer', data: { way: 'electronic' } })
  switch (row.phase) {
    case 'reported':
      return sorted(scene)
    case 'undetermined':
      return by('officer', { type: 'accept', data: {} })
    case 'transferring':
      return by(row.nature === 'criminal' || row.transfers > 0 ? 'chief' : 'head', { type: 'transfer', data: {} })
    case 'accepted': {
      // Taken by the desk: it is nobody's yet.
      if (row.officers.length === 0) return by('head', { type: 'assign', data: { caseOfficers: [scene.own] } })
      const caseKind = row.nature === 'criminal' ? 'criminal' : 'administrative'
      if (course.files) return by('officer', { type: 'proposeFiling', data: { outcome: 'file', caseKind, reason: reasons.file } })
      const data = { outcome: 'refuse', caseKind, ground: 'noFacts', reason: reasons.refuse } as const
      return by('officer', { type: 'proposeFiling', data })
    }
    case 'proposed': {
      const who = row.proposal?.caseKind === 'criminal' ? 'chief' : 'head'
      if (course.sentBack && !had(scene, 'proposalReturned')) return by(who, { type: 'returnProposal', data: { reason: reasons.sentBack } })
      return by(who, { type: 'approveFiling', data: {} })
    }
    case 'refused':
      return row.noticed ? null : by('officer', { type: 'giveNotice', data: { way: 'inPerson' } })
    default:
      return undefined
  }
}

function sorted({ view: { row }, course, neighbour }: Scene): Thought {
  if (row.receipt === null && row.source !== 'discovered') return by('officer', { type: 'issueReceipt', data: { contact: 'reached' } })
  // Nobody sends on what has been sent to him, nor a crime to the mediators.
  if (row.transfers === 0 && course.sorting === 'pass')
    return by('officer', { type: 'proposeTransfer', data: { destination: { to: 'unit', unit: neighbour }, reason: reasons.pass } })
  if (row.transfers === 0 && course.sorting === 'unclear')
    return by('officer', { type: 'leaveUndetermined', data: { reason: reasons.unclear } })
  if (course.sorting === 'away' && row.nature !== 'criminal') return by('officer', { type: 'turnAway', data: { where: reasons.away } })
  return by('officer', { type: 'accept', data: {} })
}

const years = { youth: [15, 17], grown: [19, 62] } as const

/** Who it was is found out; where nothing has happened, or more than police law is for, that is what comes of it. */
export function beginning(scene: Scene): Thought {
  const { course, now, view } = scene
  if (course.ending === 'terminated') return ask({ kind: 'terminate', termination: 'noFacts' }, reasons.terminate)
  const roll = dice('suspect', view.row.id)
  const known = person(scene, 'suspect')
  if (known === undefined) {
    const [youngest, oldest] = years[course.ending === 'youth' ? 'youth' : 'grown']
    const year = new Date(now).getUTCFullYear() - roll.whole(youngest, oldest)
    const found: Person = {
      id: idOf(scene, 'suspect'),
      roles: ['suspect'],
      personName: roll.pick(suspects),
      sex: 'male',
      born: `${year}-${roll.pick(['02', '03', '05', '08', '09'])}-${roll.whole(10, 28)}`,
      employer: course.ending === 'youth' ? '第十一中学' : roll.pick(['无业', '某餐饮公司', '某物流公司', '自由职业']),
    }
    return by('officer', { type: 'addPerson', data: { person: found } })
  }
  if (course.ending === 'criminal') return ask({ kind: 'toCriminal' }, reasons.criminal)
  if (course.ending !== 'youth' || person(scene, 'guardian') !== undefined) return undefined
  const guardian: Person = {
    id: idOf(scene, 'guardian'),
    roles: ['guardian'],
    personName: roll.pick(kin),
    of: [known.id],
    relation: '父亲',
  }
  return by('officer', { type: 'addPerson', data: { person: guardian } })
}
