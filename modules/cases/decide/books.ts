import type { Recorded } from '#kernel/decider.ts'
import type { Command, Event, MatterRow } from '../contract.ts'
import { approvals } from './approvals.ts'
import type { Asked } from './asked.ts'
import type { Book } from './book.ts'
import { decision } from './decision.ts'
import { evidence } from './evidence.ts'
import { execution } from './execution.ts'
import { checks } from './checking.ts'
import { inquiry } from './inquiry.ts'
import { mediation } from './mediation.ts'
import { spot } from './spot.ts'
import { recusal } from './recusing.ts'
import type { Books, Matter } from './matter.ts'

type Any = Book<never, never>
const books = { approvals, evidence, inquiry, checks, recusal, decision, execution, mediation, spot } as const satisfies Readonly<
  Record<keyof Books, object>
>
const all = Object.entries(books) as unknown as readonly (readonly [keyof Books, Any])[]

export type BookCommand = Extract<Command, { type: (typeof books)[keyof Books]['commands'][number] }>

const byCommand: ReadonlyMap<string, Any> = new Map(all.flatMap(([, book]) => book.commands.map((type) => [type, book] as const)))
export const isOfBook = (command: Command): command is BookCommand => byCommand.has(command.type)

export const blankBooks = Object.fromEntries(all.map(([name, { initial }]) => [name, initial])) as unknown as Books

export function decideBook(matter: Matter, command: BookCommand, asked: Asked): Event[] {
  const book = byCommand.get(command.type)
  if (book === undefined) throw new Error(`no book has the command ${command.type}`)
  return book.decide(matter, command as never, asked)
}

/** A point of a limit has come: what the books make of it. */
export const passedInBooks = (matter: Matter, event: Event): Event[] =>
  event.type === 'limitBreached' ? all.flatMap(([, book]) => book.passed?.(matter, event.data) ?? []) : []

export const evolveBooks = (matter: Matter, event: Recorded<Event>): Books =>
  Object.fromEntries(all.map(([name, book]) => [name, book.evolve(matter.books[name] as never, event, matter)])) as unknown as Books

export const rowByBooks = (matter: Matter, event: Recorded<Event>): Partial<MatterRow> =>
  Object.assign({}, ...all.map(([, book]) => book.row(matter, event))) as Partial<MatterRow>
