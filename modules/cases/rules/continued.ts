import { ap, cq, type Row } from './row.ts'

/** The hours of night in which whom `cq-vulnerable` spares is fetched or brought home when he is let go (CQ 10). */
export const nights = { from: 21, until: 7 } as const

/** 继续盘问. From arrival, asking and approving included (CQ 11): nothing is out. */
// biome-ignore format: one line a row
export const continuedRows = [
  { rule: 'cq-12', ...ap, is: 'limit', term: 'PT12H', trigger: 'arrival', liberty: true, approver: 'stationHead', article: 'CQ 11, 13; AP 57', verified: 'yes' },
  { rule: 'cq-24', ...cq, is: 'limit', term: 'PT24H', trigger: 'arrival', liberty: true, approver: 'countyDutyHead', article: 'CQ 11, 17', verified: 'yes' },
  { rule: 'cq-48', from: '2013-01-01', until: null, is: 'limit', term: 'PT48H', trigger: 'arrival', liberty: true, approver: 'countyHead', article: 'CQ 11, 17; POL 9', verified: 'yes' },
  { rule: 'cq-vulnerable', ...cq, is: 'limit', term: 'PT4H', trigger: 'arrival', liberty: true, article: 'CQ 10', verified: 'yes' },
  { rule: 'cq-vulnerable.young', ...cq, is: 'least', amount: 16, of: 'years', article: 'CQ 10', verified: 'yes' },
  { rule: 'cq-vulnerable.old', ...cq, is: 'least', amount: 70, of: 'years', article: 'CQ 10', verified: 'yes' },
  { rule: 'cq-family', ...cq, is: 'atOnce', article: 'CQ 14, 15', verified: 'yes' },
  { rule: 'cq-banned', ...cq, is: 'duty', article: 'CQ 9', verified: 'yes' },
  { rule: 'cq-end', ...cq, is: 'atOnce', article: 'CQ 19, 20', verified: 'yes' },
  { rule: 'cq-incident.report', ...cq, is: 'atOnce', article: 'CQ 24, 25, 36', verified: 'yes' },
  { rule: 'cq-incident.autopsy', ...cq, is: 'limit', term: 'PT24H', trigger: 'death', article: 'CQ 24, 25, 36', verified: 'yes' },
  { rule: 'cq-incident.result', ...cq, is: 'limit', term: 'P3D', trigger: 'autopsy', article: 'CQ 24, 25, 36', verified: 'yes' },
  { rule: 'cq-incident.recheck', ...cq, is: 'limit', term: 'P7D', trigger: 'resultTold', article: 'CQ 24, 25, 36', verified: 'yes' },
  { rule: 'cq-room.area', ...cq, is: 'least', amount: 6, of: 'squareMetres', article: 'CQ 26-32', verified: 'yes' },
  { rule: 'cq-room.height', ...cq, is: 'least', amount: 2.55, of: 'metres', article: 'CQ 26-32', verified: 'yes' },
] as const satisfies readonly Row[]
