import { z } from 'zod'
import { text, uuid } from '#kernel/text.ts'
import { officer } from './parts.ts'
import { signatures } from './inquiry.ts'

/** What is inspected (PSL25 103). A home needs the certificate always. */
export const inspected = ['premises', 'home', 'items', 'body'] as const
/** Among what somebody is to recognise: AP 102 to 106. */
export const lineUps = ['persons', 'photos', 'objects'] as const
export const recognitions = ['recognised', 'notRecognised', 'unsure'] as const
/** PSL25 102. */
export const sampleKinds = ['portrait', 'prints', 'blood', 'urine'] as const

const person = uuid
const place = text(200)
const samples = z.array(z.enum(sampleKinds)).min(1).max(sampleKinds.length)
const certificate = z.int().min(1)

export const checkActs = [
  /** 检查证. */
  z.strictObject({ kind: z.literal('inspection'), inspects: z.enum(['premises', 'home']), place }),
  z.strictObject({ kind: z.literal('sampling'), person, samples }),
] as const

const inspection = {
  inspects: z.enum(inspected),
  place,
  /** Of a body, whose; of premises and things, who was there. */
  person: person.optional(),
  certificate: certificate.optional(),
  /** It could not wait for a certificate. */
  atOnce: z.boolean().optional(),
  recorded: z.boolean().optional(),
  byWomen: z.boolean().optional(),
  gist: text(4000),
  signature: z.enum(signatures),
  note: text(500).optional(),
}
const lineUp = {
  person,
  lineUp: z.enum(lineUps),
  among: z.int().min(1).max(100),
  recognition: z.enum(recognitions),
  gist: text(2000).optional(),
  signature: z.enum(signatures),
  note: text(500).optional(),
}

export const checkCommands = {
  inspect: z.strictObject({ ...inspection, second: uuid.optional(), cardShown: z.boolean().optional() }),
  /** `noHints`: nothing hinted at anybody, nobody and nothing stood among the others twice. */
  lineUp: z.strictObject({ ...lineUp, second: uuid.optional(), noHints: z.boolean().optional() }),
  takeSamples: z.strictObject({ person, samples, consent: z.boolean().optional() }),
} as const

const officers = z.array(officer)
export const checkEvents = {
  inspectionAllowed: z.strictObject({ certificate, inspects: z.enum(inspected), place }),
  inspected: z.strictObject({ ...inspection, officers }),
  linedUp: z.strictObject({ ...lineUp, officers }),
  samplingAllowed: z.strictObject({ person, samples }),
  samplesTaken: checkCommands.takeSamples,
} as const

interface Taken {
  readonly at: string
  readonly officers: readonly z.infer<typeof officer>[]
  readonly gist: string | null
}
/** What was inspected, recognised and taken, oldest first. What is shown is all that a case keeps of it. */
export interface Checks {
  readonly certificates: readonly {
    readonly certificate: number
    readonly inspects: (typeof inspected)[number]
    readonly place: string
    readonly used: boolean
  }[]
  readonly inspections: readonly (Taken & {
    readonly inspects: (typeof inspected)[number]
    readonly place: string
    readonly person: string | null
    readonly certificate: number | null
  })[]
  readonly lineUps: readonly (Taken & {
    readonly person: string
    readonly lineUp: (typeof lineUps)[number]
    readonly among: number
    readonly recognition: (typeof recognitions)[number]
  })[]
  /** By person and kind: allowed, and when it was taken. */
  readonly samples: readonly { readonly person: string; readonly sample: (typeof sampleKinds)[number]; readonly at: string | null }[]
}
