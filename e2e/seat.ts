import assert from 'node:assert/strict'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { say } from '#kernel/words.ts'
import type { DemoAccount } from './clients.ts'

/** What the page itself has noted, by `watch.js`; times are the machine's, the same for every page and for the test. */
export interface Noted {
  /** When a record first stood in a list, by its id. */
  readonly shown: Readonly<Record<string, number>>
  /** When a record's row first rang, by its id. */
  readonly rang: Readonly<Record<string, number>>
  /** Every tone that went to a running audio context. */
  readonly tones: readonly { readonly time: number; readonly pitch: number }[]
  /** Every frame of the live stream, in the order of arrival. */
  readonly frames: readonly {
    readonly time: number
    readonly position: number
    readonly stream: string
    readonly type: string
    readonly gone: boolean
  }[]
  readonly resets: number
  /** When Enter was last pressed. */
  readonly enter: number
  readonly violations: readonly string[]
}

export interface SeatOptions {
  readonly language?: string
  readonly width?: number
  readonly height?: number
  /** A phone: fingers instead of a mouse. */
  readonly touch?: boolean
  /** By how many milliseconds the browser's clock is wrong; `noted` goes by it, too. */
  readonly ahead?: number
  /** The zone in which the browser believes to be. */
  readonly zone?: string
}

/** What a drill is heard by, in Hz, and nothing else. */
const drillTones = [262, 330, 392]

/** The page's `Date` as on a machine whose clock is wrong: it goes on as fast as ever. */
const wrongClock = (ahead: number): string => `{
  const Right = Date
  globalThis.Date = class extends Right {
    constructor(...given) {
      super(...(given.length === 0 ? [Right.now() + ${ahead}] : given))
    }
    static now() {
      return Right.now() + ${ahead}
    }
  }
}`

/** A person before a browser of his own. Everything that the page does wrong on its way is kept in `faults`. */
export class Seat {
  readonly page: Page
  readonly faults: string[] = []
  readonly language: string
  readonly #context: BrowserContext
  private constructor(context: BrowserContext, page: Page, language: string) {
    this.#context = context
    this.page = page
    this.language = language
    page.on('console', (message) => {
      // A session is asked for before anybody has logged in, and the browser itself writes down the 401.
      const asked = message.location().url.endsWith('/session') && message.text().includes('401')
      if (message.type() === 'error' && !asked) this.faults.push(`console: ${message.text()} ${message.location().url}`)
    })
    page.on('pageerror', (error) => this.faults.push(`page: ${error.message}`))
    page.on('request', (request) => {
      const { protocol, hostname } = new URL(request.url())
      if (!['data:', 'blob:'].includes(protocol) && hostname !== '127.0.0.1') this.faults.push(`request: ${request.url()}`)
    })
  }

  static async open(
    browser: Browser,
    { language = 'zh-CN', width = 1440, height = 900, touch = false, ahead = 0, zone }: SeatOptions = {},
  ): Promise<Seat> {
    const context = await browser.newContext({
      locale: language,
      viewport: { width, height },
      hasTouch: touch,
      reducedMotion: 'reduce',
      ...(zone !== undefined && { timezoneId: zone }),
    })
    if (ahead !== 0) await context.addInitScript({ content: wrongClock(ahead) })
    await context.addInitScript({ path: join(import.meta.dirname, 'watch.js') })
    const page = await context.newPage()
    page.setDefaultTimeout(15_000)
    return new Seat(context, page, language)
  }

  /** A sentence of the words as this page shows it. */
  word(key: string, values: Record<string, string | number> = {}): string {
    return say(this.language, key, values)
  }

  /** Opens an address and logs in with nothing but the keyboard. */
  async enter(url: string, { login, password }: Pick<DemoAccount, 'login' | 'password'>): Promise<void> {
    const { page } = this
    await page.goto(url)
    await page.locator('#login').waitFor()
    await this.tabTo('#login')
    await page.keyboard.type(login)
    await this.tabTo('#password')
    await page.keyboard.type(password)
    await page.keyboard.press('Enter')
    await page.locator('main#main').waitFor()
  }

  /** Presses Tab until the keyboard stands there: what cannot be reached so is not there for many people. */
  async tabTo(selector: string): Promise<void> {
    for (let presses = 0; presses < 60; presses++) {
      if ((await this.page.locator(selector).and(this.page.locator(':focus')).count()) > 0) return
      await this.page.keyboard.press('Tab')
    }
    throw new Error(`Tab does not lead to ${selector}`)
  }

  /** The switch that lets a browser make sounds, by keyboard. */
  async startShift(): Promise<void> {
    const { page } = this
    await page.getByRole('button', { name: this.word('board.startShift') }).waitFor()
    await this.tabTo('.panel-head button.ant-btn-primary')
    await page.keyboard.press('Enter')
    await page.getByText(this.word('board.onShift')).waitFor()
  }

  noted(): Promise<Noted> {
    return this.page.evaluate<Noted>('noted')
  }

  /** The tones that the page has begun since a moment: of a drill or of a call. */
  async heard(since: number): Promise<{ readonly drill: number; readonly call: number }> {
    const tones = (await this.noted()).tones.filter(({ time }) => time >= since).map(({ pitch }) => Math.round(pitch))
    const drill = tones.filter((pitch) => drillTones.includes(pitch)).length
    return { drill, call: tones.length - drill }
  }

  /** Presses a key in the screen, where no field has it. */
  async key(key: string): Promise<void> {
    await this.page.locator('#main').focus()
    await this.page.keyboard.press(key)
  }

  /** Presses the key of an action once the screen offers it: the server knows of a change before the screen does. */
  async act(key: string): Promise<void> {
    await this.page.locator(`.actions [aria-keyshortcuts="${key}"]`).waitFor()
    await this.key(key)
  }

  /** Nothing on this page went wrong, by the browser's own account. */
  async isClean(): Promise<void> {
    assert.deepEqual([...this.faults, ...(await this.noted()).violations], [])
  }

  async close(): Promise<void> {
    await this.#context.close()
  }
}
