import assert from 'node:assert/strict'
import type { Browser } from 'playwright-core'
import { browser as start } from './browser.ts'
import { CasePage, type Fields } from './casePage.ts'
import { accountOf, type DemoAccount, demoAccounts, Person } from './clients.ts'
import { moveTime } from './recorded.ts'
import { openCity } from './seeded.ts'
import type { Server } from './server.ts'

type People = Readonly<Record<'taker' | 'duty' | 'officer' | 'second' | 'head' | 'chief' | 'reviewer', DemoAccount>>

/** Somebody of a case, with an id of his own. */
const somebody = (person: object): { readonly id: string } => ({ id: crypto.randomUUID(), ...person })
export const suspect = (more: object = {}) =>
  somebody({ roles: ['suspect'], personName: '郑某巳', idType: 'residentId', idNumber: '110105198611030017', ...more })
export const reporter = () => somebody({ roles: ['reporter'], personName: '吴某乙', phone: '13800002072' })
export const victim = () => somebody({ roles: ['reporter', 'victim'], personName: '周某丙', phone: '13800002071' })
export const guardian = (of: string) =>
  somebody({ roles: ['guardian'], personName: '冯某酉', sex: 'female', of: [of], relation: '母亲', phone: '13900004417' })

/** Officer, head, and the heads above them, each before pages of his own. */
export interface Desks {
  readonly desk: CasePage
  readonly head: CasePage
}

/** A city, a browser, and the people of one station and its sub-bureau through whose hands a case goes. */
export class CaseCity {
  readonly server: Server
  readonly people: People
  readonly #browser: Browser
  readonly #pages: CasePage[] = []
  private constructor(server: Server, browser: Browser, people: People) {
    this.server = server
    this.#browser = browser
    this.people = people
  }

  static async open(): Promise<CaseCity> {
    const server = await openCity()
    const accounts = await demoAccounts(server.url)
    const officer = accountOf(accounts, 'caseOfficer')
    const at = (role: DemoAccount['role'], unit: string, but?: DemoAccount): DemoAccount => {
      const found = accounts.find((one) => one.role === role && one.unit === unit && one !== but)
      assert.ok(found, `${role} at ${unit}`)
      return found
    }
    const { unit } = officer
    const county = unit.slice(0, 6)
    return new CaseCity(server, await start(), {
      officer,
      second: at('caseOfficer', unit, officer),
      taker: accountOf(accounts, 'callTaker'),
      duty: at('stationDuty', unit),
      head: at('unitHead', unit),
      chief: at('unitHead', county),
      reviewer: at('legalReviewer', county),
    })
  }

  async close(): Promise<void> {
    await this.#browser.close()
    await this.server.clean()
  }

  /** The page of a case before one of them. */
  async seat(who: keyof People, id: string): Promise<CasePage> {
    const page = await CasePage.open(this.#browser, this.server.url, this.people[who], id)
    this.#pages.push(page)
    return page
  }

  /** Nothing went wrong on any page that was opened since; all of them are closed. */
  async leave(): Promise<void> {
    for (const { seat } of this.#pages.splice(0)) {
      await seat.isClean()
      await seat.close()
    }
  }

  /** The house stands still until the moment, in its own time. Nobody may sit before a page meanwhile. */
  async goTo(moment: string): Promise<void> {
    await this.server.stop()
    await moveTime(this.server.data, Date.parse(moment) - Date.now())
    await this.server.start()
  }

  person(who: keyof People): Promise<Person> {
    return Person.logIn(this.server.url, this.people[who])
  }

  /** A call, closed by the station that went there; its id. */
  async incident(): Promise<string> {
    const [taker, duty] = await Promise.all([this.person('taker'), this.person('duty')])
    const id = crypto.randomUUID()
    const call = { id: crypto.randomUUID(), channel: 'voice' }
    const place = { kind: 'described', text: '东门' }
    const { unit } = this.people.officer
    await taker.command('dispatch', id, 'open', { call, narrative: '两人持棍互殴', place, kind: 'assault', unit })
    await duty.command('dispatch', id, 'feedback', { result: 'handled', injured: 1, persons: 2, measures: ['warned'], text: '双方已分开' })
    await duty.command('dispatch', id, 'close', {})
    return id
  }

  /** A report of these persons, as the desk sends it (its screen has a test of its own: cases.test.ts). */
  async report(persons: readonly object[], more: object = {}): Promise<string> {
    const officer = await this.person('officer')
    const id = crypto.randomUUID()
    const told = { nature: 'administrative', cause: '殴打他人', narrative: '昨晚在东门外被对方持木棍击打头部。' }
    const { unit } = this.people.officer
    await officer.command('cases', id, 'takeReport', { unit, source: 'counter', ...told, persons, ...more })
    return id
  }

  /** Accepted and filed through the pages of officer and head. */
  async filed(id: string): Promise<Desks> {
    const desk = await this.seat('officer', id)
    await desk.step('accept')
    await desk.reached('accepted')
    await desk.step('proposeFiling', {
      outcome: { word: 'filingOutcome.file' },
      caseKind: { word: 'caseKind.administrative' },
      reason: '有伤情照片和监控，违法事实清楚，需要追究责任。',
    })
    const head = await this.seat('head', id)
    await head.step('approveFiling')
    await head.reached('filed')
    return { desk, head }
  }

  /** Summoned and come; checked, and his family told. */
  async broughtIn({ desk, head }: Desks): Promise<void> {
    await desk.step('summon', { place: '东门派出所办案区', reason: '需要当面询问查证。' })
    await head.step('approveRequest')
    await desk.step('recordArrival', { arrival: { word: 'arrival.summoned' } })
    await desk.step('checkSafety', {})
    await desk.step('tellFamily', { told: '其家属，电话告知原因和处所' })
  }

  /** How somebody grown up is questioned. */
  get session(): Fields {
    const second = { name: this.people.second.name }
    return { person: { name: '郑某巳' }, venue: { word: 'venue.area' }, recorded: true, second, rightsTold: true }
  }

  /** Questioned by two, and let go. `more`: of the session, such as the adult beside a minor. */
  async questioned(desk: CasePage, more: Fields = {}): Promise<void> {
    await desk.step('beginSession', { ...this.session, ...more })
    await desk.step('endSession', { signature: { word: 'signature.signed' }, identityAsked: true, gist: '承认以上事实。' })
    await desk.step('recordDeparture', { departure: { word: 'departure.released' }, signature: { word: 'signature.signed' } })
  }
}
