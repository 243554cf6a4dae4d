import { dayOf } from '#kernel/day.ts'
import type { Task } from '#kernel/task.ts'

/** In this order; `none`: no limit runs. */
export const groups = ['overdue', 'today', 'week', 'later', 'none'] as const
export type Group = (typeof groups)[number]

/** The Sunday that ends the week of a day, `2026-11-29`. */
function sundayOf(day: string): string {
  const noon = new Date(`${day}T12:00:00Z`)
  noon.setUTCDate(noon.getUTCDate() + ((7 - noon.getUTCDay()) % 7))
  return noon.toISOString().slice(0, 10)
}

/** When somebody has to do it, at a moment in milliseconds since 1970. Days are those where the force is, weeks end on Sunday. */
export function groupOf({ due, state }: Pick<Task, 'due' | 'state'>, now: number): Group {
  if (state === 'breached' || (due !== null && Date.parse(due) <= now)) return 'overdue'
  if (due === null) return 'none'
  const [today, day] = [dayOf(now), dayOf(due)]
  if (day <= today) return 'today'
  return day <= sundayOf(today) ? 'week' : 'later'
}

/** By group, then what is due first. */
export const ordered = (tasks: readonly Task[], now: number): readonly Task[] =>
  tasks
    .map((task) => ({ task, group: groups.indexOf(groupOf(task, now)), due: task.due ?? '' }))
    .toSorted((a, b) => a.group - b.group || a.due.localeCompare(b.due))
    .map(({ task }) => task)
