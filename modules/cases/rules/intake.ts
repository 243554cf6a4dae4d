import { ap, cp, old, psl25, rf, ro, type Row } from './row.ts'

/** 接报案、立案. */
// biome-ignore format: one line a row
export const intakeRows = [
  { rule: 'intake-three-on-spot', ...rf, is: 'atOnce', article: 'RF 4', verified: 'yes' },
  { rule: 'intake-first-unit', ...rf, is: 'atOnce', article: 'RF 7', verified: 'yes' },
  { rule: 'intake-register', ...cp, is: 'atOnce', article: 'AP 60, 61; CP 171; RO 二(一)1', verified: 'yes' },
  { rule: 'intake-transfer-24h', ...rf, is: 'limit', term: 'PT24H', trigger: 'otherUnits', article: 'AP 61, 62; RF 8; CP 175', verified: 'yes' },
  { rule: 'intake-transfer-24h.criminal', ...cp, is: 'duty', approver: 'countyHead', article: 'CP 175', verified: 'yes' },
  { rule: 'intake-undetermined', ...rf, is: 'limit', term: 'P3D', trigger: 'undetermined', article: 'RF 8(4)', verified: 'yes' },
  { rule: 'intake-not-police', ...rf, is: 'atOnce', article: 'AP 61; RF 8(3)', verified: 'yes' },
  { rule: 'intake-by-mail', ...rf, is: 'limit', term: 'P3D', trigger: 'mail', article: 'RF 10', verified: 'yes' },
  { rule: 'intake-at-scene', ...rf, is: 'atOnce', article: 'RF 11', verified: 'yes' },
  { rule: 'intake-urgent', ...ro, is: 'limit', term: 'PT24H', trigger: 'handled', article: 'RO 二(一)3', verified: 'yes' },
  // At once since the law of 2025; what the older paper gave stays as warning and as alarm.
  { rule: 'intake-admin-file.now', ...psl25, is: 'atOnce', article: 'PSL25 90; RF 12', verified: 'yes' },
  { rule: 'intake-admin-file.now', from: '2024-01-01', until: '2025-12-31', is: 'atOnce', article: 'RF 12', verified: 'yes' },
  { rule: 'intake-admin-file.review', ...ro, is: 'limit', term: 'PT24H', trigger: 'report', article: 'RO', verified: 'yes' },
  { rule: 'intake-admin-file.hard', ...ro, is: 'limit', term: 'P3D', trigger: 'report', article: 'RO', verified: 'yes' },
  { rule: 'intake-crim-review.normal', ...ro, is: 'limit', term: 'P3D', trigger: 'acceptance', article: 'RO 二(一)2', verified: 'yes' },
  { rule: 'intake-crim-review.clue', ...ro, is: 'limit', term: 'P7D', trigger: 'acceptance', article: 'RO 二(一)2', verified: 'yes' },
  { rule: 'intake-crim-review.grave', ...ro, is: 'limit', term: 'P30D', trigger: 'acceptance', approver: 'countyHead', article: 'RO 二(一)2', verified: 'yes' },
  { rule: 'intake-jurisdiction', ...rf, is: 'limit', term: 'P3D', trigger: 'handedOver', article: 'RF 13; CP 184; AP 15', verified: 'yes' },
  { rule: 'intake-protect', ...cp, is: 'atOnce', article: 'AP 63, 64; CP 170, 173', verified: 'yes' },
  { rule: 'intake-mixed', ...cp, is: 'duty', approver: 'departmentHead', article: 'AP 65; CP 174', verified: 'yes' },
  { rule: 'intake-one-officer', ...ap, is: 'may', article: 'AP 52', verified: 'yes' },
  { rule: 'intake-legal-owner', ...ro, is: 'duty', article: 'RO 二(二)', verified: 'yes' },
  { rule: 'intake-open', ...rf, is: 'duty', article: 'RF 15, 16', verified: 'yes' },
] as const satisfies readonly Row[]

/** 2026-01-01, what changed with the law of 2025 beside single rules: who needs a guardian, what must be recorded whole, how long an act counts as a repeated one. */
// biome-ignore format: one line a row
export const switchRows = [
  { rule: 'ver-question.guardian', ...old, is: 'least', amount: 16, of: 'years', article: 'PSL12 84', verified: 'yes', ended: 'ver-question' },
  { rule: 'ver-question.guardian', ...psl25, is: 'least', amount: 18, of: 'years', article: 'PSL25 98', verified: 'yes' },
  { rule: 'ver-av.remote', ...psl25, is: 'duty', article: 'PSL25 100', verified: 'yes' },
  { rule: 'ver-av.inspection', ...psl25, is: 'duty', article: 'PSL25 103', verified: 'yes' },
  { rule: 'ver-av.seizure', ...psl25, is: 'duty', article: 'PSL25 105', verified: 'yes' },
  { rule: 'ver-av.oneOfficer', ...psl25, is: 'duty', article: 'PSL25 108', verified: 'yes' },
  { rule: 'ver-av.onTheSpot', ...psl25, is: 'duty', article: 'PSL25 120', verified: 'yes' },
  { rule: 'ver-repeat', ...old, is: 'most', amount: 6, of: 'months', article: 'AP 160', verified: 'yes' },
  { rule: 'ver-repeat', ...psl25, is: 'most', amount: 1, of: 'years', article: 'PSL25 22', verified: 'yes' },
  { rule: 'ver-new.stayAway', ...psl25, is: 'may', article: 'PSL25 50', verified: 'yes' },
  { rule: 'ver-new.recordings', ...psl25, is: 'duty', article: 'PSL25 137', verified: 'yes' },
  { rule: 'ver-new.data', ...psl25, is: 'duty', article: 'PSL25 138', verified: 'yes' },
  { rule: 'ver-new.otherLaws', ...psl25, is: 'duty', article: 'PSL25 141', verified: 'yes' },
] as const satisfies readonly Row[]
