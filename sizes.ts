// What script each screen loads, compressed, against the limits of the house. Run after a build; exit 1 when one is over.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

interface Chunk {
  readonly file: string
  readonly src?: string
  readonly isEntry?: boolean
  readonly imports?: readonly string[]
}
type Manifest = Readonly<Record<string, Chunk>>

/** One screen of web.tsx: `bytes` of gzipped script until it stands there, `limit` the most it may be. */
export interface Size {
  readonly path: string
  readonly bytes: number
  readonly limit: number
}

const root = import.meta.dirname
const kilo = 1024
/** Maps of streets and charts come on top, in chunks of their own that a screen asks for when it needs them. */
const staffLimit = 450 * kilo
const phoneLimit = 250 * kilo
/** Screens that officers carry about. */
const phones: ReadonlySet<string> = new Set(['/duty'])
/** The screen that a phone gets before it has a session. */
const logIn = 'kernel/web/Login.tsx'
/** What every screen but those of phones comes dressed in. */
const dress = 'kernel/web/antd.tsx'

const source = (specifier: string): string => specifier.replace(/^#/, '')
const imports = (text: string): string[] => [...text.matchAll(/import\('([^']+)'\)/g)].map((found) => source(found[1] ?? ''))

/** The chunks that come with one, itself included. @throws when the build has no such chunk */
function closure(manifest: Manifest, key: string, into: Set<string> = new Set()): Set<string> {
  const chunk = manifest[key]
  if (chunk === undefined) throw new Error(`the build has no ${key}: run npm run build`)
  if (into.has(chunk.file)) return into
  into.add(chunk.file)
  for (const next of chunk.imports ?? []) closure(manifest, next, into)
  return into
}

/** Every screen of web.tsx as it was built: entry, what watches on every page, the longest language, the screen itself and all that these import. */
export function sizes(): Size[] {
  const built = join(root, 'dist/web')
  const manifest = JSON.parse(readFileSync(join(built, '.vite/manifest.json'), 'utf8')) as Manifest
  const bytes = new Map<string, number>()
  const sizeOf = (file: string): number => {
    const known = bytes.get(file) ?? gzipSync(readFileSync(join(built, file))).length
    bytes.set(file, known)
    return known
  }
  const entry = Object.keys(manifest).find((key) => manifest[key]?.isEntry === true) ?? 'index.html'
  const languages = Object.keys(manifest).filter((key) => key.startsWith('words/'))
  const longest = languages.toSorted((a, b) => sizeOf(manifest[b]?.file ?? '') - sizeOf(manifest[a]?.file ?? ''))[0]
  const text = readFileSync(join(root, 'web.tsx'), 'utf8')
  const [screens = '', watches = ''] = text.split('const watches')
  const always = [entry, ...imports(watches), ...(longest === undefined ? [] : [longest])]
  const listed = [...screens.matchAll(/path: '([^']+)'[^}]*?load: \(\) => import\('([^']+)'\)/g)]
  const measured = (path: string, keys: readonly string[], limit: number): Size => {
    const files = new Set<string>()
    for (const one of [...always, ...keys]) closure(manifest, one, files)
    return { path, bytes: [...files].reduce((sum, file) => sum + sizeOf(file), 0), limit }
  }
  const rows = listed.map(([, path = '', key = '']) =>
    phones.has(path) ? measured(path, [source(key)], phoneLimit) : measured(path, [source(key), dress], staffLimit),
  )
  return [measured('(log in)', [logIn, dress], staffLimit), measured('(shell)', [entry], phoneLimit), ...rows]
}

export const table = (rows: readonly Size[]): string =>
  rows
    .map(({ path, bytes, limit }) => {
      const figure = (bytes / kilo).toFixed(1).padStart(7)
      return `${path.padEnd(16)}${figure} KB gzip  limit ${limit / kilo}  ${bytes <= limit ? 'ok' : 'OVER'}`
    })
    .join('\n')

if (import.meta.main) {
  const rows = sizes()
  console.log(table(rows))
  process.exitCode = rows.every((row) => row.bytes <= row.limit) ? 0 : 1
}
