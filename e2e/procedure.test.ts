import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import type { Views } from '#modules/cases/contract.ts'
import { browser as start } from './browser.ts'
import { CasePage } from './casePage.ts'
import { accountOf, type DemoAccount, demoAccounts, Person } from './clients.ts'
import { openCity } from './seeded.ts'
import { type Server, until } from './server.ts'

// From a call to the end of the case, each step by its button, by the people whose step it is.
let server: Server
let browser: Browser
let officer: DemoAccount
let people: Readonly<Record<'taker' | 'duty' | 'head' | 'chief' | 'reviewer' | 'above', DemoAccount>>
let second: DemoAccount

before(async () => {
  server = await openCity()
  browser = await start()
  const accounts = await demoAccounts(server.url)
  officer = accountOf(accounts, 'caseOfficer')
  const at = (role: DemoAccount['role'], unit: string): DemoAccount => {
    const found = accounts.find((one) => one.role === role && one.unit === unit)
    assert.ok(found, `${role} at ${unit}`)
    return found
  }
  const county = officer.unit.slice(0, 6)
  second = accounts.find((one) => one.role === 'caseOfficer' && one.unit === officer.unit && one.login !== officer.login) ?? officer
  people = {
    taker: accountOf(accounts, 'callTaker'),
    duty: at('stationDuty', officer.unit),
    head: at('unitHead', officer.unit),
    chief: at('unitHead', county),
    reviewer: at('legalReviewer', county),
    above: at('unitHead', '110000'),
  }
})
after(async () => {
  await browser.close()
  await server.clean()
})

const suspect = (more: object = {}) => ({
  id: crypto.randomUUID(),
  roles: ['suspect'],
  personName: '郑某巳',
  idType: 'residentId',
  idNumber: '110105198611030017',
  ...more,
})
const victim = () => ({ id: crypto.randomUUID(), roles: ['reporter', 'victim'], personName: '周某丙', phone: '13800002071' })

/** A call, closed by the station that went there; its id. */
async function incident(): Promise<string> {
  const [taker, duty] = await Promise.all([people.taker, people.duty].map((one) => Person.logIn(server.url, one)))
  const id = crypto.randomUUID()
  const call = { id: crypto.randomUUID(), channel: 'voice' }
  const place = { kind: 'described', text: '东门' }
  await taker?.command('dispatch', id, 'open', { call, narrative: '两人持棍互殴', place, kind: 'assault', unit: officer.unit })
  await duty?.command('dispatch', id, 'feedback', { result: 'handled', injured: 1, persons: 2, measures: ['warned'], text: '双方已分开' })
  await duty?.command('dispatch', id, 'close', {})
  return id
}

/** A report of these persons, as the desk sends it (its screen has a test of its own: cases.test.ts). */
async function report(persons: readonly object[], more: object = {}): Promise<string> {
  const person = await Person.logIn(server.url, officer)
  const id = crypto.randomUUID()
  const told = { nature: 'administrative', cause: '殴打他人', narrative: '昨晚在东门外被对方持木棍击打头部。' }
  await person.command('cases', id, 'takeReport', { unit: officer.unit, source: 'counter', ...told, persons, ...more })
  return id
}
const seatOf = (who: DemoAccount, id: string) => CasePage.open(browser, server.url, who, id)

/** Accepted and filed through the pages of officer and head. */
async function filed(id: string): Promise<{ desk: CasePage; head: CasePage }> {
  const desk = await seatOf(officer, id)
  await desk.step('accept')
  await desk.reached('accepted')
  await desk.step('proposeFiling', {
    outcome: { word: 'filingOutcome.file' },
    caseKind: { word: 'caseKind.administrative' },
    reason: '有伤情照片和监控，违法事实清楚，需要追究责任。',
  })
  const head = await seatOf(people.head, id)
  await head.step('approveFiling')
  await head.reached('filed')
  return { desk, head }
}

/** Summoned, there, questioned by two, and gone again. */
async function questioned({ desk, head }: { desk: CasePage; head: CasePage }): Promise<void> {
  await desk.step('summon', { place: '东门派出所办案区', reason: '需要当面询问查证。' })
  await head.step('approveRequest')
  await desk.step('recordArrival', { arrival: { word: 'arrival.summoned' } })
  await desk.step('checkSafety', {})
  await desk.step('tellFamily', { told: '其妻，电话告知原因和处所' })
  await desk.step('beginSession', {
    person: { name: '郑某巳' },
    venue: { word: 'venue.area' },
    recorded: true,
    second: { name: second.name },
    rightsTold: true,
  })
  await desk.step('endSession', { signature: { word: 'signature.signed' }, identityAsked: true, gist: '承认动手。' })
  await desk.step('recordDeparture', { departure: { word: 'departure.released' }, signature: { word: 'signature.signed' } })
}

test('from a call to the close of the case, by officer, two heads, and reviewer', async () => {
  const from = await incident()
  const id = await report([victim(), suspect()], { source: 'incident', incident: from })
  const pages = await filed(id)
  const { desk } = pages
  await questioned(pages)
  await desk.step('draftPenalty', {
    penalties: { word: 'penaltyKind.detention' },
    days: '5',
    article: '《治安管理处罚法》第五十一条第一款',
    facts: '持木棍殴打他人，致轻微伤。',
    complex: true,
  })
  // The page says what is missing and which article says so.
  assert.match(await desk.refusal('decidePenalty'), /告知.*第112条/s)
  await desk.step('noticePenalty', { path: { word: 'noticePath.told' } })
  await desk.step('recordDefence', { said: { word: 'defence.nothing' } })
  await desk.step('askReview', {})
  const reviewer = await seatOf(people.reviewer, id)
  await reviewer.step('reviewPenalty', { conclusion: { word: 'reviewConclusion.returned' }, findings: '缺少证人询问笔录' })
  await desk.step('askReview', { corrected: '已补充证人询问笔录。' })
  await reviewer.step('reviewPenalty', { conclusion: { word: 'reviewConclusion.passed' } })
  const chief = await seatOf(people.chief, id)
  await chief.step('discussPenalty', { present: '局长、分管副局长、法制负责人', agreed: '同意行政拘留五日。' })
  await desk.step('decidePenalty', { reason: '事实清楚，证据确凿。' })
  await chief.step('approveRequest')
  await desk.step('serveDecision', { service: { word: 'serviceWay.announced' } })
  await desk.step('serveDecision', { to: { name: '周某丙' }, service: { word: 'serviceWay.handed' } })
  await desk.step('tellOfDetention', { family: { word: 'familyContact.told' }, whom: '其妻' })
  await desk.step('deliverDetainee', { house: '东城区拘留所', receipt: '拘执回〔2026〕12号' })
  await desk.step('closeCase', { closing: { word: 'closing.executed' }, reason: '处罚已执行。' })
  await desk.reached('closed')
  const person = await Person.logIn(server.url, officer)
  const { row } = (await person.view<Views['matter']>('cases', 'matter', { id })).data
  assert.deepEqual(
    row.limits.filter(({ state }) => state === 'running' || state === 'breached'),
    [],
  )
  await until('the question to be answered', async () => {
    const { rows } = (await person.view<Views['questions']>('cases', 'questions', { unit: officer.unit })).data
    return rows.every((one) => one.row.incident !== from)
  })
  for (const page of [desk, pages.head, chief, reviewer]) await page.seat.isClean()
  for (const page of [desk, pages.head, chief, reviewer]) await page.seat.close()
})
