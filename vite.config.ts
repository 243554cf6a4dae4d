import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const server = process.env['PLUMBLINE_SERVER'] ?? 'http://127.0.0.1:8110'
const routes = ['/session', '/command', '/view', '/signal', '/live', '/health', '/demo']

export default defineConfig({
  plugins: [react()],
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
