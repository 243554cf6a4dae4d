import { Refusal } from '#kernel/decider.ts'
import { type Asked, giverOf } from './asked.ts'
import type { Matter } from './matter.ts'

export function officersOnly({ row }: Matter, asked: Asked): void {
  const giver = giverOf(asked)
  if (giver !== null && !row.officers.some(({ account }) => account === giver.account))
    throw new Refusal('not-handling', { article: 'AP 52' })
}

/** Who handles a filed case. */
export function handling(matter: Matter, asked: Asked): void {
  if (matter.row.caseNumber === null) throw new Refusal('file-first', { article: 'PSL25 90' })
  officersOnly(matter, asked)
}
