import type { Tx } from '#kernel/database/tx.ts'
import type { Delivery, Effect } from '#kernel/effect.ts'
import type { IncidentRow } from './contract.ts'
import type { BellRow } from './contract/bells.ts'
import { type DrillRow, drillStream } from './contract/drill.ts'
import type { DrillRinging } from './decide/drill.ts'
import { lateRung, type Ringing } from './decide/ringing.ts'
import { shownAfterMs } from './rules/drill.ts'
import { ringsForMs } from './rules/ladder.ts'
import { waitRules } from './rules/waiting.ts'
import { alarmOf, drillAlarmOf, drillSlipOf, nameOf, slipForm, slipOf } from './slip.ts'

interface About {
  readonly stream: string
  readonly now: string
  readonly origin: string | null
}
type Target = Pick<BellRow, 'channel' | 'target'> & { readonly retired: boolean }
const behind = (now: string, time: string): number => Date.parse(now) - Date.parse(time)

/** A bell's address of today, which an administrator may have put right meanwhile. */
async function targetOf(tx: Tx, code: string): Promise<Target> {
  const [bell] = await tx.query<Target>('select channel, target, retired from dispatch.bell where code = $1', [code])
  if (bell === undefined) throw new Error(`the bell ${code} is not there`)
  return bell
}

/** Whether what it says of the incident is still so. */
function stands({ climb, waits = [] }: IncidentRow, ringing: Ringing): boolean {
  if ('line' in ringing) return climb?.line === ringing.line
  return waits.some(({ rule, last }) => lateRung[rule] === ringing.rung && last?.point === 'late')
}

/** Where to look, for whoever may; the house may not know how it is reached. */
const linkTo = (origin: string | null, path: string) => (origin === null ? {} : { link: origin + path })

/** A kind of its own for each, so that a receiver takes none for another. */
function kindOf(ringing: Ringing) {
  if ('line' in ringing) return { type: 'dispatch.bell', said: { rung: ringing.rung } }
  return { type: 'dispatch.late', said: { wait: waitRules.find((rule) => lateRung[rule] === ringing.rung) } }
}

/**
 * How a bell is rung of an incident. What comes too late to ring, or when it is no longer so, is posted all the same and says so: a receiver misses nothing.
 * Paper is not printed then.
 */
async function ofIncident(tx: Tx, { id, target: code, data }: Effect, { stream, now, origin }: About): Promise<Delivery> {
  const ringing = data as Ringing
  const { channel, target: address, retired } = await targetOf(tx, code)
  if (retired) return { channel: 'none', address, outcome: 'withdrawn' }
  const [incident] = await tx.query<{ row: IncidentRow }>('select row from dispatch.incident where id = $1', [stream])
  if (incident === undefined) throw new Error(`the incident ${stream} is not there`)
  const { number, unit, due } = ringing
  const rings = stands(incident.row, ringing) && behind(now, due) <= ringsForMs
  if (channel === 'printer') {
    if (!rings) return { channel: 'none', address, outcome: 'expired' }
    const slip = await slipOf(tx, incident.row, ringing, now)
    return { channel, address, outcome: 'rung', title: number, form: slipForm, data: slip }
  }
  const { type, said } = kindOf(ringing)
  const text = alarmOf(ringing, await nameOf(tx, unit))
  const told = { effect: id, bell: code, number, unit, ...said, due, rings, text, ...linkTo(origin, `/incident/${stream}`) }
  return { channel, address, outcome: rings ? 'rung' : 'expired', body: { type, timestamp: due, data: told } }
}

/** How a bell is rung of a drill: while it runs. For half an hour after its limit, as long as its screens show it, it is still posted, and rings no more. */
async function ofDrill(tx: Tx, { id, data }: Effect, { stream, now, origin }: About): Promise<Delivery> {
  const { bell: code, unit } = data as DrillRinging
  const { channel, target: address, retired } = await targetOf(tx, code)
  if (retired) return { channel: 'none', address, outcome: 'withdrawn' }
  const drill = stream.slice(stream.indexOf(':') + 1)
  const [found] = await tx.query<{ row: DrillRow }>('select row from dispatch.drill where id = $1', [drill])
  const { until, started } = found?.row ?? {}
  if (found === undefined || !until || !started) throw new Error(`the drill ${drill} has not started`)
  const rings = found.row.phase !== 'cancelled' && behind(now, until) <= 0
  const gone = found.row.phase === 'cancelled' || behind(now, until) > shownAfterMs
  if (gone || (channel === 'printer' && !rings)) return { channel: 'none', address, outcome: 'expired' }
  const name = await nameOf(tx, unit)
  if (channel === 'printer') {
    const slip = drillSlipOf(found.row, { name, by: await nameOf(tx, found.row.unit), now })
    return { channel, address, outcome: 'rung', title: slip.title, form: slipForm, data: slip }
  }
  const text = drillAlarmOf(name, until)
  const told = { effect: id, bell: code, drill, unit, until, rings, text, ...linkTo(origin, `/drills?drill=${drill}`) }
  return { channel, address, outcome: rings ? 'rung' : 'expired', body: { type: 'dispatch.drill', timestamp: started.at, data: told } }
}

/** How what an event makes a bell do is carried out now. */
export const deliver = (tx: Tx, effect: Effect, about: About): Promise<Delivery> =>
  drillStream.safeParse(about.stream).success ? ofDrill(tx, effect, about) : ofIncident(tx, effect, about)
