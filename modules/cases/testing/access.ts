import { randomUUID } from 'node:crypto'
import type { TestServer } from '#kernel/testing/server.ts'
import { evidenceAccess, evidenceData } from './evidenceAccess.ts'
import { penaltyAccess, penaltyTries } from './penaltyAccess.ts'

/** Three places as in the table of access: a station of one's own, one of another sub-bureau, one of another bureau. */
type Place = 'own' | 'neighbour' | 'foreign'
type At = Readonly<Record<Place, string>>

/** Roles of a station at A1, heads and reviewers too; those of a sub-bureau at S1, of the bureau at B1. */
const unit = '200 404 404'
const bureau = '200 200 404'
const desk = { stationDuty: unit, caseOfficer: unit }
/** Of a matter whose officer one is not: no, wherever. */
const handling = { caseOfficer: '409 404 404' }
const reading = { ...desk, unitHead: unit, legalReviewer: unit, subBureauDuty: unit, citySupervisor: bureau }
const anywhere = '200 200 200'
export const caseAccess = {
  'command cases.takeReport': { stationDuty: '200 409 409', caseOfficer: '200 409 409' },
  'command cases.issueReceipt': desk,
  'command cases.leaveUndetermined': { ...desk, unitHead: unit },
  'command cases.proposeTransfer': desk,
  'command cases.transfer': { stationDuty: unit, unitHead: unit },
  'command cases.declineTransfer': { unitHead: unit },
  'command cases.turnAway': desk,
  'command cases.accept': desk,
  'command cases.assign': { unitHead: '409 404 404' },
  'command cases.proposeFiling': { caseOfficer: '409 404 404' },
  'command cases.approveFiling': { unitHead: '409 404 404' },
  'command cases.returnProposal': { unitHead: '409 404 404' },
  'command cases.giveNotice': { stationDuty: '409 404 404', caseOfficer: '409 404 404' },
  'command cases.tellTransfer': { stationDuty: '409 404 404', caseOfficer: '409 404 404' },
  'command cases.recordWithdrawal': desk,
  'command cases.addPerson': desk,
  'command cases.correctPerson': { stationDuty: '409 404 404', caseOfficer: '409 404 404' },
  'command cases.amend': desk,
  'command cases.note': { ...desk, unitHead: unit, legalReviewer: unit },
  'command cases.summonOrally': handling,
  'command cases.recordArrival': handling,
  'command cases.bringIn': handling,
  'command cases.tellFamily': handling,
  'command cases.checkSafety': handling,
  'command cases.beginSession': handling,
  'command cases.endSession': handling,
  'command cases.restrain': handling,
  'command cases.sober': handling,
  'command cases.recordDeparture': handling,
  'command cases.inspect': handling,
  'command cases.lineUp': handling,
  'command cases.takeSamples': handling,
  'command cases.tellRecusal': handling,
  'command cases.requestApproval': { ...handling, unitHead: '409 404 404' },
  'command cases.approve': { unitHead: '409 404 404' },
  'command cases.declineApproval': { unitHead: '409 404 404' },
  'command cases.withdrawRequest': { ...handling, unitHead: '409 404 404' },
  ...evidenceAccess,
  ...penaltyAccess,
  'command cases.passLimit': {},
  'command cases.ask': {},
  'command cases.answer': {},
  'command cases.explain': { ...desk, unitHead: unit },
  'command cases.confirmExplanation': { subBureauDuty: unit, unitHead: '409 404 404', legalReviewer: '409 404 404' },
  'command cases.rejectExplanation': { subBureauDuty: unit, unitHead: '409 404 404', legalReviewer: '409 404 404' },
  'command cases.setSetting': { securityAdministrator: '200 200 409' },
  'view cases.matter': reading,
  'view cases.list': reading,
  'view cases.search': reading,
  'view cases.questions': reading,
  'view cases.limits': reading,
  'view cases.limitCounts': reading,
  'view cases.tasks': Object.fromEntries(
    [...Object.keys(desk), 'unitHead', 'legalReviewer', 'subBureauDuty'].map((role) => [role, anywhere]),
  ),
  'view cases.approvals': { unitHead: anywhere },
  'view cases.reviews': { legalReviewer: anywhere },
  'view cases.officers': reading,
  'view cases.ofIncident': Object.fromEntries(Object.keys(reading).map((role) => [role, anywhere])),
  'view cases.settings': { systemAdministrator: bureau, securityAdministrator: bureau, auditAdministrator: bureau },
}

const reportOf = (unit: string, more: object = {}) => ({
  unit,
  source: 'counter',
  nature: 'administrative',
  cause: '-',
  narrative: '-',
  persons: [{ id: randomUUID(), roles: ['reporter'], personName: '-' }],
  ...more,
})

/** The steps of questioning, each about somebody whom the matter does not know. */
function inquiryTries<On>(on: On) {
  const whom = () => ({ person: randomUUID() })
  return {
    'cases.inspect': { on, data: () => ({ inspects: 'premises', place: '-', gist: '-', signature: 'signed' }) },
    'cases.lineUp': { on, data: () => ({ ...whom(), lineUp: 'photos', among: 10, recognition: 'unsure', signature: 'signed' }) },
    'cases.takeSamples': { on, data: () => ({ ...whom(), samples: ['prints'] }) },
    'cases.tellRecusal': { on, data: () => ({ request: 1, told: '-' }) },
    'cases.summonOrally': { on, data: () => ({ ...whom(), place: '-', cardShown: true }) },
    'cases.recordArrival': { on, data: () => ({ ...whom(), arrival: 'surrender' }) },
    'cases.bringIn': { on, data: () => ({ ...whom(), continueGround: 'accused', stopped: 'street' }) },
    'cases.tellFamily': { on, data: () => ({ ...whom(), told: '-' }) },
    'cases.checkSafety': { on, data: whom },
    'cases.beginSession': { on, data: () => ({ ...whom(), venue: 'area' }) },
    'cases.endSession': { on, data: () => ({ ...whom(), signature: 'signed' }) },
    'cases.restrain': { on, data: () => ({ ...whom(), reason: '-' }) },
    'cases.sober': { on, data: whom },
    'cases.recordDeparture': { on, data: () => ({ ...whom(), departure: 'released', signature: 'signed' }) },
  }
}

const reason = () => ({ reason: '-' })
const person = () => ({ person: { id: randomUUID(), roles: ['witness'], personName: '-' } })

/** How each is tried: on a report of the place's station, or the question about an incident of it. */
export function caseTries(house: () => TestServer, stationOf: At) {
  const take = (stream: string, type: string, data: unknown, unitOf?: string) => {
    const grant = { role: 'caseOfficer', unit: unitOf ?? '' } as const
    const by =
      unitOf === undefined ? { system: 'prepared', because: 0 } : { account: randomUUID(), name: 'prepared', unit: unitOf, grants: [grant] }
    const as = unitOf === undefined ? [] : [grant]
    return house().house.road.take({ module: 'cases', stream, id: randomUUID(), type, data, by, as })
  }
  async function matter(place: Place, more: object = {}): Promise<string> {
    const id = randomUUID()
    await take(id, 'takeReport', reportOf(stationOf[place], more), stationOf[place])
    return id
  }
  async function leaving(place: Place): Promise<string> {
    const id = await matter(place)
    await take(id, 'proposeTransfer', { destination: { to: 'agency', agency: '-' }, reason: '-' }, stationOf[place])
    return id
  }
  async function question(place: Place): Promise<string> {
    const incident = randomUUID()
    const about = { incident, incidentNumber: '-', incidentKind: 'theft', narrative: '-', place: null, station: stationOf[place] }
    await take(`question:${incident}`, 'ask', { ...about, closed: new Date().toISOString() })
    return `question:${incident}`
  }
  async function explained(place: Place): Promise<string> {
    const stream = await question(place)
    await take(stream, 'explain', { explanation: 'noCase', reason: '-' }, stationOf[place])
    return stream
  }
  return {
    at: matter,
    commands: {
      'cases.takeReport': { on: async () => randomUUID(), data: (place: Place) => reportOf(stationOf[place]) },
      'cases.issueReceipt': { on: (place: Place) => matter(place, { source: 'mail', persons: [] }), data: () => ({ contact: 'reached' }) },
      'cases.leaveUndetermined': { on: matter, data: reason },
      'cases.proposeTransfer': { on: matter, data: () => ({ destination: { to: 'agency', agency: '-' }, reason: '-' }) },
      'cases.transfer': { on: leaving },
      'cases.declineTransfer': { on: leaving, data: reason },
      'cases.turnAway': { on: matter, data: () => ({ where: '-' }) },
      'cases.accept': { on: matter },
      'cases.assign': { on: matter, data: () => ({ caseOfficers: [randomUUID()] }) },
      'cases.proposeFiling': { on: matter, data: () => ({ outcome: 'file', caseKind: 'administrative', reason: '-' }) },
      'cases.approveFiling': { on: matter },
      'cases.returnProposal': { on: matter, data: reason },
      'cases.giveNotice': { on: matter, data: () => ({ way: 'inPerson' }) },
      'cases.recordWithdrawal': { on: matter, data: reason },
      'cases.addPerson': { on: matter, data: person },
      'cases.correctPerson': { on: matter, data: () => ({ ...person(), reason: '-', seen: 99 }) },
      'cases.amend': { on: matter, data: () => ({ cause: '--', reason: '-', seen: 99 }) },
      'cases.note': { on: matter, data: () => ({ text: '-' }) },
      ...inquiryTries(matter),
      'cases.requestApproval': { on: matter, data: () => ({ act: { kind: 'extendCase' }, reason: '-' }) },
      'cases.approve': { on: matter, data: () => ({ request: 1 }) },
      'cases.declineApproval': { on: matter, data: () => ({ request: 1, reason: '-' }) },
      'cases.withdrawRequest': { on: matter, data: () => ({ request: 1, reason: '-' }) },
      ...Object.fromEntries(Object.entries(evidenceData).map(([name, data]) => [name, { on: matter, data }])),
      ...penaltyTries(matter),
      'cases.passLimit': { on: matter, data: () => ({ rule: '-', point: 'warn', due: '2026-01-01T00:00:00Z' }) },
      'cases.ask': { on: question, data: () => ({}) },
      'cases.answer': { on: question, data: () => ({}) },
      'cases.explain': { on: question, data: () => ({ explanation: 'noCase', reason: '-' }) },
      'cases.confirmExplanation': { on: explained },
      'cases.rejectExplanation': { on: explained, data: reason },
      'cases.setSetting': {
        on: async () => 'setting:questionHours',
        data: (place: Place) => ({ unit: stationOf[place], value: 24, reason: '-' }),
      },
    },
  }
}
