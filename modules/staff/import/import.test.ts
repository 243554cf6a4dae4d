import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { password, type Seat, server, type TestServer } from '#kernel/testing/server.ts'
import { verify } from '#kernel/verify.ts'
import type { Views } from '../contract.ts'
import { staffModule } from '../module.ts'

const root = join(import.meta.dirname, '../../..')
let house: TestServer
let folder: string
let system: Seat
let security: Seat

before(async () => {
  house = await server([staffModule])
  folder = await mkdtemp(join(tmpdir(), 'plumbline-import-'))
  await house.unit('110000', { kind: 'bureau', name: '北京市公安局' })
  system = await house.seat('systemAdministrator', '110000')
  security = await house.seat('securityAdministrator', '110000')
  await writeFile(join(folder, 'officers'), `${system.login} ${password}\n${security.login} ${password}\n`)
})
after(async () => {
  await house.stop()
  await rm(folder, { recursive: true, force: true })
})

interface Ended {
  readonly code: number | null
  readonly out: string
  readonly error: string
}

/** `npm run import` as somebody types it; `kill` ends it once it has written that many commands. */
async function cli(args: readonly string[], watch?: (child: { kill: () => void }) => void): Promise<Ended> {
  const all = ['import.ts', ...args, '--base', house.url, '--password-file', join(folder, 'officers'), '--language', 'en']
  const child = spawn(process.execPath, all, { cwd: root })
  const [out, error]: [string[], string[]] = [[], []]
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => error.push(chunk.toString()))
  watch?.({ kill: () => child.kill('SIGKILL') })
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  return { code, out: out.join(''), error: error.join('') }
}
const file = async (name: string, content: string | Uint8Array): Promise<string> => {
  await writeFile(join(folder, name), content)
  return join(folder, name)
}
const position = async () => ((await system.ask('GET', '/health')).body as { position: number }).position
const units = async () => (await system.view<Views['units']>('staff', 'units')).data.units
const accounts = async () => (await system.view<Views['accounts']>('staff', 'accounts', { unit: '110000' })).data.accounts

const districts = 3
const stations = 8
const code = (district: number, station?: number) => `1101${10 + district}${station === undefined ? '' : String(100 + station)}`
const square = (lon: number, lat: number, side: number) => [
  [lon, lat],
  [lon + side, lat],
  [lon + side, lat + side],
  [lon, lat + side],
  [lon, lat],
]
const each = <Value>(amount: number, make: (n: number) => Value): Value[] => Array.from({ length: amount }, (_, n) => make(n))
const unitsCsv = [
  '编码,类型,名称,上级,经度,纬度',
  // Stations stand before their sub-bureaus: the order of the file is not the order of the tree.
  ...each(districts, (d) => each(stations, (s) => `${code(d, s)},派出所,第${s}派出所,${code(d)},${116.05 + d + s / 10},39.5`)).flat(),
  ...each(districts, (d) => `${code(d)},分局,第${d}分局,110000,,`),
].join('\r\n')
const boundariesJson = JSON.stringify({
  type: 'FeatureCollection',
  features: [
    ...each(districts, (d) => ({ properties: { code: code(d) }, geometry: { type: 'Polygon', coordinates: [square(116 + d, 39, 0.9)] } })),
    ...each(districts, (d) =>
      each(stations, (s) => ({
        properties: { code: code(d, s) },
        geometry: { type: 'MultiPolygon', coordinates: [[square(116 + d + s / 10, 39, 0.1)]] },
      })),
    ).flat(),
  ],
})
const peopleCsv = [
  'login,name,unit,role',
  ...each(districts, (d) => each(stations, (s) => `duty.${code(d, s)},周某甲,${code(d, s)},派出所值班`)).flat(),
  'chief,吴某乙,110000,citySupervisor',
].join('\n')

test('a file with one wrong line sends nothing and says which', async () => {
  const wrong = await file('wrong.csv', `${unitsCsv}\r\n${code(0, 3)},派出所,又一个,${code(0)},,\r\n`)
  const before_ = await position()
  const { code: exit, out, error } = await cli(['units', wrong])
  assert.equal(exit, 1, error)
  assert.match(out, /line 29\t110110103\twrong\tcode: the same as in line 5\./)
  assert.match(error, /nothing was sent/)
  assert.equal(await position(), before_)
})

test('a dry run tells what would be made and sends nothing; then units and boundaries are made, and a second run finds nothing to do', async () => {
  const csv = await file('units.csv', Buffer.from(`\ufeff${unitsCsv}`, 'utf16le'))
  const before_ = await position()
  const dry = await cli(['units', csv, '--dry-run'])
  assert.equal(dry.code, 0, dry.error)
  assert.match(dry.out, /27 lines read as UTF-16\nnew 27 {2}change 0 {2}unchanged 0 {2}for the other office 0 {2}wrong 0\n$/)
  assert.equal(await position(), before_)
  assert.match((await cli(['units', csv])).out, /27 lines done, 27 commands/)
  assert.equal((await units()).length, 28)
  assert.deepEqual(
    (await units()).find((unit) => unit.code === code(1, 2)),
    {
      code: code(1, 2),
      kind: 'station',
      name: '第2派出所',
      parent: code(1),
      position: [117.25, 39.5],
      schematic: false,
      closed: false,
      keys: 'di 2 pai chu suo d2pcs',
    },
  )
  const json = await file('boundaries.geojson', boundariesJson)
  const drawn = await cli(['boundaries', json])
  assert.match(drawn.out, /27 lines done, 27 commands/, drawn.error)
  const { areas } = (await system.view<Views['boundaries']>('staff', 'boundaries', { unit: code(1) })).data
  assert.equal(areas.length, stations + 1)
  const after_ = await position()
  for (const [kind, path] of [['units', csv] as const, ['boundaries', json] as const]) {
    const again = await cli([kind, path])
    assert.deepEqual(
      [again.code, / unchanged 27 /.test(again.out), /0 lines done, 0 commands/.test(again.out)],
      [0, true, true],
      again.error,
    )
  }
  assert.equal(await position(), after_)
})

test('an import that is killed in the middle goes on when started again; each person has one account, one role, one password, which opens it', async () => {
  const csv = await file('people.csv', peopleCsv)
  const begun = await position()
  const killed = await cli(['people', csv], (child) => {
    const watching = setInterval(() => {
      void position().then((now) => {
        if (now < begun + 12) return
        clearInterval(watching)
        child.kill()
      })
    }, 5)
  })
  assert.equal(killed.code, null)
  const part = (await accounts()).length
  assert.ok(part > 2 && part < 27, `${part} accounts when it was killed`)
  const again = await cli(['people', csv])
  assert.equal(again.code, 0, again.error)
  const people = (await accounts()).filter(({ login }) => login !== system.login && login !== security.login)
  assert.deepEqual(
    people.map(({ login, name, unit, grants }) => [login, name, unit, grants]),
    [
      ['chief', '吴某乙', '110000', [{ role: 'citySupervisor', unit: '110000' }]],
      ...each(districts, (d) =>
        each(stations, (s) => [`duty.${code(d, s)}`, '周某甲', code(d, s), [{ role: 'stationDuty', unit: code(d, s) }]]),
      ).flat(),
    ],
  )
  const kept = await readFile(`${csv}.passwords.csv`, 'utf8')
  assert.equal((await stat(`${csv}.passwords.csv`)).mode & 0o777, 0o600)
  const rows = kept
    .trim()
    .split('\r\n')
    .slice(1)
    .map((row) => row.split(','))
  assert.deepEqual(
    rows.map(([login = '']) => login).toSorted((a, b) => (a < b ? -1 : 1)),
    people.map(({ login }) => login),
  )
  for (const [login, , secret] of [rows[0] ?? [], rows.at(-1) ?? []]) {
    const answer = await fetch(`${house.url}/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login, password: secret }),
    })
    assert.equal(answer.status, 200, login)
  }
  const { differences } = await verify(house.database.owner, [staffModule])
  assert.deepEqual(differences, [])
})

test('what the server refuses in the middle ends the import at its line', async () => {
  await house.unit('320000', { kind: 'bureau', name: '别处' })
  await house.staff('5f0c1a52-7c1e-4a53-9a6e-0f6f5b1d2c31', 'openAccount', {
    login: 'taken',
    name: '别处的人',
    unit: '320000',
    password: '7f0c1a52-7c1e-4a53-9a6e-0f6f5b1d2c31',
  })
  const csv = await file('taken.csv', 'login,name,unit\nfirst.one,周某甲,110000\ntaken,周某甲,110000\n')
  const { code: exit, out, error } = await cli(['people', csv])
  assert.equal(exit, 1)
  assert.match(out, /1 lines done, 1 commands/)
  assert.match(error, /line 3\ttaken\tlogin-taken\nThe import stopped at this line/)
})
