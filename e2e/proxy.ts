// `node run.mjs e2e/proxy.ts`: deploy/nginx.conf as it stands, but for ports and certificate, before a server: log in, hold the live stream, send a command.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { type ClientHttp2Session, connect } from 'node:http2'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { password, server } from '#kernel/testing/server.ts'
import { modules } from '../modules.ts'
import { Nginx } from './nginx.ts'
import { until } from './server.ts'

interface Answer {
  readonly status: number
  readonly cookie: string
  readonly transport: string
  readonly text: string
}

async function ask(session: ClientHttp2Session, method: string, path: string, cookie: string, body?: object): Promise<Answer> {
  const request = session.request({
    ':method': method,
    ':path': path,
    cookie,
    'x-forwarded-for': '198.51.100.9',
    ...(body && { 'content-type': 'application/json' }),
  })
  request.setEncoding('utf8').end(body && JSON.stringify(body))
  const [headers] = (await once(request, 'response')) as [Record<string, string | string[] | number>]
  let text = ''
  for await (const part of request) text += part as string
  return {
    status: Number(headers[':status']),
    cookie: String(headers['set-cookie'] ?? ''),
    transport: String(headers['strict-transport-security'] ?? ''),
    text,
  }
}

const folder = await mkdtemp(join(tmpdir(), 'plumbline-tls-'))
const [certificate, key] = [join(folder, 'tls.crt'), join(folder, 'tls.key')]
const subject = ['-subj', '/CN=plumbline.example', '-keyout', key, '-out', certificate]
assert.equal(spawnSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...subject]).status, 0)
const house = await server(modules, { proxies: ['127.0.0.1'] })
const nginx = await Nginx.open({ servers: [house.url], tls: { certificate, key } })
try {
  await house.unit('B1', { kind: 'bureau', name: '市局' })
  await house.unit('S1', { kind: 'subBureau', name: '一分局', parent: 'B1' })
  const seat = await house.seat('callTaker', 'B1')
  const session = connect(nginx.url, { rejectUnauthorized: false })
  const entered = await ask(session, 'POST', '/session', '', { login: seat.login, password })
  assert.equal(entered.status, 200, entered.text)
  assert.match(entered.cookie, /HttpOnly; Secure; SameSite=Strict/)
  assert.match(entered.transport, /max-age/)
  const cookie = entered.cookie.split(';')[0] ?? ''
  const live = session.request({ ':path': '/live', cookie })
  let heard = ''
  live.setEncoding('utf8').on('data', (text: string) => {
    heard += text
  })
  await until('the stream says hello', () => heard.includes('event: hello'))
  const stream = randomUUID()
  const data = {
    call: { id: randomUUID(), channel: 'voice', number: '138 0000 2071' },
    narrative: '两人持棍互殴',
    place: { kind: 'point', lon: 0.5, lat: 0.5 },
    kind: 'assault',
    unit: 'S1',
  }
  const sent = performance.now()
  const opened = await ask(session, 'POST', `/command/dispatch/${stream}`, cookie, { id: randomUUID(), type: 'open', data })
  assert.equal(opened.status, 200, opened.text)
  await until('the incident comes over the stream', () => heard.includes(stream), 10_000, 2)
  const pushed = performance.now() - sent
  const before = heard.length
  await until('a heartbeat comes through unbuffered', () => heard.length > before, 40_000)
  assert.equal((await ask(session, 'GET', '/metrics', cookie)).status, 404)
  const tooBig = await ask(session, 'POST', `/command/dispatch/${stream}`, cookie, { much: 'x'.repeat(1_500_000) })
  assert.match(tooBig.text, /"code"/, 'the server itself answers what is over its limit')
  console.log(
    `nginx: log-in, live stream, command and heartbeat over HTTP/2 and TLS; the push came ${pushed.toFixed(0)} ms after the command was sent`,
  )
  live.close()
  session.close()
} finally {
  await nginx.stop()
  await house.stop()
  await rm(folder, { recursive: true, force: true })
}
