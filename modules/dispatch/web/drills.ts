import type { TFunction } from 'i18next'
import { dayTime, milliseconds } from '#kernel/web/time.ts'
import type { DrillRow, DrillUnit } from '../contract/drill.ts'
import { drillChannels, type DrillChannel } from '../rules/drill.ts'
import type { Views } from '../contract.ts'
import type { Sheet } from './figures.ts'
import { channelsOf, markOf, type Reach, reachesOf } from './reaches.ts'

/** What is known of a drill is read again: a frame carries no row of it. */
export const onDrills = <Data>(data: Data, { stream }: { readonly stream: string }): Data | null =>
  stream.startsWith('drill:') ? null : data

/** How a unit did. `waiting`: it can still sign within the limit. */
export type DrillResult = 'within' | 'late' | 'silent' | 'waiting'
export function resultOf({ phase }: Pick<DrillRow, 'phase'>, { signed }: DrillUnit): DrillResult {
  if (signed !== null) return signed.late ? 'late' : 'within'
  return phase === 'running' ? 'waiting' : 'silent'
}

/** Milliseconds from the start to the receipt; null while there is none. */
export const tookOf = ({ started }: DrillRow, { signed }: DrillUnit): number | null =>
  signed === null || started === null ? null : milliseconds(started.at, signed.at)

export interface DrillGroup {
  readonly subBureau: string
  readonly units: readonly DrillUnit[]
  readonly counts: Readonly<Record<DrillResult | 'delivered', number>>
}

/** The units by their sub-bureau, the sub-bureau itself first. */
export function groupsOf(row: DrillRow, units: readonly DrillUnit[]): readonly DrillGroup[] {
  return [...Map.groupBy(units, ({ subBureau }) => subBureau)].map(([subBureau, own]) => {
    const of = (result: DrillResult) => own.filter((unit) => resultOf(row, unit) === result).length
    const delivered = own.filter((unit) => unit.delivered.length > 0).length
    const counts = { within: of('within'), late: of('late'), silent: of('silent'), waiting: of('waiting'), delivered }
    return { subBureau, units: own.toSorted((a, b) => Number(a.level === 'station') - Number(b.level === 'station')), counts }
  })
}

interface Say {
  readonly t: TFunction
  readonly name: (unit: string) => string
}

/** When a unit was reached by a channel; null: the channel rings it not. */
function cellOf(unit: DrillUnit, channel: DrillChannel, t: TFunction): string | null {
  if (!channelsOf(unit).includes(channel)) return null
  const mark = markOf(unit, channel)
  return mark ? dayTime(mark.at) : t('drill.unreached')
}

function reachNote({ channel, units, reached, within, first, last }: Reach, t: TFunction): string {
  const parts = [
    t('drill.perUnit', { units }),
    `${t('drill.delivered')} ${reached}`,
    `${t('drill.reachedWithin')} ${within}`,
    first && last ? `${t('drill.when')} ${dayTime(first)} – ${dayTime(last)}` : '',
  ]
  return `${t(`drill.channel.${channel}`)}: ${parts.filter(Boolean).join(' · ')}`
}

/** The report as a file has it: one line a unit, and below how far each channel came. */
export function drillSheet({ row, units }: Views['drill'], { t, name }: Say): Sheet {
  const reached = drillChannels.map((channel) => `${t('drill.delivered')} · ${t(`drill.channel.${channel}`)}`)
  const said = (columns: readonly string[]) => columns.map((column) => t(`drill.${column}`))
  const head = [...said(['subBureau', 'ofUnit']), ...reached, ...said(['signedAt', 'signedBy', 'by', 'tookSeconds', 'result'])]
  const lines = groupsOf(row, units).flatMap((group) =>
    group.units.map((unit) => {
      const took = tookOf(row, unit)
      const { signed } = unit
      return [
        name(unit.subBureau),
        name(unit.unit),
        ...drillChannels.map((channel) => cellOf(unit, channel, t)),
        signed ? dayTime(signed.at) : null,
        signed ? t(`drill.channel.${signed.channel}`) : null,
        signed?.by ?? null,
        took === null ? null : took / 1000,
        t(`drill.${resultOf(row, unit)}`),
      ]
    }),
  )
  const notes = [
    `${t('drill.report')} · ${t('drill.heldBy', { unit: name(row.unit), reason: row.reason })}`,
    `${t('drill.start')} ${dayTime(row.started?.at ?? row.start)} · ${t('drill.limit')} ${t('time.seconds', { s: row.limitSeconds })} · ${t(`drill.phase.${row.phase}`)}`,
    ...reachesOf(row, units).map((reach) => reachNote(reach, t)),
    t('drill.apart'),
  ]
  return { rows: [head, ...lines], notes }
}
