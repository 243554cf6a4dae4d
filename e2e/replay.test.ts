import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { after, before, test } from 'node:test'
import { recorded, wrongIn } from './recorded.ts'
import { openCity } from './seeded.ts'
import { type Server, until } from './server.ts'

const rows = 150
const root = resolve(import.meta.dirname, '..')
let server: Server

before(async () => {
  server = await openCity()
})
after(() => server.clean())

const columns = [
  ...['id', 'cad_number', 'received_datetime', 'dispatch_datetime', 'enroute_datetime', 'onscene_datetime', 'close_datetime'],
  ...['call_type_original', 'call_type_original_desc', 'call_type_final', 'call_type_final_desc', 'priority_final', 'agency'],
  ...['disposition', 'onview_flag', 'intersection_name', 'intersection_point', 'police_district'],
]

/** An export with the dirt of the real one: every seventh row has no district, every eleventh no arrival, one has no receipt. */
function made(): string {
  const clock = (second: number) => {
    const time = new Date(Date.UTC(2026, 0, 15, 9, 0, second))
    const [hour, minute, rest] = [time.getUTCHours(), time.getUTCMinutes(), time.getUTCSeconds()].map((part) =>
      String(part).padStart(2, '0'),
    )
    return `2026/01/15 ${hour}:${minute}:${rest} AM`
  }
  const lines = Array.from({ length: rows }, (_, index) => {
    const at = index * 10
    const times = index === 99 ? ['', '', '', '', ''] : [0, 30 + (index % 50), 60, index % 11 === 0 ? null : 300, 900].map(timeAt)
    function timeAt(plus: number | null): string {
      return plus === null ? '' : clock(at + plus)
    }
    const district = index % 7 === 0 ? 'Out of SF' : (['MISSION', 'CENTRAL', 'PARK', 'TARAVAL'][index % 4] ?? '')
    const place = [`${index} ST`, `POINT (-122.4${index % 10} 37.7${index % 10})`]
    const kind = [
      '418',
      'FIGHT NO WEAPON',
      '418',
      'FIGHT NO WEAPON',
      ['A', 'B', 'C'][index % 3] ?? '',
      'Police',
      'HAN',
      index % 5 === 0 ? 'Y' : 'N',
    ]
    return [`${7000 + index}`, `2601${index}`, ...times, ...kind, ...place, district].join(',')
  })
  return [columns.join(','), ...lines].join('\n')
}

interface Report {
  readonly rows: number
  readonly calls: number
  readonly incidents: number
  readonly withoutDistrict: number
  readonly refusedRows: object
  readonly refusedSteps: object
  readonly commands: { readonly created: number; readonly repeated: number }
  readonly figures: { readonly stored: readonly { assigned: { count: number }; arrived: { count: number } }[]; readonly equal: boolean }
  readonly differences: readonly unknown[]
}

/** `npm run replay` as a process of its own. */
function replay(file: string): { ended: Promise<{ code: number | null; report: Report; said: string }> } {
  const args = ['run.mjs', 'demo/replay.ts', file, '--speed', 'max', '--json', '--base', server.url]
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  let [printed, said] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  const ended = new Promise<{ code: number | null; report: Report; said: string }>((done, failed) => {
    child.once('error', failed)
    child.once('close', (code) => {
      if (printed === '') failed(new Error(`the replay ended with ${code}:\n${said}`))
      else done({ code, report: JSON.parse(printed) as Report, said })
    })
  })
  return { ended }
}

async function positionNow(): Promise<number> {
  const health = (await (await fetch(`${server.url}/health`)).json()) as { position: number }
  return health.position
}

test('kill -9 of the server in the middle of a replay at full speed: it goes on and ends with the same tables', async () => {
  const file = join(server.folder, 'made.csv')
  await writeFile(file, made())
  const from = await positionNow()
  const running = replay(file)
  // Units and accounts of the replay are some twenty events; then come eight or so a row.
  await until('a third of it has been sent', async () => (await positionNow()) > from + 350, 60_000, 20)
  await server.killServer()
  await server.start()
  const first = await running.ended
  assert.equal(first.code, 0, first.said)
  assert.match(first.said, /once more: no answer/)
  const good = Array.from({ length: rows }, (_, index) => index).filter((index) => index !== 99)
  const { rows: all, calls, incidents, withoutDistrict, refusedSteps, refusedRows, figures, differences } = first.report
  assert.deepEqual(
    { all, calls, incidents, withoutDistrict, refusedSteps, refusedRows, equal: figures.equal, differences },
    {
      all: rows,
      calls: rows - 1,
      incidents: rows - 1,
      withoutDistrict: good.filter((index) => index % 7 === 0).length,
      refusedSteps: {},
      refusedRows: { 'no received_datetime': [101] },
      equal: true,
      differences: [],
    },
  )
  const sum = (which: 'assigned' | 'arrived') => figures.stored.reduce((total, figure) => total + figure[which].count, 0)
  assert.deepEqual([sum('assigned'), sum('arrived')], [good.length, good.filter((index) => index % 11 !== 0).length])
  const before = await recorded(server.data, 'dispatch')
  const second = await replay(file).ended
  assert.equal(second.report.commands.created, 0)
  assert.deepEqual({ ...second.report, commands: null, seconds: 0 }, { ...first.report, commands: null, seconds: 0 })
  assert.equal(await recorded(server.data, 'dispatch'), before)
  assert.deepEqual(await wrongIn(server.data), [])
})
