import { ap, old, oldPen, pen, psl25, type Row } from './row.ts'

/** Nobody has read the law of 2012 on fines taken on the spot: from memory. */
const memory = { ...old, article: 'PSL12 104-106', verified: 'no' } as const

/** 执行、封存. */
// biome-ignore format: one line a row
export const executionRows = [
  { rule: 'ex-fine.pay', ...oldPen, is: 'limit', term: 'P15D', trigger: 'served', article: 'PEN 66, 67, 72, 73', verified: 'yes' },
  { rule: 'ex-fine.pay', ...psl25, is: 'limit', term: 'P15D', trigger: 'served', article: 'PSL25 123; PEN 66, 67, 72, 73', verified: 'yes' },
  { rule: 'ex-fine.late', ...pen, is: 'most', amount: 3, of: 'percentPerDay', article: 'PEN 66, 67, 72, 73', verified: 'yes' },
  { rule: 'ex-fine-spot.cap', ...memory, is: 'most', amount: 50, of: 'yuan', ended: 'ver-money' },
  { rule: 'ex-fine-spot.cap', ...psl25, is: 'most', amount: 200, of: 'yuan', article: 'PSL25 123-125', verified: 'yes' },
  { rule: 'ex-fine-spot.turnIn', ...memory, is: 'limit', term: 'P2D', trigger: 'collected' },
  { rule: 'ex-fine-spot.turnIn', ...psl25, is: 'limit', term: 'P2D', trigger: 'collected', otherwise: { setting: 'twoDaysWorking', term: 'P2WD' }, article: 'PSL25 123-125', verified: 'yes' },
  { rule: 'ex-fine-spot.bank', ...memory, is: 'limit', term: 'P2D', trigger: 'turnedIn' },
  { rule: 'ex-fine-spot.bank', ...psl25, is: 'limit', term: 'P2D', trigger: 'turnedIn', otherwise: { setting: 'twoDaysWorking', term: 'P2WD' }, article: 'PSL25 123-125', verified: 'yes' },
  { rule: 'ex-court.reminder', ...ap, is: 'wait', term: 'P10WD', trigger: 'reminder', article: 'COE 53, 54; AP 206, 207', verified: 'yes' },
  { rule: 'ex-court.apply', ...ap, is: 'limit', term: 'P3M', trigger: 'termEnded', article: 'COE 53, 54; AP 206, 207', verified: 'yes' },
  { rule: 'ex-suspend.decide', ...old, is: 'limit', term: 'PT24H', trigger: 'request', article: 'AP 222-224, 231', verified: 'yes' },
  { rule: 'ex-suspend.decide', ...psl25, is: 'limit', term: 'PT24H', trigger: 'request', article: 'AP 222-224, 231; PSL25 126', verified: 'yes' },
  { rule: 'ex-suspend.bond', ...ap, is: 'least', amount: 200, of: 'yuanPerDay', article: 'AP 222-224, 231', verified: 'yes' },
  { rule: 'ex-suspend.bank', ...ap, is: 'limit', term: 'P3D', trigger: 'bondReceived', article: 'AP 222-224, 231', verified: 'yes' },
  { rule: 'ex-wrong', from: '2012-04-01', until: null, is: 'limit', term: 'PT24H', trigger: 'doubted', article: 'JLS 12', verified: 'yes' },
  { rule: 'ex-seal', ...psl25, is: 'duty', article: 'PSL25 136', verified: 'yes' },
] as const satisfies readonly Row[]

/** 治安调解. */
// biome-ignore format: one line a row
export const mediationRows = [
  { rule: 'med-scope', ...old, is: 'may', article: 'AP 178-181', verified: 'yes' },
  { rule: 'med-scope', ...psl25, is: 'may', article: 'AP 178-181; PSL25 9', verified: 'yes' },
  { rule: 'med-times', ...ap, is: 'limit', term: 'P7WD', trigger: 'firstFailed', article: 'AP 183', verified: 'yes' },
  { rule: 'med-settle', ...old, is: 'duty', article: 'AP 185, 186', verified: 'yes' },
  { rule: 'med-settle', ...psl25, is: 'duty', article: 'PSL25 9; AP 185, 186', verified: 'yes' },
] as const satisfies readonly Row[]
