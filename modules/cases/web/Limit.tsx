import { useTranslation } from 'react-i18next'
import { spoken } from '#kernel/calendar/told.ts'
import { whyTold } from '#kernel/statute/told.ts'
import { Left, Tag, type Tone } from '#kernel/web/Tag.tsx'
import { dayTime } from '#kernel/web/time.ts'
import { useTongue } from '#kernel/web/tongue.ts'
import { useUnits } from '#kernel/web/units.ts'
import type { Running } from '../contract/parts.ts'

export const limitTones: Record<Running['state'] | 'paused', Tone> = {
  running: 'line',
  warned: 'warn',
  breached: 'alarm',
  met: 'good',
  late: 'calm',
  paused: 'calm',
}

/** Why it ends when it does, sentence by sentence. What the force has set itself has no wording of law to name. */
function Because({ limit }: { limit: Running['limit'] }) {
  const { t } = useTranslation()
  const tongue = useTongue()
  const own = limit.article === 'setting'
  const why = whyTold('cases', own ? { ...limit, article: t('limits.own') } : limit)
  return (
    <ul className="because">
      {why
        .filter(({ word }) => !own || word !== 'limit.version')
        .map((told) => {
          const sentence = spoken(told, tongue)
          return <li key={`${told.word} ${sentence}`}>{sentence}</li>
        })}
    </ul>
  )
}

function One({ running, whose }: { running: Running; whose: string }) {
  const { t } = useTranslation()
  const units = useUnits()
  const { limit, unit, state } = running
  const open = state !== 'met' && state !== 'late'
  const shown = open && limit.standing ? 'paused' : state
  return (
    <li className="limit">
      <p>
        <b>{t(`clock.rule.cases.${limit.rule}`)}</b> {whose} <Tag tone={limitTones[shown]}>{t(`limitState.${shown}`)}</Tag>{' '}
        {open && shown !== 'paused' ? <Left due={limit.due} /> : null}
      </p>
      <small className="num">
        {dayTime(limit.due)} · {units.name(unit)}
      </small>
      <details>
        <summary>{t('limits.why')}</summary>
        <Because limit={limit} />
      </details>
    </li>
  )
}

type Listed = { readonly limits: readonly Running[]; readonly nameOf: ((subject: string) => string) | undefined }
const List = ({ limits, nameOf }: Listed) => (
  <ul className="case-limits">
    {limits
      .toSorted((a, b) => a.limit.due.localeCompare(b.limit.due))
      .map((running) => (
        <One
          key={`${running.limit.rule} ${running.subject ?? ''} ${running.limit.from}`}
          running={running}
          whose={running.subject === null ? '' : (nameOf?.(running.subject) ?? '')}
        />
      ))}
  </ul>
)

/** The limits of a record; of one of several, whose it is. What was met in time stands behind the others, folded. */
export function Limits({ limits, nameOf }: { limits: readonly Running[]; nameOf?: (subject: string) => string }) {
  const { t } = useTranslation()
  const met = limits.filter(({ state }) => state === 'met')
  return (
    <>
      <List limits={limits.filter(({ state }) => state !== 'met')} nameOf={nameOf} />
      {met.length === 0 ? null : (
        <details className="limits-met">
          <summary>{t('limits.met', { count: met.length })}</summary>
          <List limits={met} nameOf={nameOf} />
        </details>
      )}
    </>
  )
}
