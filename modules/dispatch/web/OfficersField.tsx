import { useTranslation } from 'react-i18next'
import type { Control } from '#kernel/web/Form.tsx'
import { Since, Tag } from '#kernel/web/Tag.tsx'
import { useView } from '#kernel/web/view.ts'
import type { OfficerRow, Views } from '../contract.ts'
import { shortNumber } from './BoardColumns.tsx'

function Officer({ row, chosen, toggle }: { row: OfficerRow; chosen: boolean; toggle: () => void }) {
  const { t } = useTranslation()
  return (
    <label className={chosen ? 'choice on' : 'choice'}>
      <input type="checkbox" checked={chosen} onChange={toggle} />
      <span>{row.name}</span>
      {row.number ? (
        <Tag tone="warn">{t('officers.busy', { number: shortNumber(row.number) })}</Tag>
      ) : (
        <Tag tone="calm">{t('officers.free')}</Tag>
      )}
      {row.at ? (
        <small>
          {t('officers.seen')} <Since time={row.at} short />
        </small>
      ) : null}
    </label>
  )
}

/** The officers whom a unit can send, with what is known of each: the incident he is on, how old his position is. */
export function OfficersField({ unit, control }: { unit: string; control: Control }) {
  const { t } = useTranslation()
  const { data, failure } = useView<Views['officers']>('dispatch', 'officers', { unit })
  const chosen = (control.value as readonly string[] | undefined) ?? []
  const toggle = (account: string) => {
    const next = chosen.includes(account) ? chosen.filter((one) => one !== account) : [...chosen, account]
    control.set(next.length > 0 ? next : undefined)
  }
  if (!data) return <small>{t(failure ? 'officers.failed' : 'shell.loading')}</small>
  if (data.rows.length === 0) return <small>{t('officers.none')}</small>
  return (
    <span className="choices officers" role="group" aria-labelledby={`${control.id}-label`} aria-describedby={control.describedBy}>
      {data.rows.map((row) => (
        <Officer key={row.account} row={row} chosen={chosen.includes(row.account)} toggle={() => toggle(row.account)} />
      ))}
    </span>
  )
}
