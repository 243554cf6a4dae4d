import { keepSecret } from '#kernel/access/sessions.ts'
import type { Role } from '#kernel/decider.ts'
import { derivedId } from '#kernel/ids.ts'
import type { Road } from '#kernel/road.ts'

export interface FirstPerson {
  readonly login: string
  readonly name: string
  readonly role: Role
  readonly password: string
}

/** The root unit and its first administrators, by the system itself: before there is anybody, nobody could be asked. Repeating it changes nothing. */
export async function firstAdministrators(road: Road, root: { code: string; name: string }, people: readonly FirstPerson[]): Promise<void> {
  const give = async (stream: string, type: string, data: unknown, secrets: readonly { id: string; hash: string }[] = []) => {
    const by = { system: 'first', because: 0 }
    await road.take({ module: 'staff', stream, id: derivedId('first', stream, type), type, data, by, as: [], secrets })
  }
  await give(root.code, 'openUnit', { kind: 'bureau', name: root.name })
  for (const { login, name, role, password } of people) {
    const account = derivedId('first', login)
    const secret = await keepSecret(derivedId('first', login, 'password'), password)
    await give(account, 'openAccount', { login, name, unit: root.code, password: secret.id }, [secret])
    await give(account, 'grant', { role, unit: root.code })
  }
}
