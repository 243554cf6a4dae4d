import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { appendFile, readFile, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import { derivedId } from '#kernel/ids.ts'
import { languageFor, languages, say } from '#kernel/words.ts'
import type { Views } from '#modules/staff/contract.ts'
import type { Fault } from '#modules/staff/import/fault.ts'
import { csvOf, passwordBytes, passwordFrom } from '#modules/staff/import/password.ts'
import { count, type Line, type Office, type Step } from '#modules/staff/import/plan.ts'
import { type Kind, kinds } from '#modules/staff/import/kinds.ts'
import { namesOf, prepare } from '#modules/staff/import/prepare.ts'
import { run } from '#modules/staff/import/run.ts'
import { Client, readOpenly, Refusal, Unreachable } from './demo/client.ts'

/**
 * `npm run import -- units FILE`: units, boundaries or people of a force, sent through the public API by the two administrators. A dry run always comes
 * first; if one line is wrong, nothing is sent. An import that was cut off goes on when it is started again.
 */
const usage = `npm run import -- units FILE.csv | boundaries FILE.geojson | people FILE.csv
  [--dry-run] [--base http://127.0.0.1:8110] [--password-file FILE] [--passwords FILE] [--language zh-CN|en|zh-TW]
  --password-file  lines "login password" of a system and a security administrator. Not needed at the demonstration city.
  --passwords      where the passwords for the first log-in are written, beside the people's file when not said`

class Usage extends Error {}

interface Options {
  readonly kind: Kind
  readonly file: string
  readonly dry: boolean
  readonly base: string
  readonly language: string
  readonly passwordFile: string | undefined
  readonly passwords: string
}

function optionsOf(args: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      'dry-run': { type: 'boolean', default: false },
      base: { type: 'string', default: 'http://127.0.0.1:8110' },
      'password-file': { type: 'string' },
      passwords: { type: 'string' },
      language: { type: 'string' },
    },
  })
  const [word, file, more] = positionals
  const kind = kinds.find((one) => one === word)
  if (kind === undefined || file === undefined || more !== undefined) throw new Usage('Say what is to be imported, and name one file.')
  if (!URL.canParse(values.base)) throw new Usage('--base is an address.')
  const language = languageFor(values.language ?? process.env['LANG']?.split('.')[0]?.replace('_', '-'))
  const passwords = values.passwords ?? `${file}.passwords.csv`
  return { kind, file, dry: values['dry-run'], base: values.base, language, passwordFile: values['password-file'], passwords }
}

const sentence = (language: string, { key, field, values }: Fault): string =>
  say(language, key, { ...values, ...(field !== undefined && { field: say(language, `import.column.${field}`) }) })

/** An administrator of a real house has a second factor: its code is asked for on the terminal. */
async function askedCode(login: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  const code = await terminal.question(
    `${login}: ${say(languageFor(process.env['LANG']?.split('.')[0]?.replace('_', '-')), 'field.oneTimeCode')} `,
  )
  terminal.close()
  return code
}

/** The two administrators, as far as their passwords are known: the demonstration city offers its own. */
async function officers(base: string, passwordFile: string | undefined): Promise<Record<Office, { client: Client; unit: string } | null>> {
  const lines = passwordFile === undefined ? [] : (await readFile(passwordFile, 'utf8')).split(/\r?\n/).filter((line) => line.includes(' '))
  const named = lines.map((line) => ({ login: line.slice(0, line.indexOf(' ')), password: line.slice(line.indexOf(' ') + 1) }))
  const demo = named.length > 0 ? null : await readOpenly(base, '/demo/accounts')
  const found: Record<Office, { client: Client; unit: string } | null> = { systemAdministrator: null, securityAdministrator: null }
  const offered =
    demo?.ok === true ? (demo.data as { login: string; password: string; role: string }[]).filter(({ role }) => role in found) : []
  for (const account of [...named, ...offered]) {
    const client = new Client(base, { ...account, ...(process.stdin.isTTY && { oneTimeCode: askedCode }) })
    for (const { role, unit } of (await client.me()).grants) {
      if (role === 'systemAdministrator' || role === 'securityAdministrator') found[role] ??= { client, unit }
    }
  }
  return found
}

/** Passwords for the first log-in are written down before they are used: what is cut off goes on with the same. */
async function passwordsOf(file: string, steps: readonly Step[]): Promise<ReadonlyMap<string, string>> {
  const kept = existsSync(file) ? (await readFile(file, 'utf8')).split(/\r?\n/).slice(1) : null
  const known = new Map(kept?.map((line) => [line.split(',')[0] ?? '', line.split(',').at(-1) ?? '']))
  const fresh = steps.filter(({ type, data }) => type === 'openAccount' && !known.has(String(data['login'])))
  const rows = fresh.map(({ data }) => [String(data['login']), String(data['name']), passwordFrom(randomBytes(passwordBytes))])
  for (const [login = '', , password = ''] of rows) known.set(login, password)
  if (kept === null && rows.length > 0) await writeFile(file, csvOf([['login', 'name', 'password']]), { mode: 0o600, flag: 'wx' })
  if (rows.length > 0) await appendFile(file, csvOf(rows).slice(1))
  return known
}

function print(language: string, lines: readonly Line[]): void {
  const sum = count(lines)
  for (const line of lines.filter(({ faults, notes }) => faults.length + notes.length > 0)) {
    const said = [...line.faults, ...line.notes].map((fault) => sentence(language, fault)).join(' ')
    console.log(
      `${say(language, 'import.line', { line: line.line })}\t${line.subject}\t${say(language, `import.act.${line.act}`)}\t${said}`,
    )
  }
  console.log(
    Object.entries(sum)
      .map(([act, amount]) => `${say(language, `import.act.${act}`)} ${amount}`)
      .join('  '),
  )
}

/** A thing is opened once; what changes it later is another command each time that the plan is made. */
const commandId = ({ type, stream, data }: Step, begun: string): string =>
  type === 'openUnit' || type === 'openAccount'
    ? derivedId('import', type, stream)
    : derivedId('import', type, stream, JSON.stringify(data), begun)

/** Exit code: 0 all is well, 1 something is wrong or the import stopped. */
async function work({ kind, file, dry, base, language, passwordFile, passwords: passwordsFile }: Options): Promise<number> {
  const office = await officers(base, passwordFile)
  const reader = office.systemAdministrator ?? office.securityAdministrator
  if (reader === null) throw new Refusal(401, say(language, 'import.wrong.nobody'))
  const read = <Name extends keyof Views>(name: Name, query: Readonly<Record<string, string>>) =>
    reader.client.view<Views[Name]>(`staff/${name}`, query)
  const unitsOf = (one: Office) => (office[one] === null ? [] : [office[one].unit])
  const dryRun = await prepare(kind, await readFile(file), {
    read,
    offices: { systemAdministrator: unitsOf('systemAdministrator'), securityAdministrator: unitsOf('securityAdministrator') },
    names: namesOf(...languages.map((one) => (key: string) => say(one, key))),
    reason: say(language, 'import.reason', { file: basename(file) }),
    idOf: (login) => derivedId('import', 'account', login),
  })
  if ('fault' in dryRun) {
    console.error(sentence(language, dryRun.fault))
    return 1
  }
  const { lines, encoding, unread } = dryRun.value
  console.log(say(language, 'import.readAs', { encoding, count: lines.length }))
  if (unread.length > 0) console.log(say(language, 'import.unread', { columns: unread.join(', ') }))
  print(language, lines)
  if (lines.some(({ act }) => act === 'wrong')) {
    console.error(say(language, 'import.nothingSent'))
    return 1
  }
  if (dry) return 0
  const passwords = await passwordsOf(
    passwordsFile,
    lines.flatMap(({ steps }) => steps),
  )
  const begun = new Date().toISOString()
  const give = async (step: Step): Promise<string | null> => {
    const data = step.type === 'openAccount' ? { ...step.data, password: passwords.get(String(step.data['login'])) } : step.data
    try {
      await office[step.office]?.client.command(`staff/${step.stream}`, { id: commandId(step, begun), type: step.type, data })
      return null
    } catch (error) {
      if (error instanceof Refusal) return error.reason
      if (error instanceof Unreachable) return say(language, 'error.offline')
      throw error
    }
  }
  const { commands, stopped, lines: done } = await run(lines, give)
  console.log(say(language, 'import.sent', { lines: done, commands }))
  if (stopped !== null) {
    const { line, subject } = stopped.line
    console.error(`${say(language, 'import.line', { line })}\t${subject}\t${stopped.why}\n${say(language, 'import.stopped')}`)
  }
  return stopped === null ? 0 : 1
}

try {
  process.exitCode = await work(optionsOf(process.argv.slice(2)))
} catch (error) {
  process.exitCode = 1
  if (error instanceof Usage || (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))) {
    console.error(`${error.message}\n${usage}`)
    process.exitCode = 2
  } else if (error instanceof Refusal) console.error(error.reason)
  else if (error instanceof Unreachable || (error instanceof Error && 'path' in error)) console.error(error.message)
  else throw error
}
