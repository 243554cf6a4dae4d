import { isIP } from 'node:net'

/**
 * Whose X-Forwarded-* headers are believed: addresses and networks, separated by commas (`127.0.0.1, 10.0.0.0/8`). Nobody's when empty.
 * @throws when one of them is no address
 */
export function proxiesOf(given: string | undefined): string[] {
  const proxies = (given ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
  for (const proxy of proxies) {
    const [address = '', bits, ...rest] = proxy.split('/')
    const most = isIP(address) === 4 ? 32 : 128
    const fits = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) >= 1 && Number(bits) <= most)
    if (isIP(address) === 0 || rest.length > 0 || !fits)
      throw new Error(`TRUST_PROXY names ${proxy}, which is no address and no network. It looks like 127.0.0.1, 10.0.0.0/8.`)
  }
  return proxies
}
