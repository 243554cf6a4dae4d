import type { Question } from './asking.ts'

type Part = Omit<Question, 'code'>
const when = (question: string, is = 'yes'): Pick<Part, 'when'> => ({ when: { question, is } })
const yesNo = (more: Partial<Part> = {}): Part => ({ ask: 'yesNo', ...more })
const number = (more: Partial<Part> = {}): Part => ({ ask: 'number', ...more })
const words = (more: Partial<Part> = {}): Part => ({ ask: 'text', ...more })
const choice = (choices: readonly string[], more: Partial<Part> = {}): Part => ({ ask: 'choice', choices, ...more })

/** The built-in questions; a condition belongs to the question, wherever it is asked. */
const library = {
  injured: yesNo(),
  injuredCount: number(when('injured')),
  injuredConscious: yesNo(when('injured')),
  conscious: yesNo(),
  weapon: yesNo(),
  weaponKind: choice(['knife', 'stick', 'gun', 'otherWeapon'], when('weapon')),
  onScene: yesNo(),
  fled: words(when('onScene', 'no')),
  suspects: number(),
  appearance: words(),
  vehicle: yesNo(),
  vehiclePlate: words(when('vehicle')),
  plate: words(),
  callerSafe: yesNo(),
  canSpeak: yesNo(),
  drunk: yesNo(),
  children: yesNo(),
  repeated: yesNo(),
  lost: words(),
  lossValue: number(),
  discovered: words(),
  forced: yesNo(),
  insideNow: yesNo(),
  transferred: yesNo(),
  amount: number(when('transferred')),
  transferredAt: words(when('transferred')),
  payment: choice(['bank', 'onlinePayment', 'cash', 'otherPayment'], when('transferred')),
  contact: choice(['phone', 'socialMedia', 'website', 'inPerson']),
  people: number(),
  heated: yesNo(),
  demand: words(),
  age: number(),
  lastSeen: words(),
  clothing: words(),
  confused: yesNo(),
  phoneOn: yesNo(),
  breathing: yesNo(),
  trapped: yesNo(),
  trappedCount: number(when('trapped')),
  burning: words(),
  floor: number(),
  vehicles: number(),
  blocked: yesNo(),
  dangerousGoods: yesNo(),
  edge: choice(['roof', 'bridge', 'window', 'water', 'elsewhere']),
  talking: yesNo(),
  since: words(),
  source: words(),
  relation: words(),
  policeUnit: words(),
  earlier: words(),
  recorded: yesNo(),
  informed119: yesNo(),
  informed120: yesNo(),
  explained: yesNo(),
  animal: words(),
} as const satisfies Record<string, Part>

export type QuestionCode = keyof typeof library
export const questionCodes = Object.keys(library) as QuestionCode[]
export const isBuiltInQuestion = (code: string): code is QuestionCode => Object.hasOwn(library, code)
export const question = (code: QuestionCode): Question => ({ code, ...library[code] })
