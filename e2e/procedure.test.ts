import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Views } from '#modules/cases/contract.ts'
import { CaseCity, suspect, victim } from './caseCity.ts'
import { wrongIn } from './recorded.ts'
import { until } from './server.ts'

// From a call to the end of the case, each step by its button, by the people whose step it is.
let city: CaseCity
before(async () => {
  city = await CaseCity.open()
})
after(() => city.close())

test('from a call to the close of the case, by officer, two heads, and reviewer', async () => {
  const from = await city.incident()
  const id = await city.report([victim(), suspect()], { source: 'incident', incident: from })
  const pages = await city.filed(id)
  const { desk } = pages
  await city.broughtIn(pages)
  await city.questioned(desk)
  await desk.step('draftPenalty', {
    penalties: { word: 'penaltyKind.detention' },
    days: '5',
    article: '《治安管理处罚法》第五十一条第一款',
    facts: '持木棍殴打他人，致轻微伤。',
    complex: true,
  })
  // The page says what is missing and which article says so.
  await desk.no('decidePenalty', /告知.*第112条/s)
  await desk.step('noticePenalty', { path: { word: 'noticePath.told' } })
  await desk.step('recordDefence', { said: { word: 'defence.nothing' } })
  await desk.step('askReview', {})
  const reviewer = await city.seat('reviewer', id)
  await reviewer.step('reviewPenalty', { conclusion: { word: 'reviewConclusion.returned' }, findings: '缺少证人询问笔录' })
  await desk.step('askReview', { corrected: '已补充证人询问笔录。' })
  await reviewer.step('reviewPenalty', { conclusion: { word: 'reviewConclusion.passed' } })
  const chief = await city.seat('chief', id)
  await chief.step('discussPenalty', { present: '局长、分管副局长、法制负责人', agreed: '同意行政拘留五日。' })
  await desk.step('decidePenalty', { reason: '事实清楚，证据确凿。' })
  await chief.step('approveRequest')
  await desk.step('serveDecision', { service: { word: 'serviceWay.announced' } })
  await desk.step('serveDecision', { to: { name: '周某丙' }, service: { word: 'serviceWay.handed' } })
  await desk.step('tellOfDetention', { family: { word: 'familyContact.told' }, whom: '其妻' })
  await desk.step('deliverDetainee', { house: '东城区拘留所', receipt: '拘执回〔2026〕12号' })
  await desk.step('closeCase', { closing: { word: 'closing.executed' }, reason: '处罚已执行。' })
  await desk.reached('closed')
  const person = await city.person('officer')
  const { row } = (await person.view<Views['matter']>('cases', 'matter', { id })).data
  assert.deepEqual(
    row.limits.filter(({ state }) => state === 'running' || state === 'breached'),
    [],
  )
  await until('the question to be answered', async () => {
    const { rows } = (await person.view<Views['questions']>('cases', 'questions', { unit: city.people.officer.unit })).data
    return rows.every((one) => one.row.incident !== from)
  })
  await city.leave()
})

test('a refusal to file: returned, proposed anew with its ground, approved, told with the remedies against it', async () => {
  const id = await city.report([victim()], { cause: '侵占', narrative: '朋友借走电动车，说好三天归还，至今未还。' })
  const desk = await city.seat('officer', id)
  await desk.step('accept')
  const proposal = { outcome: { word: 'filingOutcome.refuse' }, caseKind: { word: 'caseKind.administrative' } }
  const reason = '系民事借用纠纷，没有违法事实，已告知可向人民法院起诉。'
  assert.match(await desk.refused('proposeFiling', { ...proposal, reason }), /（2025年修订）第90条/)
  const grounded = { ...proposal, ground: { word: 'filingGround.noFacts' } }
  await desk.step('proposeFiling', { ...grounded, reason: '民事纠纷。' })
  const head = await city.seat('head', id)
  await head.step('returnProposal', { reason: '请写明借用的约定和告知情况。' })
  await desk.reached('accepted')
  await desk.step('proposeFiling', { ...grounded, reason })
  await head.step('approveFiling')
  await desk.reached('refused')
  await desk.fact('cases.remedies', /行政复议.*60日.*《行政复议法》第20条.*行政诉讼.*6个月.*《行政诉讼法》第46条/s)
  await desk.step('giveNotice', { way: { word: 'noticeWay.inPerson' } })
  const person = await city.person('officer')
  const { row } = (await person.view<Views['matter']>('cases', 'matter', { id })).data
  assert.ok(row.noticed && row.limits.every(({ state }) => state === 'met'))
  await city.leave()
})

test('a mediation that fails: a minor act put before both sides, no agreement, and the penalty goes on in its own time', async () => {
  const id = await city.report([victim(), suspect()])
  const { desk, head } = await city.filed(id)
  await desk.step('openMediation', {
    mediationCause: { word: 'mediationCause.quarrel' },
    minorAct: true,
    noneExcluded: true,
    bothWilling: true,
  })
  await desk.step('draftPenalty', {
    penalties: { word: 'penaltyKind.fine' },
    fine: '300',
    article: '《治安管理处罚法》第五十一条第一款',
    facts: '因琐事推搡他人，情节较轻。',
  })
  await desk.step('noticePenalty', { path: { word: 'noticePath.told' } })
  await desk.step('recordDefence', { said: { word: 'defence.nothing' } })
  // While it is being settled nothing is decided.
  await desk.no('decidePenalty', /正在调解.*第9条/s)
  await desk.step('failMediation', {
    failure: { word: 'mediationFailure.noTerms' },
    reason: '双方对医疗费分歧较大。',
    suitTold: true,
  })
  const officer = await city.person('officer')
  const limits = async () => (await officer.view<Views['matter']>('cases', 'matter', { id })).data.row.limits
  const deciding = (await limits()).find(({ limit }) => limit.rule === 'dec-limit')
  assert.deepEqual(
    deciding?.limit.restarts.map(({ reason }) => reason),
    ['mediationFailed'],
  )
  await desk.step('decidePenalty', { reason: '调解未成，事实清楚。' })
  await head.step('approveRequest')
  await desk.reached('decided')
  await city.leave()
})

test('a mediation that succeeds: agreed before both sides, kept, and closed as settled', async () => {
  const id = await city.report([victim(), suspect()])
  const { desk } = await city.filed(id)
  await desk.step('openMediation', {
    mediationCause: { word: 'mediationCause.quarrel' },
    minorAct: true,
    noneExcluded: true,
    bothWilling: true,
  })
  await desk.step('agree', {
    place: '东门派出所调解室',
    recorded: true,
    helped: '东门社区居委会',
    terms: '赔偿医疗费一千元，当面道歉。',
    performDays: '10',
    bothSigned: true,
  })
  await desk.no('closeCase', /尚有违法嫌疑人没有决定/)
  await desk.step('keepAgreement', { proof: '收条一张，双方在场确认。' })
  await desk.step('closeCase', { closing: { word: 'closing.settled' }, reason: '调解协议已履行。' })
  await desk.reached('closed')
  await city.leave()
})

test('on the spot: imposed without a summons, the fine collected, reported, handed in, banked, and closed', async () => {
  const id = await city.report([victim(), suspect()])
  const { desk } = await city.filed(id)
  await desk.step('imposeOnTheSpot', {
    penalty: { word: 'penaltyKind.fine' },
    fine: '200',
    article: '《治安管理处罚法》第二十六条第一款',
    facts: '在售票处插队推搡，扰乱秩序。',
    clearFacts: true,
    noVice: true,
    cardShown: true,
    rightsTold: true,
    recorded: true,
    handedOver: true,
    collection: { word: 'collection.undisputed' },
    receipt: '京罚0012345',
  })
  await desk.step('serveDecision', { to: { name: '周某丙' }, service: { word: 'serviceWay.handed' } })
  await desk.no('closeCase', /备案.*第120条/s)
  await desk.step('reportOnTheSpot')
  await desk.step('turnInFine', { receipt: '所收001' })
  await desk.step('bankFine', { receipt: '银行001' })
  await desk.step('closeCase', { closing: { word: 'closing.executed' }, reason: '罚款已缴付银行。' })
  await desk.reached('closed')
  await city.leave()
})

test('after all of it the database is what its events say', async () => {
  assert.deepEqual(await wrongIn(city.server.data), [])
})
