import { password } from './dispatch/plan.ts'

/** The cookie of somebody's session. */
export async function logIn(url: string, login: string): Promise<string> {
  const answer = await fetch(`${url}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login, password }),
  })
  await answer.arrayBuffer()
  if (!answer.ok) throw new Error(`log-in of ${login}: ${answer.status}`)
  return answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
}
