/** Names of this machine itself, as a URL has them. */
const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/

/**
 * Under which browsers reach the house, from PUBLIC_ORIGIN: `https://` and a host, with a port where it has one; `http://` only to this machine itself.
 * Undefined when empty: then it is not known.
 * @throws when it is anything else
 */
export function originOf(given: string | undefined): string | undefined {
  const text = (given ?? '').trim()
  if (text === '') return undefined
  const url = URL.canParse(text) ? new URL(text) : undefined
  const safe = url?.protocol === 'https:' || (url?.protocol === 'http:' && loopback.test(url.hostname))
  if (url === undefined || !safe || url.pathname !== '/' || /[?#@]/.test(text))
    throw new Error(
      `PUBLIC_ORIGIN is ${text}. It is https:// and a name, without a path: https://plumbline.example. http:// only for 127.0.0.1.`,
    )
  return url.origin
}

/** Of a demonstration: where it listens, by the name of this machine where it listens everywhere. */
export function listeningOrigin(host: string, port: number): string {
  const here = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
  return new URL(`http://${here.includes(':') ? `[${here}]` : here}:${port}`).origin
}
