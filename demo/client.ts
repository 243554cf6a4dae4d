/** An answer of 4xx: the server has understood and said no. `reason` names the rule or the fields, never their content. */
export class Refusal extends Error {
  readonly status: number
  readonly reason: string
  constructor(status: number, reason: string) {
    super(reason)
    this.status = status
    this.reason = reason
  }
}
/** The server has not answered for two minutes. Everything that it confirmed stands; the same call again goes on from there. */
export class Unreachable extends Error {}

const patienceMs = 120_000
const firstWaitMs = 100
const longestWaitMs = 5000
const answerMs = 30_000

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

interface Problem {
  readonly error?: { readonly code?: string; readonly rule?: string; readonly fields?: readonly { readonly path: string }[] }
}
/** A body that is not ours (a proxy's page) is an answer without a problem in it. */
const problemOf = (text: string): Problem => {
  try {
    return JSON.parse(text) as Problem
  } catch (error) {
    if (error instanceof SyntaxError) return {}
    throw error
  }
}
const reasonOf = (status: number, { error }: Problem): string => {
  const fields = error?.fields?.map((field) => field.path).join(', ')
  return [error?.rule ?? error?.code ?? `status ${status}`, fields].filter((part) => part !== undefined).join(': ')
}

interface Account {
  readonly login: string
  readonly password: string
  /** Asked when the server wants a code of the second factor; without it that is a refusal. */
  readonly oneTimeCode?: (login: string) => Promise<string>
}
interface Me {
  readonly account: string
  readonly grants: readonly { readonly role: string; readonly unit: string }[]
}

/** What its owner wants to know. */
interface Told {
  readonly retried?: (why: string) => void
  /** The server's clock of an answer (a `Date` header), with when the question went and the answer came. */
  readonly heard?: (date: string | null, sent: number, received: number) => void
}

/** One account at the public API. Survives restarts of the server: what got no answer is sent again, with the same id, for two minutes. */
export class Client {
  readonly #base: string
  readonly #account: Account
  readonly #told: Told
  #session: Promise<string> | undefined

  constructor(base: string, account: Account, told: Told = {}) {
    this.#base = base
    this.#account = account
    this.#told = told
  }

  me(): Promise<Me> {
    return this.#call<Me>('GET', '/session')
  }

  async view<Data>(name: string, query: Readonly<Record<string, string>> = {}): Promise<Data> {
    return (await this.#call<{ data: Data }>('GET', `/view/${name}?${new URLSearchParams(query).toString()}`)).data
  }

  command(
    stream: string,
    command: { id: string; type: string; data: unknown; occurred?: { time: string; source: 'imported' | 'typed' | 'radio' } },
  ): Promise<{ position: number; count: number }> {
    return this.#call('POST', `/command/${stream}`, command)
  }

  get<Answer>(path: string): Promise<Answer> {
    return this.#call<Answer>('GET', path)
  }

  async signal(name: string, body: unknown): Promise<void> {
    await this.#call('POST', `/signal/${name}`, body)
  }

  /** The live stream after a position, as it comes. It is not opened again: whoever reads it to its end asks for the views anew. @throws when there is none */
  async live(after: number, until: AbortSignal): Promise<ReadableStream<Uint8Array>> {
    const cookie = await (this.#session ??= this.#logIn())
    const response = await fetch(new URL(`/live?after=${after}`, this.#base), { headers: { cookie }, signal: until })
    if (!response.ok || response.body === null) throw new Unreachable(`live: status ${response.status}`)
    return response.body
  }

  async #call<Answer>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<Answer> {
    const until = Date.now() + patienceMs
    for (let waitMs = firstWaitMs; ; waitMs = Math.min(waitMs * 2, longestWaitMs)) {
      const { session, again, answer } = await this.#once<Answer>(method, path, body)
      if (again === null) return answer as Answer
      if (again.renew && this.#session === session) this.#session = undefined
      if (Date.now() + waitMs > until) throw new Unreachable(again.why)
      this.#told.retried?.(again.why)
      await pause(again.waitMs ?? waitMs)
    }
  }

  /** One attempt: an answer, or why and how to try again. Throws Refusal. */
  async #once<Answer>(method: string, path: string, body: unknown) {
    let session: Promise<string> | undefined
    const retry = (why: string, more: { renew?: boolean; waitMs?: number } = {}) => ({
      session,
      answer: null,
      again: { why, renew: false, ...more },
    })
    try {
      this.#session ??= this.#logIn()
      session = this.#session
      const cookie = await session
      const sent = Date.now()
      const response = await fetch(new URL(path, this.#base), {
        method,
        headers: { cookie, 'accept-language': 'en', ...(body !== undefined && { 'content-type': 'application/json' }) },
        signal: AbortSignal.timeout(answerMs),
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
      this.#told.heard?.(response.headers.get('date'), sent, Date.now())
      const text = await response.text()
      if (response.ok) return { session, again: null, answer: JSON.parse(text) as Answer }
      const problem = problemOf(text)
      if (response.status === 401) return retry('the session has ended', { renew: true })
      if (response.status >= 500 || problem.error?.code === 'stale') return retry(`status ${response.status}`)
      if (response.status === 429) return retry('throttled', { waitMs: Number(response.headers.get('retry-after') ?? 1) * 1000 })
      throw new Refusal(response.status, reasonOf(response.status, problem))
    } catch (error) {
      if (error instanceof Again) return retry(error.message, { renew: true, ...(error.waitMs !== undefined && { waitMs: error.waitMs }) })
      if (!isBroken(error)) throw error
      return retry(`no answer: ${causeOf(error)}`)
    }
  }

  async #logIn(oneTimeCode?: string): Promise<string> {
    const { login, password, oneTimeCode: codeOf } = this.#account
    const response = await fetch(new URL('/session', this.#base), {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-language': 'en' },
      signal: AbortSignal.timeout(answerMs),
      body: JSON.stringify({ login, password, ...(oneTimeCode !== undefined && { oneTimeCode }) }),
    }).catch((error: Error) => {
      throw new Again(`no answer: ${causeOf(error)}`)
    })
    const text = await response.text()
    if (response.status === 429) throw new Again('throttled', Number(response.headers.get('retry-after') ?? 1) * 1000)
    if (response.status >= 500) throw new Again(`status ${response.status}`)
    if (problemOf(text).error?.code === 'second-factor' && codeOf !== undefined) return this.#logIn(await codeOf(login))
    const cookie = response.headers
      .getSetCookie()
      .map((line) => line.split(';', 1)[0])
      .find((pair) => pair?.startsWith('plumbline='))
    if (!response.ok || cookie === undefined) throw new Refusal(response.status, `${login}: ${reasonOf(response.status, problemOf(text))}`)
    return cookie
  }
}

/** What everybody may read, once: a server that is not there at the start is a wrong address rather than a restart. */
export async function readOpenly(base: string, path: string): Promise<{ readonly ok: boolean; readonly data: unknown }> {
  const response = await fetch(new URL(path, base), { signal: AbortSignal.timeout(answerMs) }).catch((error: Error) => {
    throw new Unreachable(causeOf(error))
  })
  const text = await response.text()
  return { ok: response.ok, data: response.ok ? JSON.parse(text) : null }
}

/** The line broke, or nothing came in time: what `fetch` and its streams throw then. */
export const isBroken = (error: unknown): error is Error =>
  error instanceof TypeError || (error instanceof DOMException && error.name === 'TimeoutError')

/** Logging in did not come to an answer. */
class Again extends Error {
  readonly waitMs: number | undefined
  constructor(why: string, waitMs?: number) {
    super(why)
    this.waitMs = waitMs
  }
}

const causeOf = (error: Error): string => {
  const { code } = (error.cause ?? {}) as { code?: string }
  return code ?? error.message
}
