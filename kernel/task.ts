import { z } from 'zod'

/**
 * Something that a person has to do, as the desk shows it (`/desk`). A module contributes them by a view named `tasks` (`TasksRule` in module.ts); the desk
 * gathers those of every module and sorts them by due time.
 */
export const task = z.object({
  /** Whose record it is, and which. */
  module: z.string(),
  stream: z.string(),
  /** What is to be done: `task.<module>.<act>` in the words, and `detail`, a key of the words, of what. `key` tells those of one stream and act apart. */
  act: z.string(),
  key: z.string(),
  detail: z.string().optional(),
  /** The clock that runs for it: `clock.rule.<module>.<rule>` in the words; null: none does. */
  rule: z.string().nullable(),
  /** The record's number and what it is about; where `word` is a key of the words that is said instead, `text` only where there is no such word. */
  number: z.string(),
  about: z.object({ text: z.string(), word: z.string().optional() }),
  /** Whose record it is. */
  unit: z.string(),
  /** An instant in UTC; null: no limit runs. */
  due: z.string().nullable(),
  state: z.enum(['running', 'warned', 'breached']),
  /** Where it is done: a path of the browser with what its address asks for. */
  link: z.object({ path: z.string(), search: z.record(z.string(), z.string()).optional() }),
})
export type Task = z.infer<typeof task>

/** The answer of every view `tasks`. `more`: there are others, all due later than these. */
export const tasks = z.object({ rows: z.array(task), more: z.boolean() })
export type Tasks = z.infer<typeof tasks>

/** As many as a module puts on one desk. */
export const taskRows = 200

/** `found` in order of due time, asked for with one more than `taskRows`. */
export const tasksOf = (found: readonly Task[]): Tasks => ({ rows: found.slice(0, taskRows), more: found.length > taskRows })
