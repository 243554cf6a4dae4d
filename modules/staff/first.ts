import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import type { First } from '#kernel/access/first.ts'
import { keepSecret } from '#kernel/access/sessions.ts'
import { Refusal, type Role } from '#kernel/decider.ts'
import type { Road } from '#kernel/road.ts'
import { beginning } from './contract.ts'

export interface FirstPerson {
  readonly login: string
  readonly name: string
  readonly role: Role
  readonly password: string
}

/**
 * The root unit and its first administrators, by the system itself: before there is anybody, nobody could be asked. All or nothing; false when somebody
 * has an account already, and then nothing changes.
 */
export async function firstAdministrators(
  road: Road,
  root: { code: string; name: string },
  people: readonly FirstPerson[],
): Promise<boolean> {
  const secrets = await Promise.all(people.map(({ password }) => keepSecret(randomUUID(), password)))
  const data = {
    name: root.name,
    people: people.map(({ login, name, role }, index) => ({ id: randomUUID(), login, name, role, password: secrets[index]?.id })),
  }
  const by = { system: 'first', because: 0 }
  try {
    await road.take({ module: 'staff', stream: root.code, id: randomUUID(), type: 'begin', data, by, as: [], secrets })
    return true
  } catch (error) {
    if (error instanceof Refusal && error.rule === 'begun') return false
    throw error
  }
}

/** What the page of the first people asks for: the bureau, and two people, because no account holds two offices. */
export const first: First<z.infer<typeof beginning>> = {
  input: beginning,
  begin: (road, given) =>
    firstAdministrators(road, { code: given.bureau, name: given.bureauName }, [
      { login: given.systemLogin, name: given.systemName, role: 'systemAdministrator', password: given.systemPassword },
      { login: given.securityLogin, name: given.securityName, role: 'securityAdministrator', password: given.securityPassword },
    ]),
}
