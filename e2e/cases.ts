import type { Views } from '#modules/cases/contract.ts'
import { Actors } from '../demo/simulator/actors.ts'
import { matterOf, openings } from '../demo/simulator/cases/opening.ts'
import { Cases } from '../demo/simulator/cases.ts'
import { ServerClock } from '../demo/simulator/clock.ts'
import { accountOf, type DemoAccount, Person } from './clients.ts'

/** A matter with everything on it, and an incident of a case type that nobody has answered for. */
export interface KnownCases {
  readonly matter: string
  /** Filed, with somebody who was questioned and is still there. */
  readonly questioned: string
  /** A penalty was drafted, told and contested in a hearing that is to come. */
  readonly hearing: string
  /** Carried out and closed, with all that was kept of it. */
  readonly closed: string
  readonly question: string
}

const persons = (...given: readonly object[]) => given.map((one) => ({ id: crypto.randomUUID(), ...one }))
const reporter = {
  roles: ['reporter', 'victim'],
  personName: '周某丙',
  phone: '138 0000 2071',
  idType: 'residentId',
  idNumber: '11010519491231002X',
}
const suspect = { roles: ['suspect'], described: '男，三十岁上下，身高一米八，灰色棉衣，东北口音' }
const yesterday = (hours: number): string => new Date(Date.now() - hours * 3_600_000).toISOString()

interface People {
  readonly officer: Person
  readonly head: Person
  /** The account of another officer of the unit. */
  readonly second: string
  readonly unit: string
}

/** A youth, summoned and questioned with his mother there; an hour of it was not of his own mind. The id of the case. */
async function questioned({ officer, second, head, unit }: People): Promise<string> {
  const id = crypto.randomUUID()
  const act = (who: Person, type: string, data: object = {}) => who.command('cases', id, type, data)
  const [youth, mother] = [crypto.randomUUID(), crypto.randomUUID()]
  const people = [
    { id: youth, roles: ['suspect'], personName: '郑某午', sex: 'male', born: '2010-03-08', employer: '第十一中学' },
    { id: mother, roles: ['guardian'], personName: '冯某酉', sex: 'female', of: [youth], relation: '母亲', phone: '139 0000 4417' },
  ]
  await act(officer, 'takeReport', {
    unit,
    source: 'counter',
    nature: 'administrative',
    cause: '殴打他人',
    narrative: '放学途中被同校学生踢伤腿部，有同学在场。',
    persons: [...persons(reporter), ...people],
  })
  await act(officer, 'accept')
  await act(officer, 'proposeFiling', { outcome: 'file', caseKind: 'administrative', reason: '有伤情照片和证人证言' })
  await act(head, 'approveFiling')
  const paper = { kind: 'summon', person: youth, place: '派出所办案区' }
  await act(officer, 'requestApproval', { act: paper, reason: '需要到案接受询问' })
  await act(head, 'approve', { request: 1 })
  await act(officer, 'recordArrival', { person: youth, arrival: 'summoned', arrived: yesterday(2) })
  await act(officer, 'checkSafety', { person: youth, belongings: '手机一部，书包一个' })
  await act(officer, 'tellFamily', { person: youth, told: '母亲冯某酉，电话告知到案原因和处所' })
  const session = { person: youth, venue: 'area', recorded: true, second, rightsTold: true, adult: mother }
  await act(officer, 'beginSession', session)
  const gist = '承认因口角踢打对方两下，愿意道歉赔偿。'
  await act(officer, 'endSession', { person: youth, signature: 'signed', identityAsked: true, breaks: '饮水一次，休息十分钟', gist })
  await act(officer, 'requestApproval', {
    act: { kind: 'lengthen', person: youth, longGround: 'complexDetention' },
    reason: '证人尚未找到',
  })
  const recuse = { kind: 'recuse', account: second, recusalGround: 'otherRelation', person: youth }
  await act(head, 'assign', { caseOfficers: [officer.me.account, second] })
  await act(officer, 'requestApproval', { act: recuse, reason: '当事人称该民警与对方家长相识' })
  return id
}

/** What was handed in, seized on the spot, and sent to be appraised. */
async function evidence({ officer, second }: People, matter: string, people: readonly { readonly id: string }[]): Promise<void> {
  const [giver, holder] = people.map(({ id }) => id)
  const thing = (more: object) => ({ id: crypto.randomUUID(), evidenceKind: 'physical', count: 1, ...more })
  const act = (type: string, data: object) => officer.command('cases', matter, type, data)
  const coat = thing({ thingName: '带血迹的白色衬衫', measureWord: '件', features: '左袖有长约三厘米破口', owner: giver, worth: 260 })
  const video = { evidenceKind: 'electronic', fixed: 'extracted', fixing: '店内录像由管理人员导出，现场核对哈希值，原机不便扣押' }
  const film = thing({ thingName: '商场东门监控录像', measureWord: '段', ...video })
  await act('receiveEvidence', { list: crypto.randomUUID(), giver, things: [coat, film], signed: 'signed' })
  const stick = thing({ thingName: '木棍', measureWord: '根', features: '长约八十厘米，一端开裂，附着疑似血迹' })
  const byTwo = { second, signed: 'refused', attestor: '商场保安王某', recorded: true }
  const seized = { measure: crypto.randomUUID(), holder, things: [stick], known: [], spotReason: 'urgent', ...byTwo }
  await act('seizeOnTheSpot', seized)
  const injury = { appraisalKind: 'injury', person: giver, agency: '市公安司法鉴定中心', issue: '损伤程度', injuryState: 'usual' }
  await act('orderAppraisal', { appraisal: crypto.randomUUID(), ...injury })
}

/** One matter of each state that a list can show; the id of the fullest. */
async function matters(all: People): Promise<string> {
  const { officer, head, unit } = all
  const take = async (more: object): Promise<string> => {
    const id = crypto.randomUUID()
    const data = { unit, source: 'counter', nature: 'administrative', persons: persons(reporter), ...more }
    await officer.command('cases', id, 'takeReport', data)
    return id
  }
  const act = (who: Person, id: string, type: string, data: object = {}) => who.command('cases', id, type, data)
  await take({ cause: '盗窃', narrative: '手机在地铁站出站口被扒窃，嫌疑人往北走', place: '灯市口站 A 口' })
  const letter = { source: 'mail', sender: '匿名来信', received: yesterday(70), persons: [] }
  await take({ ...letter, cause: '赌博', narrative: '反映某小区地下室夜间聚众赌博' })
  const unclear = await take({ cause: '损毁财物', narrative: '车窗在两区交界处被砸，说不清在哪一侧' })
  await act(officer, unclear, 'leaveUndetermined', { reason: '案发地在两区交界处' })
  const wages = await take({ cause: '劳资纠纷', narrative: '工地拖欠工资，要求派出所追讨' })
  await act(officer, wages, 'turnAway', { where: '区劳动监察大队', objected: true, inWriting: true })
  const train = await take({ nature: 'criminal', cause: '诈骗', narrative: '在列车上被骗走现金八千元' })
  await act(officer, train, 'proposeTransfer', { destination: { to: 'agency', agency: '铁路公安处' }, reason: '发生在列车上' })
  const filed = await take({ cause: '殴打他人', narrative: '楼下停车争执，被对方推倒在地' })
  await act(officer, filed, 'accept')
  await act(officer, filed, 'proposeFiling', { outcome: 'file', caseKind: 'administrative', reason: '有监控和证人证言，违法事实清楚' })
  await act(head, filed, 'approveFiling')
  const refused = await take({ cause: '侵占', narrative: '朋友借车不还' })
  await act(officer, refused, 'accept')
  const proposal = { outcome: 'refuse', caseKind: 'administrative', ground: 'noFacts', reason: '系民事借用纠纷，没有违法事实' }
  await act(officer, refused, 'proposeFiling', proposal)
  await act(head, refused, 'approveFiling')
  const hidden = { roles: ['witness'], personName: '慕容某', phone: '139 0000 1188', hideName: true }
  const people = persons(reporter, suspect, hidden)
  const matter = await take({
    cause: '故意伤害',
    narrative: '昨晚八时许，在商场东门外与一陌生男子因排队发生争执，对方持木棍击打头部，当场流血，围观群众拨打 110 后对方离开。',
    place: '王府井大街 138 号东门',
    happened: { from: yesterday(20), until: yesterday(19.5) },
    persons: people,
  })
  await act(officer, matter, 'accept')
  await evidence(all, matter, people)
  await act(officer, matter, 'recordWithdrawal', { reason: '对方家属已赔偿，表示不再追究' })
  await act(officer, matter, 'proposeFiling', { outcome: 'file', caseKind: 'administrative', reason: '有伤情照片和监控，违法事实清楚' })
  return matter
}

/** A penalty that was sent back once and is before the legal reviewer again; another, of ten days, is before the head of the sub-bureau. */
async function penalised({ officer, head, unit }: People, reviewer: Person): Promise<void> {
  const persons = (name: string) => [
    { id: crypto.randomUUID(), roles: ['suspect'], personName: name },
    { ...reporter, id: crypto.randomUUID() },
  ]
  const article = '《中华人民共和国治安管理处罚法》第五十一条第一款'
  const filed = async (name: string, draft: object): Promise<readonly [string, string]> => {
    const id = crypto.randomUUID()
    const people = persons(name)
    const person = people[0]?.id ?? ''
    const act = (who: Person, type: string, data: object = {}) => who.command('cases', id, type, data)
    const narrative = '在饭店内因琐事与邻桌争执，持酒瓶击打对方头部，经诊断为头皮裂伤。'
    await act(officer, 'takeReport', { unit, source: 'counter', nature: 'administrative', cause: '殴打他人', narrative, persons: people })
    await act(officer, 'accept')
    await act(officer, 'proposeFiling', { outcome: 'file', caseKind: 'administrative', reason: '有监控、证人和诊断证明，违法事实清楚' })
    await act(head, 'approveFiling')
    await act(officer, 'draftPenalty', { person, article, ...draft })
    await act(officer, 'noticePenalty', { person, path: 'told' })
    await act(officer, 'recordDefence', { person, said: 'statement', statement: '对方先推搡', recheck: '监控显示对方未动手' })
    return [id, person]
  }
  const days = { penalties: ['detention', 'fine'], days: 10, fine: 500, facts: '持酒瓶殴打他人，致轻微伤' }
  const [decided, whom] = await filed('吕某戌', days)
  await officer.command('cases', decided, 'requestApproval', {
    act: { kind: 'decidePenalty', person: whom },
    reason: '事实清楚，证据确实充分',
  })
  const [id, person] = await filed('孙某寅', { ...days, complex: true })
  await officer.command('cases', id, 'askReview', { person })
  const finding = { item: 'facts', finding: '缺少邻桌两名证人的询问笔录，起因只有一方陈述' }
  const form = { item: 'procedure', finding: '告知笔录没有写明陈述申辩的期限' }
  await reviewer.command('cases', id, 'reviewPenalty', { person, conclusion: 'returned', findings: [finding, form] })
  await officer.command('cases', id, 'askReview', { person, corrected: '已补录两名证人笔录，告知笔录已补正并由当事人签名' })
}

/** Incidents of a case type that were closed without an acceptance; one is explained. The id of the other. */
async function questions(url: string, accounts: readonly DemoAccount[], unit: string): Promise<string> {
  const taker = await Person.logIn(url, accountOf(accounts, 'callTaker'))
  const desk = accounts.find(({ role, unit: at }) => role === 'stationDuty' && at === unit)
  if (desk === undefined) throw new Error(`nobody is on duty at ${unit}`)
  const duty = await Person.logIn(url, desk)
  const end = async (kind: string, narrative: string, text: string): Promise<string> => {
    const id = crypto.randomUUID()
    const call = { id: crypto.randomUUID(), channel: 'voice' }
    await taker.command('dispatch', id, 'open', { call, narrative, kind, place: { kind: 'described', text }, unit })
    await duty.command('dispatch', id, 'feedback', { result: 'handled', injured: 0, persons: 2, measures: ['warned'], text: '双方已分开' })
    await duty.command('dispatch', id, 'close', {})
    return id
  }
  const explained = await end('theft', '自行车在楼下被盗，锁被剪断', '东华门大街 41 号院')
  const open = await end('assault', '两名男子在商场东门持木棍互殴，一人头部流血，周围有人围观', '王府井大街 138 号东门')
  const reason = { explanation: 'falseReport', reason: '自行车由家人骑走，报警人当场确认' }
  for (let tries = 0; ; tries += 1) {
    const { status } = await duty.ask('POST', `/command/cases/question:${explained}`, {
      id: crypto.randomUUID(),
      type: 'explain',
      data: reason,
    })
    if (status === 200) return open
    if (tries === 100) throw new Error('nobody was asked about the incident')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** Cases as the demonstration's people work them, at the first station. */
async function worked(url: string, accounts: readonly DemoAccount[], key: string): Promise<string> {
  const clock = new ServerClock()
  const city = { seed: 110, rate: 1, taken: new Set<string>() }
  const people = new Cases({ run: key, actors: new Actors(url, accounts, clock), clock, accounts, work: { city } })
  await people.begin(openings.filter((one) => one.key === key))
  return matterOf(key)
}

export async function fillCases(url: string, accounts: readonly DemoAccount[]): Promise<KnownCases> {
  const account = accountOf(accounts, 'caseOfficer')
  const { unit } = account
  const chief = accounts.find((one) => one.role === 'unitHead' && one.unit === unit)
  if (chief === undefined) throw new Error(`${unit} has no head`)
  const legal = accounts.find((one) => one.role === 'legalReviewer' && unit.startsWith(one.unit))
  if (legal === undefined) throw new Error(`nobody reviews what ${unit} decides`)
  const [officer, head, reviewer] = await Promise.all([account, chief, legal].map((one) => Person.logIn(url, one)))
  if (officer === undefined || head === undefined || reviewer === undefined) throw new Error('nobody has logged in')
  const { data } = await officer.view<Views['officers']>('cases', 'officers', { unit })
  const second = data.rows.find((one) => one.account !== officer.me.account)?.account
  if (second === undefined) throw new Error(`${unit} has one officer only`)
  const people = { officer, head, second, unit }
  await penalised(people, reviewer)
  const [hearing, closed] = [await worked(url, accounts, 'hearing'), await worked(url, accounts, 'detained')]
  const [matter, there] = [await matters(people), await questioned(people)]
  return { matter, questioned: there, hearing, closed, question: await questions(url, accounts, unit) }
}
