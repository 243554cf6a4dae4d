import assert from 'node:assert/strict'
import { test } from 'node:test'
import { server } from '#kernel/testing/server.ts'
import { modules } from '../modules.ts'

const line = /^[a-zA-Z_:][\w:]*(\{[a-z]+="(?:[^"\\\n]|\\.)*"(,[a-z]+="(?:[^"\\\n]|\\.)*")*\})? (-?\d+(\.\d+)?(e[+-]?\d+)?|NaN|[+-]Inf)$/

test('the figures of a process are for this machine, in the format of Prometheus, and name nobody', async () => {
  const house = await server(modules)
  try {
    await house.unit('B1', { kind: 'bureau', name: 'B1' })
    const taker = await house.seat('callTaker', 'B1')
    const id = '11111111-1111-4111-8111-111111111111'
    const call = { id: '22222222-2222-4222-8222-222222222222', channel: 'voice', number: '13900000000' }
    const data = { call, narrative: '有人吵架', place: { kind: 'unknown' }, kind: 'dispute' }
    assert.equal((await taker.command('dispatch', id, 'open', data)).status, 200)
    const response = await fetch(`${house.url}/metrics`)
    assert.equal(response.status, 200)
    const text = await response.text()
    const rows = text.split('\n').filter((row) => row !== '' && !row.startsWith('# '))
    assert.deepEqual(
      rows.filter((row) => !line.test(row)),
      [],
    )
    assert.ok(rows.includes('plumbline_http_requests_total{method="POST",route="/command/:module/:stream",status="200"} 1'), text)
    assert.ok(rows.includes('plumbline_command_seconds_count 1'), text)
    for (const secret of [id, '13900000000', taker.login, taker.account]) assert.ok(!text.includes(secret))
    for (const name of ['x-forwarded-for', 'forwarded', 'x-real-ip'])
      assert.equal((await fetch(`${house.url}/metrics`, { headers: { [name]: '10.0.0.1' } })).status, 403)
  } finally {
    await house.stop()
  }
})

test('with a token only its bearer reads the figures, on this machine too', async () => {
  const house = await server(modules, { metricsToken: 'a token' })
  try {
    const status = async (authorization?: string) =>
      (await fetch(`${house.url}/metrics`, { headers: { ...(authorization !== undefined && { authorization }) } })).status
    assert.deepEqual([await status('Bearer a token'), await status('Bearer another'), await status()], [200, 403, 403])
  } finally {
    await house.stop()
  }
})
