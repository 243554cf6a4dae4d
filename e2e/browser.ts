import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--autoplay-policy=no-user-gesture-required',
]

/** The program that `CHROMIUM` names, or the first Chromium in the path; undefined when there is none. */
export function findChromium(): string | undefined {
  const named = process.env['CHROMIUM']
  return named ? [named].find(isExecutable) : findProgram(names)
}

/** The first of these programs in the path, or in the folders that are to be looked through after it; undefined when there is none. */
export function findProgram(programs: readonly string[], more: readonly string[] = []): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...more].filter((folder) => folder !== '')
  return programs.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error) return false
    throw error
  }
}

/** A headless browser; the caller closes it. @throws when the machine has no Chromium */
export async function browser(): Promise<Browser> {
  const executablePath = findChromium()
  if (executablePath === undefined) throw new Error('There is no Chromium. Install one, or name it in CHROMIUM.')
  return chromium.launch({ executablePath, args: flags })
}
