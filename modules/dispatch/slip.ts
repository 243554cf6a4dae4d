import type { Tx } from '#kernel/database/tx.ts'
import { say } from '#kernel/words.ts'
import type { CallRow, Event, IncidentRow, Place } from './contract.ts'
import { kindAt } from './kinds.ts'
import type { DrillRow } from './contract/drill.ts'
import { lateRung, type Ringing } from './decide/ringing.ts'
import { waitRules } from './rules/waiting.ts'

export const slipForm = new URL('./forms/slip.typ', import.meta.url)
/** What the template prints. */
export interface Slip {
  readonly title: string
  /** What it is, large, where it is not in earnest. */
  readonly mark?: string
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

const house = '准绳 Plumbline'

export async function nameOf(tx: Tx, unit: string): Promise<string> {
  const [named] = await tx.query<{ name: string }>('select name from access.unit_of($1)', [unit])
  return named?.name ?? unit
}

/** What a bell says in words, of a unit of this name. */
export function alarmOf(ringing: Ringing, unit: string): string {
  if ('line' in ringing) return t(`event.climbed-${ringing.rung}`, { unit })
  return t(`event.lapsed-${waitRules.find((rule) => lateRung[rule] === ringing.rung)}-late`, { unit })
}

export const drillAlarmOf = (unit: string, until: string): string => t('slip.drillAlarm', { unit, time: dayTime(until) })

/** The slip of a drill for one of its units: nobody may take it for an incident's. */
export function drillSlipOf(
  { reason, started, start, until }: DrillRow,
  { name, by, now }: { name: string; by: string; now: string },
): Slip {
  return {
    title: t('slip.drill'),
    mark: t('slip.drillMark'),
    house,
    alarm: drillAlarmOf(name, until ?? start),
    lines: [
      [t('drill.ofUnit'), name],
      [t('drill.unit'), by],
      [t('drill.reason'), reason],
      [t('drill.start'), dayTime(started?.at ?? start)],
      [t('drill.limit'), dayTime(until ?? start)],
    ],
    printed: t('slip.madeAt', { time: dayTime(now) }),
  }
}

/** The slip of an incident as it is now, for the rung that rings. What nobody said has no line. */
export async function slipOf(tx: Tx, row: IncidentRow, ringing: Ringing, now: string): Promise<Slip> {
  const [calls, [opened], kind, station] = await Promise.all([
    tx.query<{ row: CallRow }>(`select row from dispatch.call where incident = $1 order by row -> 'received' ->> 'time', id`, [row.id]),
    tx.query<{ data: Opened | null }>(`select data from kernel.trace('dispatch', $1) where type = 'opened'`, [row.id]),
    kindAt(tx, row.kind, now),
    nameOf(tx, ringing.unit),
  ])
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
    house,
    alarm: alarmOf(ringing, station),
    lines: lines.flatMap(([name, content]) => (content ? [[name, content] as const] : [])),
    printed: t('slip.madeAt', { time: dayTime(now) }),
  }
}
