import type { Command } from '../contract.ts'
import type { Act } from '../contract/acts.ts'
import { account, reporter } from './given.ts'
import { suspect } from './inquiry.ts'

export const rule = 'PSL25 103'
export const inspect = (more: object = {}): Command => ({
  type: 'inspect',
  data: {
    inspects: 'premises',
    place: '东门外仓库',
    gist: '未发现违禁品',
    signature: 'signed',
    second: account(8),
    cardShown: true,
    ...more,
  },
})
export const lineUp = (more: object = {}): Command => ({
  type: 'lineUp',
  data: {
    person: reporter.id,
    lineUp: 'photos',
    among: 10,
    recognition: 'recognised',
    signature: 'signed',
    second: account(8),
    noHints: true,
    ...more,
  },
})
export const certificate = { kind: 'inspection', inspects: 'home', place: '东门外3号院2单元' } satisfies Act
export const sampling = { kind: 'sampling', person: suspect.id, samples: ['prints', 'blood'] } satisfies Act
