import type { Command } from '../contract.ts'
import type { mediationCommands } from '../contract/mediation.ts'
import { suspectId } from './penalty.ts'

type Own = keyof typeof mediationCommands
export const of = (type: Own, data: object, who = suspectId): Command => ({ type, data: { person: who, ...data } }) as Command
export const open = (more: object = {}, who = suspectId) =>
  of('openMediation', { mediationCause: 'quarrel', minorAct: true, noneExcluded: true, bothWilling: true, ...more }, who)
export const agree = (more: object = {}, who = suspectId) =>
  of(
    'agree',
    { place: '东门派出所调解室', recorded: true, terms: '赔偿医疗费一千元并当面道歉', performDays: 10, bothSigned: true, ...more },
    who,
  )
export const fail = (more: object = {}, who = suspectId) =>
  of('failMediation', { failure: 'noTerms', reason: '赔偿数额分歧较大', suitTold: true, ...more }, who)
export const keep = (who = suspectId) => of('keepAgreement', { proof: '收条一张，双方在场' }, who)
export const broken = (more: object = {}) => of('breakAgreement', { reason: '到期未付', suitTold: true, ...more })
