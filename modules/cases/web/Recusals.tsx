import { useTranslation } from 'react-i18next'
import { Actions, type Offer } from '#kernel/web/Actions.tsx'
import type { Control } from '#kernel/web/Form.tsx'
import { Tag } from '#kernel/web/Tag.tsx'
import { dayTime } from '#kernel/web/time.ts'
import { useUnits } from '#kernel/web/units.ts'
import { useView } from '#kernel/web/view.ts'
import { commands, type Views } from '../contract.ts'
import { recusalActs, type RecusalRow } from '../contract/recusal.ts'
import { nameIn, namesOf, OneOf } from './Choices.tsx'
import { requestOffer } from './requestOffers.ts'

type Whole = Views['matter']

/** Who handles the case, and the heads who would decide in it. */
function Whom({ control, row }: { control: Control; row: Whole['row'] }) {
  const units = useUnits()
  const { data } = useView<Views['officers']>('cases', 'officers', { unit: row.unit })
  const heads = data?.heads.map(({ account, name, unit }) => ({ id: account, name: `${name} · ${units.name(unit)}` })) ?? []
  const officers = row.officers.map(({ account, name }) => ({ id: account, name }))
  return <OneOf control={control} options={[...officers, ...heads.filter(({ id }) => !officers.some((one) => one.id === id))]} />
}

const tones = { open: 'warn', recused: 'alarm', kept: 'calm', withdrawn: 'calm' } as const

function One({ one, whole, again }: { one: RecusalRow; whole: Whole; again: () => void }) {
  const { t } = useTranslation()
  const { request, officer, recusalGround, person, at, outcome, told } = one
  const { row, persons, can } = whole
  const tells: readonly Offer[] = [{ type: 'tellRecusal', schema: commands.tellRecusal.omit({ request: true }), beside: { request } }]
  const may = can.tellRecusal
  return (
    <li>
      <p>
        <b>{officer.name}</b> <Tag tone={tones[outcome]}>{t(`recusalOutcome.${outcome}`)}</Tag>{' '}
        {person !== null && outcome !== 'open' ? (
          <Tag tone={told ? 'good' : 'warn'}>{t(told ? 'recusal.told' : 'recusal.untold')}</Tag>
        ) : null}
      </p>
      <small className="num">
        {[t(`recusalGround.${recusalGround}`), person === null ? null : t('recusal.by', { name: nameIn(persons, t)(person) }), dayTime(at)]
          .filter(Boolean)
          .join(' · ')}
      </small>
      {may !== undefined && outcome !== 'open' && !told ? (
        <Actions module="cases" stream={row.id} can={{ tellRecusal: true }} offers={tells} done={again} />
      ) : null}
    </li>
  )
}

/** Who was asked to withdraw from the case, and what came of it. */
export function Recusals({ whole, again }: { whole: Whole; again: () => void }) {
  const { t } = useTranslation()
  const { row, recusal, persons, can } = whole
  const offer = requestOffer('recuse', recusalActs[0].omit({ kind: true }).shape, {
    words: { recusalGround: 'recusalGround' },
    controls: {
      account: (control) => <Whom control={control} row={row} />,
      person: (control) => <OneOf control={control} options={namesOf(persons, t)} />,
    },
  })
  if (recusal.length === 0 && can['act:recuse'] !== true) return null
  return (
    <section aria-label={t('recusal.title')}>
      <h2>{t('recusal.title')}</h2>
      <ul className="case-persons">
        {recusal.map((one) => (
          <One key={one.request} one={one} whole={whole} again={again} />
        ))}
        {recusal.length === 0 ? <li>{t('recusal.empty')}</li> : null}
      </ul>
      <Actions module="cases" stream={row.id} can={can} offers={[offer]} done={again} />
    </section>
  )
}
