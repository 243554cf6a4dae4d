import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { z } from 'zod'
import { password, type Seat, server, type TestServer } from '#kernel/testing/server.ts'
import { answers } from '#modules/dispatch/answers.ts'
import { modules } from '../modules.ts'

const root = join(import.meta.dirname, '..')
const folder = join(root, '.cache', `client-${process.pid}`)

interface Asked {
  readonly body?: unknown
  readonly path?: Record<string, string>
  readonly query?: Record<string, string>
  readonly headers?: Record<string, string>
}
type Call = (asked: Asked & { readonly baseUrl: string }) => Promise<{ data?: unknown; error?: unknown; response: Response }>

let house: TestServer
let taker: Seat
let station: Seat
let client: Record<string, Call>
before(async () => {
  house = await server(modules)
  await house.unit('B1', { kind: 'bureau', name: 'B1' })
  await house.unit('S1', { kind: 'subBureau', name: 'S1', parent: 'B1' })
  await house.unit('A1', { kind: 'station', name: 'A1', parent: 'S1' })
  taker = await house.seat('callTaker', 'B1')
  station = await house.seat('stationDuty', 'A1')
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'docs.json'), await (await fetch(`${house.url}/api/docs`)).text())
  const generator = join(root, 'node_modules/@hey-api/openapi-ts/bin/run.js')
  const asked = ['-i', join(folder, 'docs.json'), '-o', join(folder, 'client'), '-c', '@hey-api/client-fetch', '--no-log-file']
  await promisify(execFile)(process.execPath, [generator, ...asked], { cwd: folder })
})
after(async () => {
  await house.stop()
  await rm(folder, { recursive: true, force: true })
})

/** As a bundler would take it: the generated files import each other without endings, which Node does not follow. */
async function built(): Promise<Record<string, Call>> {
  const { build } = await import('vite')
  await build({
    root: folder,
    configFile: false,
    logLevel: 'error',
    build: {
      lib: { entry: join(folder, 'client/index.ts'), formats: ['es'], fileName: () => 'client.mjs' },
      outDir: 'built',
      minify: false,
    },
  })
  return (await import(pathToFileURL(join(folder, 'built/client.mjs')).href)) as Record<string, Call>
}

async function ask(name: string, asked: Asked): Promise<{ data: unknown; response: Response }> {
  const call = client[name]
  assert.ok(call, `the client has ${name}; it has ${Object.keys(client).join(', ')}`)
  const { data, error, response } = await call({ baseUrl: house.url, ...asked })
  assert.deepEqual({ status: response.status, error }, { status: 200, error: undefined })
  return { data, response }
}

async function logIn(login: string): Promise<{ cookie: string }> {
  const { response } = await ask('postSession', { body: { login, password } })
  return { cookie: response.headers.getSetCookie()[0]?.split(';')[0] ?? '' }
}

test('a client generated from the document takes a call, and the station signs it', async () => {
  client = await built()
  const path = { stream: randomUUID() }
  const data = {
    call: { id: randomUUID(), channel: 'voice', number: '13900000000' },
    narrative: '有人吵架',
    place: { kind: 'described', text: '东门外' },
    kind: 'dispute',
    unit: 'A1',
  }
  const headers = await logIn(taker.login)
  const opened = await ask('dispatchCommand', { headers, path, body: { id: randomUUID(), type: 'open', data } })
  assert.deepEqual(z.object({ stream: z.string() }).parse(opened.data), { stream: path.stream })

  const own = await logIn(station.login)
  const board = await ask('dispatchBoardView', { headers: own, query: { unit: 'A1' } })
  const { data: listed } = z.object({ data: answers.board }).parse(board.data)
  const ids = listed.rows.map(({ id }) => id)
  assert.deepEqual(ids, [path.stream])
  await ask('dispatchCommand', { headers: own, path: { stream: ids[0] ?? '' }, body: { id: randomUUID(), type: 'sign', data: {} } })
  const whole = await ask('dispatchIncidentView', { headers: own, query: { id: path.stream } })
  const { data: incident } = z.object({ data: answers.incident }).parse(whole.data)
  const signed = incident.row.lines.map(({ unit, signed: stamp }) => [unit, stamp !== null])
  assert.deepEqual(signed, [
    ['A1', true],
    ['S1', false],
  ])
})
