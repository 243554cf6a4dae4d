import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { rungs } from '#modules/dispatch/rules/ladder.ts'
import { accountOf, demoAccounts, Person } from './clients.ts'
import { asOwner, wrongIn } from './recorded.ts'
import { openCity } from './seeded.ts'
import { Server, until } from './server.ts'

/** Two servers over one database, no browser, and a thousand calls that nobody ever signs. */
const amount = 1000
const atOnce = 8
const seed = 20_261_124
/** Seconds after the sending; the finding is the shortest that can be set, a minute. */
const times = { ring: 5, assign: 10, city: 20 } as const
const finding = 60
const kills = 6

let first: Server
let second: Server

before(async () => {
  first = await openCity()
  second = await Server.open({ folder: first.folder })
})
after(async () => {
  await second.stop()
  await first.clean()
})

/** The same every time: a linear congruence, as good as is needed to choose a moment. */
function random(): () => number {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return state / 2 ** 31
  }
}

async function shorten(person: Person): Promise<void> {
  const set = async (key: string, value: number) => {
    const data = { unit: '110000', value, reason: '演练' }
    await person.ask('POST', `/command/dispatch/setting:${key}`, { id: randomUUID(), type: 'setSetting', data })
  }
  for (const priority of [1, 2, 3]) for (const [rung, seconds] of Object.entries(times)) await set(`${rung}Seconds${priority}`, seconds)
  await set('findingMinutes', finding / 60)
}

interface Rung {
  readonly stream: string
  readonly rung: string
  readonly due: string
  readonly at: string
  readonly late: boolean
}
const climbed = (): Promise<Rung[]> =>
  asOwner(first.data, async (client) => {
    const { rows } = await client.query<Rung>(
      `select e.stream, c.data ->> 'rung' as rung, c.data ->> 'due' as due, e.at::text as at, (c.data ->> 'late')::boolean as late
       from kernel.event e join kernel.content c using (position) where e.module = 'dispatch' and e.type = 'climbed' order by e.position`,
    )
    return rows
  })

test('of a thousand silent lines each climbs every rung once and in order, while two servers sweep and one after the other is killed', async () => {
  const accounts = await demoAccounts(first.url)
  await shorten(await Person.logIn(first.url, accountOf(accounts, 'securityAdministrator')))
  const stations = accounts.filter(({ role }) => role === 'stationDuty').map(({ unit }) => unit)
  const takers = await Promise.all([first, second].map(({ url }) => Person.logIn(url, accountOf(accounts, 'callTaker'))))
  const sent: string[] = []
  let next = 0
  const call = async (): Promise<void> => {
    for (let index = next++; index < amount; index = next++) {
      const [incident, unit] = [randomUUID(), stations[index % stations.length] ?? '']
      const data = {
        call: { id: randomUUID(), channel: 'voice' },
        narrative: `第 ${index} 起`,
        place: { kind: 'unknown' },
        kind: 'theft',
        unit,
      }
      const taker = takers[index % takers.length]
      const { status, body } = (await taker?.answered(`/command/dispatch/${incident}`, { id: randomUUID(), type: 'open', data })) ?? {}
      assert.equal(status, 200, JSON.stringify(body))
      sent.push(incident)
    }
  }
  const calling = Promise.all(Array.from({ length: atOnce }, call))
  const dice = random()
  for (let kill = 0; kill < kills; kill++) {
    await sleep(3000 + dice() * 4000)
    const victim = dice() < 0.5 ? first : second
    await victim.killServer()
    await victim.start()
  }
  await calling
  assert.equal(sent.length, amount)
  const whole = amount * rungs.length
  let seen = 0
  await until(
    () => `every line has climbed to the end; ${seen} of ${whole} rungs`,
    async () => (seen = (await climbed()).length) >= whole,
    180_000,
    1000,
  )
  const all = await climbed()
  const byLine = Map.groupBy(all, ({ stream }) => stream)
  assert.equal(byLine.size, amount)
  for (const [stream, list] of byLine)
    assert.deepEqual(
      list.map(({ rung }) => rung),
      rungs,
      stream,
    )
  assert.deepEqual(
    all.filter(({ at, due, late }) => Date.parse(at) < Date.parse(due) || late !== Date.parse(at) - Date.parse(due) > 5000),
    [],
  )
  assert.deepEqual(await wrongIn(first.data), [])
})
