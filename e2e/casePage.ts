import assert from 'node:assert/strict'
import type { Browser, Locator } from 'playwright-core'
import type { DemoAccount } from './clients.ts'
import { Seat } from './seat.ts'

/** What is given into a field: text as typed, `true` for a box, `{ word }` for a choice by its key in the words, `{ name }` for one of a list by its beginning. */
export type Given = string | true | { readonly word: string } | { readonly name: string }

/** One person before the page of a case, who does what its buttons offer. */
export class CasePage {
  readonly seat: Seat
  private constructor(seat: Seat) {
    this.seat = seat
  }

  static async open(browser: Browser, url: string, account: DemoAccount, id: string): Promise<CasePage> {
    const seat = await Seat.open(browser, { height: 1100 })
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

  /** Gives one step by its button and, where there are fields, its form. The answer must be yes. `more`: fills what is no field by itself. */
  async step(action: string, fields?: Readonly<Record<string, Given>>, more?: (drawer: Locator) => Promise<void>): Promise<void> {
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
    const answer = await answered
    assert.equal(answer.status(), 200, `${action}: ${await answer.text()}`)
    await drawer.waitFor({ state: 'detached' })
  }

  async #fill(drawer: Locator, name: string, given: Given): Promise<void> {
    const row = drawer.locator(`.row:has([id$="-${name}"], [id$="-${name}-label"])`).first()
    if (typeof given === 'string') return row.locator('input, textarea').first().fill(given)
    if (given === true) return row.locator('input[type=checkbox]').first().check()
    if ('word' in given) return row.getByText(this.seat.word(given.word), { exact: true }).click()
    if ((await row.locator('input[type=radio]').count()) > 0) return row.getByText(given.name).click()
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

  /** Why a step is not possible, as the page says it. */
  async refusal(action: string): Promise<string> {
    const { page } = this.seat
    const closed = page.locator('#main .refused:not([open]) > summary')
    while ((await closed.count()) > 0) await closed.first().click()
    const line = page.locator('#main .refused li', {
      has: page.getByRole('button', { name: this.seat.word(`action.${action}`), exact: true }),
    })
    return (await line.first().innerText()).trim()
  }
}
