import assert from 'node:assert/strict'
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { runStep, tools } from '../check.ts'

// A tool that is configured wrongly says nothing and everybody believes it. So a small house is built outside the tree with our own
// configuration: the tools must pass it as it is, and must name each fault that is planted in it.

const root = fileURLToPath(new URL('..', import.meta.url))
const configuration = [
  '.dependency-cruiser.cjs',
  '.oxlintrc.json',
  '.gitignore',
  'biome.json',
  'knip.json',
  'tsconfig.json',
  'tsconfig.web.json',
  'laws/lint.mjs',
]
const sound: Record<string, string> = {
  'main.ts': `import pg from 'pg'\nimport { handle } from '#kernel/road.ts'\nimport { views } from '#modules/one/views.ts'\nimport { answer } from '#modules/two/decide.ts'\n\nconsole.log(pg.defaults.port, handle(), views, answer(new Date(0)))\n`,
  'verify.ts': `console.log('whole')\n`,
  'portal.tsx': `import { Board } from '#modules/one/web/Board.tsx'\n\nexport default <Board />\n`,
  'kernel/decider.ts': `export type Actor = { readonly kind: 'person' } | { readonly kind: 'system' }\n`,
  'kernel/road.ts': `import { readFileSync } from 'node:fs'\nimport type { Actor } from './decider.ts'\n\nexport const handle = (): Actor => ({ kind: readFileSync('x').length > 1 ? 'person' : 'system' })\n`,
  'modules/one/contract.ts': `import { z } from 'zod'\n\nexport const call = z.object({ id: z.string() })\n`,
  'modules/one/views.ts': `import { call } from './contract.ts'\n\nexport const views = call.shape\n`,
  'modules/one/web/Board.tsx': `import { useId } from 'react'\nimport { call } from '../contract.ts'\n\nexport const Board = () => <p id={useId()}>{document.title + String(call.shape)}</p>\n`,
  'modules/two/decide.ts': `import type { Actor } from '#kernel/decider.ts'\nimport { call } from '#modules/one/contract.ts'\n\nexport const answer = (at: Date, by?: Actor) => [at, by, call]\n`,
}

const lines = (count: number) => Array.from({ length: count }, (_, i) => `  console.log(${i})`).join('\n')

/** Per tool: the planted files, and what the tool must say, as patterns over its whole output. */
const faults: Record<string, Record<string, { text: string; says: readonly RegExp[] }>> = {
  lint: {
    'kernel/floating.ts': {
      text: `export async function later(): Promise<void> {\n  await Promise.resolve()\n}\nlater()\n`,
      says: [/no-floating-promises[\s\S]*?kernel\/floating\.ts:4/],
    },
    'kernel/switch.ts': {
      text: `import type { Actor } from './decider.ts'\n\nexport function name(actor: Actor): string {\n  switch (actor.kind) {\n    case 'person':\n      return 'x'\n  }\n  return ''\n}\n`,
      says: [/switch-exhaustiveness-check[^\n]*"system"\n[^\n]*kernel\/switch\.ts:4/],
    },
    'kernel/long.ts': { text: `export const a = [\n${'  1,\n'.repeat(399)}]\n`, says: [/max-lines\)[^\n]*\n[^\n]*kernel\/long\.ts/] },
    'kernel/function.ts': {
      text: `export function long(): void {\n${lines(69)}\n}\n`,
      says: [/max-lines-per-function\)[^\n]*\n[^\n]*kernel\/function\.ts:1/],
    },
    'kernel/any.ts': { text: `export const a = (b: any): string => String(b)\n`, says: [/no-explicit-any\)[^\n]*\n[^\n]*kernel\/any\.ts/] },
    'kernel/swallowed.ts': {
      text: `export function quiet(work: () => void): void {\n  try {\n    work()\n  } catch {}\n}\n`,
      says: [/no-empty\)[^\n]*\n[^\n]*kernel\/swallowed\.ts/],
    },
    'modules/one/decide.ts': {
      text: `export const a = [Date.now(), Math.random(), new Date(), crypto.randomUUID(), performance.now(), Date()]\n`,
      says: [
        /no Date\.now\./,
        /no Math\.random\./,
        /no new Date\(\) without/,
        /no crypto\.randomUUID\./,
        /no performance\.now\./,
        /no Date\(\)\./,
      ],
    },
    'modules/one/decide/part.ts': { text: `export const a = Date.now()\n`, says: [/no Date\.now\.\n[^\n]*one\/decide\/part\.ts/] },
    'modules/one/rules.ts': { text: `export const a = Date.now()\n`, says: [/no Date\.now\.\n[^\n]*one\/rules\.ts/] },
    'modules/two/contract.ts': { text: `export const a = Date.now()\n`, says: [/no Date\.now\.\n[^\n]*two\/contract\.ts/] },
    'modules/two/views.ts': { text: `export const a = Date.now()\n`, says: [/no Date\.now\.\n[^\n]*two\/views\.ts/] },
    'modules/two/views/part.ts': { text: `export const a = Date.now()\n`, says: [/no Date\.now\.\n[^\n]*two\/views\/part\.ts/] },
  },
  boundaries: {
    'modules/two/reactions.ts': {
      text: `export { views } from '#modules/one/views.ts'\n`,
      says: [/module-through-its-contract: modules\/two\/reactions\.ts/],
    },
    'kernel/nosy.ts': { text: `export { call } from '#modules/one/contract.ts'\n`, says: [/kernel-knows-no-module: kernel\/nosy\.ts/] },
    'modules/two/top.ts': { text: `import '../../main.ts'\n`, says: [/module-knows-no-top: modules\/two\/top\.ts/] },
    'modules/one/decide.ts': {
      text: `import { existsSync } from 'node:fs'\nexport { views } from './views.ts'\nexport { handle } from '#kernel/road.ts'\nexport const there = existsSync('x')\n`,
      says: [
        /pure-imports-pure: modules\/one\/decide\.ts → fs/,
        /pure-imports-pure: .* → modules\/one\/views\.ts/,
        /pure-imports-pure: .* → kernel\/road\.ts/,
      ],
    },
    'modules/one/decide/part.ts': { text: `import 'pg'\n`, says: [/pure-imports-pure: modules\/one\/decide\/part\.ts/] },
    'kernel/text.ts': { text: `import 'node:crypto'\n`, says: [/pure-kernel-imports-pure: kernel\/text\.ts/] },
    'modules/one/web/Wrong.tsx': {
      text: `import 'node:fs'\nimport 'pg'\nimport '../views.ts'\nimport '#kernel/road.ts'\n`,
      says: [
        /web-has-no-node-core: modules\/one\/web\/Wrong\.tsx/,
        /web-has-no-node: modules\/one\/web\/Wrong\.tsx/,
        /web-has-no-server: modules\/one\/web\/Wrong\.tsx → modules\/one\/views\.ts/,
        /web-has-no-server: modules\/one\/web\/Wrong\.tsx → kernel\/road\.ts/,
      ],
    },
    'kernel/screen.ts': {
      text: `import '../portal.tsx'\n`,
      says: [/kernel-knows-no-module: kernel\/screen\.ts/, /server-has-no-web: kernel\/screen\.ts/],
    },
    'kernel/left.ts': {
      text: `import type { Right } from './right.ts'\nexport type Left = Right[]\n`,
      says: [/no-cycle: kernel\/left\.ts|no-cycle: kernel\/right\.ts/],
    },
    'kernel/right.ts': { text: `import type { Left } from './left.ts'\nexport type Right = { of: Left }\n`, says: [] },
    'kernel/lost.ts': { text: `import './nowhere.ts'\n`, says: [/resolves: kernel\/lost\.ts/] },
    'kernel/unlisted.ts': { text: `import 'semver'\n`, says: [/listed-in-package-json: kernel\/unlisted\.ts/] },
    'kernel/testing/rig.ts': { text: `export const rig = 1\n`, says: [] },
    'kernel/rigged.ts': { text: `export { rig } from './testing/rig.ts'\n`, says: [/no-test-in-product: kernel\/rigged\.ts/] },
  },
  'types, server': {
    'kernel/enum.ts': { text: `export enum Colour {\n  red,\n}\n`, says: [/kernel\/enum\.ts\(1,13\): error TS1294/] },
    'kernel/property.ts': {
      text: `export class A {\n  constructor(readonly b: string) {}\n}\n`,
      says: [/kernel\/property\.ts\(2,15\): error TS1294/],
    },
    'kernel/verbatim.ts': {
      text: `import { Actor } from './decider.ts'\nexport const a: Actor = { kind: 'system' }\n`,
      says: [/kernel\/verbatim\.ts\(1,10\): error TS1484/],
    },
    'kernel/screen.ts': { text: `export const title = document.title\n`, says: [/kernel\/screen\.ts\(1,22\): error TS2584/] },
    'kernel/loose.ts': { text: `export const a = (b) => b\n`, says: [/kernel\/loose\.ts\(1,19\): error TS7006/] },
    'modules/one/index.ts': { text: `export const a: string = [''][0]\n`, says: [/modules\/one\/index\.ts\(1,14\): error TS2322/] },
  },
  'types, web': {
    'modules/one/web/Wrong.tsx': {
      text: `export const port = process.env['PORT']\n`,
      says: [/web\/Wrong\.tsx\(1,21\): error TS2\d+: Cannot find name 'process'/],
    },
    'modules/one/web/core.ts': {
      text: `import { readFileSync } from 'node:fs'\nexport const a = readFileSync\n`,
      says: [/web\/core\.ts\(1,30\): error TS2\d+/],
    },
    'portal.tsx': { text: `enum Colour {\n  red,\n}\nexport default Colour.red\n`, says: [/portal\.tsx\(1,6\): error TS1294/] },
  },
  'dead code': {
    'kernel/dead.ts': { text: `export const a = 1\n`, says: [/Unused files[\s\S]*kernel\/dead\.ts/] },
    'modules/one/views.ts': {
      text: `import { call } from './contract.ts'\n\nexport const views = call.shape\nexport const unused = 1\nexport type Unused = string\n`,
      says: [/Unused exports[\s\S]*unused +modules\/one\/views\.ts/, /Unused exported types[\s\S]*Unused +/],
    },
    'main.ts': {
      text: `import { handle } from '#kernel/road.ts'\nimport { views } from '#modules/one/views.ts'\nimport { answer } from '#modules/two/decide.ts'\n\nconsole.log(handle(), views, answer(new Date(0)))\n`,
      says: [/Unused dependencies[\s\S]*pg +package\.json/],
    },
  },
  format: {
    'kernel/format.ts': { text: `export const a = "b";\n`, says: [/kernel\/format\.ts format/] },
  },
}

let house: string

async function put(folder: string, files: Record<string, string>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
}

/** A house of its own with the sound files, and what a tool says about it once these files are planted. */
async function said(tool: string, planted: Record<string, string>): Promise<{ ok: boolean; output: string }> {
  const step = tools.find(({ name }) => name === tool)
  assert.ok(step, `check has no step ${tool}`)
  const folder = await mkdtemp(join(house, 'house-'))
  for (const file of configuration) await cp(join(root, file), join(folder, file))
  const real = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>
    devDependencies: Record<string, string>
    imports: unknown
  }
  const kept = (all: Record<string, string>, names: RegExp) => Object.fromEntries(Object.entries(all).filter(([name]) => names.test(name)))
  const own = {
    name: 'house',
    type: 'module',
    imports: real.imports,
    dependencies: kept(real.dependencies, /^(pg|react|zod)$/),
    devDependencies: kept(real.devDependencies, /^(@types\/(node|pg|react)|dependency-cruiser|typescript)$/),
  }
  await put(folder, { 'package.json': `${JSON.stringify(own, null, 2)}\n`, ...sound, ...planted })
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
  return runStep(step, folder)
}

suite('every law is seen to hold and seen to fail', { concurrency: 2 }, () => {
  before(async () => {
    house = await mkdtemp(join(tmpdir(), 'laws-'))
  })
  after(() => rm(house, { recursive: true }))

  for (const { name } of tools) {
    test(`${name}: a sound house passes`, async () => {
      const { ok, output } = await said(name, {})
      assert.ok(ok, output)
    })
    test(`${name}: each planted fault is named`, async () => {
      const planted = faults[name]
      assert.ok(planted, `no fault is planted for ${name}`)
      const { ok, output } = await said(name, Object.fromEntries(Object.entries(planted).map(([file, { text }]) => [file, text])))
      assert.equal(ok, false)
      for (const { says } of Object.values(planted)) for (const pattern of says) assert.match(output, pattern)
    })
  }

  test('lint: 400 lines a file and 70 a function pass', async () => {
    const { ok, output } = await said('lint', {
      'kernel/long.ts': `export const a = [\n${'  1,\n'.repeat(398)}]\n`,
      'kernel/function.ts': `export function long(): void {\n${lines(68)}\n}\n`,
    })
    assert.ok(ok, output)
  })
})
