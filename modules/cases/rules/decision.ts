import { ap, old, oldPen, pen, psl25, type Row } from './row.ts'

/** 告知、决定、送达. */
// biome-ignore format: one line a row
export const decisionRows = [
  { rule: 'dec-limit', facts: 'dec-limit-old', ...old, is: 'limit', term: 'P30D', trigger: 'acceptance', stops: ['appraisal'], extension: { term: 'P30D', most: 1, approver: 'nextHigher' }, article: 'PSL12 99; AP 165', verified: 'yes', ended: 'ver-start' },
  { rule: 'dec-limit', ...psl25, is: 'limit', term: 'P30D', trigger: 'filing', stops: ['appraisal', 'hearing'], extension: { term: 'P30D', most: 2, approver: 'nextHigher' }, article: 'PSL25 118', verified: 'yes' },
  { rule: 'dec-limit-other', ...pen, is: 'limit', term: 'P90D', trigger: 'filing', article: 'PEN 60', verified: 'yes' },
  { rule: 'dec-notice', ...oldPen, is: 'before', article: 'PEN 44, 45, 62; AP 167', verified: 'yes' },
  { rule: 'dec-notice', ...psl25, is: 'before', article: 'PSL25 112; PEN 44, 45, 62; AP 167', verified: 'yes' },
  { rule: 'dec-notice-public', ...ap, is: 'wait', term: 'P7D', trigger: 'publicNotice', article: 'AP 168', verified: 'yes' },
  { rule: 'dec-legal-review', ...oldPen, is: 'before', article: 'PEN 57, 58', verified: 'yes' },
  { rule: 'dec-legal-review', ...psl25, is: 'before', article: 'PSL25 113, 114; PEN 57, 58', verified: 'yes' },
  { rule: 'dec-review-list', ...ap, is: 'duty', article: 'AP 170', verified: 'yes' },
  { rule: 'dec-level.station', ...old, is: 'most', amount: 500, of: 'yuan', article: 'PSL12 91; AP 173', verified: 'yes', ended: 'ver-money' },
  { rule: 'dec-level.station', ...psl25, is: 'most', amount: 1000, of: 'yuan', article: 'PSL25 109; AP 173', verified: 'yes' },
  { rule: 'dec-level.detention', ...old, is: 'duty', approver: 'countyHead', article: 'PSL12 91; AP 173', verified: 'yes' },
  { rule: 'dec-level.detention', ...psl25, is: 'duty', approver: 'countyHead', article: 'PSL25 109; AP 173', verified: 'yes' },
  { rule: 'dec-deputy.leave', ...ap, is: 'before', article: 'AP 174', verified: 'yes' },
  { rule: 'dec-deputy.report', ...ap, is: 'atOnce', article: 'AP 174', verified: 'yes' },
  { rule: 'dec-content', ...old, is: 'duty', article: 'AP 175', verified: 'yes' },
  { rule: 'dec-content', ...psl25, is: 'duty', article: 'PSL25 115; AP 175', verified: 'yes' },
  { rule: 'dec-serve.announced', ...old, is: 'atOnce', article: 'AP 36, 172', verified: 'yes' },
  { rule: 'dec-serve.announced', ...psl25, is: 'atOnce', article: 'PSL25 116; AP 36, 172', verified: 'yes' },
  { rule: 'dec-serve.absent', ...old, is: 'limit', term: 'P2D', trigger: 'decision', stops: ['travel'], article: 'AP 36, 172', verified: 'yes' },
  { rule: 'dec-serve.absent', ...psl25, is: 'limit', term: 'P2D', trigger: 'decision', stops: ['travel'], otherwise: { setting: 'twoDaysWorking', term: 'P2WD' }, article: 'PSL25 116; AP 36, 172', verified: 'yes' },
  { rule: 'dec-serve.other', ...pen, is: 'limit', term: 'P7D', trigger: 'decision', stops: ['travel'], otherwise: { setting: 'sevenDaysWorking', term: 'P7WD' }, article: 'AP 36, 172; PEN 61', verified: 'yes' },
  { rule: 'dec-serve-other', ...pen, is: 'wait', term: 'P60D', trigger: 'publicNotice', article: 'AP 36; PEN 61', verified: 'yes' },
  { rule: 'dec-family', ...old, is: 'atOnce', article: 'AP 176', verified: 'yes' },
  { rule: 'dec-family', ...psl25, is: 'atOnce', article: 'PSL25 116, 134; AP 176', verified: 'yes' },
  { rule: 'dec-foreign', ...ap, is: 'limit', term: 'PT48H', trigger: 'detained', article: 'AP 254', verified: 'yes' },
  { rule: 'dec-limitation.security', ...old, is: 'limit', term: 'P6M', trigger: 'actEnded', article: 'AP 154', verified: 'yes' },
  { rule: 'dec-limitation.security', ...psl25, is: 'limit', term: 'P6M', trigger: 'actEnded', article: 'PSL25 25; AP 154', verified: 'yes' },
  { rule: 'dec-limitation.other', ...pen, is: 'limit', term: 'P2Y', trigger: 'actEnded', article: 'AP 154; PEN 36', verified: 'yes' },
  { rule: 'dec-limitation.grave', ...pen, is: 'limit', term: 'P5Y', trigger: 'actEnded', article: 'PEN 36', verified: 'yes' },
  { rule: 'dec-detention.combined', ...psl25, is: 'most', amount: 20, of: 'days', article: 'PSL25 16, 23', verified: 'yes' },
  // Not carried out under sixteen, at sixteen and seventeen not the first time, not from seventy.
  { rule: 'dec-detention.young', ...psl25, is: 'least', amount: 16, of: 'years', article: 'PSL25 16, 23', verified: 'yes' },
  { rule: 'dec-detention.first', ...psl25, is: 'most', amount: 17, of: 'years', article: 'PSL25 16, 23', verified: 'yes' },
  { rule: 'dec-detention.old', ...psl25, is: 'least', amount: 70, of: 'years', article: 'PSL25 16, 23', verified: 'yes' },
  { rule: 'close-case', ...ap, is: 'duty', article: 'AP 258-263', verified: 'yes' },
  { rule: 'close-case.terminated', ...ap, is: 'duty', approver: 'stationHead', article: 'AP 258-263', verified: 'yes' },
] as const satisfies readonly Row[]

/** 听证. */
// biome-ignore format: one line a row
export const hearingRows = [
  { rule: 'hear-scope', ...oldPen, is: 'before', article: 'AP 123; PEN 63', verified: 'yes' },
  { rule: 'hear-scope', ...psl25, is: 'before', article: 'PSL25 117; AP 123; PEN 63', verified: 'yes' },
  { rule: 'hear-scope.person', ...oldPen, is: 'least', amount: 2000, of: 'yuan', article: 'AP 123', verified: 'yes', ended: 'ver-money' },
  { rule: 'hear-scope.unit', ...oldPen, is: 'least', amount: 10_000, of: 'yuan', article: 'AP 123', verified: 'yes', ended: 'ver-money' },
  { rule: 'hear-scope.person', ...psl25, is: 'least', amount: 4000, of: 'yuan', article: 'PSL25 117', verified: 'yes' },
  { rule: 'hear-scope.unit', ...psl25, is: 'least', amount: 4000, of: 'yuan', article: 'PSL25 117', verified: 'yes' },
  // AP 133 says three days; the later law prevails.
  { rule: 'hear-request', ...pen, is: 'limit', term: 'P5WD', trigger: 'rightsTold', article: 'PEN 64; AP 133', verified: 'yes' },
  { rule: 'hear-steps.accept', ...ap, is: 'limit', term: 'P2D', trigger: 'request', article: 'AP 135-138', verified: 'yes' },
  // So long before the hearing at least: here working days are the strict reading.
  { rule: 'hear-steps.notice', ...pen, is: 'wait', term: 'P7WD', trigger: 'hearingNotice', otherwise: { setting: 'hearingNoticeCalendar', term: 'P7D' }, article: 'AP 135-138; PEN 64', verified: 'yes' },
  { rule: 'hear-steps.hold', ...ap, is: 'limit', term: 'P10D', trigger: 'request', article: 'AP 135-138', verified: 'yes' },
  { rule: 'hear-form', ...oldPen, is: 'duty', article: 'AP 124, 127; PEN 63-65', verified: 'yes' },
  { rule: 'hear-form', ...psl25, is: 'duty', article: 'AP 124, 127; PSL25 117; PEN 63-65', verified: 'yes' },
] as const satisfies readonly Row[]
