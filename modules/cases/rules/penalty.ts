import { ap, old, psl25, type Row } from './row.ts'

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
  // A minor who lives by his own work may do without his parents at a mediation.
  { rule: 'med-guardian', ...ap, is: 'least', amount: 16, of: 'years', article: 'AP 181', verified: 'no' },
] as const satisfies readonly Row[]

/** As long as the agreement gives the sides: nobody of the police is late, but who handles it looks at its end whether it was kept. */
export const agreementRow = {
  rule: 'med-settle.kept',
  ...ap,
  is: 'wait',
  trigger: 'agreement',
  article: 'AP 184, 185',
  verified: 'no',
} as const
