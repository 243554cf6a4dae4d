import type { Thing } from '#modules/cases/contract/things.ts'
import { ask, by, idOf, person, type Scene, type Thought } from './scene.ts'
import { reasons, toldOf } from './told.ts'

/** What is handed in, taken away, looked at and appraised. */
export const evidence = (scene: Scene): Thought => handedIn(scene) ?? seized(scene) ?? inspected(scene) ?? appraised(scene)

const physical = { evidenceKind: 'physical', count: 1 } as const

function handedIn(scene: Scene): Thought {
  const { view } = scene
  const giver = person(scene, 'victim') ?? person(scene, 'reporter')
  if (giver === undefined || view.evidence.lists.length > 0) return undefined
  const given: Thing = { id: idOf(scene, 'given'), ...physical, ...toldOf(view.row.cause).given }
  const film: Thing = {
    id: idOf(scene, 'film'),
    evidenceKind: 'electronic',
    thingName: '现场监控录像',
    count: 1,
    measureWord: '段',
    fixed: 'extracted',
    fixing: '由店方管理人员导出，现场核对哈希值，原机不便扣押',
  }
  return by('officer', {
    type: 'receiveEvidence',
    data: { list: idOf(scene, 'list'), giver: giver.id, things: [given, film], signed: 'signed' },
  })
}

/** Taken from him on the spot, and approved afterwards; given back when it has been decided. */
function seized(scene: Scene): Thought {
  const { view, course, second } = scene
  const holder = person(scene, 'suspect')
  if (!course.seized || holder === undefined) return undefined
  const measure = idOf(scene, 'measure')
  const found = view.evidence.measures.find((one) => one.measure === measure)
  if (found === undefined) {
    const thing: Thing = { id: idOf(scene, 'taken'), ...physical, ...toldOf(view.row.cause).taken }
    const signing = { signed: 'signed', attestor: '商场保安王某', recorded: true } as const
    const data = { measure, holder: holder.id, things: [thing], known: [], spotReason: 'urgent', second, ...signing } as const
    return by('officer', { type: 'seizeOnTheSpot', data: { ...data, things: [thing], known: [] } })
  }
  if (found.state === 'standing' && !found.confirmed) return ask({ kind: 'confirmSeizure', measure }, reasons.confirm)
  const held = view.evidence.things.filter((one) => one.measure === measure && one.state === 'held')
  if (view.row.phase !== 'served' || held.length === 0) return undefined
  const items = held.map(({ id }) => id)
  const returned = { list: idOf(scene, 'returned'), items, receiver: holder.id, returnReason: 'decided', second, signed: 'signed' } as const
  return by('officer', { type: 'returnThings', data: { ...returned, items } })
}

function inspected({ view, course, second }: Scene): Thought {
  const { certificates, inspections } = view.checks
  if (!course.inspected || inspections.length > 0) return undefined
  const place = view.row.place ?? '涉案经营场所'
  const paper = certificates.find(({ used }) => !used)
  if (paper === undefined) return ask({ kind: 'inspection', inspects: 'premises', place }, reasons.inspection)
  const { certificate } = paper
  const gist = '检查吧台、库房和里间，查获与本案有关的物品一件，已拍照并登记。'
  const inspection = { inspects: 'premises', certificate, recorded: true, signature: 'signed', cardShown: true } as const
  return by('officer', { type: 'inspect', data: { ...inspection, place: paper.place, second, gist } })
}

const agency = '市公安司法鉴定中心'

/** The hurt of whom it was done to, and a copy of what the experts say for everybody whom it concerns. */
function appraised(scene: Scene): Thought {
  const { view, course } = scene
  const victim = person(scene, 'victim')
  if (!course.appraised || victim === undefined) return undefined
  const appraisal = idOf(scene, 'appraisal')
  const found = view.evidence.appraisals.find((one) => one.appraisal === appraisal)
  if (found === undefined) {
    const data = { appraisal, appraisalKind: 'injury', person: victim.id, agency, issue: '损伤程度', injuryState: 'usual' } as const
    return by('officer', { type: 'orderAppraisal', data })
  }
  if (found.state === 'ordered')
    return by('officer', { type: 'receiveOpinion', data: { appraisal, opinion: '被鉴定人面部软组织挫伤，损伤程度为轻微伤。' } })
  const due = found.copies.find(({ given }) => given === null)
  return due && by('officer', { type: 'copyOpinion', data: { appraisal, person: due.person, way: 'inPerson' } })
}
