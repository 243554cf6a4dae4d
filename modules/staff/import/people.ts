import type { Role } from '#kernel/decider.ts'
import { type AccountRow, commands, type UnitRow } from '../contract.ts'
import { administrators, placesOf } from '../rules.ts'
import type { Fault, Read } from './fault.ts'
import { faultsOf, type House, type Line, lineOf, type Names, pathOf, repeated, type Step } from './plan.ts'
import { type Columns, type Row, type Table, tableOf } from './table.ts'

const columns: Columns = {
  login: { names: ['login', '登录名', '登錄名', '登入名稱', '帳號', '账号'] },
  person: { names: ['name', '姓名'] },
  unit: { names: ['unit', '单位', '單位', '单位编码', '單位代碼'] },
  role: { names: ['role', '角色'], optional: true },
  roleUnit: { names: ['role unit', '角色单位', '角色單位'], optional: true },
}

export const readPeople = (text: string): Read<Table> => tableOf(text, columns)

interface Wanted {
  readonly row: Row
  readonly login: string
  readonly name: string
  readonly unit: string
  readonly grant: { readonly role: Role; readonly unit: string } | null
  readonly faults: readonly Fault[]
}

/** A password that fits, so that only what stands in the file is judged. */
const anyPassword = 'made when it is sent'

function wantedOf(row: Row, names: Names): Wanted {
  const { login = '', person = '', unit = '', role: word = '', roleUnit = '' } = row.cells
  const role = names.roles.get(word.toLowerCase())
  const faults = faultsOf(
    commands.openAccount,
    { login, name: person, unit, password: anyPassword },
    { login: 'login', name: 'person', unit: 'unit' },
  )
  if (row.ragged) faults.unshift({ key: 'import.wrong.ragged' })
  if (word !== '' && role === undefined) faults.push({ key: 'import.wrong.role', field: 'role', values: { role: word.slice(0, 40) } })
  if (word === '' && roleUnit !== '') faults.push({ key: 'invalid.required', field: 'role' })
  return { row, login, name: person, unit, grant: role === undefined ? null : { role, unit: roleUnit || unit }, faults }
}

interface Surroundings {
  readonly units: ReadonlyMap<string, UnitRow>
  readonly house: House
}

function unitFaults(code: string, field: 'unit' | 'roleUnit', roots: readonly string[], { units }: Surroundings): Fault[] {
  const unit = units.get(code)
  if (unit === undefined) return code === '' ? [] : [{ key: 'refusal.no-unit', field, values: { code: code.slice(0, 40) } }]
  if (unit.closed) return [{ key: 'refusal.unit-closed', field }]
  const foreign = roots.length > 0 && !pathOf(units, code).some((one) => roots.includes(one))
  return foreign ? [{ key: 'refusal.foreign-unit', field }] : []
}

/** What the rules of the house say against a role, before the security administrator is asked to give it. */
function grantFaults({ row, unit, grant }: Wanted, there: AccountRow | undefined, around: Surroundings): Fault[] {
  if (grant === null) return []
  const field = row.cells.roleUnit ? 'roleUnit' : 'unit'
  const faults = grant.unit === unit ? [] : unitFaults(grant.unit, field, around.house.offices.securityAdministrator, around)
  const place = around.units.get(grant.unit)
  if (place !== undefined && !placesOf[grant.role].includes(place.kind)) faults.push({ key: 'refusal.role-unit', field })
  const office = there?.grants.find((held) => administrators.has(held.role))
  const second = office !== undefined && administrators.has(grant.role) && (office.role !== grant.role || office.unit !== grant.unit)
  if (second) faults.push({ key: 'refusal.one-administrator', field: 'role' })
  return faults
}

/** An account keeps its login, name and unit: another name under a login that is taken is another person. */
function accountFaults({ name, unit }: Wanted, there: AccountRow | undefined): Fault[] {
  if (there === undefined) return []
  if (there.closed) return [{ key: 'refusal.account-closed', field: 'login' }]
  return there.name === name && there.unit === unit ? [] : [{ key: 'import.wrong.another', field: 'login' }]
}

/** What these rows would make of the accounts and their roles. `idOf` gives the id of a new account, the same for the same login. */
export function planPeople({ rows }: Table, house: House, names: Names, idOf: (login: string) => string): Line[] {
  const units = new Map(house.units.map((unit) => [unit.code, unit]))
  const accounts = new Map(house.accounts.map((account) => [account.login, account]))
  const wanted = rows.map((row) => wantedOf(row, names))
  const twice = repeated(wanted, ({ login }) => login)
  const around = { units, house }
  return wanted.map((one) => {
    const { row, login, name, unit, grant } = one
    const there = accounts.get(login)
    const first = twice.get(one)
    const repeat: Fault[] =
      first === undefined ? [] : [{ key: 'import.wrong.twice', field: 'login', values: { line: wanted[first]?.row.line ?? 0 } }]
    const placed = unitFaults(unit, 'unit', house.offices.systemAdministrator, around)
    const faults = [...one.faults, ...repeat, ...placed, ...accountFaults(one, there), ...grantFaults(one, there, around)]
    const stream = there?.id ?? idOf(login)
    const steps: Step[] = []
    if (there === undefined) steps.push({ office: 'systemAdministrator', stream, type: 'openAccount', data: { login, name, unit } })
    const held = there?.grants.some((old) => old.role === grant?.role && old.unit === grant.unit) ?? false
    if (grant !== null && !held) steps.push({ office: 'securityAdministrator', stream, type: 'grant', data: grant })
    return lineOf({ line: row.line, subject: login, name }, { faults, steps, opens: there === undefined }, house)
  })
}
