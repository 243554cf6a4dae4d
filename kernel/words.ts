import { readdirSync, readFileSync } from 'node:fs'
import i18next, { type i18n } from 'i18next'
import { nearest } from './text.ts'

const folder = new URL('../words/', import.meta.url)
export const languages: readonly string[] = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.slice(0, -5))
const first = 'zh-CN'

const words: i18n = i18next.createInstance()
await words.init({
  lng: first,
  fallbackLng: first,
  interpolation: { escapeValue: false },
  resources: Object.fromEntries(
    languages.map((language) => [language, { translation: JSON.parse(readFileSync(new URL(`${language}.json`, folder), 'utf8')) }]),
  ),
})

/** A sentence of `words/<language>.json` with its blanks filled. */
export const say = (language: string, key: string, values: Readonly<Record<string, string | number>> = {}): string =>
  words.t(key, { ...values, lng: language })

/** The best language of the house for an `accept-language` header. */
export const languageFor = (header: string | undefined): string =>
  nearest(
    (header ?? '').split(',').map((wish) => wish.split(';')[0]?.trim() ?? ''),
    languages,
  ) ?? first
