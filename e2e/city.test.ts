import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { IncidentRow, Views } from '#modules/dispatch/contract.ts'
import { accountOf, type DemoAccount, demoAccounts, openAt, Person } from './clients.ts'
import { wrongIn } from './recorded.ts'
import { openCity } from './seeded.ts'
import { alive, childrenOf, Server, until } from './server.ts'

let server: Server
let accounts: readonly DemoAccount[]
let supervisor: Person

before(async () => {
  server = await openCity({ args: ['--demo', '--rate', '20', '--seed', '7'] })
  accounts = await demoAccounts(server.url)
  supervisor = await Person.logIn(server.url, accountOf(accounts, 'citySupervisor'))
})
after(() => server.clean())

const bureau = '110000'
/** All that is over, newest first: what was no matter for the police would fill the first page by itself. */
async function over(): Promise<readonly IncidentRow[]> {
  const rows: IncidentRow[] = []
  for (let before: { before?: string } | undefined = {}; before !== undefined; ) {
    const page: Views['search'] = (await supervisor.view<Views['search']>('dispatch', 'search', { unit: bureau, state: 'over', ...before }))
      .data
    rows.push(...page.rows)
    before = page.next === null ? undefined : { before: page.next }
  }
  return rows
}
const signed = (row: IncidentRow): boolean => row.lines.some(({ level, signed: by }) => level === 'station' && by !== null)
const simulators = (): number[] => childrenOf(server.pid)

test('soon calls come in all over the city; some are signed, some not yet; patrols are out, and the first are closed', async () => {
  const seen = new Set<string>()
  const wanted = ['stations', 'signed', 'unsigned', 'under way', 'patrols', 'closed']
  await until(
    () => `a city at work; seen: ${[...seen].join(', ')}`,
    async () => {
      const open = (await supervisor.view<Views['board']>('dispatch', 'board', { unit: bureau })).data.rows
      const patrols = (await supervisor.view<Views['patrols']>('dispatch', 'patrols', { unit: bureau })).data.rows
      const placed = open.filter(({ station }) => station !== null)
      const closed = (await over()).filter(({ phase }) => phase === 'closed')
      if (new Set(placed.map(({ station }) => station)).size >= 20) seen.add('stations')
      if (placed.some(signed)) seen.add('signed')
      if (placed.some((row) => !signed(row))) seen.add('unsigned')
      if (open.some(({ phase }) => phase === 'underWay')) seen.add('under way')
      if (patrols.some(({ incident }) => incident !== null)) seen.add('patrols')
      if (closed.length >= 5) seen.add('closed')
      return wanted.every((one) => seen.has(one))
    },
    120_000,
    500,
  )
  const ended = await over()
  assert.ok(ended.every(({ imported }) => !imported))
  for (const { milestones, phase } of ended) if (phase === 'closed') assert.ok(milestones.reported && milestones.arrived)
})

test('a seat that a visitor takes is left alone, and is worked again when he gives it back', async () => {
  const account = accounts.find(({ role, login }) => role === 'stationDuty' && login.endsWith('110101001')) as DemoAccount
  const duty = await Person.logIn(server.url, account)
  const seat = async (mine: boolean) => (await duty.ask('POST', '/demo/seats', { mine })).body
  assert.deepEqual(await seat(true), { mine: true, simulated: true })
  // Until the simulation has asked.
  await sleep(2500)
  const incident = await openAt(await Person.logIn(server.url, accountOf(accounts, 'callTaker')), account.unit, '由来访者处置')
  const row = async () => (await duty.view<Views['incident']>('dispatch', 'incident', { id: incident })).data.row
  await until('the sub-bureau signs', async () => (await row()).lines.some(({ level, signed: by }) => level === 'subBureau' && by !== null))
  // At this rate a station of its character would long have signed by now; what it is called for meanwhile nobody signs either.
  await sleep(6000)
  const board = (await duty.view<Views['board']>('dispatch', 'board', { unit: account.unit })).data.rows
  assert.ok(board.length > 1, 'a visitor gets calls to work on')
  assert.equal(signed(await row()), false)
  await duty.command('dispatch', incident, 'sign', {})
  assert.deepEqual(await seat(false), { mine: false, simulated: true })
  await until('the simulation has taken the seat back', async () => (await row()).handlers.length > 0)
})

test('a simulation that dies is begun again', async () => {
  const [simulator] = simulators()
  assert.ok(simulator !== undefined)
  process.kill(simulator, 'SIGKILL')
  await until('another one', () => simulators().some((pid) => pid !== simulator))
  assert.match(server.said, /begun again/)
})

test('what the city has done is right to the last row, and the simulation ends with the server', async () => {
  const before = simulators()
  assert.equal(before.length, 1)
  assert.deepEqual(await wrongIn(server.data), [])
  await server.stop()
  await until('the simulation is gone', () => before.every((pid) => !alive(pid)))
})

test('a rate that cannot be is refused before anything begins', async () => {
  const fast = await Server.prepare({ args: ['--demo', '--rate', '1e9'] })
  const { code, said } = await fast.refused()
  assert.equal(code, 2)
  assert.match(said, /^--rate 1e9: the rate is a number above 0 and at most 1000\.\n/)
  await fast.clean()
})
