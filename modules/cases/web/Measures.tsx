import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { Actions, type Offer } from '#kernel/web/Actions.tsx'
import type { FormHints } from '#kernel/web/Form.tsx'
import { Tag, type Tone } from '#kernel/web/Tag.tsx'
import { dayTime } from '#kernel/web/time.ts'
import { commands, type Views } from '../contract.ts'
import { type ClaimRow, destinies, type MeasureRow } from '../contract/measures.ts'
import { nameIn } from './Choices.tsx'
import { Second } from './inquiryOffers.tsx'
import { requestOffer } from './requestOffers.ts'

type Whole = Views['matter']
interface Props {
  readonly whole: Whole
  readonly again: () => void
}

const tones: Record<MeasureRow['state'], Tone> = { ordered: 'warn', standing: 'line', rejected: 'alarm', ended: 'calm' }

function offersOf({ measure, untold }: MeasureRow, { row }: Whole): readonly Offer[] {
  const hints: FormHints = {
    words: { signed: 'signing' },
    controls: { second: (control) => <Second control={control} unit={row.unit} /> },
  }
  const [first = 'extension'] = untold
  return [
    { type: 'carryOutMeasure', schema: commands.carryOutMeasure.omit({ measure: true }), beside: { measure }, hints },
    requestOffer('confirmSeizure', {}, undefined, { measure }),
    requestOffer('extendMeasure', {}, undefined, { subject: measure }),
    {
      type: 'tellHolder',
      schema: commands.tellHolder.omit({ measure: true }),
      beside: { measure },
      hints: { words: { about: 'telling', way: 'noticeWay' }, initial: { about: first } },
    },
  ]
}

function Measure({ measure, whole, again }: Props & { measure: MeasureRow }) {
  const { t } = useTranslation()
  const nameOf = nameIn(whole.persons, t)
  const { way, holder, state, spot, confirmed, since, untold } = measure
  const ids = whole.evidence.orders[measure.measure]
  const things = whole.evidence.things.filter(({ id, measure: under }) => ids?.includes(id) ?? under === measure.measure)
  return (
    <li>
      <p>
        <b>{t(`measureWay.${way}`)}</b> <Tag tone={tones[state]}>{t(`measureState.${state}`)}</Tag>
        {spot === null ? null : (
          <Tag tone={confirmed ? 'good' : 'warn'}>{t(confirmed ? 'evidence.confirmed' : 'evidence.unconfirmed')}</Tag>
        )}
        {untold.map((one) => (
          <Tag key={one} tone="warn">
            {t(`telling.${one}`)}
          </Tag>
        ))}
      </p>
      <p>{things.map(({ thingName, count, measureWord }) => `${thingName} ${count} ${measureWord}`).join(t('shell.comma'))}</p>
      <small>
        {t('evidence.holder')} {nameOf(holder)}
        {since === null ? null : (
          <>
            {' '}
            · <span className="num">{dayTime(since)}</span>
          </>
        )}
        {spot === null ? null : ` · ${t(`spotReason.${spot}`)}`}
      </small>
      {state === 'ended' ? null : (
        <Actions
          module="cases"
          stream={whole.row.id}
          can={whole.onEvidence[measure.measure] ?? {}}
          offers={offersOf(measure, whole)}
          done={again}
        />
      )}
    </li>
  )
}

function Claim({ claim, whole, again }: Props & { claim: ClaimRow }) {
  const { t } = useTranslation()
  const things = whole.evidence.things.filter(({ id }) => claim.items.includes(id))
  const offers = [
    requestOffer('extendMeasure', {}, undefined, { subject: claim.claim }),
    requestOffer('disposeUnclaimed', { destiny: z.enum(destinies) }, { words: { destiny: 'destiny' } }, { claim: claim.claim }),
  ]
  return (
    <li>
      <p>
        <b>{t('evidence.claim')}</b> {things.map(({ thingName }) => thingName).join(t('shell.comma'))}
      </p>
      <small>
        {t(`noticeWay.${claim.way}`)} · <span className="num">{dayTime(claim.at)}</span>
      </small>
      {things.some(({ state }) => state === 'held' || state === 'kept') ? (
        <Actions module="cases" stream={whole.row.id} can={whole.onEvidence[claim.claim] ?? {}} offers={offers} done={again} />
      ) : null}
    </li>
  )
}

/** What property is under: each measure with what may be done with it now, and what was told to be fetched. */
export function Measures({ whole, again }: Props) {
  const { t } = useTranslation()
  const { measures, claims } = whole.evidence
  if (measures.length + claims.length === 0) return null
  return (
    <>
      <h2>{t('evidence.measures')}</h2>
      <ul className="case-persons">
        {measures.map((measure) => (
          <Measure key={measure.measure} measure={measure} whole={whole} again={again} />
        ))}
        {claims.map((claim) => (
          <Claim key={claim.claim} claim={claim} whole={whole} again={again} />
        ))}
      </ul>
    </>
  )
}
