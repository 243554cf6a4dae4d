import { z } from 'zod'
import type { Statement, Tx } from '#kernel/database/tx.ts'
import type { Reader } from '#kernel/module.ts'
import { taskRows, tasks as tasksAnswer, type Task, type Tasks, tasksOf } from '#kernel/task.ts'
import type { Chore } from './contract/board.ts'
import type { State } from './decide/matter.ts'
import { post, tasksIn } from './decide/tasks.ts'
import { deskRoles } from './rules.ts'

const clearText = 'delete from cases.task where id = $1'
const putText = `
  insert into cases.task (id, act, key, who, apart, path, due, row)
  select id, act, key, who, apart, path, due, row from jsonb_populate_recordset(null::cases.task, $1::jsonb)`

/** What is to be done in a stream, once for each whom it is for. */
export function taskStatements(id: string, state: State): readonly Statement[] {
  const rows = tasksIn(state).flatMap(({ who, apart, path, ...row }) =>
    who.map((one) => ({ id, act: row.act, key: row.key, who: one, apart, path, due: row.due, row })),
  )
  const clear = { text: clearText, values: [id] }
  return rows.length === 0 ? [clear] : [clear, { text: putText, values: [JSON.stringify(rows)] }]
}

const link = ({ of, id, unit }: Chore): Task['link'] =>
  of === 'matter' ? { path: `/case/${id}` } : { path: '/questions', search: { incident: id.slice('question:'.length), unit } }
const taskOf = (row: Chore): Task => ({
  module: 'cases',
  stream: row.id,
  act: row.act,
  key: row.key,
  ...(row.detail !== null && { detail: row.detail }),
  rule: row.rule,
  number: row.number,
  about: { text: row.cause, ...(row.of === 'question' && { word: `kind.${row.cause}` }) },
  unit: row.unit,
  due: row.due,
  state: row.state,
  link: link(row),
})

const mineText = `
  select row from cases.task where who = any ($1::text[]) and not ($2 = any (apart))
  group by id, act, key, due, row order by due, id, act, key limit ${taskRows + 1}`
/** What the reader has to do: in matters that he handles, and what his posts at his very units ask for. */
export const tasks = {
  input: z.strictObject({}),
  answer: tasksAnswer,
  roles: deskRoles,
  reads: 'board',
  async read(tx: Tx, _input: object, { person, as }: Reader): Promise<{ data: Tasks }> {
    const who = [person.account, ...as.map(({ role, unit }) => post(role, unit))]
    const found = await tx.query<{ row: Chore }>(mineText, [who, person.account])
    return { data: tasksOf(found.map(({ row }) => taskOf(row))) }
  },
} as const
