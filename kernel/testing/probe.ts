import { z } from 'zod'
import type { Statement, Tx } from '../database/tx.ts'
import { type Context, type Decider, type Recorded, Refusal } from '../decider.ts'
import { type AnyModule, type Followed, module, type Reader } from '../module.ts'
import { text, unitCode, uuid } from '../text.ts'

/** A module of the tests: real in every part, and able to go wrong on purpose at each place where a module can. */

const commands = {
  open: z.strictObject({
    unit: unitCode,
    text: text(2000),
    slug: z.string().max(40).optional(),
    amount: z.int().optional(),
    /** The row as screens get it is so many characters wide. */
    width: z.int().max(1_000_000).optional(),
    also: z.array(uuid).optional(),
  }),
  /** `gate`: the decision waits at the advisory lock `gate + n` of the stream. */
  add: z.strictObject({ text: text(2000), gate: z.int().optional(), also: z.array(uuid).optional() }),
  move: z.strictObject({ unit: unitCode }),
  keep: z.strictObject({ secret: z.string().min(1).max(200).meta({ secret: true }) }),
  fail: z.strictObject({ where: z.enum(['facts', 'decide', 'nothing', 'project', 'sql', 'content']), text: z.string() }),
  echo: z.strictObject({ text: z.string(), at: z.string() }),
} as const
type Type = keyof typeof commands
type Command = { [T in Type]: { readonly type: T; readonly data: z.infer<(typeof commands)[T]> } }[Type]

const note = z.strictObject({
  unit: unitCode,
  text: z.string(),
  slug: z.string().nullable(),
  amount: z.int().nullable(),
  width: z.int(),
})
const events = {
  opened: note,
  added: z.strictObject({ text: z.string() }),
  moved: z.strictObject({ from: unitCode, unit: unitCode }),
  kept: z.strictObject({ credential: uuid }),
  failed: z.strictObject({ where: z.enum(['project', 'sql', 'content']), text: z.string() }),
  echoed: z.strictObject({ text: z.string(), at: z.string() }),
} as const
type EventType = keyof typeof events
type Event = { [T in EventType]: { readonly type: T; readonly data: z.infer<(typeof events)[T]>; readonly stream?: string } }[EventType]

type Note = z.infer<typeof note>
interface Facts {
  readonly n: number
}
interface State {
  readonly n: number
  readonly note: Note | null
  readonly last: string
}

/** A note as screens get it. */
export interface NoteRow {
  readonly id: string
  readonly n: number
  readonly unit: string
  readonly last: string
}

function evolve(state: State, event: Recorded<Event>): State {
  const next = { ...state, n: event.n }
  if (event.data === null) return next
  switch (event.type) {
    case 'opened':
      return { ...next, note: event.data, last: event.data.text }
    case 'moved':
      return { ...next, note: state.note && { ...state.note, unit: event.data.unit } }
    case 'added':
    case 'echoed':
    case 'failed':
      return { ...next, last: event.data.text }
    case 'kept':
      return next
  }
}

function fail({ where, text: said }: z.infer<typeof commands.fail>): Event[] {
  if (where === 'decide') throw new Error(`no decision on ${said}`)
  return where === 'project' || where === 'sql' || where === 'content' ? [{ type: 'failed', data: { where, text: said } }] : []
}

const decider: Decider<State, Command & { readonly stream: string }, Event, Facts> = {
  initial: { n: 0, note: null, last: '' },
  evolve,
  decide(state, command, _context, others): readonly Event[] {
    if (command.type === 'open') {
      const { also = [], unit, text: said, slug = null, amount = null, width = 0 } = command.data
      if (state.n > 0 || also.some((id) => others.has(id))) throw new Refusal('note-exists')
      const data = { unit, text: said, slug, amount, width }
      return [
        { type: 'opened', data },
        ...also.map((stream, index) => ({ type: 'opened' as const, stream, data: { ...data, slug: slug && `${slug}-${index}` } })),
      ]
    }
    switch (command.type) {
      case 'add': {
        const data = { text: command.data.text }
        return [{ type: 'added', data }, ...(command.data.also ?? []).map((stream) => ({ type: 'added' as const, stream, data }))]
      }
      case 'move':
        return [{ type: 'moved', data: { from: state.note?.unit ?? '', unit: command.data.unit } }]
      case 'keep':
        return [{ type: 'kept', data: { credential: command.data.secret } }]
      case 'fail':
        return fail(command.data)
      case 'echo':
        if (command.data.text === 'refused') throw new Refusal('no-echo')
        return [{ type: 'echoed', data: command.data }]
    }
  },
}

async function factsFor(
  tx: Tx,
  { command, state }: { command: Command; state: State; context: Omit<Context<Facts>, 'facts'> },
): Promise<Facts> {
  if (command.type === 'fail' && command.data.where === 'facts') await tx.query('select $1::text::integer', [command.data.text])
  const gate = command.type === 'add' ? command.data.gate : undefined
  if (gate !== undefined) await tx.query('select pg_advisory_xact_lock($1)', [gate + state.n])
  return { n: state.n }
}

function project(stream: string, list: readonly Recorded<Event>[], state: State): readonly Statement[] {
  const wrong = list.flatMap((event) => (event.type === 'failed' && event.data !== null ? [event.data] : []))
  if (wrong.some(({ where }) => where === 'project')) throw new Error(`no view of ${wrong[0]?.text}`)
  if (state.note === null) return []
  const { unit, slug, amount, width } = state.note
  const row = JSON.stringify({ id: stream, n: state.n, unit, last: state.last, width })
  const put = {
    text: `insert into probe.note (id, unit, slug, amount, row) values ($1, $2, $3, $4, $5) on conflict (id) do update set unit = $2, row = $5`,
    values: [stream, unit, slug, amount, row],
  }
  const said = wrong.find(({ where }) => where === 'sql')?.text
  return said === undefined ? [put] : [put, { text: 'select $1::text::integer', values: [said] }]
}

type Stored = { row: NoteRow & { width: number } }
const pushed = ({ row: { width, ...row } }: Stored): NoteRow => (width === 0 ? row : ({ ...row, filler: 'x'.repeat(width) } as NoteRow))

const one = z.strictObject({ id: uuid })
const ofUnit = z.strictObject({ unit: unitCode })
const views = {
  note: {
    roles: ['callTaker', 'stationDuty'] as const,
    reads: 'opening' as const,
    input: one,
    async read(tx: Tx, { id }: z.infer<typeof one>) {
      const [found] = await tx.query<Stored>('select row from probe.note where id = $1', [id])
      return found === undefined ? null : { data: pushed(found), streams: [id] }
    },
  },
  board: {
    roles: ['callTaker', 'stationDuty'] as const,
    reads: 'board' as const,
    input: ofUnit,
    async read(tx: Tx, { unit }: z.infer<typeof ofUnit>, reader: Reader) {
      if (!reader.units.includes(unit)) return null
      return { data: (await tx.query<Stored>('select row from probe.note where unit = $1 order by id', [unit])).map(pushed) }
    },
  },
}

/** `echo <word>` said on a note is echoed on it, unless the word is blocked; the answer names what it was asked at, so no two are alike. */
async function react(tx: Tx, event: Followed) {
  const word = event.data === null ? undefined : /^echo (\S+)$/.exec((event.data as { text: string }).text)?.[1]
  if (word === undefined) return []
  const blocked = await tx.query('select 1 as one from probe.blocked where word = $1', [word])
  if (blocked.length > 0) throw new Error(`blocked:\n    at ${word}`)
  const [{ count } = { count: 0 }] = await tx.query<{ count: number }>(`select count(*) as count from kernel.event where type = 'echoed'`)
  return [{ stream: event.stream, command: { type: 'echo', data: { text: word, at: `${count}` } } }]
}

const everyone = ['callTaker', 'stationDuty'] as const
export const probe: AnyModule = module<State, Command, Event, Facts>({
  name: 'probe',
  schemas: ['probe'],
  migrations: new URL('./probe/', import.meta.url),
  rebuilt: ['probe.note'],
  urgent: false,
  together: true,
  stream: uuid,
  decider,
  commands: {
    open: {
      schema: commands.open,
      roles: ['callTaker', 'importer'],
      opens: true,
      streams: ({ also = [] }: z.infer<typeof commands.open>) => also,
    },
    add: { schema: commands.add, roles: ['callTaker', 'stationDuty'], streams: ({ also = [] }: z.infer<typeof commands.add>) => also },
    move: { schema: commands.move, roles: everyone },
    keep: { schema: commands.keep, roles: 'self', opens: true },
    fail: { schema: commands.fail, roles: ['callTaker'] },
    echo: { schema: commands.echo, roles: 'system' },
  },
  events,
  factsFor,
  owners: ({ note: mine }) => (mine === null ? [] : [mine.unit, 'B1']),
  project,
  constraints: { slug_taken: 'slug-taken', amount_even: 'amount-odd' },
  views,
  signals: () => ({}),
  reactions: [{ name: 'echo', module: 'probe', types: ['added'], react }],
  live: {
    roles: everyone,
    answering: ['stationDuty'],
    async rows(tx, streams) {
      const found = await tx.query<Stored>('select row from probe.note where id = any ($1::text[])', [streams])
      return new Map(found.map((each) => [each.row.id, { row: pushed(each), units: [each.row.unit, 'B1'] }]))
    },
    gone: (event) => (event.type === 'moved' ? [(event.data as { from: string }).from] : []),
  },
})
