import { Input } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Control } from '#kernel/web/Form.tsx'
import type { Person } from '../contract/shift.ts'
import { type Equipment, equipment } from '../rules/shift.ts'

interface Checked {
  readonly item: Equipment
  readonly ok: boolean
  readonly note?: string
}

/** Who may take over: whoever else is on duty at this desk. */
export function SuccessorField({ people, control }: { people: readonly Person[]; control: Control }) {
  const { t } = useTranslation()
  if (people.length === 0) return <p className="hint">{t('shift.noSuccessor')}</p>
  return (
    <span className="choices" role="radiogroup" aria-labelledby={`${control.id}-label`} aria-describedby={control.describedBy}>
      {people.map(({ account, name }, index) => (
        <label key={account} className={control.value === account ? 'choice on' : 'choice'}>
          <input
            type="radio"
            id={index === 0 ? control.id : undefined}
            name={control.id}
            checked={control.value === account}
            onChange={() => control.set(account)}
            // The first field of a drawer that was just asked for
            autoFocus={control.first && index === 0}
          />
          {name}
        </label>
      ))}
    </span>
  )
}

function Item({ item, found, change }: { item: Equipment; found: Checked | undefined; change: (next: Checked) => void }) {
  const { t } = useTranslation()
  const name = t(`equipment.${item}`)
  return (
    <div className="check-item" role="group" aria-label={name}>
      <span>{name}</span>
      {[true, false].map((ok) => (
        <label key={String(ok)} className={found?.ok === ok ? 'choice on' : 'choice'}>
          <input type="radio" name={`check-${item}`} checked={found?.ok === ok} onChange={() => change({ item, ok })} />
          {t(ok ? 'shift.fine' : 'shift.fault')}
        </label>
      ))}
      {found?.ok === false ? (
        <Input
          aria-label={`${name} ${t('shift.faultHow')}`}
          placeholder={t('shift.faultHow')}
          value={found.note ?? ''}
          onChange={(event) => change({ item, ok: false, ...(event.target.value !== '' && { note: event.target.value }) })}
        />
      ) : null}
    </div>
  )
}

/** Every item is looked at once: nothing is in order because nobody said otherwise. */
export function EquipmentField({ control }: { control: Control }) {
  const list = (control.value as readonly Checked[] | undefined) ?? []
  const change = (next: Checked) => {
    const others = list.filter(({ item }) => item !== next.item)
    const all = [...others, next]
    control.set(equipment.flatMap((item) => all.find((one) => one.item === item) ?? []))
  }
  return (
    <div className="check-list" role="group" aria-labelledby={`${control.id}-label`} aria-describedby={control.describedBy}>
      {equipment.map((item) => (
        <Item key={item} item={item} found={list.find((one) => one.item === item)} change={change} />
      ))}
    </div>
  )
}
