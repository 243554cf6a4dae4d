// How a thing is found by its name, its pinyin or its initials. Each is written without spaces, folded, and found from its beginning or from the
// beginning of any character or word in it: 里屯, litun and lt find 三里屯 as 三里, sanlitun and slt do.

const han = '〇\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{323af}'
const kept = new RegExp(`[${han}]|[0-9a-z]+`, 'gu')
const oneHan = new RegExp(`^[${han}]$`, 'u')

/** The characters and words of a text, folded: full width is half width, case is none, ü is typed as v. */
const parts = (text: string): readonly string[] => text.normalize('NFKC').toLowerCase().replaceAll('ü', 'v').match(kept) ?? []

/** What is asked for, as the spellings are written; empty: nothing that anything could be found by. */
export const folded = (asked: string): string => parts(asked).join('')

/** The three ways in which one name is written. */
export interface Spellings {
  readonly name: string
  readonly pinyin: string
  readonly initials: string
}

/** A name's parts in each spelling. `reading`: `san li tun`; what begins with a capital or a digit is a word that has no initial but itself. */
function spelled(name: string, reading: string): readonly (readonly string[])[] {
  const read = reading.split(' ').filter((part) => part !== '')
  const initials = read.map((part) => (/^[a-z]/.test(part) ? part.slice(0, 1) : part))
  return [parts(name), read, initials].map((list) => list.map((part) => part.toLowerCase()))
}

export function spellingsOf(name: string, reading: string): Spellings {
  const [own = '', pinyin = '', initials = ''] = spelled(name, reading).map((list) => list.join(''))
  return { name: own, pinyin, initials }
}

/** Marks a key that begins a whole spelling. */
export const beginning = '^'

/** Every key of a name: what is asked for must be how one of them begins. */
export function keysOf(name: string, reading: string): readonly string[] {
  const keys = spelled(name, reading).flatMap((list) => [
    ...(list.length > 0 ? [beginning + list.join('')] : []),
    ...list.map((_, from) => list.slice(from).join('')),
  ])
  return [...new Set(keys)]
}

/** 0: it is this; 1: it begins so; 2: something in it begins so; null: it is something else. `asked` is folded. */
export function rankOf({ name, pinyin, initials }: Spellings, keys: readonly string[], asked: string): 0 | 1 | 2 | null {
  const whole = [name, pinyin, initials]
  if (whole.includes(asked)) return 0
  if (whole.some((one) => one.startsWith(asked))) return 1
  return !short(asked) && keys.some((key) => key.startsWith(asked)) ? 2 : null
}

/** One letter stands in nearly every name: it finds only what begins with it. */
export const short = (asked: string): boolean => asked.length === 1 && !oneHan.test(asked)

const longest = 12
/** Every run of 2 to 12 Han characters in what is asked, the longest first: names that may stand within an address. */
export function namesWithin(asked: string): readonly string[] {
  const runs = asked.match(new RegExp(`[${han}]{2,}`, 'gu')) ?? []
  const found = runs.flatMap((run) => {
    const signs = [...run]
    return signs.flatMap((_, from) =>
      Array.from({ length: Math.min(longest, signs.length - from) - 1 }, (__, more) => signs.slice(from, from + more + 2).join('')),
    )
  })
  return [...new Set(found)]
}

/** A name as people say it within an address: 三里屯街道 is 三里屯. */
export const stemOf = (name: string): string => folded(name).replace(/(?<=..)(街道|地区|镇|乡)$/, '')
