import { randomUUID } from 'node:crypto'

/** As the tries of access: of a report that nobody has accepted yet, so that whoever may ask is told what is missing. */
const desk = { stationDuty: '409 404 404', caseOfficer: '409 404 404' }
const officer = { caseOfficer: '409 404 404' }
export const evidenceAccess = {
  'command cases.receiveEvidence': desk,
  'command cases.gatherEvidence': officer,
  'command cases.registerProperty': officer,
  'command cases.carryOutMeasure': officer,
  'command cases.seizeOnTheSpot': officer,
  'command cases.tellHolder': officer,
  'command cases.returnThings': desk,
  'command cases.noticeClaim': desk,
  'command cases.noteInjury': officer,
  'command cases.orderAppraisal': officer,
  'command cases.receiveOpinion': officer,
  'command cases.copyOpinion': officer,
  'command cases.tellRefusal': officer,
  'command cases.withdrawAppraisal': officer,
}

const list = () => ({
  list: randomUUID(),
  giver: randomUUID(),
  things: [{ id: randomUUID(), evidenceKind: 'physical', thingName: '-', count: 1, measureWord: '-' }],
  signed: 'signed',
})
const signed = () => ({ second: randomUUID(), signed: 'signed' })
const byTwo = () => ({ ...list(), ...signed() })
export const evidenceData = {
  'cases.tellTransfer': () => ({ way: 'inPerson' }),
  'cases.receiveEvidence': list,
  'cases.gatherEvidence': byTwo,
  'cases.registerProperty': () => ({ ...byTwo(), ownerKind: 'victim' }),
  'cases.carryOutMeasure': () => ({ measure: randomUUID(), ...signed() }),
  'cases.seizeOnTheSpot': () => ({ measure: randomUUID(), holder: randomUUID(), things: [], known: [], spotReason: 'urgent', ...signed() }),
  'cases.tellHolder': () => ({ measure: randomUUID(), about: 'extension', way: 'posted' }),
  'cases.returnThings': () => ({ list: randomUUID(), items: [randomUUID()], receiver: randomUUID(), returnReason: 'over', ...signed() }),
  'cases.noticeClaim': () => ({ claim: randomUUID(), items: [randomUUID()], way: 'posted' }),
  'cases.noteInjury': () => ({ person: randomUUID(), injuryGrounds: ['dispute'] }),
  'cases.orderAppraisal': () => ({ appraisal: randomUUID(), appraisalKind: 'other', agency: '-', issue: '-' }),
  'cases.receiveOpinion': () => ({ appraisal: randomUUID(), opinion: '-' }),
  'cases.copyOpinion': () => ({ appraisal: randomUUID(), person: randomUUID(), way: 'posted' }),
  'cases.tellRefusal': () => ({ appraisal: randomUUID(), way: 'posted' }),
  'cases.withdrawAppraisal': () => ({ appraisal: randomUUID(), withdrawReason: 'impossible' }),
}
