import { z } from 'zod'
import { text, uuid } from '#kernel/text.ts'

/** The kinds of evidence that the police rules name (AP 26). */
export const evidenceKinds = [
  'physical',
  'documentary',
  'witnessStatement',
  'suspectStatement',
  'opinion',
  'record',
  'audiovisual',
  'electronic',
] as const
/** How electronic evidence was secured, in the order of the law: medium sealed, else extracted, else printed or photographed (AP 32). */
export const fixings = ['medium', 'extracted', 'printed'] as const
/** Who gave or held it signs the list; that he would not, or was not there, is written on it (AP 111). */
export const signings = ['signed', 'refused', 'absent'] as const
/** As many as one list names. */
export const thingsMost = 50

/** One item of a list. Persons are named by their id in the case. `worth`: in yuan, as estimated. */
export const thing = z.strictObject({
  id: uuid,
  evidenceKind: z.enum(evidenceKinds),
  thingName: text(100),
  count: z.int().min(1).max(1_000_000),
  measureWord: text(10),
  features: text(500).optional(),
  worth: z.int().min(0).max(1_000_000_000).optional(),
  owner: uuid.optional(),
  fixed: z.enum(fixings).optional(),
  /** In what state it was sealed, what was extracted, or why it could only be printed. */
  fixing: text(300).optional(),
})
export type Thing = z.infer<typeof thing>
export const things = z.array(thing).min(1).max(thingsMost)

/** How a list was signed. `witness`: a person beside the parties (见证人), not a witness of the case. */
export const signing = {
  signed: z.enum(signings),
  attestor: text(60).optional(),
  recorded: z.boolean().optional(),
} as const
export const second = uuid
