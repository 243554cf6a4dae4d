import type { results } from '#modules/dispatch/contract.ts'
import type { Priority } from '#modules/dispatch/rules.ts'

type Result = (typeof results)[number]

export const bureau = { code: 'SF', name: '旧金山(回放)' }
export const subBureau = { code: 'SF-CITY', name: '旧金山分局(回放)' }

/** The ten police districts of the city; a row that names none of them has no district. */
export const districts = [
  'BAYVIEW',
  'CENTRAL',
  'INGLESIDE',
  'MISSION',
  'NORTHERN',
  'PARK',
  'RICHMOND',
  'SOUTHERN',
  'TARAVAL',
  'TENDERLOIN',
] as const
export const stationOf = (district: (typeof districts)[number]): string => `SF-${district}`
export const districtOf = (text: string): (typeof districts)[number] | null => districts.find((name) => name === text.toUpperCase()) ?? null

const priorities: Readonly<Record<string, Priority>> = { A: 1, B: 2, C: 3 }
export const priorityOf = (letter: string): Priority | undefined => priorities[letter]

/**
 * Disposition codes of the city's radio book, as far as they are public, as results of ours. What is not here is `handled`; the code itself always
 * stands in the text of the feedback.
 */
const dispositions: Readonly<Record<string, Result>> = {
  ABA: 'handled', // abated
  ADM: 'handled', // admonished
  ADV: 'handled', // advised
  ARR: 'caseOpened', // arrest
  CAN: 'unfounded', // cancelled
  CIT: 'handled', // cited
  DUP: 'duplicate',
  FIR: 'handedOver', // to the fire department
  GEN: 'handled',
  GOA: 'notFound', // gone on arrival
  HAN: 'handled',
  NCR: 'unfounded', // no criminal offence reported
  ND: 'handled', // no disposition
  NOM: 'unfounded', // no merit
  PAS: 'handled', // passing call
  REP: 'caseOpened', // report taken
  SFD: 'handedOver', // to the fire department
  UTL: 'notFound', // unable to locate
  '22': 'unfounded', // cancelled, in radio code
}
export const resultOf = (disposition: string): Result => dispositions[disposition.toUpperCase()] ?? 'handled'

/** Radio codes and what they are here; a code with a letter behind it (418DV) falls back to the digits. The rest is `other`. */
const kindsByCode: Readonly<Record<string, readonly string[]>> = {
  robbery: ['211', '211S', '212'],
  assault: ['207', '216', '216S', '217', '219', '221', '222', '240', '245', '261', '288', '418', '419', '650', '918', '368EA', '646'],
  'break-in': ['100A', '100P', '100S', '459', '601', '602', '603', '852'],
  theft: ['487', '488', '496', '851', '853', '1030'],
  fraud: ['470'],
  domestic: ['219DV', '240DV', '245DV', '416DV', '418DV', '594DV', '650DV', '910DV'],
  dispute: ['416', '417', '405', '913'],
  collision: ['518', '519', '29B1', '29D2M'],
  missing: ['799', '807', '809'],
  noise: ['415'],
  indecency: ['311'],
  prostitution: ['647B'],
  vandalism: ['594', '595'],
  beggary: ['915', '919', '920', '921'],
  drunk: ['811'],
  gathering: ['400'],
  'missing-child': ['806'],
}
const kindOfCode = new Map(Object.entries(kindsByCode).flatMap(([kind, codes]) => codes.map((code) => [code, kind] as const)))
export const kindOf = (code: string): string => {
  const upper = code.toUpperCase()
  return kindOfCode.get(upper) ?? kindOfCode.get(/^\d+/.exec(upper)?.[0] ?? '') ?? 'other'
}
