import { Button, Checkbox, Input } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Role } from '#kernel/decider.ts'
import { Combobox, type Option } from '#kernel/web/Combobox.tsx'
import { Sign } from '#kernel/web/Tag.tsx'
import { accountsPage, type Views } from '../contract.ts'

const typingMs = 250

/** What is typed, told once the hand rests: the server looks for it. */
export function Find({ value, change }: { value: string; change: (next: string) => void }) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState(value)
  useEffect(() => {
    if (typed === value) return
    const rest = setTimeout(() => change(typed), typingMs)
    return () => clearTimeout(rest)
  }, [typed, value, change])
  return (
    <Input
      className="find"
      type="search"
      maxLength={60}
      aria-label={t('staff.findAccount')}
      placeholder={t('staff.findAccount')}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
    />
  )
}

type Offices = Views['accounts']['offices']

/** Three offices in three hands: who holds each is one press away, and an office that nobody holds is seen. */
function ThreeOffices({ offices, role, pick }: { offices: Offices; role: Role | undefined; pick: (role: Role | undefined) => void }) {
  const { t } = useTranslation()
  return (
    <div className="offices" role="group" aria-label={t('staff.offices')}>
      <span className="muted">{t('staff.officesRule')}</span>
      {offices.map(({ role: office, holders }) => (
        <Button
          key={office}
          size="small"
          type={role === office ? 'primary' : 'default'}
          aria-pressed={role === office}
          onClick={() => pick(role === office ? undefined : office)}
        >
          {holders === 0 ? <Sign tone="warn" /> : null} {t(`role.${office}`)} <b className="num">{holders}</b>
        </Button>
      ))}
    </div>
  )
}

interface Filters {
  readonly unit: string
  readonly role: Role | undefined
  readonly closed: boolean
  readonly options: readonly Option[]
  readonly roles: readonly Option[]
  readonly offices: Offices
  readonly change: (part: object) => void
}

/** Where and among whom to look. Every change begins at the first page. */
export function Filter({ unit, role, closed, options, roles, offices, change }: Filters) {
  const { t } = useTranslation()
  const begin = (part: object) => change({ page: undefined, account: undefined, ...part })
  return (
    <div className="account-filter">
      <div className="unit-pick">
        <Combobox label={t('field.unit')} value={unit} options={options} onChange={(next) => begin({ unit: next })} />
      </div>
      <div className="unit-pick">
        <Combobox
          label={t('field.role')}
          value={role ?? ''}
          options={roles}
          placeholder={t('staff.anyRole')}
          onChange={(next) => begin({ role: next || undefined })}
          optional
        />
      </div>
      <Checkbox checked={closed} onChange={(event) => begin({ closed: event.target.checked || undefined })}>
        {t('staff.withClosed')}
      </Checkbox>
      <ThreeOffices offices={offices} role={role} pick={(next) => begin({ role: next })} />
    </div>
  )
}

/** From where to where of how many, and the way on. */
export function Pager({ page, total, go }: { page: number; total: number; go: (page: number) => void }) {
  const { t } = useTranslation()
  const pages = Math.max(1, Math.ceil(total / accountsPage))
  if (pages === 1) return null
  const [from, to] = [(page - 1) * accountsPage + 1, Math.min(page * accountsPage, total)]
  return (
    <nav className="pager" aria-label={t('staff.pages')}>
      <span className="num" role="status">
        {t('staff.range', { from, to, total })}
      </span>
      <Button size="small" disabled={page <= 1} onClick={() => go(page - 1)}>
        {t('staff.before')}
      </Button>
      <Button size="small" disabled={page >= pages} onClick={() => go(page + 1)}>
        {t('staff.next')}
      </Button>
    </nav>
  )
}
