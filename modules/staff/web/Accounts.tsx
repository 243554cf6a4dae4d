import { Button, Drawer } from 'antd'
import { useCallback, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Role, roles } from '#kernel/decider.ts'
import { Actions, type Can, type Offer } from '#kernel/web/Actions.tsx'
import { failed, newId } from '#kernel/web/api.ts'
import type { Option } from '#kernel/web/Combobox.tsx'
import { useCommand } from '#kernel/web/command.ts'
import { Form } from '#kernel/web/Form.tsx'
import { type Column, Grid } from '#kernel/web/Grid.tsx'
import { views } from '#kernel/web/live.ts'
import { useAddress, useNarrow } from '#kernel/web/screen.ts'
import { holds, type Me, unitsOf, useMe } from '#kernel/web/session.tsx'
import { DetailHead, Empty, Loading, Trouble } from '#kernel/web/States.tsx'
import { Tag } from '#kernel/web/Tag.tsx'
import { useUnits } from '#kernel/web/units.ts'
import { useView } from '#kernel/web/view.ts'
import type { z } from 'zod'
import { type AccountRow, commands, type Views } from '../contract.ts'
import { administrators, allowed } from '../rules.ts'
import { Filter, Find, Pager } from './AccountTools.tsx'
import { accountsSearch } from './search.ts'
import './staff.css'

const again = () => void views.invalidateQueries({ queryKey: ['staff', 'accounts'] })
const none: readonly AccountRow[] = []

function useUnitOptions(): readonly Option[] {
  const units = useUnits()
  return useMemo(
    () => units.all.filter((unit) => !unit.closed).map((unit) => ({ value: unit.code, label: unit.name, hint: unit.code })),
    [units],
  )
}

function OpenAccount({ unit, done }: { unit: string; done: (id: string) => void }) {
  const { t } = useTranslation()
  const { busy, send } = useCommand()
  const options = useUnitOptions()
  const [id] = useState(newId)
  const give = async (data: unknown) => {
    const answer = await send({ module: 'staff', stream: id, type: 'openAccount', data })
    if (failed(answer)) return answer
    again()
    done(id)
    return null
  }
  return <Form schema={commands.openAccount} units={options} initial={{ unit }} submit={t('action.openAccount')} busy={busy} send={give} />
}

/** What the office of the reader may do here; one's own password is changed at one's own page. */
function canOf(me: Me, account: AccountRow): Can {
  const may = (roles: readonly Role[]) => !account.closed && holds(me, roles)
  const offices = { grant: may(allowed.grant), revoke: may(allowed.revoke), closeAccount: may(allowed.closeAccount) }
  const another = account.id !== me.account
  const resetSecondFactor = another && account.secondFactor && may(allowed.resetSecondFactor)
  const all = { ...offices, setPassword: another && may(allowed.closeAccount), resetSecondFactor }
  return Object.fromEntries(Object.entries(all).flatMap(([type, yes]) => (yes ? [[type, true as const]] : [])))
}

function AccountDetail({ account }: { account: AccountRow }) {
  const me = useMe()
  const { t } = useTranslation()
  const units = useUnits()
  const options = useUnitOptions()
  const offers = useMemo<readonly Offer[]>(() => {
    const hints = { units: options, words: { role: 'role' }, meanings: { role: 'does' }, initial: { unit: account.unit } }
    return [
      { type: 'grant', schema: commands.grant, hints },
      { type: 'revoke', schema: commands.revoke, hints: { ...hints, initial: account.grants[0] ? { ...account.grants[0] } : {} } },
      { type: 'setPassword', schema: commands.setPassword, hints: { hide: ['old'] } },
      { type: 'resetSecondFactor', schema: commands.resetSecondFactor },
      { type: 'closeAccount', schema: commands.closeAccount },
    ]
  }, [options, account])
  return (
    <>
      <div className="panel-head">
        <DetailHead>{account.name}</DetailHead>
        {account.closed ? <Tag tone="calm">{t('staff.closed')}</Tag> : null}
      </div>
      <div className="panel-body pad-staff" tabIndex={0}>
        <dl className="facts">
          <dt>{t('field.login')}</dt>
          <dd>{account.login}</dd>
          <dt>{t('field.unit')}</dt>
          <dd>{units.name(account.unit)}</dd>
          <dt>{t('field.factor')}</dt>
          <dd>{t(account.secondFactor ? 'factor.on' : 'factor.off')}</dd>
        </dl>
        <p className="muted">{t('staff.grants')}</p>
        {account.grants.length === 0 ? <p className="muted">{t('staff.noGrants')}</p> : null}
        <ul className="grants">
          {account.grants.map((grant) => (
            <li key={`${grant.role} ${grant.unit}`}>
              <b>{t(`role.${grant.role}`)}</b> {units.name(grant.unit)}
              <p className="muted">{t(`does.${grant.role}`)}</p>
            </li>
          ))}
        </ul>
      </div>
      <Actions module="staff" stream={account.id} can={canOf(me, account)} offers={offers} done={again} />
    </>
  )
}

function useAccountColumns(): readonly Column<AccountRow>[] {
  const { t } = useTranslation()
  const units = useUnits()
  return useMemo(
    () => [
      { id: 'login', header: t('field.login'), width: '160px', cell: (row) => row.login },
      { id: 'name', header: t('field.name'), width: '120px', cell: (row) => <b>{row.name}</b> },
      { id: 'unit', header: t('field.unit'), width: 'minmax(0, 1fr)', cell: (row) => units.name(row.unit) },
      {
        id: 'roles',
        header: t('field.role'),
        width: 'minmax(0, 1.2fr)',
        cell: (row) =>
          roles
            .filter((role) => row.grants.some((grant) => grant.role === role))
            .map((role) => t(`role.${role}`))
            .join(t('shell.comma')) || '—',
      },
      {
        id: 'state',
        header: t('staff.state'),
        width: '96px',
        cell: (row) => (row.closed ? <Tag tone="calm">{t('staff.closed')}</Tag> : ''),
      },
    ],
    [t, units],
  )
}

function List(props: { rows: readonly AccountRow[]; chosen: string | undefined; choose: (id: string) => void }) {
  const { t } = useTranslation()
  const units = useUnits()
  const columns = useAccountColumns()
  return (
    <Grid
      label={t('staff.accounts')}
      rows={props.rows}
      id={(row) => row.id}
      columns={columns}
      chosen={props.chosen}
      choose={(row) => props.choose(row.id)}
      tone={(row) => (row.closed ? 'quiet' : undefined)}
      empty={<Empty title={t('staff.noAccounts')}>{t('staff.noAccountsHow')}</Empty>}
      narrow={(row) => (
        <>
          <div>
            <span className="text">
              <b>{row.name}</b> {row.login}
            </span>
            {row.closed ? <Tag tone="calm">{t('staff.closed')}</Tag> : null}
          </div>
          <div>
            <span className="text">{units.name(row.unit)}</span>
            <span>{row.grants.map((grant) => t(`role.${grant.role}`)).join(t('shell.comma'))}</span>
          </div>
        </>
      )}
    />
  )
}

function Head(props: { total: number; find: string; change: (part: object) => void; open: (() => void) | null }) {
  const { t } = useTranslation()
  const { change } = props
  const find = useCallback((next: string) => change({ find: next, page: undefined, account: undefined }), [change])
  return (
    <div className="panel-head">
      <h1>{t('staff.accounts')}</h1>
      <small className="num">{t('staff.accountCount', { count: props.total })}</small>
      <span className="grow" />
      <Find value={props.find} change={find} />
      {props.open ? <Button onClick={props.open}>{t('action.openAccount')}</Button> : null}
    </div>
  )
}

/** The page of accounts that the address asks for; while the next one comes, the last one stays. */
function useAccounts(unit: string, { find, role, closed, page = 1 }: z.infer<typeof accountsSearch>) {
  const query = {
    unit,
    page: String(page),
    ...(find && { find }),
    ...(role && { role }),
    ...(closed && { closed: 'with' }),
  }
  const view = useView<Views['accounts']>('staff', 'accounts', query)
  const last = useRef(view.data)
  if (view.data) last.current = view.data
  return { ...view, data: view.data ?? (view.failure ? undefined : last.current) }
}

/** Who may log in, and as what. */
export default function Accounts() {
  const { t } = useTranslation()
  const me = useMe()
  const narrow = useNarrow()
  const [search, change] = useAddress(accountsSearch)
  const [opens, setOpens] = useState(false)
  const unit = search.unit ?? unitsOf(me, [...administrators])[0] ?? me.unit
  const view = useAccounts(unit, search)
  const options = useUnitOptions()
  const roleOptions = useMemo(() => roles.map((role) => ({ value: role, label: t(`role.${role}`) })), [t])
  const rows = view.data?.accounts ?? none
  const mayOpen = holds(me, allowed.openAccount)
  const account = rows.find((row) => row.id === search.account) ?? (narrow ? undefined : rows[0])
  const detail = account ? (
    <section className="panel" aria-label={account.name}>
      {narrow ? (
        <button type="button" className="plain back" onClick={() => change({ account: undefined })}>
          {t('shell.back')}
        </button>
      ) : null}
      <AccountDetail key={account.id} account={account} />
    </section>
  ) : null
  if (narrow && detail) return <div className="columns">{detail}</div>
  return (
    <div className="columns staff">
      <section className="panel" aria-label={t('staff.accounts')}>
        <Head total={view.data?.total ?? 0} find={search.find ?? ''} change={change} open={mayOpen ? () => setOpens(true) : null} />
        <Filter
          unit={unit}
          role={search.role}
          closed={search.closed === true}
          options={options}
          roles={roleOptions}
          offices={view.data?.offices ?? []}
          change={change}
        />
        {view.failure && !view.data ? <Trouble failure={view.failure} again={view.again} /> : null}
        {view.loading && !view.data ? <Loading /> : null}
        {view.data ? <List rows={rows} chosen={account?.id} choose={(id) => change({ account: id })} /> : null}
        <Pager page={search.page ?? 1} total={view.data?.total ?? 0} go={(page) => change({ page, account: undefined })} />
      </section>
      {detail}
      <Drawer
        open={opens}
        onClose={() => setOpens(false)}
        title={t('action.openAccount')}
        size={narrow ? '90%' : 480}
        placement={narrow ? 'bottom' : 'right'}
        getContainer="#drawers"
        autoFocus={false}
        destroyOnHidden
      >
        <OpenAccount
          unit={unit}
          done={(id) => {
            setOpens(false)
            change({ account: id })
          }}
        />
      </Drawer>
    </div>
  )
}
