import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { generateSync } from 'otplib'
import { password, server, type TestServer } from '#kernel/testing/server.ts'
import { modules } from '../modules.ts'
import { Client, Refusal } from './client.ts'

let house: TestServer
before(async () => {
  house = await server(modules, { at: '2026-11-24T08:00:00.000Z' })
  await house.unit('B1', { kind: 'bureau', name: '市局' })
})
after(() => house.stop())

test('a client asks its owner for the code of the second factor, and without one is told that it is wanted', async () => {
  const seat = await house.seat('systemAdministrator', 'B1')
  const { id, secret } = (await seat.ask('POST', '/second-factor')).body as { id: string; secret: string }
  const code = () => generateSync({ secret: secret.replaceAll(' ', ''), epoch: Date.parse(house.clock?.now() ?? '') / 1000 })
  const set = await seat.command('staff', seat.account, 'setSecondFactor', { factor: id, oneTimeCode: code() })
  assert.equal(set.status, 200)
  house.clock?.pass(30)
  const account = { login: seat.login, password }
  await assert.rejects(new Client(house.url, account).me(), (error) => {
    assert.ok(error instanceof Refusal)
    assert.deepEqual([error.status, error.reason], [401, `${seat.login}: second-factor`])
    return true
  })
  const asked: string[] = []
  const oneTimeCode = async (login: string) => {
    asked.push(login)
    return code()
  }
  assert.equal((await new Client(house.url, { ...account, oneTimeCode }).me()).account, seat.account)
  assert.deepEqual(asked, [seat.login])
  await assert.rejects(
    new Client(house.url, { ...account, oneTimeCode }).me(),
    (error) => error instanceof Refusal && error.reason.endsWith('code'),
  )
})
