import type { Page } from 'playwright-core'
import { type Role, roles } from '#kernel/decider.ts'
import { accountOf, type DemoAccount, openAt, Person } from './clients.ts'

/** Who works at a screen. */
type Working = Exclude<Role, 'importer'>
export const working: readonly Working[] = roles.filter((role) => role !== 'importer')

/** An incident of the first station, one that nobody has a place for, and one that only the first sub-bureau has. */
export interface Known {
  readonly placed: string
  readonly unplaced: string
  readonly halfPlaced: string
}

/** One incident of each state that a board can show. */
export async function fill(url: string, accounts: readonly DemoAccount[]): Promise<Known> {
  const taker = await Person.logIn(url, accountOf(accounts, 'callTaker'))
  const duty = accountOf(accounts, 'stationDuty')
  const station = await Person.logIn(url, duty)
  const act = (incident: string, type: string, data: object = {}) => station.command('dispatch', incident, type, data)
  const steps: readonly (readonly [string, object])[] = [
    ['sign', {}],
    ['assign', { handlers: ['王警官'] }],
    ['depart', {}],
    ['arrive', {}],
    ['clear', {}],
    ['feedback', { result: 'handled', injured: 0, persons: 2, measures: ['warned'], text: '已处置' }],
  ]
  let placed = ''
  for (let reached = 0; reached <= steps.length; reached++) {
    placed = await openAt(taker, duty.unit, `第 ${reached} 步的警情,内容长一些,好看看一行里放不下的时候会怎样,再长一些,再长一些`)
    for (const [type, data] of steps.slice(0, reached)) await act(placed, type, data)
  }
  await taker.command('dispatch', placed, 'note', { text: '报警人又来电' })
  const nowhere = async (unit?: string): Promise<string> => {
    const incident = crypto.randomUUID()
    const data = {
      call: { id: crypto.randomUUID(), channel: 'voice' },
      narrative: '不知道在哪里',
      kind: 'missing',
      ...(unit !== undefined && { unit }),
    }
    await taker.command('dispatch', incident, 'open', { ...data, place: { kind: 'unknown' } })
    return incident
  }
  return { placed, unplaced: await nowhere(), halfPlaced: await nowhere(accountOf(accounts, 'subBureauDuty').unit) }
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
}

const filled = '.grid .body [role="row"][data-id]'
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
const search: Visit = { name: 'search', path: '/incidents?q=%E7%AC%AC', ready: filled }
const refused: Visit = { name: 'forbidden', path: '/units', ready: '.state' }
const nowhere: Visit = { name: 'missing', path: '/nowhere', ready: '.state' }
const own: Visit = { name: 'me', path: '/me', ready: '.own-sessions li' }
const staff: readonly Visit[] = [
  { name: 'units', path: '/units?unit=110101', ready: filled, height: listTall },
  { name: 'accounts', path: '/accounts', ready: filled, height: listTall },
]

/** The pages of each role's day. */
export const visitsOf = (known: Known): Readonly<Record<Working, readonly Visit[]>> => ({
  callTaker: [intake, board, search, unplaced(known.unplaced), incident(known.placed)],
  stationDuty: [board, incident(known.placed), nowhere],
  subBureauDuty: [board, search, unplaced(known.halfPlaced), incident(known.placed)],
  citySupervisor: [board, unplaced(known.unplaced), incident(known.placed)],
  patrolOfficer: [board, incident(known.placed), own, refused],
  systemAdministrator: staff,
  securityAdministrator: staff,
  auditAdministrator: staff,
})

/** Goes there and waits until the screen has its data. */
export async function open(page: Page, url: string, visit: Visit): Promise<void> {
  await page.goto(url + visit.path)
  await page.locator(visit.ready).first().waitFor()
  await visit.prepare?.(page)
}
