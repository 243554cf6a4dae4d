import { parseArgs } from 'node:util'
import { city } from './city.ts'
import { figures as clocks } from './clocks.ts'
import { dispatch } from './dispatch.ts'
import { machine } from './machine.ts'
import { places } from './places.ts'
import type { Result } from './result.ts'
import { search } from './search.ts'
import { wall } from './wall.ts'

// `npm run bench [dispatch|clocks|city|places|wall|search]`: a server of its own, load from a process of its own on the same machine. It says what holds and what is short; it is no test.
const usage =
  'npm run bench [dispatch|clocks|city|places|wall|search] -- [--seconds 60] [--clients 2000] [--rate 35] [--json] [--profile FOLDER] [--city]'
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    seconds: { type: 'string', default: '60' },
    clients: { type: 'string', default: '2000' },
    rate: { type: 'string', default: '35' },
    profile: { type: 'string' },
    city: { type: 'boolean', default: false },
  },
})
const [seconds, clients, rate] = [Number(values.seconds), Number(values.clients), Number(values.rate)]
const within = (value: number, most: number) => value > 0 && value <= most
const bad = !within(seconds, 3600) || !within(clients, 10_000) || !Number.isInteger(clients) || !within(rate, 5000)
const say = (text: string) => console.error(text)
const benches: Readonly<Record<string, () => Promise<readonly Result[]>>> = {
  dispatch: () => dispatch({ seconds, clients, rate, profile: values.profile, atWork: values.city, say }),
  clocks: () => clocks({ seconds, rate, say }),
  city: () => city({ seconds, say }),
  places: () => places(say),
  wall: () => wall(say),
  search: () => search({ say }),
}
const [name = 'dispatch', ...more] = positionals
const bench = benches[name]
if (bench === undefined || more.length > 0 || bad) {
  console.error(usage)
  process.exit(2)
}

const calm = await machine('before')
const figures = await bench()
const results = [...figures, ...calm, ...(await machine('after'))]
if (values.json) console.log(JSON.stringify(results, null, 2))
else {
  const width = Math.max(...results.map(({ name }) => name.length))
  for (const { name: figure, value, unit, limit, ok } of results)
    console.log(
      `${figure.padEnd(width)}  ${String(value).padStart(9)} ${unit.padEnd(4)} ${limit === null ? '' : `${ok ? 'ok   ' : 'SHORT'} limit ${limit}`}`,
    )
}
