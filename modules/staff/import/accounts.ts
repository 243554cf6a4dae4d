import { type AccountRow, accountsPage, type Views } from '../contract.ts'

/** Every account at or below a unit, closed ones as well, page after page. */
export async function everyAccount(
  read: (query: { unit: string; closed: 'with'; page: string }) => Promise<Views['accounts']>,
  unit: string,
): Promise<AccountRow[]> {
  const found: AccountRow[] = []
  for (let page = 1; ; page++) {
    const { accounts, total } = await read({ unit, closed: 'with', page: String(page) })
    found.push(...accounts)
    if (accounts.length === 0 || page * accountsPage >= total) return found
  }
}
