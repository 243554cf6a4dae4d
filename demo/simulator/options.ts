import { parseArgs } from 'node:util'

export interface Options {
  readonly base: string
  /** So many times faster than a city's day. */
  readonly rate: number
  readonly seed: number
}

const fastest = 1000

export const usage = `npm run simulate -- [--rate N] [--seed N] [--base http://127.0.0.1:8110]
  --rate   1 (default) is about 22,000 calls a day; above 0, at most ${fastest}
  --seed   a whole number: the same seed plans the same calls`

/** What was asked for cannot be done; the message is for the person who typed it. */
export class Usage extends Error {}

/** @throws Usage with a sentence that names the option */
export function optionsOf(args: readonly string[]): Options {
  const { values } = parsed(args)
  const rate = Number(values.rate)
  const seed = Number(values.seed)
  if (!(rate > 0 && rate <= fastest) || values.rate.trim() === '')
    throw new Usage(`--rate ${values.rate}: the rate is a number above 0 and at most ${fastest}.`)
  if (!Number.isSafeInteger(seed) || seed < 0 || values.seed.trim() === '')
    throw new Usage(`--seed ${values.seed}: the seed is a whole number, 0 or more.`)
  if (!URL.canParse(values.base) || !/^https?:$/.test(new URL(values.base).protocol))
    throw new Usage(`--base ${values.base}: this is no address of a server.`)
  return { base: values.base, rate, seed }
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        rate: { type: 'string', default: '1' },
        seed: { type: 'string', default: '110' },
        base: { type: 'string', default: 'http://127.0.0.1:8110' },
      },
    })
  } catch (error) {
    if (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')) throw new Usage(error.message)
    throw error
  }
}

/** The options, or the end of this process with a sentence and exit code 2. */
export function optionsOrExit(args: readonly string[]): Options {
  try {
    return optionsOf(args)
  } catch (error) {
    if (!(error instanceof Usage)) throw error
    console.error(`${error.message}\n${usage}`)
    process.exit(2)
  }
}
