import { pinyin } from 'pinyin-pro'
import { folded } from './rules/finding.ts'

const oneHan = /^\p{Script=Han}$/u

/** How a name of a place is read: `三里屯` → `san li tun`, `T3航站楼` → `T3 hang zhan lou`. What nobody knows how to read is left out. */
export function readingOf(name: string): string {
  const read = pinyin(name.normalize('NFKC'), { type: 'all', toneType: 'none', nonZh: 'consecutive', v: true })
  return read
    .map(({ origin, pinyin: syllable }) => (oneHan.test(origin) ? folded(syllable) : folded(origin).toUpperCase()))
    .filter((part) => /^[a-z]+$|^[A-Z0-9]+$/.test(part))
    .join(' ')
}

const known = new Map<string, string>()
/** Names of units by the thousand are read once a process, not once a question. */
export function rememberedReading(name: string): string {
  const before = known.get(name)
  if (before !== undefined) return before
  const read = readingOf(name)
  known.set(name, read)
  return read
}
