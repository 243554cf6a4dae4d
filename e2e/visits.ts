import type { Page } from 'playwright-core'
import { type Role, roles } from '#kernel/decider.ts'
import { fillCases, type KnownCases } from './cases.ts'
import { accountOf, type DemoAccount, openAt, Person } from './clients.ts'

/** Who works at a screen. */
type Working = Exclude<Role, 'importer'>
export const working: readonly Working[] = roles.filter((role) => role !== 'importer')

/** An incident of the first station, one that nobody has a place for, and one that only the first sub-bureau has. */
export interface Known {
  readonly placed: string
  readonly unplaced: string
  readonly halfPlaced: string
  /** A station whose shift has been handed to nobody. */
  readonly left: string
  readonly cases: KnownCases
}

/** What people report at the first station, with the place as they say it; made up. The last one's text is longer than a line of a board. */
const reports = [
  ['assault', '报警人称两名男子在商场东门持木棍互殴，一人头部流血，周围有人围观', '王府井大街 138 号东门'],
  ['theft', '手机在地铁站出站口被扒窃，嫌疑人往北走', '灯市口站 A 口'],
  ['dispute', '租客与房东因押金争执，双方要求民警到场调解', '东华门大街 41 号院'],
  ['missing', '八十二岁老人晨练未归，身穿灰色棉衣', '菖蒲河公园'],
  ['collision', '出租车与电动自行车相撞，骑车人腿部擦伤', '南池子大街与东华门大街路口'],
  ['noise', '楼上装修持续到深夜，多次劝说无效', '骑河楼街 12 号楼'],
  [
    'domestic',
    '邻居听到隔壁夫妻争吵并有摔东西的声音，孩子在哭，敲门无人应答，报警人担心有人受伤，请民警尽快到场查看并联系物业开门',
    '北池子二条 9 号',
  ],
] as const

/** An incident that names the first officer, as his phone shows it. */
async function sendOfficer(url: string, accounts: readonly DemoAccount[], taker: Person): Promise<void> {
  const patrol = accountOf(accounts, 'patrolOfficer')
  const duty = accounts.find(({ role, unit }) => role === 'stationDuty' && unit === patrol.unit)
  if (duty === undefined) throw new Error(`nobody is on duty at ${patrol.unit}`)
  const [officer, station] = await Promise.all([Person.logIn(url, patrol), Person.logIn(url, duty)])
  const incident = await openAt(taker, patrol.unit, '楼下两家争吵,其中一人手里拿着木棍')
  await station.command('dispatch', incident, 'assign', { officers: [officer.me.account] })
}

/** One drill of the city with a receipt, called off so that no other page shows it, one that is planned, and one of every week. */
async function drill(url: string, accounts: readonly DemoAccount[], station: Person, unit: string): Promise<void> {
  const account = accountOf(accounts, 'citySupervisor')
  const city = await Person.logIn(url, account)
  const plan = { unit: account.unit, limitSeconds: 3600, reason: '夜间抽查值守' }
  const past = `drill:${crypto.randomUUID()}`
  await city.command('dispatch', past, 'planDrill', plan)
  await station.command('dispatch', past, 'signDrill', { unit })
  await city.command('dispatch', past, 'cancelDrill', { reason: '与大型活动安保冲突' })
  const at = new Date(Date.now() + 86_400_000).toISOString()
  await city.command('dispatch', `drill:${crypto.randomUUID()}`, 'planDrill', { ...plan, at })
  // Half a day from now: it rings on no page.
  const time = new Date(Date.now() + (12 + 8) * 3_600_000).toISOString().slice(11, 16)
  const until = new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10)
  const weekly = { ...plan, limitSeconds: 60, weekdays: ['mon', 'thu'], time, until, reason: '早间抽查值守' }
  await city.command('dispatch', `drill-series:${crypto.randomUUID()}`, 'planSeries', weekly)
}

/** One incident of each state that a board can show. */
export async function fill(url: string, accounts: readonly DemoAccount[]): Promise<Known> {
  const taker = await Person.logIn(url, accountOf(accounts, 'callTaker'))
  const duty = accountOf(accounts, 'stationDuty')
  const station = await Person.logIn(url, duty)
  const act = (incident: string, type: string, data: object = {}) => station.command('dispatch', incident, type, data)
  const steps: readonly (readonly [string, object])[] = [
    ['sign', {}],
    ['assign', { handlers: ['王某甲'] }],
    ['depart', {}],
    ['arrive', {}],
    ['clear', {}],
    [
      'feedback',
      { result: 'handled', injured: 0, persons: 2, measures: ['warned'], text: '双方已分开，伤者自行就医，当场调解并留存双方信息' },
    ],
  ]
  const admin = await Person.logIn(url, accountOf(accounts, 'systemAdministrator'))
  await admin.command('dispatch', 'bell:duty-room', 'setBell', {
    unit: duty.unit,
    channel: 'webhook',
    target: 'http://127.0.0.1:9/duty-room',
  })
  let placed = ''
  for (const [reached, [kind, narrative, text]] of reports.entries()) {
    placed = crypto.randomUUID()
    const call = { id: crypto.randomUUID(), channel: 'voice', number: `138 0000 ${2071 + reached}`, name: '周某' }
    await taker.command('dispatch', placed, 'open', { call, narrative, kind, place: { kind: 'described', text }, unit: duty.unit })
    for (const [type, data] of steps.slice(0, reached)) await act(placed, type, data)
  }
  await taker.command('dispatch', placed, 'note', { text: '报警人又来电，称孩子已被邻居接走' })
  await sendOfficer(url, accounts, taker)
  await drill(url, accounts, station, duty.unit)
  const nowhere = async (unit?: string): Promise<string> => {
    const incident = crypto.randomUUID()
    const data = {
      call: { id: crypto.randomUUID(), channel: 'voice' },
      narrative: '小女孩称与家人走散，说不清在哪里，背景有广播声',
      kind: 'missing',
      ...(unit !== undefined && { unit }),
    }
    await taker.command('dispatch', incident, 'open', { ...data, place: { kind: 'unknown' } })
    return incident
  }
  const shift = `shift:${crypto.randomUUID()}`
  await station.command('dispatch', shift, 'startShift', { unit: duty.unit })
  await station.command('dispatch', shift, 'endShift', { reason: '停电，迁至备用席位' })
  const halfPlaced = await nowhere(accountOf(accounts, 'subBureauDuty').unit)
  const cases = await fillCases(url, accounts)
  return { placed, unplaced: await nowhere(), halfPlaced, left: duty.unit, cases }
}

/** Lists without end scroll anyway; their records are short. */
const listTall = 1400

export interface Visit {
  /** Of its pictures. */
  readonly name: string
  readonly path: string
  /** There when the screen has its data. */
  readonly ready: string
  readonly height?: number
  readonly prepare?: (page: Page) => Promise<void>
  /** Brought into the window for each picture. */
  readonly shows?: string
}

const filled = '.grid .body [role="row"][data-id]'
const duty: Visit = {
  name: 'duty',
  path: '/duty',
  ready: '.own .big',
  // The form of the last step, sent with everything left out.
  async prepare(page) {
    await page.locator('.own .small').first().click()
    await page.locator('.duty-form button[type="submit"]').click()
    await page.locator('.field.wrong').first().waitFor()
  },
}
const board: Visit = { name: 'board', path: '/board', ready: filled }
const unplaced = (id: string): Visit => ({ name: 'unplaced', path: `/unplaced?incident=${id}`, ready: '.plumb' })
const incident = (id: string): Visit => ({ name: 'incident', path: `/incident/${id}`, ready: '.plumb' })
const intake: Visit = {
  name: 'intake',
  path: '/intake',
  ready: '.mine',
  // Sent with a field left out: the form says what is missing.
  async prepare(page) {
    await page.locator('#intake-place').fill('116.46, 39.92')
    await page.locator('.receivers b').first().waitFor()
    await page.locator('#intake-narrative').press('Control+Enter')
    await page.locator('.row.wrong').first().waitFor()
  },
}
/** Filled by a place that was offered and by the command bar. */
const filledIn: Visit = {
  name: 'intake-filled',
  path: '/intake',
  ready: '.mine',
  async prepare(page) {
    await page.locator('#intake-narrative').fill('两人持棍互殴，一人头部流血。')
    await page.locator('#intake-place').fill('三里屯')
    await page.locator('#intake-place-places').waitFor()
    await page.locator('#intake-place').press('ArrowDown')
    await page.locator('#intake-place').press('Enter')
    await page.locator('.receivers b').first().waitFor()
    await page.locator('#command-bar').fill('ou')
    await page.locator('#command-bar-list').waitFor()
    await page.locator('#command-bar').press('Enter')
    // What was done stands there until it cannot be undone any more.
    await page.locator('.undo').waitFor()
    await page.locator('.undo').waitFor({ state: 'detached' })
  },
}
const search: Visit = { name: 'search', path: '/incidents?q=%E6%B0%91%E8%AD%A6', ready: filled }
const wall: Visit = { name: 'wall', path: '/wall', ready: '.wall .tiles' }
const statistics = (asked: string): Visit => ({ name: `statistics-${asked}`, path: `/statistics?of=${asked}`, ready: '.statistics .total' })
const desks = (unit: string): Visit => ({ name: 'desks', path: `/desks?desk=${unit}`, ready: '.plumb' })
const drills: Visit = { name: 'drills', path: '/drills', ready: '.drills .grid .body [role="row"][data-id]', height: listTall }
/** The report alone, as a phone shows it. */
const drillReport: Visit = {
  name: 'drill-report',
  path: '/drills',
  ready: '.drills .grid .body [role="row"][data-id]',
  height: listTall,
  async prepare(page) {
    await page.locator('.drills .grid [role="row"][data-id]').last().click()
    await page.locator('[data-unit]').first().waitFor()
  },
}
/** The drill of every week, before it was first due. */
const series: Visit = {
  ...drills,
  name: 'drill-series',
  async prepare(page) {
    await page.locator('.series button').first().click()
    await page.locator('.series-runs').waitFor({ state: 'attached' })
  },
}
const room: Visit = { name: 'room', path: '/room', ready: '.day, .panes' }
const refused: Visit = { name: 'forbidden', path: '/units', ready: '.state' }
const nowhere: Visit = { name: 'missing', path: '/nowhere', ready: '.state' }
const own: Visit = { name: 'me', path: '/me', ready: '.own-sessions li' }
const first: Visit = { name: 'first', path: '/first', ready: '.first-said' }
/** A file that has one of each: the page with the dry run of it. */
const imported: Visit = {
  name: 'import',
  path: '/import?kind=units',
  ready: '.file-drop',
  async prepare(page) {
    const rows = [
      '编码,类型,名称,上级,经度,纬度',
      '110101901,派出所,新设派出所,110101,116.41,39.92',
      '110101902,派出所,另一派出所,1101,,',
      '110101,分局,东城分局,110000,,',
    ]
    await page.locator('.file-drop input').setInputFiles({ name: '单位.csv', mimeType: 'text/csv', buffer: Buffer.from(rows.join('\r\n')) })
    await page.locator(filled).first().click()
  },
}
const staff: readonly Visit[] = [
  { name: 'units', path: '/units?unit=110101', ready: '.tree [role="treeitem"]', height: listTall },
  { name: 'settings', path: '/settings', ready: filled },
  { name: 'accounts', path: '/accounts', ready: filled, height: listTall },
  { name: 'calendar', path: '/calendar?year=2026', ready: '.months td[data-day]', height: listTall },
  { name: 'kinds', path: '/kinds?kind=telecom-fraud', ready: '.plumb', height: listTall },
]

/** One bell that has never rung, of the first station. */
const bells: Visit = { name: 'bells', path: '/bells', ready: filled }

/** What must be done today; overdue on top. */
const desk: Visit = { name: 'my-desk', path: '/desk', ready: filled }
/** Sent with nothing but a cause: the form says what is missing. */
const report: Visit = {
  name: 'report',
  path: '/reports/new',
  ready: '.report',
  async prepare(page) {
    await page.locator('#report-cause').fill('殴打他人')
    await page.locator('#report-cause').press('Control+Enter')
    await page.locator('#report-problems').waitFor()
  },
}
const casesList: Visit = { name: 'cases', path: '/cases', ready: filled }
/** With its evidence a case is taller than any other page. */
const caseTall = 6000
/** With the reason of its first limit and what cannot be done yet open. */
const caseOf = ({ matter }: KnownCases): Visit => ({
  name: 'case',
  height: caseTall,
  path: `/case/${matter}`,
  ready: '.plumb',
  async prepare(page) {
    await page.locator('.case-limits summary').first().click()
    await page.locator('.because').first().waitFor()
    await page.locator('.refused summary').last().click()
  },
})
/** Somebody is there under a limit of his own. */
const questioned = ({ questioned: id }: KnownCases): Visit => ({
  name: 'questioned',
  path: `/case/${id}`,
  ready: '.case-stays',
  shows: '.case-stays',
  height: caseTall,
})
/** What is to be imposed on somebody, and the case in which it was, to its end. */
const penalty = ({ hearing }: KnownCases): Visit => ({
  name: 'penalty',
  path: `/case/${hearing}`,
  ready: '.plumb',
  height: caseTall,
})
const closed = ({ closed: id }: KnownCases): Visit => ({ name: 'closed', path: `/case/${id}`, ready: '.plumb', height: caseTall })
const evidenceList = ({ matter }: KnownCases): Visit => ({ name: 'evidenceList', path: `/case/${matter}/list/1`, ready: '[data-list]' })
const questions = ({ question }: KnownCases): Visit => ({
  name: 'questions',
  path: `/questions?incident=${question}`,
  ready: '.case-limits',
})
const limits: Visit = { name: 'limits', path: '/limits', ready: filled }

/** What waits for the head, one of it open beside the list. */
const approvals: Visit = { name: 'approvals', path: '/approvals', ready: '.waiting .panel .facts', height: listTall }
/** As a phone shows one of them. */
const approval: Visit = {
  name: 'approval',
  path: '/approvals',
  ready: filled,
  height: listTall,
  async prepare(page) {
    await page.locator(filled).first().click()
    await page.locator('.waiting .facts').first().waitFor()
  },
}
/** A second round, with the form of the review and what was found in the first. */
const reviews: Visit = {
  name: 'reviews',
  path: '/reviews',
  ready: filled,
  height: listTall,
  async prepare(page) {
    await page.locator('.waiting [data-id*=" review "]').click()
    await page.locator('[aria-keyshortcuts="r"]').click()
    await page.locator('.findings').waitFor()
  },
}

/** The pages of each role's day. */
export const visitsOf = (known: Known): Readonly<Record<Working, readonly Visit[]>> => ({
  callTaker: [intake, filledIn, board, search, unplaced(known.unplaced), incident(known.placed)],
  stationDuty: [board, desk, room, drillReport, statistics('arrival'), incident(known.placed), nowhere],
  subBureauDuty: [
    board,
    limits,
    desks(known.left),
    search,
    drills,
    statistics('reached'),
    unplaced(known.halfPlaced),
    incident(known.placed),
  ],
  citySupervisor: [wall, drills, series, statistics('receipt'), board, unplaced(known.unplaced), incident(known.placed)],
  caseOfficer: [
    desk,
    report,
    casesList,
    caseOf(known.cases),
    evidenceList(known.cases),
    questioned(known.cases),
    penalty(known.cases),
    closed(known.cases),
    questions(known.cases),
    limits,
  ],
  unitHead: [approvals, approval, desk, casesList, caseOf(known.cases), limits],
  legalReviewer: [reviews, desk, casesList, questions(known.cases), limits],
  patrolOfficer: [duty, board, incident(known.placed), own, refused],
  systemAdministrator: [...staff, bells, imported, first],
  securityAdministrator: [...staff, imported],
  auditAdministrator: staff,
})

/** Boards on which much is late, and the words why: `arrival` is an incident at which nobody has arrived. */
export const overdueVisits = (arrival: string): Readonly<Partial<Record<Working, readonly Visit[]>>> => {
  const late: Visit = { name: 'overdue', path: `/board?incident=${arrival}`, ready: '.why li' }
  const why: Visit = {
    name: 'overdue-why',
    path: `/incident/${arrival}`,
    ready: '.why li',
    prepare: (page) => page.locator('.why').scrollIntoViewIfNeeded(),
  }
  return {
    stationDuty: [late, why],
    subBureauDuty: [{ ...late, name: 'overdue-subBureauDuty' }],
    citySupervisor: [{ ...late, name: 'overdue-citySupervisor' }],
  }
}

/** Goes there and waits until the screen has its data. */
export async function open(page: Page, url: string, visit: Visit): Promise<void> {
  await page.goto(url + visit.path)
  await page.locator(visit.ready).first().waitFor()
  await visit.prepare?.(page)
}
