import { randomUUID } from 'node:crypto'
import type { Views } from '#modules/staff/contract.ts'
import { everyAccount } from '#modules/staff/import/accounts.ts'
import { Client, readOpenly, Refusal } from '../client.ts'
import { sameId } from './steps.ts'
import { bureau, districts, stationOf, subBureau } from './tables.ts'

interface Account {
  readonly login: string
  readonly password: string
}
/** Whose passwords are known, by login, and who the two administrators are where that has been said. */
export interface Known {
  readonly passwords: ReadonlyMap<string, string>
  readonly system: string | undefined
  readonly security: string | undefined
}

const people = [
  { login: 'sf-importer', name: '导入(回放)', unit: bureau.code, role: 'importer' },
  { login: 'sf-city', name: '分局值班(回放)', unit: subBureau.code, role: 'subBureauDuty' },
  { login: 'sf-mission', name: '所值班(回放)', unit: stationOf('MISSION'), role: 'stationDuty' },
] as const
type Login = (typeof people)[number]['login']

/** The two offices that are needed: one opens units and accounts, the other entitles. */
const offices = ['systemAdministrator', 'securityAdministrator'] as const
interface Officer {
  readonly client: Client
  /** Where the office is held: the root of the house. */
  readonly unit: string
}

/** The demonstration city offers its accounts to everybody; another house does not. */
async function demoAccounts(base: string): Promise<Account[]> {
  const { ok, data } = await readOpenly(base, '/demo/accounts')
  const found = ok ? (data as readonly Partial<Account>[]) : []
  return found.flatMap(({ login, password }) => (login === undefined || password === undefined ? [] : [{ login, password }]))
}

async function officer(base: string, office: (typeof offices)[number], candidates: readonly Account[]): Promise<Officer> {
  for (const account of candidates) {
    const client = new Client(base, account)
    const { grants } = await client.me()
    const held = grants.find((grant) => grant.role === office)
    if (held !== undefined) return { client, unit: held.unit }
  }
  throw new Refusal(401, `no account of a ${office} is known: name one with --${office.replace('Administrator', '')} and --password-file`)
}

const intend = (client: Client, stream: string, type: string, data: unknown) =>
  client.command(`staff/${stream}`, { id: randomUUID(), type, data })

async function units({ client, unit: root }: Officer): Promise<void> {
  const there = new Set((await client.view<Views['units']>('staff/units')).units.map((unit) => unit.code))
  const wanted = [
    { ...bureau, kind: 'bureau', parent: root },
    { ...subBureau, kind: 'subBureau', parent: bureau.code },
    ...districts.map((district) => ({ code: stationOf(district), name: `${district}(回放)`, kind: 'station', parent: subBureau.code })),
  ]
  for (const { code, ...data } of wanted) if (!there.has(code)) await intend(client, code, 'openUnit', data)
}

async function accounts(system: Officer, security: Officer, passwords: ReadonlyMap<string, string>): Promise<void> {
  const there = await everyAccount((query) => system.client.view<Views['accounts']>('staff/accounts', query), bureau.code)
  for (const { login, name, unit, role } of people) {
    const found = there.find((account) => account.login === login)
    const id = found?.id ?? sameId('replay', bureau.code, login)
    if (found === undefined) await intend(system.client, id, 'openAccount', { login, name, unit, password: passwords.get(login) })
    const granted = found?.grants.some((grant) => grant.role === role && grant.unit === unit) ?? false
    if (!granted) await intend(security.client, id, 'grant', { role, unit })
  }
}

/** The replay's own bureau with its units and accounts, made where it is missing; gives the accounts' clients. */
export async function openBureau(base: string, known: Known, retried: (why: string) => void): Promise<(login: Login) => Client> {
  const demo = await demoAccounts(base)
  const passwords = new Map([...demo.map(({ login, password }) => [login, password] as const), ...known.passwords])
  // In the demonstration everybody knows every password, so the replay's own accounts take the one that the others have.
  const [first] = demo
  for (const { login } of people) {
    if (passwords.has(login)) continue
    if (first === undefined) throw new Refusal(401, `the password file lacks ${login}`)
    passwords.set(login, first.password)
  }
  const own = new Set<string>(people.map((person) => person.login))
  const candidates = (named: string | undefined) =>
    [...passwords]
      .filter(([login]) => (named === undefined ? !own.has(login) : login === named))
      .map(([login, password]) => ({ login, password }))
  const system = await officer(base, 'systemAdministrator', candidates(known.system))
  const security = await officer(base, 'securityAdministrator', candidates(known.security))
  await units(system)
  await accounts(system, security, passwords)
  return (login) => new Client(base, { login, password: passwords.get(login) ?? '' }, { retried })
}
