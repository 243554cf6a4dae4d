import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { shortSpan, Since, Tag, useSpan } from './Tag.tsx'
import { milliseconds } from './time.ts'

export interface LaneStep {
  readonly name: string
  /** When it came; `null`: it has not yet. */
  readonly time: string | null
}

export interface Lane {
  readonly id: string
  readonly unit: string
  readonly sent: string
  readonly steps: readonly LaneStep[]
  /** The words for the last step while it is awaited. */
  readonly awaited: string
  readonly finished: string
  readonly ended: boolean
  /** Nothing rings for it: it is awaited without alarm. */
  readonly calm: boolean
  readonly extra?: ReactNode
}

function State({ lane }: { lane: Lane }) {
  const { t } = useTranslation()
  const last = lane.steps.at(-1)
  if (last?.time) return <Tag tone="good">{lane.finished}</Tag>
  if (lane.ended) return <Tag tone="calm">{t('lane.ended')}</Tag>
  return (
    <Tag tone={lane.calm ? 'calm' : 'alarm'}>
      <Since time={lane.sent} />
    </Tag>
  )
}

function LaneTime({ ms }: { ms: number }) {
  const span = useSpan()
  return (
    <span className="num" title={span(ms)}>
      {shortSpan(ms)}
    </span>
  )
}

function LaneView({ lane }: { lane: Lane }) {
  return (
    <div className={lane.ended ? 'lane ended' : 'lane'} role="group" aria-label={lane.unit}>
      <p className="lane-title">
        <span>{lane.unit}</span> <State lane={lane} />
      </p>
      <ol className="steps">
        {lane.steps.map((step, index) => {
          const awaited = step.time === null && index === lane.steps.length - 1 && !lane.ended
          return (
            <li key={step.name} className={step.time ? 'done' : awaited ? (lane.calm ? 'awaited calm' : 'awaited') : ''}>
              {awaited ? lane.awaited : step.name} {step.time ? <LaneTime ms={milliseconds(lane.sent, step.time)} /> : null}
            </li>
          )
        })}
      </ol>
      {lane.extra ? <p className="lane-extra">{lane.extra}</p> : null}
    </div>
  )
}

/** A dual dispatch: two lanes side by side, each with its own seconds from sending. */
export function Lanes({ label, lanes }: { label: string; lanes: readonly Lane[] }) {
  return (
    <div className="lanes" role="group" aria-label={label}>
      {lanes.map((lane) => (
        <LaneView key={lane.id} lane={lane} />
      ))}
    </div>
  )
}
