import { z } from 'zod'
import type { Tx } from '#kernel/database/tx.ts'
import type { Role } from '#kernel/decider.ts'
import type { Reader } from '#kernel/module.ts'
import { type Chore, openStates, standings, type Waiting, type WaitingRow, type Work, works } from './contract/board.ts'
import { post } from './decide/tasks.ts'
import { levels } from './rules/row.ts'
import { waitingRows } from './rules.ts'

interface Found {
  readonly row: Chore
  readonly who: readonly string[]
  readonly apart: readonly string[]
}

const unitsText = `select distinct above as code from unnest($1::text[]) as list (unit) cross join lateral access.unit_of(unit) u cross join lateral unnest(u.path) above`
/** What waits at these posts, or at one above them about a case of these units; what the reader himself may decide stands first. */
const waitingText = `
  select row, array_agg(who) as who, apart from cases.task
  where who = any ($1::text[]) and act = any ($2::text[]) and (who = any ($3::text[]) or row ->> 'unit' = any ($4::text[]))
  group by id, act, key, due, row, apart
  order by bool_or(who = any ($3) and not ($5 = any (apart))) desc, due, id, act, key limit ${waitingRows + 1}`

function waitingOf({ row, who, apart }: Found, own: readonly string[], account: string): WaitingRow {
  const mine = who.find((one) => own.includes(one))
  const decider = (mine ?? who[0] ?? '').split('@')[1] ?? row.unit
  return { ...row, decider, stands: mine === undefined ? 'above' : apart.includes(account) ? 'barred' : 'mine' }
}

/** What waits for somebody in an office: his own to decide, and, of the cases of his unit, what he must leave to others, with the reason. */
const waiting = (role: Role, acts: readonly Work[]) => ({
  input: z.strictObject({}),
  async read(tx: Tx, _input: object, { person, as }: Reader): Promise<{ data: Waiting }> {
    const units = as.map(({ unit }) => unit)
    const above = await tx.query<{ code: string }>(unitsText, [units])
    const posts = (codes: readonly string[]) => codes.map((unit) => post(role, unit))
    const own = posts(units)
    const found = await tx.query<Found>(waitingText, [posts(above.map(({ code }) => code)), acts, own, units, person.account])
    const rows = found.slice(0, waitingRows).map((one) => waitingOf(one, own, person.account))
    return { data: { rows, more: found.length > waitingRows } }
  },
})

export const approvals = waiting('unitHead', ['approve', 'approveFiling', 'transfer', 'discuss', 'confirmExplanation'])
export const reviews = waiting('legalReviewer', ['review', 'hearing', 'confirmExplanation'])

const petition = z.object({
  by: z.string(),
  at: z.string(),
  reason: z.string().nullable(),
  level: z.enum(levels).nullable(),
  article: z.string().nullable(),
})
export const waitingAnswer: z.ZodType<Waiting> = z.object({
  rows: z.array(
    z.object({
      of: z.enum(['matter', 'question']),
      id: z.string(),
      act: z.enum(works),
      key: z.string(),
      detail: z.string().nullable(),
      rule: z.string().nullable(),
      number: z.string(),
      cause: z.string(),
      unit: z.string(),
      due: z.string().nullable(),
      state: z.enum(openStates),
      asked: petition.nullable(),
      decider: z.string(),
      stands: z.enum(standings),
    }),
  ),
  more: z.boolean(),
})
