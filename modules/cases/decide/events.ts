import { isPerson, type Recorded } from '#kernel/decider.ts'
import type { Event } from '../contract.ts'
import type { Officer } from '../contract/parts.ts'

type By = Pick<Recorded<Event>, 'by'>
/** Who an event was recorded by, where it was a person. */
export const officerOf = ({ by }: By): Officer | null => (isPerson(by) ? { account: by.account, name: by.name } : null)
export const nameOf = ({ by }: By): string => (isPerson(by) ? by.name : by.system)
