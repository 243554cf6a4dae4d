import { pinyin } from 'pinyin-pro'

/** How a name is typed by somebody who writes it by its sound: each syllable, without tones; `ü` is typed as v. */
interface Spelling {
  readonly syllables: readonly string[]
  readonly whole: string
  readonly initials: string
}

const known = new Map<string, Spelling>()
/** Names repeat, and are spelled once a process. A person's surname is read as a surname: 单 is shan, 仇 is qiu. */
function spellingOf(name: string, of: 'person' | 'unit'): Spelling {
  const key = `${of} ${name}`
  const before = known.get(key)
  if (before !== undefined) return before
  const spelled = pinyin(name, {
    toneType: 'none',
    type: 'array',
    v: true,
    nonZh: 'consecutive',
    surname: of === 'person' ? 'head' : 'off',
  })
  const syllables = spelled.map((syllable) => syllable.toLowerCase().replace(/\s/g, '')).filter((syllable) => syllable !== '')
  const spelling = { syllables, whole: syllables.join(''), initials: syllables.map((syllable) => [...syllable][0]).join('') }
  known.set(key, spelling)
  return spelling
}

/** Syllables and initials, as the screens look in them: `chao yang fen ju cyfj`. */
export function keysOf(name: string): string {
  const { syllables, initials } = spellingOf(name, 'unit')
  return [...syllables, initials].join(' ')
}

/** Whether letters are how a person's name begins, or goes on from any of its characters, in full or by initials. */
export function spells(letters: string, name: string): boolean {
  const { syllables, whole, initials } = spellingOf(name, 'person')
  if (initials.includes(letters)) return true
  return whole.includes(letters) && syllables.some((_, index) => syllables.slice(index).join('').startsWith(letters))
}
