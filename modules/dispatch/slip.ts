import type { Tx } from '#kernel/database/tx.ts'
import { say } from '#kernel/words.ts'
import type { CallRow, Event, IncidentRow, Place } from './contract.ts'
import { kindAt } from './kinds.ts'
import type { Ringing } from './decide/ringing.ts'

export const slipForm = new URL('./forms/slip.typ', import.meta.url)
/** What the template prints. */
export interface Slip {
  readonly title: string
  readonly house: string
  readonly alarm: string
  readonly lines: readonly (readonly [name: string, content: string])[]
  readonly printed: string
}

/** Paper of the force is in its own language, and in its own time. */
const tongue = 'zh-CN'
const t = (key: string, values?: Record<string, string | number>): string => say(tongue, key, values)
const day = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'medium' })
const dayTime = (time: string): string => day.format(new Date(time))

function placeText(place: Place): string {
  if (place.kind === 'unknown') return t('place.unknown')
  if (place.kind === 'described') return place.text
  const spot = `${place.lon.toFixed(5)}, ${place.lat.toFixed(5)}`
  return place.text === undefined ? spot : `${place.text} (${spot})`
}

type Opened = Extract<Event, { type: 'opened' }>['data']

/** The questions as they were asked then, with the answers. */
const saidOf = ({ answers = [] }: Opened): string =>
  answers
    .map(({ question, ask, text, answer }) => {
      const own = ask === 'yesNo' || (ask === 'choice' && text === undefined)
      return `${text ?? t(`question.${question}`)} ${own ? t(`questionChoice.${answer}`) : answer}`
    })
    .join(t('shell.comma'))

/** The slip of an incident as it is now, for the rung that rings. What nobody said has no line. */
export async function slipOf(tx: Tx, row: IncidentRow, { unit, rung }: Ringing, now: string): Promise<Slip> {
  const [calls, [opened], kind, [named]] = await Promise.all([
    tx.query<{ row: CallRow }>(`select row from dispatch.call where incident = $1 order by row -> 'received' ->> 'time', id`, [row.id]),
    tx.query<{ data: Opened | null }>(`select data from kernel.trace('dispatch', $1) where type = 'opened'`, [row.id]),
    kindAt(tx, row.kind, now),
    tx.query<{ name: string }>('select name from access.unit_of($1)', [unit]),
  ])
  const station = named?.name ?? unit
  const data = opened?.data
  const callers = calls.map(({ row: call }) => [call.number, call.name].filter(Boolean).join(' ')).filter(Boolean)
  const lines: readonly (readonly [string, string | undefined])[] = [
    [t('slip.incidentNumber'), row.number],
    [t('slip.taken'), dayTime(row.received.time)],
    [t('field.place'), placeText(row.place)],
    [t('field.narrative'), row.narrative],
    [t('field.kind'), kind?.names?.[tongue] ?? t(`kind.${row.kind}`)],
    [t('field.priority'), t(`priority.${row.priority}`)],
    [t('slip.caller'), callers.join(t('shell.comma'))],
    [t('field.questions'), data ? saidOf(data) : undefined],
    [t('field.note'), data?.note],
    [t('field.toUnit'), station],
  ]
  return {
    title: t('slip.incident'),
    house: '准绳 Plumbline',
    alarm: t(`event.climbed-${rung}`, { unit: station }),
    lines: lines.flatMap(([name, content]) => (content ? [[name, content] as const] : [])),
    printed: t('slip.madeAt', { time: dayTime(now) }),
  }
}
