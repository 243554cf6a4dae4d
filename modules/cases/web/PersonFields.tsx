import { Input } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { newId } from '#kernel/web/api.ts'
import type { Control } from '#kernel/web/Form.tsx'
import { Sign } from '#kernel/web/Tag.tsx'
import { idTypes, type PersonRole, personRoles } from '../contract/parts.ts'

/** A person as he is typed; what is empty is not sent. */
export interface PersonDraft {
  readonly id: string
  readonly roles: readonly PersonRole[]
  readonly personName: string
  readonly described: string
  readonly idType: string
  readonly idNumber: string
  readonly phone: string
  readonly address: string
  readonly hideName: boolean
}
export const blankPerson = (roles: readonly PersonRole[]): PersonDraft => ({
  id: newId(),
  roles,
  personName: '',
  described: '',
  idType: '',
  idNumber: '',
  phone: '',
  address: '',
  hideName: false,
})
/** What of it a command carries. */
export const personOf = (draft: PersonDraft): object =>
  Object.fromEntries(Object.entries(draft).filter(([, value]) => value !== '' && value !== false))

interface Props {
  readonly draft: PersonDraft
  readonly base: string
  readonly set: (part: Partial<PersonDraft>) => void
  readonly errorOf: (name: string) => string | undefined
}

const lines = ['personName', 'phone', 'idNumber', 'address', 'described'] as const

function Line({ name, id, error, children }: { name: string; id: string; error: string | undefined; children: ReactNode }) {
  const { t } = useTranslation()
  return (
    <div className={error ? 'row wrong' : 'row'}>
      <label htmlFor={id}>{t(`field.${name}`)}</label>
      <div>
        {children}
        {error ? (
          <p className="problem" id={`${id}-error`}>
            <Sign tone="alarm" /> {error}
          </p>
        ) : null}
      </div>
    </div>
  )
}

/** Who somebody is in this case, by keyboard from field to field. */
export function PersonFields({ draft, base, set, errorOf }: Props) {
  const { t } = useTranslation()
  const toggle = (role: PersonRole) =>
    set({ roles: draft.roles.includes(role) ? draft.roles.filter((one) => one !== role) : [...draft.roles, role] })
  return (
    <div className="person-fields">
      <div className="row wide">
        <span className="label">{t('field.roles')}</span>
        <span className="choices" role="group" aria-label={t('field.roles')}>
          {personRoles.map((role) => (
            <label key={role} className={draft.roles.includes(role) ? 'choice on' : 'choice'}>
              <input type="checkbox" checked={draft.roles.includes(role)} onChange={() => toggle(role)} />
              {t(`personRole.${role}`)}
            </label>
          ))}
        </span>
        {errorOf('roles') ? <p className="problem">{errorOf('roles')}</p> : null}
      </div>
      {lines.map((name) => (
        <Line key={name} name={name} id={`${base}-${name}`} error={errorOf(name)}>
          <span className="pair">
            {name === 'idNumber' ? (
              <select aria-label={t('field.idType')} value={draft.idType} onChange={(event) => set({ idType: event.target.value })}>
                <option value="">{t('report.noId')}</option>
                {idTypes.map((type) => (
                  <option key={type} value={type}>
                    {t(`idType.${type}`)}
                  </option>
                ))}
              </select>
            ) : null}
            <Input
              id={`${base}-${name}`}
              value={draft[name]}
              autoComplete="off"
              placeholder={name === 'described' ? t('report.describedHow') : undefined}
              aria-invalid={errorOf(name) ? true : undefined}
              aria-describedby={errorOf(name) ? `${base}-${name}-error` : undefined}
              onChange={(event) => set({ [name]: event.target.value })}
            />
          </span>
        </Line>
      ))}
      <label className={draft.hideName ? 'choice on hide' : 'choice hide'}>
        <input type="checkbox" checked={draft.hideName} onChange={(event) => set({ hideName: event.target.checked })} />
        {t('field.hideName')}
      </label>
    </div>
  )
}

/** The same as the field of a command's form. */
export function PersonField({ control }: { control: Control }) {
  const draft = (control.value as PersonDraft | undefined) ?? blankPerson(['witness'])
  const set = (part: Partial<PersonDraft>) => control.set({ ...draft, ...part })
  return <PersonFields draft={draft} base={control.id} set={set} errorOf={() => undefined} />
}
