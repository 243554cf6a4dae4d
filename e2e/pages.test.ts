import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import type { Role } from '#kernel/decider.ts'
import { say } from '#kernel/words.ts'
import type { Views } from '#modules/staff/contract.ts'
import { browser as start } from './browser.ts'
import { accountOf, type DemoAccount, demoAccounts, openAt, Person } from './clients.ts'
import { Seat } from './seat.ts'
import { openCity } from './seeded.ts'
import type { Server } from './server.ts'

let server: Server
let browser: Browser
let accounts: readonly DemoAccount[]
/** axe and what asks it, evaluated in the page: its policy allows no foreign script. */
let judge: string
/** An incident of the first station, one that nobody has a place for, and one that only the first sub-bureau has. */
let known: { readonly placed: string; readonly unplaced: string; readonly halfPlaced: string }

before(async () => {
  server = await openCity()
  browser = await start()
  accounts = await demoAccounts(server.url)
  known = await fill()
  judge = `${axe.source}\n${await readFile(join(import.meta.dirname, 'judge.js'), 'utf8')}`
})

after(async () => {
  await browser.close()
  await server.clean()
})

/** One incident of each state that a board can show. */
async function fill(): Promise<typeof known> {
  const taker = await Person.logIn(server.url, accountOf(accounts, 'callTaker'))
  const duty = accountOf(accounts, 'stationDuty')
  const station = await Person.logIn(server.url, duty)
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

/** So tall that no record scrolls: what is scrolled away has no colours that could be judged. */
const tall = 2400
/** Lists without end scroll anyway; their records are short. */
const listTall = 1400

interface Visit {
  readonly path: string
  /** There when the screen has its data. */
  readonly ready: string
  readonly height?: number
  readonly prepare?: (page: Page) => Promise<void>
}

const filled = '.grid .body [role="row"][data-id]'
const board: Visit = { path: '/board', ready: filled }
const unplaced = (id: string): Visit => ({ path: `/unplaced?incident=${id}`, ready: '.plumb' })
const incident = (): Visit => ({ path: `/incident/${known.placed}`, ready: '.plumb' })
const intake: Visit = {
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
const refused: Visit = { path: '/units', ready: '.state' }
const nowhere: Visit = { path: '/nowhere', ready: '.state' }
const staff: readonly Visit[] = [
  { path: '/units?unit=110101', ready: filled, height: listTall },
  { path: '/accounts', ready: filled, height: listTall },
]

const visitsOf: Readonly<Record<Exclude<Role, 'importer'>, () => readonly Visit[]>> = {
  callTaker: () => [intake, board, unplaced(known.unplaced), incident()],
  stationDuty: () => [board, incident(), nowhere],
  subBureauDuty: () => [board, unplaced(known.halfPlaced), incident()],
  citySupervisor: () => [board, unplaced(known.unplaced), incident()],
  patrolOfficer: () => [board, incident(), refused],
  systemAdministrator: () => staff,
  securityAdministrator: () => staff,
  auditAdministrator: () => staff,
}

const widths = [1440, 390] as const
const languages = ['zh-CN', 'en'] as const
const themes = ['light', 'dark'] as const

interface Finding {
  readonly screen: string
  readonly what: string
}

/** What axe says of the page as it stands, or of a part that lies over it. */
async function found(page: Page, screen: string, within?: string): Promise<Finding[]> {
  await page.evaluate(judge)
  const lines = await page.evaluate<string[]>(`judge(${JSON.stringify(within)})`)
  return lines.map((what) => ({ screen, what }))
}

/** The page at both widths, in both languages, light and dark: switched as a person would. */
async function looks(seat: Seat, name: string, height = tall): Promise<Finding[]> {
  const { page } = seat
  const all: Finding[] = []
  for (const language of languages) {
    for (const theme of themes) {
      await page.setViewportSize({ width: 1440, height })
      await page.locator('.preferences select').nth(0).selectOption(language)
      await page.locator('.preferences select').nth(1).selectOption(theme)
      await page.locator(`html[lang="${language === 'en' ? 'en' : 'zh-Hans'}"][data-theme="${theme}"]`).waitFor()
      for (const width of widths) {
        await page.setViewportSize({ width, height })
        await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))')
        const screen = `${name} ${width} ${language} ${theme}`
        all.push(...(await found(page, screen)))
        const wide = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
        if (wide > 0) all.push({ screen, what: `${wide} px wider than the window` })
      }
    }
  }
  await page.setViewportSize({ width: 1440, height: 900 })
  return all
}

/** The same fault of the same element in several looks is one line. */
function summed(all: readonly Finding[]): readonly string[] {
  return [...Map.groupBy(all, ({ what }) => what)].map(([what, same]) => `${what} (${same.length} × such as ${same[0]?.screen ?? ''})`)
}

test('the page of logging in, which the keyboard alone can pass; a wrong password is said', async () => {
  const seat = await Seat.open(browser)
  await seat.page.goto(server.url)
  await seat.page.locator('#login').waitFor()
  assert.deepEqual(summed(await looks(seat, 'login')), [])
  await seat.isClean()
  const { login } = accountOf(accounts, 'patrolOfficer')
  await seat.tabTo('#login')
  await seat.page.keyboard.type(login)
  await seat.tabTo('#password')
  await seat.page.keyboard.type('not the password')
  await seat.page.keyboard.press('Enter')
  await seat.page.getByRole('alert').getByText(say('en', 'error.login')).waitFor()
  assert.deepEqual(await found(seat.page, 'login refused'), [])
  await seat.close()
})

for (const [role, visits] of Object.entries(visitsOf) as [keyof typeof visitsOf, () => readonly Visit[]][]) {
  test(`every page of ${role}: axe finds nothing, the browser complains of nothing, nothing leaves this machine`, async () => {
    const seat = await Seat.open(browser)
    await seat.enter(server.url, accountOf(accounts, role))
    const all: Finding[] = []
    for (const visit of visits()) {
      await seat.page.goto(server.url + visit.path)
      await seat.page.locator(visit.ready).first().waitFor()
      await visit.prepare?.(seat.page)
      all.push(...(await looks(seat, visit.path, visit.height)))
      await seat.isClean()
    }
    assert.deepEqual(summed(all), [])
    await seat.close()
  })
}

test('a page of somebody else’s duty says whose it is', async () => {
  const seat = await Seat.open(browser)
  await seat.enter(server.url, accountOf(accounts, 'patrolOfficer'))
  await seat.page.goto(`${server.url}/intake`)
  const roles = seat.word('role.callTaker')
  await seat.page.getByText(seat.word('shell.forbidden')).waitFor()
  await seat.page.getByText(seat.word('shell.forbiddenWho', { roles })).waitFor()
  await seat.close()
})

test('an empty board says what would be here, in the unit’s name', async () => {
  const duty = accounts.filter((account) => account.role === 'stationDuty').at(-1)
  assert.ok(duty)
  const seat = await Seat.open(browser)
  await seat.enter(server.url, duty)
  const { units } = (await (await Person.logIn(server.url, duty)).view<Views['units']>('staff', 'units')).data
  const unit = units.find(({ code }) => code === duty.unit)?.name ?? ''
  await seat.page.getByText(seat.word('board.empty'), { exact: true }).waitFor()
  await seat.page.getByText(seat.word('board.emptyHow', { unit })).waitFor()
  await seat.close()
})

test('the drawer of an action, and the menu of a phone', async () => {
  const seat = await Seat.open(browser)
  await seat.enter(server.url, accountOf(accounts, 'stationDuty'))
  await seat.page.goto(`${server.url}/incident/${known.placed}`)
  await seat.page.locator('.actions').waitFor()
  await seat.key('n')
  await seat.page.locator('.ant-drawer-open textarea:focus').waitFor()
  const all = await found(seat.page, 'drawer 1440', '.ant-drawer-open')
  await seat.page.setViewportSize({ width: 390, height: 844 })
  all.push(...(await found(seat.page, 'drawer 390', '.ant-drawer-open')))
  await seat.page.keyboard.press('Escape')
  await seat.page.locator('.ant-drawer-open').waitFor({ state: 'detached' })
  await seat.page.getByRole('button', { name: seat.word('shell.menu') }).click()
  await seat.page.locator('.preferences select').first().waitFor()
  all.push(...(await found(seat.page, 'menu 390', 'header')))
  assert.deepEqual(summed(all), [])
  await seat.isClean()
  await seat.close()
})
