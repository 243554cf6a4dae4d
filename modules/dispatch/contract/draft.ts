import { z } from 'zod'
import { storable, uuid } from '#kernel/text.ts'

/** Text as it stands in a form: bounded and storable, neither trimmed nor judged. */
const typed = (max: number) =>
  z
    .string()
    .max(max)
    .refine((value) => storable(value) === value, { error: 'unstorable' })

/** More questions than any few types that one turns to and fro. */
const mostAnswers = 100

/** What stands in a call taker's form, as it was typed. */
export const intake = z.strictObject({
  number: typed(100),
  name: typed(200),
  place: z.strictObject({ text: typed(1000), spot: typed(100), unknown: z.boolean(), taken: typed(200).optional() }),
  unit: typed(24),
  narrative: typed(8000),
  kind: typed(40),
  /** Chosen by hand; the kind's own otherwise. */
  priority: z.union([z.literal(1), z.literal(2), z.literal(3)]).optional(),
  /** What was said to the questions of the type, by question. */
  answers: z
    .record(z.string().max(40), typed(400))
    .refine((said) => Object.keys(said).length <= mostAnswers, { error: `tooMany:${mostAnswers}` })
    .optional(),
  note: typed(4000),
})

/** A form that is not sent yet. The ids are those it will be sent with: however often it is opened again, it is one incident. */
export const draft = z.strictObject({ incident: uuid, call: uuid, intake })
export type Draft = z.infer<typeof draft>
