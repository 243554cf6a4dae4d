import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { nearest } from '../text.ts'

type Words = Record<string, unknown>
const files = import.meta.glob<Words>('/words/*.json', { import: 'default' })
/** What only dressed screens say, see vite.config.ts. */
const officeFiles = import.meta.glob<Words>('/words/*.json', { import: 'default', query: '?office' })
let office = false
const codeOf = (path: string): string => path.replace(/^.*\/|\.json$/g, '')

/** Every language that has a file, Chinese first. */
export const languages: readonly string[] = Object.keys(files)
  .map(codeOf)
  .sort((a, b) => Number(b === 'zh-CN') - Number(a === 'zh-CN') || a.localeCompare(b))

const first = languages[0] ?? 'zh-CN'
const remembered = 'plumbline.language'
export const language = (): string => i18next.language ?? first

/** The tag for `<html lang>`: Han needs its script, because glyphs and voices depend on it. */
export const tagOf = (code: string): string => {
  const { language: name, script } = new Intl.Locale(code).maximize()
  return script?.startsWith('Han') ? `${name}-${script}` : code
}

/** A language's name in itself. */
export const nameOf = (code: string): string => new Intl.DisplayNames([code], { type: 'language' }).of(tagOf(code)) ?? code

async function load(code: string): Promise<void> {
  const file = files[`/words/${code}.json`]
  if (file && !i18next.hasResourceBundle(code, 'translation')) i18next.addResourceBundle(code, 'translation', await file())
  const more = office ? await officeFiles[`/words/${code}.json`]?.() : undefined
  if (more) i18next.addResourceBundle(code, 'translation', more, true)
}

/** From now on the words of an office are there, in this language and in any that is chosen. */
export async function officeWords(): Promise<void> {
  if (office) return
  office = true
  await Promise.all([...new Set([first, language()])].map(load))
}

export async function choose(code: string): Promise<void> {
  await load(code)
  await i18next.changeLanguage(code)
  document.documentElement.lang = tagOf(code)
  localStorage.setItem(remembered, code)
}

function wanted(): string {
  const kept = localStorage.getItem(remembered)
  if (kept && languages.includes(kept)) return kept
  return nearest(navigator.languages, languages) ?? first
}

export async function begin(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: first,
    fallbackLng: first,
    resources: {},
    // React escapes; a second time would show &amp; to people.
    interpolation: { escapeValue: false },
    returnNull: false,
    react: { useSuspense: false },
  })
  await load(first)
  await choose(wanted())
}
