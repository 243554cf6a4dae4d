import { pinyin } from 'pinyin-pro'
import { folded, keysOf, type Spellings, spellingsOf } from './rules/finding.ts'

const oneHan = /^\p{Script=Han}$/u

/** How a name of a place is read: `三里屯` → `san li tun`, `T3航站楼` → `T3 hang zhan lou`. What nobody knows how to read is left out. */
export function readingOf(name: string): string {
  const read = pinyin(name.normalize('NFKC'), { type: 'all', toneType: 'none', nonZh: 'consecutive', v: true })
  return read
    .map(({ origin, pinyin: syllable }) => (oneHan.test(origin) ? folded(syllable) : folded(origin).toUpperCase()))
    .filter((part) => /^[a-z]+$|^[A-Z0-9]+$/.test(part))
    .join(' ')
}

/** A name as it is found: how it is read, its spellings and their keys. */
interface Spelled {
  readonly reading: string
  readonly spellings: Spellings
  readonly keys: readonly string[]
}
const known = new Map<string, Spelled>()
/** Names of units by the hundred are spelled once a process, not once a question. */
export function spelledOnce(name: string): Spelled {
  const before = known.get(name)
  if (before !== undefined) return before
  const reading = readingOf(name)
  const spelled = { reading, spellings: spellingsOf(name, reading), keys: keysOf(name, reading) }
  known.set(name, spelled)
  return spelled
}
