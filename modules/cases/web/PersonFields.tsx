import { Input } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { newId } from '#kernel/web/api.ts'
import type { Control } from '#kernel/web/Form.tsx'
import { Sign } from '#kernel/web/Tag.tsx'
import { useView } from '#kernel/web/view.ts'
import type { Views } from '../contract.ts'
import { helpers, idTypes, type Person, type PersonRole, personRoles, sexes, situations } from '../contract/parts.ts'
import { Boxes, type Named } from './Choices.tsx'

/** A person as he is typed; what is empty is not sent. */
export interface PersonDraft {
  readonly id: string
  readonly roles: readonly PersonRole[]
  readonly personName: string
  readonly described: string
  readonly sex: string
  readonly born: string
  readonly situations: readonly NonNullable<Person['situations']>[number][]
  readonly of: readonly string[]
  readonly relation: string
  readonly employer: string
  /** Of who belongs to this force. */
  readonly account: string
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
  sex: '',
  born: '',
  situations: [],
  of: [],
  relation: '',
  employer: '',
  account: '',
  idType: '',
  idNumber: '',
  phone: '',
  address: '',
  hideName: false,
})
/** What of it a command carries. */
export const personOf = (draft: PersonDraft): object =>
  Object.fromEntries(
    Object.entries(draft).filter(([, value]) => value !== '' && value !== false && !(Array.isArray(value) && value.length === 0)),
  )

interface Props {
  readonly draft: PersonDraft
  readonly base: string
  readonly set: (part: Partial<PersonDraft>) => void
  readonly errorOf: (name: string) => string | undefined
  /** Whom he may stand by, and who of this force he may be. */
  readonly others: readonly Named[]
  readonly officers?: readonly Named[]
}

const lines = ['personName', 'phone', 'idNumber', 'address', 'described'] as const
const more = ['relation', 'employer'] as const

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

/** What procedure asks about somebody: not needed to take a report. */
function More({ draft, base, set, errorOf, officers = [] }: Props) {
  const { t } = useTranslation()
  const plain = (name: 'born' | 'relation' | 'employer', type?: string) => (
    <Line key={name} name={name} id={`${base}-${name}`} error={errorOf(name)}>
      <Input
        id={`${base}-${name}`}
        type={type}
        value={draft[name]}
        autoComplete="off"
        onChange={(event) => set({ [name]: event.target.value })}
      />
    </Line>
  )
  const pick = (name: 'sex' | 'account', none: string, options: readonly Named[]) => (
    <Line name={name} id={`${base}-${name}`} error={errorOf(name)}>
      <select id={`${base}-${name}`} value={draft[name]} onChange={(event) => set({ [name]: event.target.value })}>
        <option value="">{none}</option>
        {options.map(({ id, name: said }) => (
          <option key={id} value={id}>
            {said}
          </option>
        ))}
      </select>
    </Line>
  )
  return (
    <details className="wide">
      <summary>{t('report.more')}</summary>
      <div className="person-fields">
        {pick(
          'sex',
          t('report.unknown'),
          sexes.map((id) => ({ id, name: t(`sex.${id}`) })),
        )}
        {plain('born', 'date')}
        {more.map((name) => plain(name))}
        {officers.length > 0 ? pick('account', t('report.noOfficer'), officers) : null}
        <div className="row wide">
          <span className="label">{t('field.situations')}</span>
          <Boxes
            label={t('field.situations')}
            options={situations.map((id) => ({ id, name: t(`situation.${id}`) }))}
            chosen={draft.situations}
            set={(chosen) => set({ situations: situations.filter((one) => chosen.includes(one)) })}
          />
        </div>
      </div>
    </details>
  )
}

/** Who somebody is in this case, by keyboard from field to field. */
export function PersonFields(props: Props) {
  const { draft, base, set, errorOf, others } = props
  const { t } = useTranslation()
  return (
    <div className="person-fields">
      <div className="row wide">
        <span className="label">{t('field.roles')}</span>
        <Boxes
          label={t('field.roles')}
          options={personRoles.map((id) => ({ id, name: t(`personRole.${id}`) }))}
          chosen={draft.roles}
          set={(chosen) => set({ roles: personRoles.filter((one) => chosen.includes(one)) })}
        />
        {errorOf('roles') ? <p className="problem">{errorOf('roles')}</p> : null}
      </div>
      {draft.roles.some((role) => helpers.has(role)) ? (
        <div className="row wide">
          <span className="label">{t('field.of')}</span>
          <Boxes label={t('field.of')} options={others} chosen={draft.of} set={(of) => set({ of })} />
          {errorOf('of') ? <p className="problem">{errorOf('of')}</p> : null}
        </div>
      ) : null}
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
      <More {...props} />
      <label className={draft.hideName ? 'choice on hide' : 'choice hide'}>
        <input type="checkbox" checked={draft.hideName} onChange={(event) => set({ hideName: event.target.checked })} />
        {t('field.hideName')}
      </label>
    </div>
  )
}

/** The same as the field of a command's form. */
export function PersonField({ control, others, unit }: { control: Control; others: readonly Named[]; unit: string }) {
  const { data } = useView<Views['officers']>('cases', 'officers', { unit })
  const officers = data?.rows.map(({ account, name }) => ({ id: account, name })) ?? []
  const draft = (control.value as PersonDraft | undefined) ?? blankPerson(['witness'])
  const set = (part: Partial<PersonDraft>) => control.set({ ...draft, ...part })
  const those = others.filter(({ id }) => id !== draft.id)
  return <PersonFields draft={draft} base={control.id} set={set} errorOf={() => undefined} others={those} officers={officers} />
}
