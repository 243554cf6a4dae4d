import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Command } from '../contract.ts'
import { account, accepted, county, filed, head, officer, person, refused, reporter, start, station, subBureau } from '../testing/given.ts'
import {
  aged,
  approve,
  askReview,
  at,
  decide,
  decided,
  defend,
  draft,
  noticed,
  review,
  reviewer,
  stateOf,
  stranger,
  suspect,
  suspected,
  suspectId,
  tell,
  types,
  wish,
} from '../testing/penalty.ts'

const day = 24

test('drafted, told, heard, decided by the head of the station: a fine of five hundred', () => {
  const record = suspected()
  assert.deepEqual(types(record.do(draft())), ['penaltyDrafted'])
  assert.equal(record.row.phase, 'filed')
  const [notice] = record.do(tell())
  assert.deepEqual(notice?.data, { person: suspectId, path: 'told', hearing: false, limits: [] })
  assert.equal(record.row.phase, 'noticed')
  record.do(defend('statement'))
  record.do(decide())
  assert.deepEqual(
    record.row.requests.map(({ kind, level, article }) => [kind, level, article]),
    [['decidePenalty', 'stationHead', 'PSL25 109; AP 173']],
  )
  const [, event] = record.do(approve(1), { who: head })
  assert.equal(event?.type, 'penaltyDecided')
  const { limits, remedies, ...said } = event.data as Extract<typeof event, { type: 'penaltyDecided' }>['data']
  assert.deepEqual(said, {
    person: suspectId,
    penalties: ['fine'],
    fine: 500,
    article: '《治安管理处罚法》第五十一条第一款',
    facts: '殴打他人，致轻微伤',
    decisionNumber: `${record.row.caseNumber}-1`,
    level: 'stationHead',
    last: true,
  })
  assert.deepEqual(
    remedies.map(({ rule }) => rule),
    ['rev-apply', 'lit-term'],
  )
  assert.deepEqual(
    limits.map(({ rule }) => rule),
    ['dec-serve.absent'],
  )
  assert.deepEqual([record.row.phase, record.limits['dec-limit'], record.limits['dec-serve.absent']], ['decided', 'met', 'running'])
})

test('no decision without a notice, and none before the suspect was heard', () => {
  const record = suspected()
  refused('draft-first', () => record.do(decide()), 'AP 172')
  record.do(draft())
  refused('notice-first', () => record.do(decide()), 'PSL25 112; PEN 44, 45, 62; AP 167')
  refused('notice-first', () => record.do(defend()), 'PSL25 112; PEN 44, 45, 62; AP 167')
  record.do(tell())
  refused('told-already', () => record.do(tell()))
  refused('defence-first', () => record.do(decide()), 'PSL25 112; PEN 44, 45, 62; AP 167')
  refused('statement-needed', () => record.do(defend('nothing', { said: 'statement' })))
  refused('recheck-needed', () => record.do(defend('nothing', { said: 'statement', statement: '-' })))
  record.do(defend('waived'))
  refused('heard-already', () => record.do(defend('nothing')))
  record.do(decide())
  // What was asked for rests on the draft that was told.
  refused('awaits-approval', () => record.do(draft({ fine: 400 })))
})

test('only who handles a filed administrative case proposes a penalty, for a suspect of it', () => {
  refused('file-first', () => accepted({ persons: [reporter, suspect] }).do(draft()), 'PSL25 90')
  refused('not-handling', () => suspected().do(draft(), { who: stranger }), 'AP 52')
  refused('not-a-suspect', () => suspected().do(draft({}, reporter.id)))
  const crime = filed({ persons: [reporter, suspect], nature: 'criminal' }, { caseKind: 'criminal' })
  refused('criminal-case', () => crime.do(draft()), 'AP 65')
})

test('a draft is complete: what is imposed, how much, of which licence', () => {
  const record = suspected()
  refused('none-alone', () => record.do(draft({ penalties: ['none', 'fine'] })))
  refused('penalty-twice', () => record.do(draft({ penalties: ['fine', 'fine'] })))
  refused('fine-amount', () => record.do(draft({ fine: undefined })))
  refused('fine-amount', () => record.do(draft({ penalties: ['warning'] })))
  refused('detention-days', () => record.do(draft({ penalties: ['fine', 'detention'] })))
  refused('licence-which', () => record.do(draft({ penalties: ['revocation'], fine: undefined })))
  refused('detention-long', () => record.do(draft({ penalties: ['detention'], fine: undefined, days: 21 })), 'PSL25 16, 23')
  refused(
    'detention-long',
    () => record.do(draft({ penalties: ['detention'], fine: undefined, days: 21 }), { at: '2025-12-30T06:00:00.000Z' }),
    'PSL12 16',
  )
  record.do(draft({ penalties: ['detention'], fine: undefined, days: 20 }))
})

test('nobody under fourteen is penalised, and nothing that stayed unknown for six months', () => {
  refused('too-young', () => suspected([aged(13)]).do(draft()), 'PSL25 12')
  suspected([aged(13)]).do(draft({ penalties: ['none'], fine: undefined }))
  suspected([aged(14)]).do(draft())
  const old = suspected([suspect], { happened: { from: '2026-05-26T06:00:00Z' } })
  refused('time-barred', () => old.do(draft()), 'PSL25 25; AP 154')
  suspected([suspect], { happened: { from: '2026-05-28T06:00:00Z' } }).do(draft())
})

test('being heard makes nothing heavier; what is milder stays told, anything else is told anew', () => {
  const record = suspected()
  record.do(draft())
  record.do(tell())
  record.do(defend('statement'))
  refused('heavier-for-defence', () => record.do(draft({ fine: 600 })), 'PSL25 112; PEN 44, 45, 62; AP 167')
  refused('heavier-for-defence', () => record.do(draft({ penalties: ['fine', 'detention'], days: 1 })))
  record.do(draft({ fine: 300 }))
  assert.deepEqual([stateOf(record).notice?.path, stateOf(record).defence?.said], ['told', 'statement'])
  record.do(draft({ fine: 300, facts: '殴打他人' }))
  assert.deepEqual([stateOf(record).notice, stateOf(record).defence], [null, null])
  const silent = noticed(suspected())
  silent.do(draft({ fine: 600 }))
  assert.equal(stateOf(silent).notice, null)
})

test('a minor is told with his guardian, or it is said why none was there', () => {
  const record = suspected([aged(17)])
  record.do(draft())
  refused('notice-guardian', () => record.do(tell()), 'PSL25 112; PEN 44, 45, 62; AP 167')
  record.do(tell({ guardian: '其母王某' }))
  assert.equal(stateOf(record).notice?.guardian, '其母王某')
  const absent = suspected([aged(17)])
  absent.do(draft())
  absent.do(tell({ guardianAbsent: '监护人在外地，通知其班主任到场' }))
  suspected([aged(18)]).do(draft())
})

test('who has fled is told by public notice, and seven days later nobody has to hear him any more', () => {
  const record = suspected()
  record.do(draft())
  record.do(tell({ path: 'publicNotice' }))
  // Friday 27 November; seven days without the first: Friday, 4 December, at 24:00.
  assert.equal(stateOf(record).notice?.ready, '2026-12-04T16:00:00.000Z')
  refused('notice-runs', () => record.do(defend(), at(7 * day)), 'AP 168')
  record.do(defend(), { at: '2026-12-04T16:00:00.000Z' })
  record.do(decide(), { at: '2026-12-04T16:00:00.000Z' })
})

test('no penalty is a decision too, and needs no notice', () => {
  const record = suspected()
  record.do(draft({ penalties: ['none'], fine: undefined }))
  refused('no-notice-due', () => record.do(tell()))
  record.do(decide())
  record.do(approve(1), { who: head })
  assert.equal(record.row.phase, 'decided')
  refused('decided-already', () => record.do(draft()))
  refused('decided-already', () => record.do(decide()))
})

test('a deputy of a congress is detained with its leave only; who is pregnant or nursing is not brought', () => {
  const detention = { penalties: ['detention'], fine: undefined, days: 5 }
  const record = noticed(suspected([{ ...suspect, situations: ['deputy'] }]), draft(detention))
  refused('leave-first', () => record.do(decide(), at(1)), 'AP 174')
  record.do(draft({ ...detention, leave: '区人大常委会许可〔2026〕3号' }), at(1))
  record.do(decide(), at(1))
  for (const situation of ['pregnant', 'nursing'] as const) {
    const mother = decided(suspected([{ ...suspect, situations: [situation] }]), draft(detention))
    assert.equal(stateOf(mother).decided?.withheld, 'nursing')
  }
})

test('what a station may decide: a warning and a thousand yuan; five hundred until the end of 2025', () => {
  const level = (more: object, when = start) => {
    const record = suspected([suspect])
    record.do(draft(more), { at: when })
    record.do(tell(), { at: when })
    record.do(defend(), { at: when })
    record.do(decide(), { at: when })
    return record.row.requests.map(({ level: asked, article }) => [asked, article])[0]
  }
  const [last, first] = ['2025-12-30T06:00:00.000Z', '2026-01-05T06:00:00.000Z']
  assert.deepEqual(level({ fine: 1000 }), ['stationHead', 'PSL25 109; AP 173'])
  assert.deepEqual(level({ fine: 1001 }), ['countyHead', 'PSL25 109; AP 173'])
  assert.deepEqual(level({ penalties: ['warning'], fine: undefined }), ['stationHead', 'PSL25 109; AP 173'])
  assert.deepEqual(level({ penalties: ['detention'], fine: undefined, days: 1 }), ['countyHead', 'PSL25 109; AP 173'])
  // The same facts on both sides of the new year.
  assert.deepEqual(level({ fine: 800 }, last), ['countyHead', 'PSL12 91; AP 173'])
  assert.deepEqual(level({ fine: 800 }, first), ['stationHead', 'PSL25 109; AP 173'])
})

test('a detention is decided at county level, and carried out by age', () => {
  const withheld = (years: number, more: object = {}) => {
    const record = suspected([aged(years)])
    record.do(draft({ penalties: ['detention'], fine: undefined, days: 5, ...more }))
    record.do(tell({ guardian: '其父' }))
    record.do(defend())
    if (record.matter.books.decision[suspectId]?.notice?.hearing) record.do(wish('waives'))
    record.do(decide())
    refused('level-too-low', () => record.do(approve(1), { who: head }), 'PSL25 109; AP 173')
    record.do(approve(1), { who: county })
    return stateOf(record).decided?.withheld
  }
  assert.deepEqual(
    [15, 16, 17, 18, 69, 70].map((years) => withheld(years)),
    ['young', 'first', 'first', null, null, 'old'],
  )
  assert.deepEqual([withheld(15, { exception: 'grave' }), withheld(70, { exception: 'grave' })], [null, null])
})

test('a legal review: passed, or returned with findings, corrected, and looked at again', () => {
  const record = noticed(suspected(), draft({ publicInterest: true }))
  refused('review-first', () => record.do(decide(), at(1)), 'PSL25 113, 114; PEN 57, 58')
  refused('no-review-asked', () => record.do(review(), { who: reviewer }), 'AP 170')
  record.do(askReview(), at(1))
  assert.equal(record.row.phase, 'reviewing')
  refused('review-runs', () => record.do(askReview(), at(1)))
  refused('review-open', () => record.do(decide(), at(1)))
  refused('finding-needed', () => record.do(review('returned', { findings: [] }), { who: reviewer }))
  const both = { by: officer.by, as: [{ role: 'legalReviewer', unit: subBureau } as const] }
  refused('reviewer-handles', () => record.do(review(), { who: both }), 'AP 170')
  record.do(review('returned'), { who: reviewer, ...at(2) })
  assert.deepEqual([record.row.phase, stateOf(record).review?.state], ['noticed', 'returned'])
  refused('review-open', () => record.do(decide(), at(2)))
  refused('corrections-needed', () => record.do(askReview(), at(2)), 'AP 170')
  const [event] = record.do(askReview('已补充证人询问笔录'), at(3))
  assert.deepEqual(event?.data, { person: suspectId, corrected: '已补充证人询问笔录', round: 2 })
  assert.equal(stateOf(record).review?.findings.length, 1)
  record.do(review(), { who: reviewer, ...at(4) })
  refused('reviewed-already', () => record.do(askReview(), at(4)))
  record.do(decide(), at(4))
  const reviewerDecides = { by: reviewer.by, as: [{ role: 'unitHead', unit: subBureau } as const] }
  refused('reviewer-decides', () => record.do(approve(1), { who: reviewerDecides, ...at(5) }), 'PSL25 113, 114; PEN 57, 58')
  record.do(approve(1), { who: head, ...at(5) })
})

test('a new draft is reviewed anew', () => {
  const record = noticed(suspected())
  record.do(askReview(), at(1))
  record.do(review(), { who: reviewer, ...at(2) })
  record.do(draft({ fine: 300 }), at(3))
  refused('review-open', () => record.do(decide(), at(3)))
})

test('what is complex is discussed by the heads of the agency together', () => {
  const discuss: Command = { type: 'discussPenalty', data: { person: suspectId, present: '局长、副局长、法制大队长', agreed: '一致同意' } }
  const record = noticed(suspected(), draft({ complex: true }))
  record.do(askReview(), at(1))
  record.do(review(), { who: reviewer, ...at(2) })
  refused('discussion-first', () => record.do(decide(), at(3)), 'PSL25 113, 114; PEN 57, 58')
  refused('agency-heads', () => record.do(discuss, { who: head }))
  record.do(discuss, { who: county, ...at(3) })
  refused('discussed-already', () => record.do(discuss, { who: county, ...at(3) }))
  record.do(decide(), at(3))
})

test('nobody decides on what he handles or has asked for; a new officer’s request stands', () => {
  const record = noticed(suspected())
  record.do(decide(), at(1))
  const both = { by: officer.by, as: [{ role: 'unitHead', unit: station } as const] }
  refused('four-eyes', () => record.do(approve(1), { who: both, ...at(1) }), 'PSL25 109; AP 173')
  record.do({ type: 'assign', data: { caseOfficers: [account(8)] } }, { who: head })
  refused('four-eyes', () => record.do(approve(1), { who: both, ...at(1) }))
  record.do(approve(1), { who: person('unitHead', station, 3), ...at(2) })
  assert.equal(decided(suspected()).row.phase, 'decided')
})
