import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { nearest } from './text.ts'
import { languages } from './words.ts'

const root = join(import.meta.dirname, '..')
type Tree = { readonly [key: string]: string | Tree }

/** Every sentence of a language by its key, forms for one and many included. */
function sentences(language: string): ReadonlyMap<string, string> {
  const walk = (tree: Tree, before: string): [string, string][] =>
    Object.entries(tree).flatMap(([key, value]) => (typeof value === 'string' ? [[before + key, value]] : walk(value, `${before}${key}.`)))
  return new Map(walk(JSON.parse(readFileSync(join(root, 'words', `${language}.json`), 'utf8')) as Tree, ''))
}

/** Which forms of number a language has is its own affair. */
const plain = (key: string): string => key.replace(/_(zero|one|two|few|many|other)$/, '')
const first = sentences('zh-CN')
const keys = new Set([...first.keys()].map(plain))
const others = languages.filter((language) => language !== 'zh-CN')
const han = '\\p{Script=Han}'

const sources = globSync('{*.tsx,kernel/**/*.{ts,tsx},modules/**/*.{ts,tsx},demo/**/*.ts,{main,import}.ts}', { cwd: root })
  .filter((file) => !file.endsWith('.test.ts') && !file.includes('/testing/'))
  .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }))

test('every language has every sentence, and none that the others have not', () => {
  for (const language of others) {
    const own = new Set([...sentences(language).keys()].map(plain))
    assert.deepEqual(
      { missing: [...keys.difference(own)], strange: [...own.difference(keys)] },
      { missing: [], strange: [] },
      `words/${language}.json against words/zh-CN.json`,
    )
  }
})

test('a sentence has the same blanks in every language, and is not empty', () => {
  const blanks = (sentence: string): string[] => [...new Set(sentence.match(/\{\{\w+\}\}/g))].toSorted()
  const wrong = others.flatMap((language) =>
    [...sentences(language)].flatMap(([key, sentence]) => {
      const model = first.get(key) ?? first.get(plain(key)) ?? first.get(`${plain(key)}_other`) ?? ''
      const extra = blanks(sentence).filter((blank) => !blanks(model).includes(blank))
      const lost = key === plain(key) || key.endsWith('_other') ? blanks(model).filter((blank) => !blanks(sentence).includes(blank)) : []
      return sentence.trim() === '' || extra.length + lost.length > 0 ? [`${language} ${key}: ${sentence}`] : []
    }),
  )
  assert.deepEqual(wrong, [])
})

test('Chinese sentences have Chinese punctuation, and Traditional ones no simplified characters', () => {
  const ascii = new RegExp(`${han}[,;:!?](?!\\w)|[,;:!?]${han}`, 'u')
  const simplified =
    /[们这来时过对发开关闭说没还样单书见长门问间马车东乐习买卖产亲仅从仓优会传伤体债儿党养兴写军农决况冻减几凭击则刚创删办务动劳势华协厂厅历压县参双变号听启员响图园围场坏块声处备复够头奖妇实审宽对导将层岁岛币师帐带帮库应张弹强归录径忆怀态总战户执扩扫护报担择损换据挂]/u
  const wrong = ['zh-CN', 'zh-TW'].flatMap((language) =>
    [...sentences(language)]
      .filter(([, sentence]) => ascii.test(sentence) || (language === 'zh-TW' && simplified.test(sentence)))
      .map(([key, sentence]) => `${language} ${key}: ${sentence}`),
  )
  assert.deepEqual(wrong, [])
})

test('every sentence that the code names is there, and every one that is there is named', () => {
  const sections = [...new Set([...keys].map((key) => key.split('.')[0] ?? ''))].filter((section) => section !== '')
  const name = new RegExp(`['"\`]((?:${sections.join('|')})(?:\\.[A-Za-z0-9-]+)+)['"\`]`, 'g')
  const family = new RegExp(`\`((?:${sections.join('|')})\\.(?:[A-Za-z0-9-]+\\.)*)\\$\\{`, 'g')
  const inCall = new RegExp(`(?:\\bt|\\bsay|\\bword)\\([^)'"\`]*['"]((?:${sections.join('|')})(?:\\.[A-Za-z0-9-]+)+)['"]`, 'g')
  const found = (pattern: RegExp): string[] => sources.flatMap(({ text }) => [...text.matchAll(pattern)].map((match) => match[1] ?? ''))
  const families = [...new Set(found(family))]
  const named = new Set(found(name))
  const absent = [...new Set(found(inCall))].filter((key) => !keys.has(key))
  const unused = [...keys].filter(
    (key) => key.includes('.') && !named.has(key) && !families.some((prefix) => key.startsWith(prefix)) && !anySection(key),
  )
  assert.deepEqual({ absent, unused }, { absent: [], unused: [] })
})

/** Sections that a form is given by name for the options of a field. */
const given = new Set(
  sources.flatMap(({ text }) =>
    [...text.matchAll(/words: \{([^}]*)\}/g)].flatMap((match) => [...(match[1] ?? '').matchAll(/'(\w+)'/g)].map((name) => name[1] ?? '')),
  ),
)
const anySection = (key: string): boolean => given.has(key.split('.')[0] ?? '')

test('whoever asks for Chinese in another place gets the nearest there is', () => {
  const near = (...tags: string[]): string | undefined => nearest(tags, ['zh-CN', 'en', 'zh-TW'])
  assert.equal(near('zh-HK'), 'zh-TW')
  assert.equal(near('zh-Hant-MO', 'en'), 'zh-TW')
  assert.equal(near('zh'), 'zh-CN')
  assert.equal(near('zh-SG'), 'zh-CN')
  assert.equal(near('fr', 'en-GB'), 'en')
  assert.equal(near('fr', '*', 'not a tag!'), undefined)
})
