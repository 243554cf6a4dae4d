import { commandRoutes } from './command.ts'
import { docsRoutes } from './docs.ts'
import { demoRoutes } from './demo.ts'
import { factorRoutes } from './factor.ts'
import { firstRoutes } from './first.ts'
import { healthRoutes } from './health.ts'
import { liveRoutes } from './live.ts'
import { metricsRoutes } from './metrics.ts'
import { pageRoutes } from './pages.ts'
import type { Routes } from './route.ts'
import { sessionRoutes } from './session.ts'
import { ownSessionRoutes } from './sessions.ts'
import { signalRoutes } from './signal.ts'
import { viewRoutes } from './view.ts'
import { webhookKeyRoutes } from './webhookKey.ts'

/**
 * Every group of routes of the house, each in a file of its own. A new route joins a group or is a new file with a line here; it says in
 * `config.who` whom it is for, else the server refuses to start. Pages come last: they take every other address.
 */
export const routes: readonly Routes[] = [
  metricsRoutes,
  sessionRoutes,
  ownSessionRoutes,
  factorRoutes,
  firstRoutes,
  commandRoutes,
  viewRoutes,
  signalRoutes,
  liveRoutes,
  healthRoutes,
  webhookKeyRoutes,
  demoRoutes,
  docsRoutes,
  pageRoutes,
]
