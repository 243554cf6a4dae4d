import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import pg from 'pg'
import { placesQuery, placeStatements } from '#modules/dispatch/places.ts'
import { folded } from '#modules/dispatch/rules/finding.ts'
import { readingOf } from '#modules/dispatch/spelling.ts'
import { seeded } from '../demo/areas.ts'
import { ask } from './dispatch/messages.ts'
import { bureau, stations, subBureaus, taker } from './dispatch/plan.ts'
import { logIn } from './person.ts'
import { figure, quantile, type Result } from './result.ts'

const amount = 10_000
const questions = 400
const limit = 10
const [west, south, wide, high] = [116.1, 39.7, 0.6, 0.45]

const firsts = [...'东西南北中大小新老双三五七八九十万长永安平和太金银玉青红白黄龙凤莲桃松柳石沙清泉']
const seconds = [...'里屯庄营村井桥门坊园厂家店台坡沟河湖山岭口寺塔楼台滩洼各庙道亭苑洋城坟']
const ends = [
  '小区',
  '医院',
  '中学',
  '小学',
  '公园',
  '大厦',
  '广场',
  '路',
  '街',
  '胡同',
  '桥',
  '地铁站',
  '派出所',
  '市场',
  '宾馆',
  '社区',
  '家园',
  '花园',
]

interface Named {
  readonly name: string
  readonly reading: string
  readonly lon: number
  readonly lat: number
}

/** Ten thousand names as a city has them, the same in every run; many share their beginning. */
function named(random: () => number): Named[] {
  const one = <Item>(list: readonly Item[]): Item => list[Math.floor(random() * list.length)] as Item
  return Array.from({ length: amount }, () => {
    const name = `${one(firsts)}${one(seconds)}${random() < 0.5 ? one(seconds) : ''}${one(ends)}`
    return { name, reading: readingOf(name), lon: west + random() * wide, lat: south + random() * high }
  })
}

/** What people type on the way to a name: its beginning in characters, pinyin or initials, a part from within, or an address around it. */
function asked(all: readonly Named[], random: () => number): { readonly q: string; readonly near: readonly [number, number] | null }[] {
  return Array.from({ length: questions }, (_, index) => {
    const { name, reading, lon, lat } = all[Math.floor(random() * all.length)] as Named
    const syllables = reading.split(' ')
    const ways = [
      name.slice(0, 1 + Math.floor(random() * 3)),
      syllables.slice(0, 1 + Math.floor(random() * 3)).join(''),
      syllables
        .map((part) => part[0])
        .join('')
        .slice(0, 1 + Math.floor(random() * 4)),
      name.slice(1, 3),
      `报警人在${name}北门对面19号楼3单元`,
    ]
    return { q: ways[index % ways.length] as string, near: random() < 0.5 ? null : [lon, lat] }
  })
}

async function fill(client: pg.Client, all: readonly Named[]): Promise<void> {
  await client.query('begin')
  for (const [index, { name, reading, lon, lat }] of all.entries()) {
    const unit = subBureaus[index % subBureaus.length] ?? bureau
    const place = { name, kind: 'landmark' as const, unit, lon, lat, path: [bureau, unit], schematic: true, pinyin: reading }
    for (const { text, values } of placeStatements(`place:${index}`, { kind: 'place', place, retired: false }))
      await client.query(text, [...values])
  }
  for (const { code, west: lon, south: lat } of stations)
    await client.query('update access.unit set position = point($2, $3) where code = $1', [code, lon, lat])
  await client.query('commit')
  await client.query('analyze')
}

/** Each question once, one after the other; the first fifty are for warming up. */
async function timed(list: ReturnType<typeof asked>, once: (one: ReturnType<typeof asked>[number]) => Promise<unknown>): Promise<number[]> {
  const times: number[] = []
  for (const one of [...list.slice(0, 50), ...list]) {
    const begun = performance.now()
    await once(one)
    times.push(performance.now() - begun)
  }
  return times.slice(50)
}

async function measured(server: ChildProcess, say: (text: string) => void): Promise<Result[]> {
  const { port, owner } = await ask<{ port: number; owner: string }>(server, 'start')
  const random = seeded(7)
  const all = named(random)
  const client = new pg.Client({ connectionString: owner })
  await client.connect()
  try {
    await fill(client, all)
    say(`${amount} places and ${stations.length} stations stand`)
    const cookie = await logIn(`http://127.0.0.1:${port}`, taker)
    const list = asked(all, random)
    let rows = 0
    const view = await timed(list, async ({ q, near }) => {
      const query = new URLSearchParams({ q, ...(near && { near: near.join(',') }) })
      const answer = await fetch(`http://127.0.0.1:${port}/view/dispatch/places?${query.toString()}`, { headers: { cookie } })
      if (!answer.ok) throw new Error(`${q}: ${answer.status}`)
      rows += ((await answer.json()) as { data: { rows: unknown[] } }).data.rows.length
    })
    const bare = await timed(list, ({ q, near }) => {
      const { text, values } = placesQuery(folded(q), bureau, near)
      return client.query({ name: 'places', text, values: [...values] })
    })
    say(`${(rows / (questions + 50)).toFixed(1)} rows an answer`)
    return figures(view, bare)
  } finally {
    await client.end()
  }
}

function figures(view: readonly number[], bare: readonly number[]): Result[] {
  const what = `a place among ${amount}`
  return [
    figure(`${what}: the view over HTTP, p50`, quantile(view, 0.5), 'ms'),
    figure(`${what}: p95`, quantile(view, 0.95), 'ms', limit),
    figure(`${what}: max`, Math.max(...view), 'ms'),
    figure('the same by bare SQL, without the stations: p50', quantile(bare, 0.5), 'ms'),
    figure('bare SQL: p95', quantile(bare, 0.95), 'ms'),
    figure('ratio of the p95', quantile(view, 0.95) / quantile(bare, 0.95), ''),
  ]
}

/** The search for places as it is typed, on a server and a database of its own. */
export async function places(say: (text: string) => void): Promise<Result[]> {
  const server = fork(new URL('./dispatch/server.ts', import.meta.url), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  try {
    return await measured(server, say)
  } finally {
    if (server.connected) {
      await ask(server, 'stop')
      const ended = once(server, 'exit')
      server.send({ what: 'exit' })
      await ended
    }
  }
}
