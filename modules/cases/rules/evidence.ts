import { ap, old, oldPen, pen, psl25, type Row } from './row.ts'

const injury = { from: '2006-02-01', until: null, is: 'limit', article: '公安机关办理伤害案件规定 18, 19', verified: '2nd' } as const

/** 证据保全、鉴定. */
// biome-ignore format: one line a row
export const evidenceRows = [
  { rule: 'ev-seize', ...old, is: 'before', approver: 'agencyHead', article: 'AP 107, 111', verified: 'yes' },
  { rule: 'ev-seize', ...psl25, is: 'before', approver: 'agencyHead', article: 'PSL25 105; AP 107, 111', verified: 'yes' },
  { rule: 'ev-seize-spot.now', ...psl25, is: 'atOnce', approver: 'agencyHead', article: 'PSL25 105', verified: 'yes' },
  { rule: 'ev-seize-spot.report', ...ap, is: 'limit', term: 'PT24H', trigger: 'act', approver: 'agencyHead', article: 'AP 56; COE 19, 20', verified: 'yes' },
  { rule: 'ev-seize-30', ...ap, is: 'limit', term: 'P30D', trigger: 'act', stops: ['appraisal'], extension: { term: 'P30D', most: 1, approver: 'countyHead' }, article: 'AP 112; COE 25', verified: 'yes' },
  { rule: 'ev-save-7', ...pen, is: 'limit', term: 'P7D', trigger: 'act', otherwise: { setting: 'sevenDaysWorking', term: 'P7WD' }, approver: 'agencyHead', article: 'AP 110; PEN 56', verified: 'yes' },
  { rule: 'ev-return.now', ...old, is: 'atOnce', article: 'AP 115, 197; COE 28', verified: 'yes' },
  { rule: 'ev-return.now', ...psl25, is: 'atOnce', article: 'AP 115, 197; COE 28; PSL25 105', verified: 'yes' },
  { rule: 'ev-return.unclaimed', ...ap, is: 'wait', term: 'P6M', trigger: 'claimNotice', extension: { term: 'P3M', most: 1, approver: 'agencyHead' }, article: 'AP 115, 197', verified: 'yes' },
  { rule: 'ev-appraisal.copy', ...ap, is: 'limit', term: 'P5D', trigger: 'appraisalReceived', article: 'AP 97, 98', verified: 'yes' },
  { rule: 'ev-appraisal.again', ...ap, is: 'limit', term: 'P3D', trigger: 'copyReceived', approver: 'countyHead', article: 'AP 97, 98', verified: 'yes' },
  { rule: 'ev-appraisal.refused', ...ap, is: 'limit', term: 'P3D', trigger: 'decision', article: 'AP 97, 98', verified: 'yes' },
  { rule: 'ev-injury-must', ...ap, is: 'duty', article: 'AP 90, 91', verified: 'yes' },
  { rule: 'ev-injury-24h.order', ...injury, term: 'PT24H', trigger: 'acceptance' },
  { rule: 'ev-injury-24h.opinion', ...injury, term: 'PT24H', trigger: 'appraisalOrder' },
  { rule: 'ev-injury-24h.paper', ...injury, term: 'P3D', trigger: 'appraisalOrder' },
  { rule: 'ev-injury-24h.complex', ...injury, term: 'P7D', trigger: 'appraisalOrder' },
  { rule: 'ev-edata', ...ap, is: 'duty', article: 'AP 32, 111', verified: 'yes' },
] as const satisfies readonly Row[]

/** 当场处罚、快速办理. */
// biome-ignore format: one line a row
export const shortRows = [
  { rule: 'spot-cap.security', ...oldPen, is: 'most', amount: 200, of: 'yuan', article: 'AP 37', verified: 'yes', ended: 'ver-money' },
  { rule: 'spot-cap.security', ...psl25, is: 'most', amount: 500, of: 'yuan', article: 'PSL25 119; AP 37', verified: 'yes' },
  { rule: 'spot-cap.person', ...pen, is: 'most', amount: 200, of: 'yuan', article: 'PEN 51', verified: 'yes' },
  { rule: 'spot-cap.unit', ...pen, is: 'most', amount: 3000, of: 'yuan', article: 'PEN 51', verified: 'yes' },
  { rule: 'spot-steps', ...old, is: 'atOnce', article: 'AP 38', verified: 'yes' },
  { rule: 'spot-steps', ...psl25, is: 'atOnce', article: 'AP 38; PSL25 120', verified: 'yes' },
  { rule: 'spot-file.usual', ...old, is: 'limit', term: 'PT24H', trigger: 'decision', article: 'AP 39', verified: 'yes' },
  { rule: 'spot-file.usual', ...psl25, is: 'limit', term: 'PT24H', trigger: 'decision', article: 'PSL25 120; AP 39', verified: 'yes' },
  { rule: 'spot-file.traffic', ...ap, is: 'limit', term: 'P2D', trigger: 'decision', article: 'AP 39', verified: 'yes' },
  { rule: 'fast-cond', ...ap, is: 'may', article: 'AP 40', verified: 'yes' },
  { rule: 'fast-excl', ...ap, is: 'duty', article: 'AP 41', verified: 'yes' },
  { rule: 'fast-excl.detention', ...ap, is: 'least', amount: 10, of: 'days', article: 'AP 41', verified: 'yes' },
  { rule: 'fast-consent', ...ap, is: 'before', article: 'AP 42', verified: 'yes' },
  { rule: 'fast-evidence', ...ap, is: 'may', article: 'AP 43, 45', verified: 'yes' },
  { rule: 'fast-approve', ...ap, is: 'duty', approver: 'agencyHead', article: 'AP 44', verified: 'yes' },
  { rule: 'fast-notice', ...ap, is: 'duty', article: 'AP 46', verified: 'yes' },
  { rule: 'fast-48h', ...ap, is: 'limit', term: 'PT48H', trigger: 'arrival', article: 'AP 47', verified: 'yes' },
  { rule: 'fast-convert', ...old, is: 'atOnce', article: 'AP 48', verified: 'yes' },
  { rule: 'fast-convert', ...psl25, is: 'atOnce', article: 'AP 48; PSL25 21', verified: 'yes' },
] as const satisfies readonly Row[]
