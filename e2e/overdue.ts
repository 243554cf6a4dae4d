import type { Views } from '#modules/dispatch/contract.ts'
import { accountOf, type DemoAccount, demoAccounts, openAt, Person } from './clients.ts'
import { moveTime } from './recorded.ts'
import { openCity } from './seeded.ts'
import { type Server, until } from './server.ts'
import { fill } from './visits.ts'

/** After this every first limit of an urgent incident has passed, and the bells of those limits are not too old yet. */
const later = 330_000

export interface Overdue {
  readonly server: Server
  readonly accounts: readonly DemoAccount[]
  readonly station: DemoAccount
  /** The first account of a role, a sub-bureau's that of the one above the station. */
  readonly who: (role: string) => DemoAccount
  /** An urgent incident whose officers were under way and never arrived, with the next clock still running. */
  readonly arrival: string
  /** One that was signed, and nobody was sent. */
  readonly signed: string
}

/** A server whose machine is busy measures the house's time again only half a minute later. */
const patience = 90_000

/** A city in which things were reported, and nobody did anything since. */
export async function openOverdue(): Promise<Overdue> {
  const server = await openCity()
  try {
    return await neglected(server)
  } catch (error) {
    await server.clean()
    throw error
  }
}

async function neglected(server: Server): Promise<Overdue> {
  const accounts = await demoAccounts(server.url)
  await fill(server.url, accounts)
  const station = accountOf(accounts, 'stationDuty')
  const taker = await Person.logIn(server.url, accountOf(accounts, 'callTaker'))
  const duty = await Person.logIn(server.url, station)
  const signed = await openAt(taker, station.unit, '楼下有人砸门')
  await duty.command('dispatch', signed, 'sign', {})
  const arrival = await openAt(taker, station.unit, '两人持棍互殴，一人头部流血')
  await duty.command('dispatch', arrival, 'correct', { kind: 'assault', priority: 1, reason: '报警人来电补充' })
  await duty.command('dispatch', arrival, 'assign', { handlers: ['王某甲'] })
  await server.stop()
  await moveTime(server.data, later)
  await server.start()
  const again = await Person.logIn(server.url, station)
  const lapsed = async (id: string) => {
    const { row } = (await again.view<Views['incident']>('dispatch', 'incident', { id })).data
    return row.waits?.some(({ last }) => last?.point === 'late') ?? false
  }
  await until('what fell due meanwhile has been told', async () => (await lapsed(arrival)) && (await lapsed(signed)), patience, 500)
  const who = (role: string): DemoAccount => {
    const found = accounts.find((one) => one.role === role && (role !== 'subBureauDuty' || station.unit.startsWith(one.unit)))
    if (found === undefined) throw new Error(`nobody is ${role}`)
    return found
  }
  return { server, accounts, station, who, arrival, signed }
}
