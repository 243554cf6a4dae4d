import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const server = process.env['PLUMBLINE_SERVER'] ?? 'http://127.0.0.1:8110'
const routes = ['/session', '/command', '/view', '/signal', '/live', '/health', '/demo']

/** Sections of the words that only screens of an office say: an officer's phone does without them. */
const office: ReadonlySet<string> = new Set([
  'bells',
  'calendar',
  'caseEvent',
  'collection',
  'evidence',
  'fineMoney',
  'import',
  'kinds',
  'mediationCause',
  'mediationFailure',
  'mediationState',
  'report',
  'series',
  'setting',
  'settledBy',
  'statistics',
  'waiting',
])
const words: Plugin = {
  name: 'words',
  enforce: 'pre',
  transform(code, id) {
    const [path = '', query = ''] = id.split('?')
    if (!/\/words\/[\w-]+\.json$/.test(path)) return null
    const wanted = Object.entries(JSON.parse(code) as object).filter(([section]) => office.has(section) === query.includes('office'))
    const json = JSON.stringify(Object.fromEntries(wanted))
    return { code: query === '' ? json : `export default ${json}`, map: null }
  },
}

export default defineConfig({
  plugins: [words, react()],
  build: {
    outDir: 'dist/web',
    target: 'chrome90',
    cssTarget: 'chrome90',
    // A data: script or style would need a hole in the policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // What sizes.ts reads: which script each screen loads.
    manifest: true,
    chunkSizeWarningLimit: 1500,
    // interpreted.ts must have run before any schema is made, in whatever chunk it lies.
    rolldownOptions: { output: { strictExecutionOrder: true } },
  },
  server: { proxy: Object.fromEntries(routes.map((route) => [route, server])) },
})
