// `node run.mjs e2e/screens.ts [NAME…]`: every screen of the house in every look, with its data, with none, and with the server failing, as pictures in
// docs/screens. Ends with 1 when axe or the browser's console complains of any of them.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { browser as start } from './browser.ts'
import { accountOf, type DemoAccount, demoAccounts } from './clients.ts'
import { eachLook, found, type Finding, type Look, summed, tall } from './looks.ts'
import { openOverdue } from './overdue.ts'
import { openCity } from './seeded.ts'
import { fill, open, overdueVisits, type Visit, visitsOf, working } from './visits.ts'

const states = ['full', 'empty', 'failing'] as const
type State = (typeof states)[number]
type Picture = Look & { readonly image: string }

const folder = join(import.meta.dirname, '..', 'docs', 'screens')
const heights: Readonly<Record<number, number>> = { 1440: 900, 390: 844 }

/** An answer with nothing in it: every list empty, everything else as it was. */
function emptied(value: unknown): unknown {
  if (Array.isArray(value)) return []
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, emptied(inner)]))
}

/** Puts the page's answers into a state; the units, by which everything is named, stay. */
async function put(context: BrowserContext, state: State): Promise<void> {
  if (state === 'full') return
  await context.route(/:\d+\/view\//, async (route) => {
    if (state === 'failing')
      return route.fulfill({ status: 503, contentType: 'application/problem+json', body: '{"status":503,"code":"fault"}' })
    const answer = await route.fetch()
    if (!answer.ok() || route.request().url().includes('/view/staff/units')) return route.fulfill({ response: answer })
    const body = (await answer.json()) as { position: number; data: unknown }
    return route.fulfill({ response: answer, json: { ...body, data: emptied(body.data) } })
  })
}

/** What the window shows, as WebP. */
async function shot(page: Page, quality: number): Promise<Buffer> {
  const session = await page.context().newCDPSession(page)
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality })
  await session.detach()
  return Buffer.from(data, 'base64')
}

/** All looks of one screen on one sheet: a row for each language, half as large as they are. */
async function sheet(browser: Browser, pictures: readonly Picture[]): Promise<Buffer> {
  const rows = [...Map.groupBy(pictures, ({ language }) => language).values()].map((row) =>
    row
      .toSorted((a, b) => b.width - a.width)
      .map(({ image, width }) => `<img src="data:image/webp;base64,${image}" width="${width / 2}">`)
      .join(''),
  )
  const page = await browser.newPage({ viewport: { width: 1900, height: 1410 } })
  await page.setContent(
    `<style>body{margin:10px;background:#888}div{display:flex;gap:10px;margin-bottom:10px;align-items:start}</style>${rows.map((row) => `<div>${row}</div>`).join('')}`,
  )
  await page.evaluate('Promise.all([...document.images].map((image) => image.decode()))')
  const image = await shot(page, 70)
  await page.close()
  return image
}

async function see(browser: Browser, url: string, account: DemoAccount | null, visit: Visit, state: State): Promise<Finding[]> {
  const name = state === 'full' ? visit.name : `${visit.name}-${state}`
  const all: Finding[] = []
  const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' })
  const page = await context.newPage()
  page.on('console', (message) => {
    const expected = message.text().includes(state === 'failing' ? '503' : ' 401 ')
    if (message.type() === 'error' && !expected) all.push({ screen: name, what: `console: ${message.text()}` })
  })
  page.on('pageerror', (error) => all.push({ screen: name, what: error.message }))
  if (account !== null) {
    const answer = await page.request.post(`${url}/session`, { data: { login: account.login, password: account.password } })
    if (!answer.ok()) throw new Error(`${account.login} cannot log in: ${answer.status()}`)
  }
  await put(context, state)
  if (state === 'full') await open(page, url, visit)
  else {
    await page.goto(url + visit.path)
    await page.locator('.preferences').first().waitFor()
    // A reading that fails is tried again before it is given up; a page that reads nothing shows nothing of it.
    await page.waitForTimeout(state === 'failing' ? 8000 : 700)
  }
  const pictures: Picture[] = []
  await eachLook(
    page,
    (width) => heights[width] ?? 900,
    async (look) => {
      if (state === 'full' && visit.shows !== undefined) await page.locator(visit.shows).last().scrollIntoViewIfNeeded()
      const image = await shot(page, 80)
      pictures.push({ ...look, image: image.toString('base64') })
      if (state === 'full' && look.language === 'zh-CN' && look.theme === 'light')
        await writeFile(join(folder, `${name}-${look.width}.webp`), image)
      await page.setViewportSize({ width: look.width, height: visit.height ?? tall })
      all.push(...(await found(page, `${name} ${look.width} ${look.language} ${look.theme}`)))
    },
  )
  // What the page still asks for meanwhile belongs to nobody.
  await context.unrouteAll({ behavior: 'ignoreErrors' })
  await context.close()
  await writeFile(join(folder, `${name}.webp`), await sheet(browser, pictures))
  return all
}

/** The wall of a city at work, as README shows it: a minute of ten ordinary ones. */
async function atWork(browser: Browser): Promise<void> {
  const city = await openCity({ args: ['--demo', '--rate', '10'] })
  const page = await browser.newPage({ locale: 'zh-CN', viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' })
  try {
    const { login, password } = accountOf(await demoAccounts(city.url), 'citySupervisor')
    await page.request.post(`${city.url}/session`, { data: { login, password } })
    await page.goto(`${city.url}/wall`)
    await page.waitForTimeout(60_000)
    await writeFile(join(folder, 'city-1440.webp'), await shot(page, 80))
  } finally {
    await page.close()
    await city.clean()
  }
}

/** What a city looks like five and a half minutes after everything was reported. */
async function overdue(browser: Browser): Promise<Finding[]> {
  const city = await openOverdue()
  const all: Finding[] = []
  try {
    for (const [role, visits] of Object.entries(overdueVisits(city.arrival)))
      for (const visit of visits) all.push(...(await see(browser, city.server.url, city.who(role), visit, 'full')))
    return all
  } finally {
    await city.server.clean()
  }
}

const names = process.argv.slice(2)
const wanted = (name: string): boolean => names.length === 0 || names.some((one) => name.startsWith(one))
await mkdir(folder, { recursive: true })
const server = await openCity()
const browser = await start()
try {
  const accounts = await demoAccounts(server.url)
  const known = await fill(server.url, accounts)
  const login: Visit = { name: 'login', path: '/', ready: '.login .panel' }
  const all = wanted('login') ? await see(browser, server.url, null, login, 'full') : []
  const done = new Set<string>()
  for (const role of working)
    for (const visit of visitsOf(known)[role]) {
      const name = visit.name === 'board' ? `board-${role}` : visit.name
      if (done.has(name) || !wanted(name)) continue
      done.add(name)
      for (const state of states) all.push(...(await see(browser, server.url, accountOf(accounts, role), { ...visit, name }, state)))
      console.log(name)
    }
  if (wanted('city')) await atWork(browser)
  if (wanted('overdue')) all.push(...(await overdue(browser)))
  for (const line of summed(all)) console.log(line)
  console.log(`${all.length} findings`)
  process.exitCode = all.length > 0 ? 1 : 0
} finally {
  await browser.close()
  await server.clean()
}
