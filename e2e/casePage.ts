import assert from 'node:assert/strict'
import type { Browser, Locator, Response } from 'playwright-core'
import type { DemoAccount } from './clients.ts'
import { Seat } from './seat.ts'
import { until } from './server.ts'

/**
 * What is given into a field: text as typed, `true` for a box, `{ word }` for a choice by its key in the words, `{ words }` for several, `{ name }` for one of a
 * list by its beginning.
 */
type Given = string | true | { readonly word: string } | { readonly words: readonly string[] } | { readonly name: string }
export type Fields = Readonly<Record<string, Given>>

/** Several people sit before their pages at once, on a machine that may be slow. */
const patience = 60_000

/** One person before the page of a case, who does what its buttons offer. */
export class CasePage {
  readonly seat: Seat
  private constructor(seat: Seat) {
    this.seat = seat
  }

  static async open(browser: Browser, url: string, account: DemoAccount, id: string): Promise<CasePage> {
    const seat = await Seat.open(browser, { height: 1100 })
    seat.page.setDefaultTimeout(patience)
    await seat.enter(url, account)
    await seat.page.goto(`${url}/case/${id}`)
    await seat.page.locator('.plumb').first().waitFor()
    return new CasePage(seat)
  }

  #button(action: string): Locator {
    const word = this.seat.word(`action.${action}`)
    return this.seat.page
      .locator('#main .action-row')
      .getByRole('button', { name: new RegExp(`^${word}( |$)`) })
      .first()
  }

  /** Sends one step by its button and, where there are fields, its form; gives the answer. */
  async #send(action: string, fields: Fields | undefined, more?: (drawer: Locator) => Promise<void>): Promise<Response> {
    const { page } = this.seat
    const drawer = page.locator('.ant-drawer-open form')
    const answered = page.waitForResponse((response) => response.url().includes('/command/cases/'))
    await this.#button(action).click()
    if (fields !== undefined) {
      await drawer.waitFor()
      for (const [name, given] of Object.entries(fields)) await this.#fill(drawer, name, given)
      await more?.(drawer)
      await page.keyboard.press('Control+Enter')
    }
    return answered
  }

  /** The answer must be yes. `more`: fills what is no field by itself. */
  async step(action: string, fields?: Fields, more?: (drawer: Locator) => Promise<void>): Promise<void> {
    const answer = await this.#send(action, fields, more)
    assert.equal(answer.status(), 200, `${action}: ${await answer.text()}`)
    await this.seat.page.locator('.ant-drawer-open form').waitFor({ state: 'detached' })
  }

  /** The answer must be no; gives what the form says to it, and leaves the form. */
  async refused(action: string, fields: Fields): Promise<string> {
    const answer = await this.#send(action, fields)
    assert.equal(answer.status(), 409, `${action}: ${await answer.text()}`)
    const { page } = this.seat
    const form = page.locator('.ant-drawer-open form')
    const said = (await form.locator('.problem').allInnerTexts()).join('\n')
    await page.keyboard.press('Escape')
    await form.waitFor({ state: 'detached' })
    // The browser itself writes down that the answer was no.
    const expected = this.seat.faults.findIndex((fault) => fault.includes('409'))
    if (expected >= 0) this.seat.faults.splice(expected, 1)
    return said
  }

  async #fill(drawer: Locator, name: string, given: Given): Promise<void> {
    const row = drawer.locator(`.row:has([id$="-${name}"], [id$="-${name}-label"])`).first()
    if (typeof given === 'string') return row.locator('input, textarea').first().fill(given)
    if (given === true) return row.locator('input[type=checkbox]').first().check()
    if ('word' in given || 'words' in given) {
      for (const word of 'word' in given ? [given.word] : given.words) await row.getByText(this.seat.word(word), { exact: true }).click()
      return
    }
    if ((await row.locator('input[type=radio]').count()) > 0) return row.getByText(given.name).click()
    // Where there is only one, he stands there already.
    if ((await row.locator('input').first().inputValue()) === given.name) return
    await row.locator('input').first().fill(given.name)
    await row.locator('[role="option"]').first().click()
  }

  /** Waits until the page says that the case has come so far. */
  async reached(phase: string): Promise<void> {
    await this.seat.page
      .locator('.panel-head .tag')
      .getByText(this.seat.word(`matterPhase.${phase}`), { exact: true })
      .waitFor()
  }

  /** Waits until one of these says so: the page is read again a moment after each step. */
  async #says(what: string, those: Locator, wanted: RegExp): Promise<void> {
    let last: readonly string[] = []
    await until(
      () => `${what} says ${wanted}; it says:\n${last.join('\n')}`,
      async () => {
        last = await those.allTextContents()
        return last.some((text) => wanted.test(text))
      },
      patience,
    )
  }

  /** Why a step is not possible. */
  async no(action: string, wanted: RegExp): Promise<void> {
    const button = this.seat.page.locator('button', { hasText: new RegExp(`^${this.seat.word(`action.${action}`)}$`) })
    await this.#says(action, this.seat.page.locator('#main .refused li', { has: button }), wanted)
  }

  /** What stands under a heading of facts. */
  async fact(name: string, wanted: RegExp): Promise<void> {
    const title = this.seat.page.locator('dt').getByText(this.seat.word(name), { exact: true })
    await this.#says(name, this.seat.page.locator('#main .fact', { has: title }), wanted)
  }

  /** What a limit says, with why it ends when it does. */
  async limit(rule: string, wanted: RegExp): Promise<void> {
    const name = this.seat.word(`clock.rule.cases.${rule}`)
    await this.#says(rule, this.seat.page.locator('.case-limits > .limit', { hasText: name }), wanted)
  }

  /** What is said of the request that waits for somebody of this level. */
  async waits(level: string, wanted: RegExp): Promise<void> {
    const tag = this.seat.word('cases.waitsFor', { level: this.seat.word(`level.${level}`) })
    const tagged = this.seat.page.locator('.tag').getByText(tag, { exact: true })
    await this.#says(level, this.seat.page.locator('#main .case-persons > li', { has: tagged }), wanted)
  }
}
