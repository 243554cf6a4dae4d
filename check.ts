// `npm run check`: everything that can be said about the code without a database or a browser, in under 30 seconds on two cores.
import { spawn } from 'node:child_process'
import { glob } from 'node:fs/promises'

/** One tool: its name in the table and its arguments to Node. */
interface Step {
  readonly name: string
  readonly args: readonly string[]
}

interface Outcome extends Step {
  readonly ok: boolean
  readonly seconds: number
  readonly output: string
}

const root = import.meta.dirname
const { CI: _ci, ...environment } = process.env
/** Without colours, which some tools write into a file whenever CI is set, whatever else they are told. */
const plain = { ...environment, NO_COLOR: '1' }

/** Paths, relative to the root, of the tests that need neither a database nor a browser. Sorted. */
export async function pureTests(): Promise<string[]> {
  const found: string[] = []
  const patterns = ['modules/*/decide.test.ts', 'modules/*/decide/*.test.ts', 'modules/**/*.pure.test.ts', 'kernel/**/*.pure.test.ts']
  for await (const file of glob(patterns, { cwd: root })) found.push(file)
  return [...new Set(found)].toSorted()
}

/** tsc keeps what it knows of unchanged files in .cache/: the second run takes a fraction of the first. */
const types = (project: string) => {
  const memory = ['--incremental', '--tsBuildInfoFile', `.cache/${project}.tsbuildinfo`]
  return ['node_modules/typescript/bin/tsc', '--project', project, ...memory]
}

/** Longest first, so that two at a time end together. */
export const tools: readonly Step[] = [
  { name: 'types, server', args: types('tsconfig.json') },
  { name: 'types, web', args: types('tsconfig.web.json') },
  { name: 'lint', args: ['node_modules/oxlint/bin/oxlint', '--type-aware', '--deny-warnings'] },
  {
    name: 'boundaries',
    args: [
      'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
      '--config',
      '.dependency-cruiser.cjs',
      '--output-type',
      'err-long',
      '.',
    ],
  },
  { name: 'dead code', args: ['node_modules/knip/bin/knip.js', '--no-progress', '--no-config-hints'] },
  { name: 'format', args: ['node_modules/@biomejs/biome/bin/biome', 'format'] },
]

/** Runs one step as a Node process in a folder, the root when not said. Never rejects: a step that cannot start is a failed one. */
export function runStep(step: Step, cwd: string = root): Promise<Outcome> {
  const begun = performance.now()
  return new Promise((resolve) => {
    const child = spawn(process.execPath, step.args, { cwd, env: plain, stdio: ['ignore', 'pipe', 'pipe'] })
    const output: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => output.push(chunk))
    const end = (ok: boolean): void =>
      resolve({ ...step, ok, seconds: (performance.now() - begun) / 1000, output: Buffer.concat(output).toString('utf8') })
    child.on('error', (error) => {
      output.push(Buffer.from(String(error)))
      end(false)
    })
    child.on('close', (code) => end(code === 0))
  })
}

/** Runs all steps and the pure tests, two at a time, and prints a table and the output of what failed. True when everything passed. */
async function check(): Promise<boolean> {
  const begun = performance.now()
  const tests = await pureTests()
  const waiting: Step[] = [...tools]
  if (tests.length > 0) waiting.push({ name: 'pure tests', args: ['--test', '--test-isolation=none', '--test-reporter=dot', ...tests] })
  const outcomes: Outcome[] = []
  const worker = async (): Promise<void> => {
    for (let step = waiting.shift(); step; step = waiting.shift()) outcomes.push(await runStep(step))
  }
  await Promise.all([worker(), worker()])
  for (const { name, output } of outcomes.filter((outcome) => !outcome.ok)) console.log(`\n── ${name} ──\n${output.trimEnd()}`)
  console.log('')
  for (const { name, ok, seconds } of outcomes)
    console.log(`${name.padEnd(16)}${seconds.toFixed(1).padStart(6)} s  ${ok ? 'ok' : 'FAILED'}`)
  console.log(`${'check'.padEnd(16)}${((performance.now() - begun) / 1000).toFixed(1).padStart(6)} s`)
  return outcomes.every((outcome) => outcome.ok)
}

if (import.meta.main) process.exitCode = (await check()) ? 0 : 1
