import { dayOf } from '#kernel/day.ts'
import type { Tx } from '#kernel/database/tx.ts'
import type { Followed, Reaction } from '#kernel/module.ts'
import type { Event as DispatchEvent } from '#modules/dispatch/contract.ts'
import { isCaseType, type TypeEvent } from '#modules/dispatch/contract/caseTypes.ts'
import type { Command } from './contract.ts'

type Heard = DispatchEvent & { readonly n: number; readonly at: string }

/** What the stream of another module says, as its contract has it. */
const heard = <One>(tx: Tx, stream: string): Promise<One[]> =>
  tx.query('select n, type, at, data from kernel.trace($1, $2)', ['dispatch', stream]) as Promise<One[]>

interface Told {
  readonly number: string
  readonly kind: string
  readonly narrative: string
  readonly place: string | null
  readonly station: string | null
  readonly caseOpened: boolean
}

/** What is known of an incident at its end, from all that was said of it; null where it was lawfully erased. */
function toldBy(events: readonly Heard[]): Told | null {
  let told: Told | null = null
  for (const event of events) {
    if (event.data === null) continue
    if (event.type === 'opened') {
      const { number, kind, narrative, place } = event.data
      told = { number, kind, narrative, place: textOf(place), station: null, caseOpened: false }
    }
    if (told === null) continue
    if (event.type === 'dispatched' || event.type === 'transferred') told = { ...told, station: event.data.station }
    if (event.type === 'located') told = { ...told, place: textOf(event.data.place) }
    if (event.type === 'corrected')
      told = { ...told, kind: event.data.kind ?? told.kind, narrative: event.data.narrative ?? told.narrative }
    if (event.type === 'reported') told = { ...told, caseOpened: event.data.result === 'caseOpened' }
  }
  return told
}
const textOf = (place: Extract<DispatchEvent, { type: 'located' }>['data']['place']): string | null =>
  place.kind === 'unknown' ? null : (place.text ?? null)

/** Of imported rows nobody is asked: what they tell lies behind everybody. */
async function questionOf(tx: Tx, event: Followed): Promise<readonly { stream: string; command: Command }[]> {
  if (event.occurred.source === 'imported') return []
  const told = toldBy(await heard<Heard>(tx, event.stream))
  if (told === null || told.station === null) return []
  const { number, kind, narrative, place, station, caseOpened } = told
  if (!caseOpened && !isCaseType(kind, await heard<TypeEvent>(tx, `kind:${kind}`), dayOf(event.at))) return []
  const about = { incident: event.stream, incidentNumber: number, incidentKind: kind, narrative, place }
  return [{ stream: `question:${event.stream}`, command: { type: 'ask', data: { ...about, station, closed: event.at } } }]
}

/** A report of the incident has been accepted: whatever was asked of it is answered. */
async function answerOf(tx: Tx, event: Followed): Promise<readonly { stream: string; command: Command }[]> {
  const text = `
    select q.id as question, m.number from cases.matter m join cases.question q on q.id = 'question:' || m.incident
    where m.id = $1 and q.phase in ('open', 'explained')`
  const [found] = await tx.query<{ question: string; number: string }>(text, [event.stream])
  if (found === undefined) return []
  return [{ stream: found.question, command: { type: 'answer', data: { matter: event.stream, matterNumber: found.number } } }]
}

export const reactions: readonly Reaction[] = [
  { name: 'question', module: 'dispatch', types: ['closed'], react: questionOf },
  { name: 'answer', module: 'cases', types: ['accepted', 'turnedAway'], react: answerOf },
]
