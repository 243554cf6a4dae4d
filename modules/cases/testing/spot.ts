import type { Command } from '../contract.ts'
import type { spotCommands } from '../contract/spot.ts'
import { suspectId } from './penalty.ts'

export const of = (type: keyof typeof spotCommands, data: object = {}): Command =>
  ({ type, data: { person: suspectId, ...data } }) as Command
export const impose = (more: object = {}) =>
  of('imposeOnTheSpot', {
    penalty: 'fine',
    fine: 200,
    article: '《治安管理处罚法》第二十六条第一款',
    facts: '在车站售票处插队推搡，扰乱秩序',
    clearFacts: true,
    noVice: true,
    cardShown: true,
    rightsTold: true,
    said: 'nothing',
    recorded: true,
    handedOver: true,
    ...more,
  })
export const warning = (more: object = {}) => impose({ penalty: 'warning', fine: undefined, ...more })
export const taken = { collection: 'undisputed', receipt: '京罚0012345' }
