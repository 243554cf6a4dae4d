import assert from 'node:assert/strict'
import { test } from 'node:test'
import { modules } from '../../modules.ts'
import { password, server } from '../testing/server.ts'
import { proxiesOf } from './proxies.ts'

test('proxies are addresses and networks; everybody is none of them', () => {
  assert.deepEqual(proxiesOf(undefined), [])
  assert.deepEqual(proxiesOf(' 127.0.0.1, 10.0.0.0/8,::1 '), ['127.0.0.1', '10.0.0.0/8', '::1'])
  for (const bad of ['true', '*', '0.0.0.0/0', '10.0.0.0/33', '10.0.0.0/8/9', 'proxy.local'])
    assert.throws(() => proxiesOf(bad), /is no address and no network/, bad)
})

/** The cookie of a log-in over a proxy that says it spoke TLS. */
async function cookieOf(proxies: readonly string[]): Promise<string> {
  const house = await server(modules, { proxies })
  try {
    await house.unit('B1', { kind: 'bureau', name: '市局' })
    const seat = await house.seat('callTaker', 'B1')
    const answer = await fetch(`${house.url}/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-proto': 'https', 'x-forwarded-for': '203.0.113.7' },
      body: JSON.stringify({ login: seat.login, password }),
    })
    assert.equal(answer.status, 200)
    return answer.headers.getSetCookie()[0] ?? ''
  } finally {
    await house.stop()
  }
}

test('only a configured proxy is believed about TLS; behind it the cookie is secure', async () => {
  assert.match(await cookieOf(['127.0.0.1']), /; Secure/)
  assert.doesNotMatch(await cookieOf(['192.0.2.0/24']), /Secure/)
  assert.doesNotMatch(await cookieOf([]), /Secure/)
})
