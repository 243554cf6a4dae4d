import { parseArgs } from 'node:util'
import { cases } from './cases.ts'
import { city } from './city.ts'
import { figures as clocks } from './clocks.ts'
import { dispatch } from './dispatch.ts'
import { machine } from './machine.ts'
import { places } from './places.ts'
import type { Result } from './result.ts'
import { search } from './search.ts'
import { wall } from './wall.ts'

// `npm run bench [dispatch|clocks|city|places|wall|search|cases]`: a server of its own, load from a process of its own on the same machine. It says what holds and what is short; it is no test.
const usage =
  'npm run bench [dispatch|clocks|city|places|wall|search|cases] -- [--seconds 60] [--clients 2000] [--rate 35] [--matters 1000000] [--json] [--profile FOLDER] [--city]'
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    seconds: { type: 'string', default: '60' },
    clients: { type: 'string', default: '2000' },
    rate: { type: 'string', default: '35' },
    matters: { type: 'string', default: '1000000' },
    profile: { type: 'string' },
    city: { type: 'boolean', default: false },
  },
})
const [seconds, clients, rate, matters] = [values.seconds, values.clients, values.rate, values.matters].map(Number) as [
  number,
  number,
  number,
  number,
]
const within = (value: number, most: number) => value > 0 && value <= most
const bad =
  !within(seconds, 3600) ||
  !within(clients, 10_000) ||
  !Number.isInteger(clients) ||
  !within(rate, 5000) ||
  !within(matters, 10_000_000) ||
  !Number.isInteger(matters)
const say = (text: string) => console.error(text)
const benches: Readonly<Record<string, () => Promise<readonly Result[]>>> = {
  dispatch: () => dispatch({ seconds, clients, rate, profile: values.profile, atWork: values.city, say }),
  clocks: () => clocks({ seconds, rate, say }),
  city: () => city({ seconds, say }),
  places: () => places(say),
  wall: () => wall(say),
  search: () => search({ say }),
  cases: () => cases({ rows: matters, say }),
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
