import { z } from 'zod'
import { dueOf } from '#kernel/clock.ts'
import type { Tx } from '#kernel/database/tx.ts'
import type { Reader } from '#kernel/module.ts'
import { type Task, type Tasks, taskRows, tasks as tasksAnswer, tasksOf } from '#kernel/task.ts'
import type { IncidentRow, Wait } from './contract.ts'

/** What of an incident's clock the desk shows: until when there is time, then since when it is late; after a finding since that. */
function limitOf({ rule, clock, last }: Wait): Pick<Task, 'rule' | 'due' | 'state'> {
  const late = clock?.points.find(({ name }) => name === 'late')
  if (clock === null || late === undefined) return { rule, due: last?.at ?? null, state: 'breached' }
  return { rule, due: dueOf({ ...clock, points: [late] })?.time ?? null, state: last === null ? 'running' : 'warned' }
}

const byDue = (a: Task, b: Task): number => (a.due ?? '~').localeCompare(b.due ?? '~') || a.stream.localeCompare(b.stream)

/** What an incident waits for next since it was signed, and its closing once there is feedback. */
export function tasksIn(row: IncidentRow): readonly Task[] {
  const { id, number, kind, narrative, station, subBureau, bureau, phase, waits = [] } = row
  const about = {
    module: 'dispatch',
    stream: id,
    number,
    about: { text: narrative, word: `kind.${kind}` },
    unit: station ?? subBureau ?? bureau,
    link: { path: `/incident/${id}` },
  }
  const waited = waits.map((wait): Task => ({ ...about, act: wait.rule, key: '', ...limitOf(wait) }))
  const next = waited.toSorted(byDue).slice(0, 1)
  return phase === 'reported' ? [...next, { ...about, act: 'close', key: '', rule: null, due: null, state: 'running' }] : next
}

/** Of an incident that no station has, its sub-bureau answers. */
const ownText = `
  select row from dispatch.incident where open and (station = any ($1::text[]) or sub_bureau = any ($1::text[]) and station is null)
  order by opened_at desc limit ${taskRows + 1}`
/** What the reader's units themselves have to do with their open incidents. */
export const tasks = {
  input: z.strictObject({}),
  answer: tasksAnswer,
  roles: ['stationDuty', 'subBureauDuty'],
  reads: 'board',
  async read(tx: Tx, _input: object, { units }: Reader): Promise<{ data: Tasks }> {
    const found = await tx.query<{ row: IncidentRow }>(ownText, [units])
    return { data: tasksOf(found.flatMap(({ row }) => tasksIn(row)).toSorted(byDue)) }
  },
} as const
