import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { languages } from '#kernel/words.ts'

export interface Look {
  readonly width: (typeof widths)[number]
  readonly language: string
  readonly theme: (typeof themes)[number]
}

export interface Finding {
  readonly screen: string
  readonly what: string
}

export const widths = [1440, 390] as const
export const themes = ['light', 'dark'] as const
/** So tall that no record scrolls: what is scrolled away has no colours that could be judged. */
export const tall = 2400
/** axe and what asks it, evaluated in the page: its policy allows no foreign script. */
const judge = `${axe.source}\n${await readFile(join(import.meta.dirname, 'judge.js'), 'utf8')}`

/** What axe says of the page as it stands, or of a part that lies over it. */
export async function found(page: Page, screen: string, within?: string): Promise<Finding[]> {
  await page.evaluate(judge)
  const lines = await page.evaluate<string[]>(`judge(${JSON.stringify(within)})`)
  return lines.map((what) => ({ screen, what }))
}

const settled = 'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))'

/** The page in every language, light and dark, at both widths: switched as a person would. Ends as wide as a desk's. */
export async function eachLook(page: Page, height: (width: number) => number, see: (look: Look) => Promise<void>): Promise<void> {
  for (const language of languages) {
    const { script } = new Intl.Locale(language).maximize()
    const tag = script?.startsWith('Han') ? `zh-${script}` : language
    for (const theme of themes) {
      await page.setViewportSize({ width: 1440, height: height(1440) })
      await page.locator('.preferences select').nth(0).selectOption(language)
      await page.locator('.preferences select').nth(1).selectOption(theme)
      await page.locator(`html[lang="${tag}"][data-theme="${theme}"]`).waitFor()
      for (const width of widths) {
        await page.setViewportSize({ width, height: height(width) })
        await page.evaluate(settled)
        await see({ width, language, theme })
      }
    }
  }
  await page.setViewportSize({ width: 1440, height: 900 })
}

/**
 * Half of the looks: each language at each width and in each theme, and each theme at each width. What axe judges hangs on two of the three at most, and it
 * takes most of the time.
 */
const paired = ({ width, language, theme }: Look): boolean =>
  (languages.indexOf(language) + themes.indexOf(theme) + widths.indexOf(width)) % 2 === 0

/** What is wrong with the page in any of its looks. */
export async function judged(page: Page, name: string, height = tall): Promise<Finding[]> {
  const all: Finding[] = []
  await eachLook(
    page,
    () => height,
    async (look) => {
      const screen = `${name} ${look.width} ${look.language} ${look.theme}`
      if (paired(look)) all.push(...(await found(page, screen)))
      const wide = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
      if (wide > 0) all.push({ screen, what: `${wide} px wider than the window` })
    },
  )
  return all
}

/** The same fault of the same element in several looks is one line. */
export function summed(all: readonly Finding[]): readonly string[] {
  return [...Map.groupBy(all, ({ what }) => what)].map(([what, same]) => `${what} (${same.length} × such as ${same[0]?.screen ?? ''})`)
}
