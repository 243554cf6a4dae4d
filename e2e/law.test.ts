import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { CaseCity, guardian, reporter, suspect, victim } from './caseCity.ts'
import type { CasePage } from './casePage.ts'
import { wrongIn } from './recorded.ts'

// What the law of the day asks for, on the pages. The house stands at the end of 2025, then in the first week of the law of 2025, then on the day of a hearing.
let city: CaseCity
before(async () => {
  city = await CaseCity.open()
})
after(() => city.close())

const born = (day: string) => suspect({ idType: undefined, idNumber: undefined, born: day, sex: 'male' })
/** Seventeen on either day. */
const youth = () => born('2008-06-15')
const gambling = { cause: '赌博', narrative: '群众举报棋牌室有人以扑克牌赌博，民警当场查获，赌资较大。' }
const decide = { reason: '事实清楚，证据确凿。' }
const announced = { service: { word: 'serviceWay.announced' } }

/** A fine of 3000 is proposed, the youth and his mother are told and heard. */
async function heard(desk: CasePage): Promise<void> {
  const article = '《治安管理处罚法》关于赌博的规定'
  await desk.step('draftPenalty', { penalties: { word: 'penaltyKind.fine' }, fine: '3000', article, facts: '参与赌博，赌资较大。' })
  assert.match(await desk.refused('noticePenalty', {}), /未成年人须有监护人在场.*《行政处罚法》/s)
  await desk.step('noticePenalty', { guardian: '冯某酉' })
  const statement = '初次参与，本人赌资不多。'
  await desk.step('recordDefence', { said: { word: 'defence.statement' }, statement, recheck: '经复核属实，予以采纳。' })
}

let earlier: string
test('2025-12-30, the law of 2012: at seventeen questioned alone, 3000 yuan give a hearing, 800 are for the county head', async () => {
  await city.goTo('2025-12-30T10:00:00+08:00')
  const accused = youth()
  earlier = await city.report([reporter(), accused, guardian(accused.id)], gambling)
  const pages = await city.filed(earlier)
  const { desk } = pages
  // The day itself is not counted: thirty days from the acceptance end with 29 January.
  await desk.limit('dec-limit', /2026\/01\/29周四24时届满.*自受案起算.*（2012年修正）第99条/s)
  await city.broughtIn(pages)
  await desk.limit('q-8h', /（2012年修正）第83条/)
  await city.questioned(desk)
  await heard(desk)
  // Five working days: 31 December, 4 January, a Sunday made up for, 5, 6 and 7.
  await desk.limit('hear-request', /2026\/01\/07周三24时届满/)
  await desk.step('hearingWish', { wish: { word: 'hearingWish.waives' } })
  await desk.step('draftPenalty', { fine: '800' })
  await desk.step('decidePenalty', decide)
  await desk.waits('countyHead', /（2012年修正）第91条/)
  const chief = await city.seat('chief', earlier)
  await chief.step('approveRequest')
  await desk.step('serveDecision', announced)
  await city.leave()
})

test('2026-01-05, the law of 2025: the same facts by other articles, limits, amounts and heads; the older case keeps its limits', async () => {
  await city.goTo('2026-01-05T10:00:00+08:00')
  const accused = youth()
  const id = await city.report([reporter(), accused, guardian(accused.id)], gambling)
  const pages = await city.filed(id)
  const { desk, head } = pages
  // Counted from the filing: thirty days end with 4 February.
  await desk.limit('dec-limit', /2026\/02\/04周三24时届满.*自立案起算.*（2025年修订）第118条/s)
  await city.broughtIn(pages)
  await desk.limit('q-8h', /（2025年修订）第97条/)
  assert.match(await desk.refused('beginSession', city.session), /不满18周岁.*（2025年修订）第98条/s)
  await city.questioned(desk, { adult: { name: '冯某酉' } })
  await heard(desk)
  await desk.no('hearingWish', /没有听证权利.*（2025年修订）第117条/s)
  await desk.step('draftPenalty', { fine: '800' })
  await desk.step('decidePenalty', decide)
  await desk.waits('stationHead', /（2025年修订）第109条/)
  await head.step('approveRequest')
  await desk.step('serveDecision', announced)
  // Fifteen days: 20 January.
  await desk.limit('ex-fine.pay', /2026\/01\/20周二24时届满.*（2025年修订）第123条/s)
  const before = await city.seat('officer', earlier)
  await before.limit('dec-limit', /自受案起算.*（2012年修正）第99条/s)
  await before.limit('ex-fine.pay', /^(?!.*2025年修订).*2026\/01\/14周三24时届满.*《行政处罚法》第66/s)
  for (const page of [before, desk]) {
    await page.step('payFine', { amount: '800', receipt: '罚缴〔2026〕5号' })
    await page.step('closeCase', { closing: { word: 'closing.executed' }, reason: '罚款已缴纳。' })
    await page.reached('closed')
  }
  await city.leave()
})

test('a minor of fifteen: his mother beside him, told to her as well, the detention decided and not carried out', async () => {
  const accused = born('2010-03-08')
  const harmed = victim()
  const id = await city.report([harmed, accused, guardian(accused.id)])
  const pages = await city.filed(id)
  const { desk } = pages
  await city.broughtIn(pages)
  await city.questioned(desk, { adult: { name: '冯某酉' } })
  const article = '《治安管理处罚法》第五十一条第一款'
  await desk.step('draftPenalty', { penalties: { word: 'penaltyKind.detention' }, days: '5', article, facts: '持木棍殴打他人，致轻微伤。' })
  await desk.step('noticePenalty', { guardian: '冯某酉' })
  await desk.step('recordDefence', { said: { word: 'defence.nothing' } })
  await desk.step('decidePenalty', decide)
  const chief = await city.seat('chief', id)
  await chief.step('approveRequest')
  await desk.step('serveDecision', announced)
  await desk.fact('cases.decision', /不满十六周岁，不执行拘留/)
  await desk.fact('cases.remedies', /行政复议.*60日.*第20条.*行政诉讼.*6个月.*第46条/s)
  await desk.no('deliverDetainee', /依法不执行拘留.*（2025年修订）第16, 23条/s)
  await desk.step('serveDecision', { to: { name: '周某丙' }, service: { word: 'serviceWay.handed' } })
  await desk.step('tellOfDetention', { family: { word: 'familyContact.told' }, whom: '其母冯某酉' })
  await desk.step('closeCase', { closing: { word: 'closing.executed' }, reason: '处罚决定已送达，拘留依法不执行。' })
  await desk.reached('closed')
  await desk.seat.page.locator('.panel-head .tag').getByText(desk.seat.word('cases.sealed'), { exact: true }).waitFor()
  await city.leave()
})

test('a child of thirteen is not penalised', async () => {
  const accused = born('2012-06-15')
  const id = await city.report([reporter(), accused, guardian(accused.id)])
  const { desk, head } = await city.filed(id)
  const told = { article: '《治安管理处罚法》第十二条', facts: '用木棍殴打他人，未造成伤害。' }
  const warned = await desk.refused('draftPenalty', { penalties: { word: 'penaltyKind.warning' }, ...told })
  assert.match(warned, /不满 14 周岁的，不予处罚.*（2025年修订）第12条/s)
  await desk.step('draftPenalty', { penalties: { word: 'penaltyKind.none' }, ...told })
  await desk.step('decidePenalty', decide)
  await head.step('approveRequest')
  await desk.step('serveDecision', announced)
  await desk.step('closeCase', { closing: { word: 'closing.noPenalty' }, reason: '不满十四周岁，责令监护人严加管教。' })
  await desk.reached('closed')
  await city.leave()
})

test('a hearing: asked for, arranged by who did not investigate, held, and decided on after review and discussion', async () => {
  const id = await city.report([reporter(), suspect()], {
    cause: '旅馆业违规经营',
    narrative: '旅馆多次不登记住宿人员身份，经处罚仍不改正。',
  })
  const before = await city.filed(id)
  await before.desk.step('draftPenalty', {
    penalties: { words: ['penaltyKind.fine', 'penaltyKind.revocation'] },
    fine: '5000',
    licence: '特种行业许可证（旅馆业）',
    article: '《治安管理处罚法》关于旅馆业的规定',
    facts: '一年内三次不按规定登记住宿人员信息。',
    complex: true,
  })
  await before.desk.step('noticePenalty', {})
  await before.desk.step('recordDefence', { said: { word: 'defence.nothing' } })
  // Five working days: 6, 7, 8, 9 and 12 January. Nothing is decided before they are over.
  await before.desk.limit('hear-request', /2026\/01\/12周一24时届满/)
  await before.desk.no('decidePenalty', /2026-01-13 00:00.*《行政处罚法》第64条/s)
  await before.desk.step('hearingWish', { wish: { word: 'hearingWish.asks' } })
  await before.desk.no('decidePenalty', /听证尚未结束.*（2025年修订）第117条/s)
  await before.desk.limit('dec-limit', /期限暂停中/)
  const chair = await city.seat('reviewer', id)
  await chair.step('answerHearing', { answer: { word: 'hearingAnswer.accepted' }, reason: '符合听证条件。' })
  // Told seven working days before: 6 to 9 and 12 to 14 January.
  const place = '分局法制大队听证室'
  assert.match(await chair.refused('arrangeHearing', { on: '2026-01-14T09:30', place }), /2026-01-15 00:00.*《行政处罚法》第64条/s)
  await chair.step('arrangeHearing', { on: '2026-01-15T09:30', place, open: true })
  const ended = { course: { word: 'hearingCourse.held' }, record: '当事人承认事实，请求从轻；承办人出示三次检查记录。' }
  assert.match(await chair.refused('endHearing', ended), /2026-01-15 09:30/)
  await city.leave()

  await city.goTo('2026-01-15T11:00:00+08:00')
  const [desk, reviewer, chief] = [await city.seat('officer', id), await city.seat('reviewer', id), await city.seat('chief', id)]
  await reviewer.step('endHearing', {
    course: { word: 'hearingCourse.held' },
    record: '当事人承认事实，请求从轻；承办人出示三次检查记录。',
  })
  await desk.fact('cases.hearing', new RegExp(`${desk.seat.word('hearingState.held')}.*${city.people.reviewer.name}`))
  await desk.no('decidePenalty', /法制审核.*第113, 114条/s)
  await desk.step('askReview', {})
  await reviewer.step('reviewPenalty', { conclusion: { word: 'reviewConclusion.passed' } })
  await desk.no('decidePenalty', /集体讨论/)
  await chief.step('discussPenalty', { present: '局长、分管副局长、法制负责人', agreed: '同意罚款五千元并吊销许可证。' })
  await desk.step('decidePenalty', decide)
  await chief.step('approveRequest')
  await desk.step('serveDecision', announced)
  await desk.step('payFine', { amount: '5000', receipt: '罚缴〔2026〕6号' })
  await desk.no('closeCase', /第258-263条/)
  await desk.step('recordExecution', { note: '许可证正副本已收缴，并函告市场监管部门。' })
  await desk.step('closeCase', { closing: { word: 'closing.executed' }, reason: '罚款已缴纳，许可证已吊销。' })
  await desk.reached('closed')
  await city.leave()
})

test('after all of it the database is what its events say', async () => {
  assert.deepEqual(await wrongIn(city.server.data), [])
})
