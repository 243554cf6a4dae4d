import { cp, type Row } from './row.ts'

/** Of criminal procedure what a refusal to file needs; the rest follows with it, and is then compared with the document of law facts. */
// biome-ignore format: one line a row
export const criminalRows = [
  { rule: 'crim-nofile', ...cp, is: 'limit', term: 'P3D', trigger: 'decision', article: 'CP 178', verified: 'yes' },
] as const satisfies readonly Row[]
