import type { Event } from '../contract.ts'
import type { EvidenceRow, RegisterCommand } from '../contract/evidence.ts'
import type { AppraisalCommand } from '../contract/appraisals.ts'
import type { MeasureCommand } from '../contract/measures.ts'
import { copyOpinion, noteInjury, orderAppraisal, receiveOpinion, tellRefusal, withdrawAppraisal } from './appraisals.ts'
import { type Asked, giverOf, type Of } from './asked.ts'
import type { Book } from './book.ts'
import { blankEvidence, evolveEvidence, rowOfEvidence } from './evidenceState.ts'
import type { Matter } from './matter.ts'
import { carryOutMeasure, lapsed, noticeClaim, returnThings, seizeOnTheSpot, tellHolder } from './measures.ts'
import { attested, fit, newList, nextList, pairOf, personIn, working } from './things.ts'

/** One officer takes it with his auxiliaries (`intake-one-officer`), at the counter as at the scene. */
function receiveEvidence(matter: Matter, data: Of<'receiveEvidence'>, asked: Asked): Event[] {
  newList(matter, data.list)
  personIn(matter, data.giver, 'data.giver')
  fit(matter, data.things, asked)
  const giver = giverOf(asked)
  return [
    { type: 'evidenceListed', data: { ...data, number: nextList(matter), listKind: 'received', officers: giver === null ? [] : [giver] } },
  ]
}

type ByTwo = Of<'gatherEvidence'> | Of<'registerProperty'>
/** What two officers list. Who will not sign, or is not there, is put down; then somebody else attests it, or a recording does. */
function listedByTwo(matter: Matter, { second, ...data }: ByTwo, listKind: 'gathered' | 'registered', asked: Asked): Event[] {
  working(matter, asked)
  newList(matter, data.list)
  if (data.giver !== undefined) personIn(matter, data.giver, 'data.giver')
  fit(matter, data.things, asked)
  attested(data, asked)
  return [{ type: 'evidenceListed', data: { ...data, number: nextList(matter), listKind, officers: pairOf(matter, second, asked) } }]
}

/** 证据、涉案财物: what there is of them, who gave it, where it is, and under what measure. */
export const evidence: Book<EvidenceRow, RegisterCommand | MeasureCommand | AppraisalCommand> = {
  initial: blankEvidence,
  commands: [
    'receiveEvidence',
    'gatherEvidence',
    'registerProperty',
    'carryOutMeasure',
    'seizeOnTheSpot',
    'tellHolder',
    'returnThings',
    'noticeClaim',
    'noteInjury',
    'orderAppraisal',
    'receiveOpinion',
    'copyOpinion',
    'tellRefusal',
    'withdrawAppraisal',
  ],
  decide(matter, command, asked) {
    switch (command.type) {
      case 'receiveEvidence':
        return receiveEvidence(matter, command.data, asked)
      case 'gatherEvidence':
        return listedByTwo(matter, command.data, 'gathered', asked)
      case 'registerProperty':
        return listedByTwo(matter, command.data, 'registered', asked)
      case 'carryOutMeasure':
        return carryOutMeasure(matter, command.data, asked)
      case 'seizeOnTheSpot':
        return seizeOnTheSpot(matter, command.data, asked)
      case 'tellHolder':
        return tellHolder(matter, command.data, asked)
      case 'returnThings':
        return returnThings(matter, command.data, asked)
      case 'noticeClaim':
        return noticeClaim(matter, command.data, asked)
      case 'noteInjury':
        return noteInjury(matter, command.data, asked)
      case 'orderAppraisal':
        return orderAppraisal(matter, command.data, asked)
      case 'receiveOpinion':
        return receiveOpinion(matter, command.data, asked)
      case 'copyOpinion':
        return copyOpinion(matter, command.data, asked)
      case 'tellRefusal':
        return tellRefusal(matter, command.data, asked)
      case 'withdrawAppraisal':
        return withdrawAppraisal(matter, command.data, asked)
    }
  },
  evolve: evolveEvidence,
  row: rowOfEvidence,
  passed: lapsed,
}
