import { setTimeout as wait } from 'node:timers/promises'
import type { Role } from '#kernel/decider.ts'
import { derivedId } from '#kernel/ids.ts'
import type { Road } from '#kernel/road.ts'
import type { UnitKind, Views } from '#modules/staff/contract.ts'
import { everyAccount } from '#modules/staff/import/accounts.ts'
import { firstAdministrators as openRoot } from '#modules/staff/first.ts'
import { stationAreas } from './areas.ts'
import { districts, streets } from './geo.ts'

/** An account of the demonstration, offered on the login page. */
export interface DemoAccount {
  readonly login: string
  readonly password: string
  readonly name: string
  readonly unit: string
  readonly role: Role
}

interface UnitPlan {
  readonly code: string
  readonly kind: UnitKind
  readonly parent: string
  readonly name: string
}

const bureau = '110000'
/** 朝阳, 海淀, 东城: their patrols came first. */
const firstPatrolled = ['110105', '110108', '110101']
/** 东城: its stations handle cases in the demonstration. */
const firstCases = '110101'
const atOnce = 16
const attempts = 6

/** 建外街道 → 建外派出所; 张镇 keeps its one-character name whole. */
const stationName = (street: string): string => `${street.replace(/(?<=..)(街道|地区|镇|乡)$/, '')}派出所`
const subBureauName = (district: string): string => `${district.replace(/区$/, '')}分局`

/** Every unit below the bureau, each after its parent. */
export const cityUnits = (): UnitPlan[] => {
  const subBureaus = districts().map(({ code, name }): UnitPlan => ({ code, kind: 'subBureau', parent: bureau, name: subBureauName(name) }))
  const centres = subBureaus.map(
    ({ code, name }): UnitPlan => ({ code: `${code}-C1`, kind: 'centre', parent: code, name: `${name}执法办案管理中心` }),
  )
  const stations = streets().map(
    ({ code, name, district }): UnitPlan => ({ code, kind: 'station', parent: district, name: stationName(name) }),
  )
  return [...subBureaus, ...centres, ...stations]
}

const surnames = [...'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎']
const stems = [...'甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥']
/** Nobody is called 周某甲: it is the way of court papers to name a person without naming him. */
const madeUpName = (index: number): string =>
  `${surnames[index % surnames.length]}某${stems[Math.floor(index / surnames.length) % stems.length]}`

/** The same thing gets the same id in every run, so that a second or interrupted run repeats instead of doubling. */
const idOf = (...about: string[]): string => derivedId('demonstration city', ...about)
/** In the demonstration everybody may be anybody: what these passwords protect is made up. */
const passwordOf = (login: string): string => idOf('password', login).slice(0, 18)

/** Who handles cases at a station and who approves them; and who does above it. */
const caseDesk = (code: string): [string, Role, string][] => [
  [`case-${code}`, 'caseOfficer', code],
  [`head-${code}`, 'unitHead', code],
]
const reviewing = (code: string): [string, Role, string][] => [
  [`chief-${code}`, 'unitHead', code],
  [`legal-${code}`, 'legalReviewer', code],
]

/** Everybody in the city. */
export function demoAccounts(): DemoAccount[] {
  const units = cityUnits()
  const stations = units.filter(({ kind }) => kind === 'station')
  const patrol = ({ code }: UnitPlan): [string, Role, string] => [`patrol-${code}`, 'patrolOfficer', code]
  const plan: [login: string, role: Role, unit: string][] = [
    ['sysadmin', 'systemAdministrator', bureau],
    ['secadmin', 'securityAdministrator', bureau],
    ['audit', 'auditAdministrator', bureau],
    ['importer', 'importer', bureau],
    ...[1, 2].map((n): [string, Role, string] => [`city${n}`, 'citySupervisor', bureau]),
    ...[1, 2, 3, 4, 5, 6].map((n): [string, Role, string] => [`caller${n}`, 'callTaker', bureau]),
    ...units.filter(({ kind }) => kind === 'subBureau').map(({ code }): [string, Role, string] => [`sub-${code}`, 'subBureauDuty', code]),
    ...stations.map(({ code }): [string, Role, string] => [`duty-${code}`, 'stationDuty', code]),
    ...stations.filter(({ parent }) => firstPatrolled.includes(parent)).map(patrol),
    // Whoever was added later stands at the end: a name hangs on its place in this list.
    ...[7, 8, 9, 10].map((n): [string, Role, string] => [`caller${n}`, 'callTaker', bureau]),
    ...stations.filter(({ parent }) => !firstPatrolled.includes(parent)).map(patrol),
    ...stations.filter(({ parent }) => parent === firstCases).flatMap(({ code }) => caseDesk(code)),
    ...units.filter(({ kind }) => kind === 'subBureau').flatMap(({ code }) => reviewing(code)),
    // The law asks for two at questioning, and for the agency above where a limit is to grow longer.
    ...stations
      .filter(({ parent }) => parent === firstCases)
      .map(({ code }): [string, Role, string] => [`second-${code}`, 'caseOfficer', code]),
    [`chief-${bureau}`, 'unitHead', bureau],
  ]
  return plan.map(([login, role, unit], index) => ({ login, password: passwordOf(login), name: madeUpName(index), unit, role }))
}

/** The bureau and its first two administrators: before them there is nobody who could ask over HTTP. Repeats are harmless. */
export const firstAdministrators = (road: Road): Promise<boolean> =>
  openRoot(road, { code: bureau, name: '北京市公安局' }, demoAccounts().slice(0, 2))

/** At most `atOnce` of them under way, in order. */
async function each<Item>(items: Iterable<Item>, work: (item: Item) => Promise<void>): Promise<void> {
  const left = items[Symbol.iterator]()
  const worker = async () => {
    for (let next = left.next(); next.done !== true; next = left.next()) await work(next.value)
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}

/** A session over the public API. */
class Session {
  readonly #base: string
  readonly #cookie: string
  private constructor(base: string, cookie: string) {
    this.#base = base
    this.#cookie = cookie
  }

  static async open(base: string, { login, password }: { login: string; password: string }): Promise<Session> {
    const answer = await fetch(`${base}/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login, password }),
    })
    if (!answer.ok) throw new Error(`The demonstration city cannot log in as ${login}: ${answer.status}`)
    await answer.arrayBuffer()
    return new Session(base, answer.headers.getSetCookie()[0]?.split(';')[0] ?? '')
  }

  async close(): Promise<void> {
    await fetch(`${this.#base}/session`, { method: 'DELETE', headers: { cookie: this.#cookie } })
  }

  async view<Name extends keyof Views>(name: Name, query = ''): Promise<Views[Name]> {
    const answer = await fetch(`${this.#base}/view/staff/${name}${query}`, { headers: { cookie: this.#cookie } })
    if (!answer.ok) throw new Error(`The demonstration city cannot read ${name}: ${answer.status} ${await answer.text()}`)
    return ((await answer.json()) as { data: Views[Name] }).data
  }

  /** Asked again with the same id when the server was overtaken or overburdened: what stands already is not made twice. */
  async command(stream: string, type: string, data: unknown): Promise<void> {
    const body = JSON.stringify({ id: idOf(type, stream), type, data })
    for (let attempt = 1; ; attempt++) {
      const answer = await fetch(`${this.#base}/command/staff/${stream}`, {
        method: 'POST',
        headers: { cookie: this.#cookie, 'content-type': 'application/json' },
        body,
      })
      const text = await answer.text()
      if (answer.ok) return
      const passing = answer.status >= 500 || (answer.status === 409 && text.includes('"stale"'))
      if (!passing || attempt === attempts) throw new Error(`The demonstration city: ${type} ${stream}: ${answer.status} ${text}`)
      await wait(100 * 2 ** attempt)
    }
  }
}

/** Opens the missing stations. A district is drawn while nothing is asked: the server may be this very process. */
async function seedStations(missing: readonly UnitPlan[], open: (plan: UnitPlan, place: object) => Promise<void>): Promise<void> {
  const codes = new Set(missing.map(({ code }) => code))
  const stations = cityUnits().filter(({ kind }) => kind === 'station')
  for (const { code, boundary, label } of districts()) {
    const own = stations.filter(({ parent }) => parent === code)
    if (!own.some((station) => codes.has(station.code))) continue
    const areas = stationAreas(boundary, own.length, label, Number(code))
    await each(own.entries(), async ([index, plan]) => {
      const area = areas[index]
      if (area === undefined || !codes.has(plan.code)) return
      await open(plan, { boundary: area.boundary, position: area.site, schematic: true })
    })
  }
}

async function seedUnits(system: Session): Promise<void> {
  const known = new Set((await system.view('units')).units.map(({ code }) => code))
  const missing = cityUnits().filter(({ code }) => !known.has(code))
  const open = ({ code, kind, parent, name }: UnitPlan, place: object = {}) =>
    system.command(code, 'openUnit', { kind, parent, name, ...place })
  const byCode = new Map(districts().map((district) => [district.code, district]))
  await each(
    missing.filter(({ kind }) => kind === 'subBureau'),
    (plan) => {
      const district = byCode.get(plan.code)
      return open(plan, district && { boundary: district.boundary, position: district.label, schematic: true })
    },
  )
  await each(
    missing.filter(({ kind }) => kind === 'centre'),
    (plan) => open(plan),
  )
  await seedStations(
    missing.filter(({ kind }) => kind === 'station'),
    open,
  )
}

async function seedAccounts(system: Session, security: Session): Promise<void> {
  const there = await everyAccount((query) => system.view('accounts', `?${new URLSearchParams(query).toString()}`), bureau)
  const known = new Map(there.map((row) => [row.login, row]))
  await each(demoAccounts(), async ({ login, password, name, unit, role }) => {
    const row = known.get(login)
    const id = row?.id ?? idOf('account', login)
    if (row === undefined) await system.command(id, 'openAccount', { login, name, unit, password })
    if (row?.closed === true || row?.grants.some((grant) => grant.role === role && grant.unit === unit)) return
    await security.command(id, 'grant', { role, unit })
  })
}

/**
 * Brings the demonstration city through the public API, as its two first administrators: 16 sub-bureaus, their stations, centres and people.
 * What stands already is left as it is.
 */
export async function seedCity(
  base: string,
  administrators: readonly { login: string; password: string }[] = demoAccounts().slice(0, 2),
): Promise<void> {
  const [first, second] = administrators
  if (first === undefined || second === undefined) throw new Error('The demonstration city needs a system and a security administrator.')
  const [system, security] = await Promise.all([Session.open(base, first), Session.open(base, second)])
  await seedUnits(system)
  await seedAccounts(system, security)
  await Promise.all([system.close(), security.close()])
}
