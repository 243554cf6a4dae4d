import { z } from 'zod'
import { text } from '#kernel/text.ts'
import type { Dated } from '../rules/kinds.ts'
import { groups, marks } from '../rules/kinds/row.ts'
import { asks } from '../rules/asking.ts'

export const kindCode = z.string().regex(/^[a-z][a-z0-9-]{1,39}$/, { error: 'kindCode' })
export const priority = z.union([z.literal(1), z.literal(2), z.literal(3)])

/** What the caller was asked by the type's list, and said: `yes` or `no`, digits, a choice's code, or words. */
const answer = z.strictObject({ question: z.string().max(40), answer: text(200) })
export const answered = z.array(answer).max(20)

/** A day, where the force is. */
const day = z.iso.date({ error: 'day' })
const code = z.string().regex(/^[a-z][A-Za-z0-9-]{1,39}$/, { error: 'kindCode' })
const question = z.strictObject({
  code,
  ask: z.enum(asks),
  choices: z.array(text(40)).min(2).max(12).optional(),
  when: z.strictObject({ question: code, is: text(40) }).optional(),
  /** Of a question that the house does not know: its words, as they are shown in every language. */
  text: text(80).optional(),
})

interface Listed {
  readonly code: string
  readonly ask: (typeof asks)[number]
  readonly choices?: readonly string[] | undefined
  readonly when?: { readonly question: string; readonly is: string } | undefined
}
/** A list can be asked from its top: each question once, a choice with its choices, a condition on one that stands before it. */
const orderly = (list: readonly Listed[]): boolean =>
  list.every(
    ({ code: own, ask, choices, when }, at) =>
      (ask === 'choice') === (choices !== undefined) &&
      !list.slice(0, at).some((before) => before.code === own) &&
      (when === undefined || list.slice(0, at).some((before) => before.code === when.question)),
  )

const names = z.strictObject({ 'zh-CN': text(20), en: text(40), 'zh-TW': text(20) })
const setting = {
  group: z.enum(groups),
  priority,
  response: z.strictObject({ units: z.int().min(0).max(9), marks: z.array(z.enum(marks)).max(marks.length) }),
  questions: z.array(question).max(20).refine(orderly, { error: 'questionOrder' }),
  /** Two characters at least: one stands in everything. */
  words: z.array(text(20).refine((word) => word.length >= 2, { error: 'wordShort' })).max(80),
}
/** How many changes of the type the giver has seen: who decides on an older state is told, and nothing is overwritten. */
const seen = z.int().min(0)

export const kindCommands = {
  /** From the day on the type of this stream (`kind:<code>`) is so; one that was not there is added, a retired one is back. */
  setKind: z.strictObject({ from: day, ...setting, names: names.optional(), reason: text(500), seen }),
  retireKind: z.strictObject({ from: day, reason: text(500), seen }),
} as const

export const kindEvents = {
  kindSet: z.strictObject({ from: day, ...setting, names: names.nullable(), reason: z.string() }),
  kindRetired: z.strictObject({ from: day, reason: z.string() }),
} as const

/** One change of a type as it was recorded; `n` 0 is what the house came with. */
export interface KindChange extends Dated {
  readonly at: string | null
  readonly by: string | null
  readonly reason: string | null
}
