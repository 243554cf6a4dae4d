import type { Kind } from './kinds/row.ts'

/** A type that a narrative speaks of, with the words in it that say so. */
export interface Suggestion {
  readonly code: string
  readonly words: readonly string[]
}

/** A narrative says what happened in its first sentences, and the command takes no longer one. */
const readsAtMost = 2000
const most = 3
/** 没有持刀 is no knife. */
const denied = /(没有?|未|无|不是|并非)$/

/** Whether the text says the word and does not deny it each time. */
function says(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length))
    if (!denied.test(text.slice(Math.max(0, at - 2), at))) return true
  return false
}

/**
 * The types that a narrative speaks of, best first, at most three; none when it speaks of none. Longer words say more; of a word and a longer one
 * around it only the longer counts. Never more than an offer: the operator's choice stands.
 */
export function suggest(narrative: string, kinds: readonly Pick<Kind, 'code' | 'words' | 'priority'>[]): readonly Suggestion[] {
  const text = narrative.slice(0, readsAtMost).normalize('NFKC').toLowerCase()
  const found = kinds.flatMap((kind) => {
    const said = kind.words.filter((word) => says(text, word))
    const words = said.filter((word) => !said.some((longer) => longer !== word && longer.includes(word)))
    const weight = words.reduce((sum, word) => sum + word.length * word.length, 0)
    return words.length === 0 ? [] : [{ code: kind.code, words, weight, priority: kind.priority }]
  })
  return found
    .toSorted((a, b) => b.weight - a.weight || a.priority - b.priority)
    .slice(0, most)
    .map(({ code, words }) => ({ code, words }))
}
