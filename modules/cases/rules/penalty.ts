import { old, psl25, type Row } from './row.ts'

/** What a penalty needs and the document of law facts does not hold: from memory, to be read. */
// biome-ignore format: one line a row
export const penaltyRows = [
  { rule: 'dec-age', ...old, is: 'least', amount: 14, of: 'years', article: 'PSL12 12', verified: 'no' },
  { rule: 'dec-age', ...psl25, is: 'least', amount: 14, of: 'years', article: 'PSL25 12', verified: 'no' },
  { rule: 'dec-adult', ...old, is: 'least', amount: 18, of: 'years', article: 'PSL12 12', verified: 'no' },
  { rule: 'dec-adult', ...psl25, is: 'least', amount: 18, of: 'years', article: 'PSL25 12', verified: 'no' },
  { rule: 'dec-detention.combined', ...old, is: 'most', amount: 20, of: 'days', article: 'PSL12 16', verified: 'no' },
  { rule: 'dec-detention.young', ...old, is: 'least', amount: 16, of: 'years', article: 'PSL12 21', verified: 'no' },
  { rule: 'dec-detention.first', ...old, is: 'most', amount: 17, of: 'years', article: 'PSL12 21', verified: 'no' },
  { rule: 'dec-detention.old', ...old, is: 'least', amount: 70, of: 'years', article: 'PSL12 21', verified: 'no' },
] as const satisfies readonly Row[]
