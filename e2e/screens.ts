import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import axeCore from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { browser as start } from './browser.ts'

/** Who opens which screen: `login` null is the page before anybody has logged in. */
export interface Visit {
  readonly name: string
  readonly login: string | null
  readonly path: string
  /** Found first in the page: the screen has its data. */
  readonly ready: string
  /** Brings the screen into the state that is to be seen. */
  readonly prepare?: (page: Page) => Promise<void>
}

export interface Options {
  readonly base: string
  readonly folder: string
  readonly passwords: Readonly<Record<string, string>>
  readonly visits: readonly Visit[]
  readonly browser?: Browser
  readonly languages?: readonly string[]
  readonly themes?: readonly string[]
}

export interface Finding {
  readonly screen: string
  readonly rule: string
  readonly detail: string
}

const sizes = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
] as const

interface AxeNode {
  readonly html: string
  readonly target: readonly string[]
  readonly any: readonly { readonly message: string }[]
}
interface AxeRule {
  readonly id: string
  readonly nodes: readonly AxeNode[]
}

/** Those that are whole in sight: beyond the edge of a list that scrolls, or of a cell that cuts its text short, there is no background to judge. */
async function inSight(page: Page, nodes: readonly AxeNode[]): Promise<readonly AxeNode[]> {
  const seen = await page.evaluate<boolean[]>(`(${JSON.stringify(nodes.map((node) => node.target[0]))}).map((path) => {
    const element = document.querySelector(path)
    const box = element.getBoundingClientRect()
    for (let at = element; at; at = at.parentElement) {
      if (getComputedStyle(at).textOverflow === 'ellipsis' && at.scrollWidth > at.clientWidth) return false
      if (at === element) continue
      const edge = at.getBoundingClientRect()
      if (getComputedStyle(at).overflowY !== 'visible' && (box.bottom > edge.bottom || box.top < edge.top)) return false
    }
    return box.bottom <= innerHeight
  })`)
  return nodes.filter((_, index) => seen[index])
}

/** axe on the page as it stands; contrast that it cannot judge counts as wrong too. Evaluated, not added as a tag: the policy allows no foreign script. */
export async function axe(page: Page, screen: string): Promise<Finding[]> {
  await page.evaluate(axeCore.source)
  const { violations, incomplete } = await page.evaluate<{ violations: AxeRule[]; incomplete: AxeRule[] }>('axe.run()')
  const unsure = incomplete.filter((rule) => rule.id === 'color-contrast')
  const open = unsure.map(async (rule) => ({ ...rule, nodes: await inSight(page, rule.nodes) }))
  return [...violations, ...(await Promise.all(open))].flatMap((rule) =>
    rule.nodes.map((node) => ({ screen, rule: rule.id, detail: `${node.html.slice(0, 160)} — ${node.any[0]?.message ?? ''}` })),
  )
}

export async function logIn(page: Page, base: string, login: string, password: string): Promise<void> {
  const answer = await page.request.post(`${base}/session`, { data: { login, password } })
  if (!answer.ok()) throw new Error(`${login} cannot log in: ${answer.status()}`)
}

interface Look {
  readonly width: number
  readonly height: number
  readonly language: string
  readonly theme: string
}

async function see(browser: Browser, options: Options, visit: Visit, look: Look): Promise<Finding[]> {
  const { width, height, language, theme } = look
  const screen = `${visit.name}-${width}-${language.split('-')[0]}-${theme}`
  const found: Finding[] = []
  const context = await browser.newContext({
    viewport: { width, height },
    locale: language,
    reducedMotion: 'reduce',
    hasTouch: width < 500,
  })
  await context.addInitScript(
    ([code, mode]) => {
      localStorage.setItem('plumbline.language', code ?? '')
      localStorage.setItem('plumbline.theme', mode ?? '')
    },
    [language, theme],
  )
  const page = await context.newPage()
  page.on('console', (message) => {
    const expected = visit.login === null && message.text().includes('401')
    if (message.type() === 'error' && !expected) found.push({ screen, rule: 'console', detail: message.text() })
  })
  page.on('pageerror', (error) => found.push({ screen, rule: 'error', detail: error.message }))
  if (visit.login !== null) await logIn(page, options.base, visit.login, options.passwords[visit.login] ?? '')
  await page.goto(`${options.base}${visit.path}`)
  await page.locator(visit.ready).first().waitFor({ timeout: 10_000 })
  await visit.prepare?.(page)
  await page.waitForTimeout(400)
  await page.screenshot({ path: join(options.folder, `${screen}.png`) })
  const wide = await page.evaluate<boolean>('document.documentElement.scrollWidth > innerWidth')
  if (wide) found.push({ screen, rule: 'overflow', detail: 'the page is wider than its window' })
  // What is scrolled out of sight cannot be judged: a window tall enough shows all of it.
  await page.setViewportSize({ width, height: 4000 })
  found.push(...(await axe(page, screen)))
  await context.close()
  return found
}

/** Every screen at both widths, in every language, light and dark, as PNG; and what axe and the browser's console say of each. */
export async function screens(options: Options): Promise<readonly Finding[]> {
  await mkdir(options.folder, { recursive: true })
  const browser = options.browser ?? (await start())
  const found: Finding[] = []
  for (const visit of options.visits)
    for (const language of options.languages ?? ['zh-CN', 'en'])
      for (const size of sizes) {
        const looks = (options.themes ?? ['light', 'dark']).map((theme) => see(browser, options, visit, { ...size, language, theme }))
        for (const findings of await Promise.all(looks)) found.push(...findings)
      }
  if (!options.browser) await browser.close()
  return found
}

const fillIntake = async (page: Page) => {
  await page.keyboard.type('138 0013 2071')
  await page.locator('#intake-place').fill('三里屯路 19 号 太古里北区 东门')
  await page.locator('.place-field .spot').fill('116.50000, 39.93000')
  await page.locator('#intake-narrative').fill('报警人称两名男子在商场东门持木棍互殴，周围有人围观，一人头部流血。')
  await page.locator('#intake-kind').fill('assault')
  await page.keyboard.press('Enter')
  await page.locator('.receivers b').first().waitFor()
}

const firstRow = async (page: Page) => {
  await page.locator('.grid .body [role="row"]').first().click()
  await page.locator('.plumb').first().waitFor()
}

/** The screens of the house with the roles that have them; logins by role. */
export function visitsOf(logins: Readonly<Record<string, string>>): readonly Visit[] {
  const as = (role: string) => logins[role] ?? role
  const row = '.grid .body [role="row"], .state'
  return [
    { name: 'login', login: null, path: '/', ready: '.login .panel' },
    { name: 'intake', login: as('callTaker'), path: '/intake', ready: '.mine, .state' },
    { name: 'intake-filled', login: as('callTaker'), path: '/intake', ready: '.mine, .state', prepare: fillIntake },
    { name: 'board', login: as('stationDuty'), path: '/board', ready: row },
    { name: 'board-subbureau', login: as('subBureauDuty'), path: '/board', ready: row },
    { name: 'board-city', login: as('citySupervisor'), path: '/board', ready: row },
    { name: 'incident', login: as('subBureauDuty'), path: '/board', ready: row, prepare: openIncident },
    { name: 'unplaced', login: as('callTaker'), path: '/unplaced', ready: row, prepare: firstRow },
    { name: 'forbidden', login: as('patrolOfficer'), path: '/units', ready: '.state' },
    { name: 'units', login: as('systemAdministrator'), path: '/units', ready: row },
    { name: 'accounts', login: as('securityAdministrator'), path: '/accounts', ready: row },
  ]
}

async function openIncident(page: Page): Promise<void> {
  const id = await page.locator('.grid .body [role="row"]').last().getAttribute('data-id')
  await page.goto(new URL(`/incident/${id}`, page.url()).href)
  await page.locator('.plumb').first().waitFor()
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [base = 'http://127.0.0.1:8110', folder = 'docs/screens', only = ''] = process.argv.slice(2)
  const accounts = (await (await fetch(`${base}/demo/accounts`)).json()) as { login: string; password: string; role: string }[]
  const logins = Object.fromEntries([...accounts].reverse().map((account) => [account.role, account.login]))
  const passwords = Object.fromEntries(accounts.map((account) => [account.login, account.password]))
  const visits = visitsOf(logins).filter((visit) => visit.name.startsWith(only))
  const found = await screens({ base, folder, passwords, visits })
  for (const { screen, rule, detail } of found) console.log(`${screen}  ${rule}  ${detail}`)
  console.log(`${found.length} findings`)
  process.exit(found.length > 0 ? 1 : 0)
}
