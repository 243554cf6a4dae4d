import type { Recorded } from '#kernel/decider.ts'
import type { Event, MatterRow } from '../contract.ts'
import type { EvidenceRow, ListRow, ThingRow } from '../contract/evidence.ts'
import type { MeasureRow } from '../contract/measures.ts'
import type { Thing } from '../contract/things.ts'
import { evolveAppraisals, rowOfAppraisals } from './appraisalState.ts'
import { begun, met } from './limits.ts'
import type { Matter } from './matter.ts'

export const blankEvidence: EvidenceRow = {
  lists: [],
  things: [],
  measures: [],
  orders: {},
  claims: [],
  appraisals: [],
  injured: [],
  accepted: null,
}

type Received = Recorded<Event>
type Told<Type extends Event['type']> = NonNullable<Extract<Event, { type: Type }>['data']>

type Signed = Pick<ListRow, 'list' | 'kind' | 'things' | 'at'> & {
  readonly number: number
  readonly officers: ListRow['officers']
  readonly signed: ListRow['signed']
  readonly attestor?: string | undefined
  readonly recorded?: boolean | undefined
  readonly giver?: string | undefined
  readonly ownerKind?: ListRow['ownerKind'] | undefined
}
const listOf = ({ list, number, kind, giver, ownerKind, officers, things, signed, attestor, recorded, at }: Signed): ListRow => ({
  list,
  number,
  kind,
  giver: giver ?? null,
  ownerKind: ownerKind ?? null,
  officers,
  things,
  signed,
  attestor: attestor ?? null,
  recorded: recorded ?? false,
  at,
})

const fresh = (things: readonly Thing[], list: string, state: ThingRow['state'], measure: string | null = null): ThingRow[] =>
  things.map((thing) => ({ ...thing, list, measure, state }))
const moved = (things: readonly ThingRow[], ids: readonly string[], change: Partial<ThingRow>): ThingRow[] =>
  things.map((thing) => (ids.includes(thing.id) ? { ...thing, ...change } : thing))

const under = (things: readonly ThingRow[], measure: string): string[] =>
  things.flatMap((thing) => (thing.measure === measure ? [thing.id] : []))

type Ordered = Told<'measureOrdered'>
const ordered = ({ measure, preserved, holder }: Pick<Ordered, 'measure' | 'preserved' | 'holder'>): MeasureRow => ({
  measure,
  way: preserved,
  holder,
  state: 'ordered',
  spot: null,
  confirmed: true,
  since: null,
  extensions: 0,
  untold: [],
})
const changed = ({ measures }: EvidenceRow, measure: string, change: (row: MeasureRow) => Partial<MeasureRow>): MeasureRow[] =>
  measures.map((row) => (row.measure === measure ? { ...row, ...change(row) } : row))

/** What an order names comes under it when it is carried out, and is under no other then. */
function carriedOut(slice: EvidenceRow, data: Told<'measureCarriedOut'>, at: string): EvidenceRow {
  const { measure, number } = data
  const row = slice.measures.find((one) => one.measure === measure)
  const ids = slice.orders[measure] ?? []
  if (row === undefined) return slice
  const list = listOf({ ...data, number, list: measure, kind: row.way, giver: row.holder, things: ids, at })
  return {
    ...slice,
    lists: [...slice.lists, list],
    things: moved(slice.things, ids, { measure, state: row.way === 'keeping' ? 'kept' : 'held' }),
    measures: changed(slice, measure, () => ({ state: 'standing', since: at })),
  }
}

function onTheSpot(slice: EvidenceRow, data: Told<'seizedOnTheSpot'>): EvidenceRow {
  const { measure, holder, things, known, spotReason, since } = data
  const ids = [...things.map(({ id }) => id), ...known]
  const row: MeasureRow = {
    ...ordered({ measure, preserved: 'seizure', holder }),
    state: 'standing',
    spot: spotReason,
    confirmed: false,
    since,
  }
  return {
    ...slice,
    lists: [...slice.lists, listOf({ ...data, list: measure, kind: 'seizure', giver: holder, things: ids, at: since })],
    things: [...moved(slice.things, known, { measure, state: 'held' }), ...fresh(things, measure, 'held', measure)],
    measures: [...slice.measures, row],
  }
}

/** Longer, or standing still: the holder is to be told in writing. */
function limitOf(slice: EvidenceRow, { limit, subject }: Told<'limitExtended'>): EvidenceRow {
  if (subject === undefined || limit.rule !== 'ev-seize-30') return slice
  const extensions = limit.extensions.length
  return {
    ...slice,
    measures: changed(slice, subject, (row) => {
      const about = extensions > row.extensions ? 'extension' : limit.standing ? 'appraisal' : null
      return about === null || row.untold.includes(about) ? { extensions } : { extensions, untold: [...row.untold, about] }
    }),
  }
}

function happened(slice: EvidenceRow, event: Received): EvidenceRow {
  if (event.data === null) return slice
  const { at } = event
  switch (event.type) {
    case 'evidenceListed': {
      const { list, listKind, things } = event.data
      const state = listKind === 'registered' ? 'left' : 'held'
      const row = listOf({ ...event.data, kind: listKind, things: things.map(({ id }) => id), at })
      return { ...slice, lists: [...slice.lists, row], things: [...slice.things, ...fresh(things, list, state)] }
    }
    case 'measureOrdered': {
      const { measure, things, known } = event.data
      return {
        ...slice,
        things: [...slice.things, ...fresh(things, measure, 'ordered')],
        measures: [...slice.measures, ordered(event.data)],
        orders: { ...slice.orders, [measure]: [...things.map(({ id }) => id), ...known] },
      }
    }
    case 'measureCarriedOut':
      return carriedOut(slice, event.data, at)
    case 'seizedOnTheSpot':
      return onTheSpot(slice, event.data)
    case 'measureConfirmed':
      return { ...slice, measures: changed(slice, event.data.measure, () => ({ confirmed: true })) }
    case 'measureRejected':
      return { ...slice, measures: changed(slice, event.data.measure, () => ({ state: 'rejected' })) }
    case 'limitExtended':
      return limitOf(slice, event.data)
    case 'holderTold': {
      const { measure, about } = event.data
      return { ...slice, measures: changed(slice, measure, ({ untold }) => ({ untold: untold.filter((one) => one !== about) })) }
    }
    case 'measureLapsed':
      return { ...slice, things: moved(slice.things, under(slice.things, event.data.measure), { measure: null, state: 'left' }) }
    case 'thingsReturned': {
      const { list, items } = event.data
      const row = listOf({ ...event.data, list, kind: 'returned', giver: event.data.receiver, things: items, at })
      return { ...slice, lists: [...slice.lists, row], things: moved(slice.things, items, { measure: null, state: 'returned' }) }
    }
    case 'claimNotified': {
      const { claim, items, way } = event.data
      return { ...slice, claims: [...slice.claims, { claim, items, at, way }] }
    }
    case 'thingsDisposed':
      return { ...slice, things: moved(slice.things, event.data.items, { measure: null, state: 'disposed' }) }
    default:
      return evolveAppraisals(slice, event)
  }
}

const gone: ReadonlySet<ThingRow['state']> = new Set(['returned', 'disposed', 'left'])
/** Nothing of what was to be claimed is there any more. */
export const claimOver = ({ things }: EvidenceRow, items: readonly string[]): boolean =>
  items.every((id) => things.some((thing) => thing.id === id && gone.has(thing.state)))

/** A measure is over when nothing is under it any more. */
export function evolveEvidence(slice: EvidenceRow, event: Received): EvidenceRow {
  const after = happened(slice, event)
  if (after === slice) return slice
  const over = ({ measure, state }: MeasureRow): boolean =>
    (state === 'standing' || state === 'rejected') && under(after.things, measure).length === 0
  return { ...after, measures: after.measures.map((row) => (over(row) ? { ...row, state: 'ended' } : row)) }
}

const measureRules = ['ev-seize-30', 'ev-seize-spot.report', 'ev-save-7']

/** The limits of measures and notices: begun with them, met when they are over. */
export function rowOfEvidence(matter: Matter, event: Received): Partial<MatterRow> {
  const { row, books } = matter
  if (event.data === null) return {}
  const before = books.evidence
  const after = evolveEvidence(before, event)
  let { limits } = row
  if (event.type === 'measureCarriedOut' || event.type === 'seizedOnTheSpot')
    limits = begun(limits, event.data.limits, row.unit, event.data.measure)
  if (event.type === 'claimNotified') limits = begun(limits, [event.data.limit], row.unit, event.data.claim)
  if (event.type === 'measureConfirmed') limits = met(limits, ['ev-seize-spot.report'], event.data.measure)
  for (const { measure, state } of after.measures)
    if (state === 'ended' && before.measures.some((one) => one.measure === measure && one.state !== 'ended'))
      limits = met(limits, measureRules, measure)
  for (const { claim, items } of before.claims)
    if (!claimOver(before, items) && claimOver(after, items)) limits = met(limits, ['ev-return.unclaimed'], claim)
  return limits === row.limits ? rowOfAppraisals(matter, event) : { limits }
}
