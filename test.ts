// `npm test`: the tools of check, pure tests, database tests two at a time, browser tests one at a time. One summary at the end.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import { handOver, openTestCluster } from '#kernel/testing/cluster.ts'
import { pureTests } from './check.ts'
import { findChromium } from './e2e/browser.ts'
import { findCups } from './e2e/cups.ts'
import { findNginx } from './e2e/nginx.ts'

type RunOptions = NonNullable<Parameters<typeof run>[0]>
type Event = typeof run extends (...args: never[]) => AsyncIterable<infer Each> ? Each : never

const root = import.meta.dirname
/** A test that takes longer hangs. */
const patience = 10 * 60 * 1000

const counted = ['tests', 'suites', 'passed', 'failed', 'cancelled', 'skipped', 'todo'] as const
const shown = { tests: 'tests', suites: 'suites', passed: 'pass', failed: 'fail', cancelled: 'cancelled', skipped: 'skipped', todo: 'todo' }

async function found(...patterns: string[]): Promise<string[]> {
  const files: string[] = []
  for await (const file of glob(patterns, { cwd: root, exclude: ['node_modules', 'dist'] })) files.push(file)
  return files.toSorted()
}

function execute(program: string, args: readonly string[]): boolean {
  console.log(`$ ${program} ${args.join(' ')}`)
  return spawnSync(program, args, { cwd: root, stdio: 'inherit' }).status === 0
}

/** Ends the process with one sentence when a program is missing and cannot be installed. */
function provide(name: string, find: () => string | undefined, packages: readonly string[], named: string): void {
  if (find() !== undefined) return
  const install = ['install', '--yes', '--no-install-recommends', ...packages]
  if (process.getuid?.() !== 0) stop(`The browser tests need ${name}. Run: sudo apt-get ${install.join(' ')}\n${named}`)
  process.env['DEBIAN_FRONTEND'] = 'noninteractive'
  if (!execute('apt-get', ['update']) || !execute('apt-get', install) || find() === undefined)
    stop(`The browser tests need ${name}, and it could not be installed. ${named}`)
}

function provideBrowserProxyAndPrinter(): void {
  const named = process.env['CHROMIUM']
  if (named && findChromium() === undefined) stop(`CHROMIUM names ${named}, which cannot be run.`)
  provide('Chromium', findChromium, ['chromium', 'fonts-noto-cjk'], 'Or name a Chromium in CHROMIUM.')
  provide('nginx', findNginx, ['nginx'], 'Its tests start one of their own, as whoever runs them.')
  const printing = ['cups-daemon', 'cups-client', 'poppler-utils']
  provide('CUPS and pdftotext', findCups, printing, 'Its test starts a CUPS of its own, as whoever runs it.')
}

function stop(reason: string): never {
  console.error(reason)
  process.exit(1)
}

/** Runs the groups one after another and gives their events as those of one run, with one summary. */
async function* events(groups: readonly RunOptions[], done: (failed: boolean) => void): AsyncGenerator<Event> {
  const begun = performance.now()
  const counts = { tests: 0, suites: 0, passed: 0, failed: 0, cancelled: 0, skipped: 0, todo: 0 }
  let success = true
  for (const group of groups) {
    for await (const event of run(group) as AsyncIterable<Event>) {
      if (event.type === 'test:summary' && event.data.file === undefined) {
        success &&= event.data.success
        for (const key of counted) counts[key] += event.data.counts[key]
      } else if (event.type !== 'test:diagnostic' || event.data.file !== undefined) yield event
    }
  }
  const line = (message: string): Event => ({ type: 'test:diagnostic', data: { nesting: 0, message, level: 'info' } }) as Event
  for (const key of counted) yield line(`${shown[key]} ${counts[key]}`)
  yield line(`duration_ms ${(performance.now() - begun).toFixed(0)}`)
  done(!success)
}

const browserTests = await found('e2e/**/*.test.ts')
if (browserTests.length > 0) provideBrowserProxyAndPrinter()
if (
  existsSync(join(root, 'vite.config.ts')) &&
  !execute(process.execPath, ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'])
) {
  stop('The web app does not build.')
}

const pure = await pureTests()
const laws = await found('laws/*.test.ts')
const others = await found('{kernel,modules,demo,bench}/**/*.test.ts', '*.test.ts')
const cluster = await openTestCluster((text) => console.log(text))
const isolated = { isolation: 'process', timeout: patience, env: { ...process.env, ...handOver(cluster) } } as const
const groups: RunOptions[] = [
  { files: laws, concurrency: 1, ...isolated },
  { files: pure, isolation: 'none', timeout: patience },
  { files: others.filter((file) => !pure.includes(file)), concurrency: 2, ...isolated },
  { files: browserTests, concurrency: 1, ...isolated },
]
let failed = true
const stream = events(
  groups.filter((group) => group.files?.length),
  (any) => {
    failed = any
  },
)
for await (const text of Readable.from(stream).compose(new spec())) process.stdout.write(String(text))
await cluster.stop()
process.exit(failed ? 1 : 0)
