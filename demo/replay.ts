import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { isDeepStrictEqual, parseArgs } from 'node:util'
import { openBureau } from './replay/bureau.ts'
import { readOpenly, Refusal, Unreachable } from './client.ts'
import { differences, figuresOf } from './replay/figures.ts'
import { fromFile } from './replay/measured.ts'
import { type Report, table } from './replay/report.ts'
import { NoExport, readExport, type Refused } from './replay/rows.ts'
import { send } from './replay/send.ts'
import { storiesOf } from './replay/steps.ts'
import { readStored } from './replay/stored.ts'

/**
 * `npm run replay -- FILE.csv`: a calls-for-service export of San Francisco, told again through the public API as commands with the file's times,
 * source `imported`. The bureau SF and its accounts are made where they are missing. A row is a call. Rows with one cad_number are one incident:
 * the first received opens it and gives its stamps, each other is a further call; in the real export every cad_number stands once. All ids hang on
 * the file's content, so the same file again creates nothing. The figures come from the stored events and straight from the file; they must be equal.
 */
const usage = `npm run replay -- FILE.csv [--speed N|max] [--json] [--base http://127.0.0.1:8110]
  [--password-file FILE] [--system LOGIN] [--security LOGIN]
  --speed          N times faster than the calls came in; max (default): as fast as the server takes them
  --password-file  lines "login password": a system and a security administrator, sf-importer, sf-city, sf-mission.
                   Not needed at the demonstration city.`

interface Options {
  readonly file: string
  readonly speed: number | 'max'
  readonly json: boolean
  readonly base: string
  readonly passwordFile: string | undefined
  readonly system: string | undefined
  readonly security: string | undefined
}

class Usage extends Error {}

function options(args: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      speed: { type: 'string', default: 'max' },
      json: { type: 'boolean', default: false },
      base: { type: 'string', default: 'http://127.0.0.1:8110' },
      'password-file': { type: 'string' },
      system: { type: 'string' },
      security: { type: 'string' },
    },
  })
  const [file, more] = positionals
  const speed = values.speed === 'max' ? 'max' : Number(values.speed)
  if (file === undefined || more !== undefined) throw new Usage('Name one file.')
  if (speed !== 'max' && !(speed > 0 && Number.isFinite(speed))) throw new Usage('--speed is a number above 0, or max.')
  if (!URL.canParse(values.base)) throw new Usage('--base is an address.')
  const { json, base, system, security } = values
  return { file, speed, json, base, system, security, passwordFile: values['password-file'] }
}

async function passwordsOf(file: string | undefined): Promise<Map<string, string>> {
  if (file === undefined) return new Map()
  const lines = (await readFile(file, 'utf8')).split(/\r?\n/).filter((line) => line.trim() !== '')
  return new Map(lines.map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]))
}

const byReason = (refused: readonly Refused[]): Record<string, number[]> =>
  Object.fromEntries([...Map.groupBy(refused, ({ reason }) => reason)].map(([reason, list]) => [reason, list.map(({ line }) => line)]))

const positionNow = async (base: string): Promise<number> => {
  const { ok, data } = await readOpenly(base, '/health')
  if (!ok) throw new Unreachable('the server has no database')
  return (data as { position: number }).position
}

/** Something to look at while it runs, at most every five seconds. */
function progressOf(total: number): (done: number) => void {
  let said = Date.now()
  return (done) => {
    if (Date.now() - said < 5000) return
    said = Date.now()
    console.error(`${done} of ${total}`)
  }
}

async function replay({ file, speed, base, passwordFile, system, security }: Options): Promise<Report> {
  const bytes = await readFile(file)
  const found = readExport(bytes.toString('utf8'), new Date().toISOString())
  const stories = storiesOf(createHash('sha256').update(bytes).digest('hex'), found.calls)
  const retried = (why: string) => console.error(`once more: ${why}`)
  const as = await openBureau(base, { passwords: await passwordsOf(passwordFile), system, security }, retried)
  const begun = Date.now()
  const sent = await send(stories, {
    client: as('sf-importer'),
    known: await positionNow(base),
    speed,
    progress: progressOf(found.calls.length),
  })
  const seconds = Math.round((Date.now() - begun) / 100) / 10
  const stored = await readStored(as('sf-city'), sent.stories)
  const fromRows = sent.stories.map(fromFile)
  const figures = { stored: figuresOf(stored.measured), file: figuresOf(fromRows) }
  const odd = (which: 'fold' | 'gap') => found.odd.filter((one) => one.odd === which).length
  const { incidents, calls, withoutDistrict, withoutPoint, findings, incidentsWithFinding } = stored
  return {
    file: basename(file),
    rows: found.rows,
    calls,
    incidents,
    withoutDistrict,
    withoutPoint,
    refusedRows: byReason([...found.refused, ...sent.refused]),
    refusedSteps: byReason(sent.steps),
    oddTimes: { fold: odd('fold'), gap: odd('gap') },
    findings,
    incidentsWithFinding,
    commands: { created: sent.created, repeated: sent.repeated },
    seconds,
    figures: { ...figures, equal: isDeepStrictEqual(figures.stored, figures.file) },
    differences: differences(fromRows, stored.measured),
  }
}

try {
  const given = options(process.argv.slice(2))
  const report = await replay(given)
  console.log(given.json ? JSON.stringify(report, null, 2) : table(report))
  process.exitCode = report.figures.equal && report.differences.length === 0 ? 0 : 1
} catch (error) {
  process.exitCode = 1
  if (error instanceof Usage || (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))) {
    console.error(`${error.message}\n${usage}`)
    process.exitCode = 2
  } else if (error instanceof NoExport) console.error(`Nothing was sent: ${error.message}`)
  else if (error instanceof Refusal) console.error(`The server said no: ${error.reason}`)
  else if (error instanceof Unreachable)
    console.error(`The server is away (${error.message}). What it confirmed stands; start the replay again and it goes on from there.`)
  else throw error
}
