import './older.ts'
import './interpreted.ts'
import { QueryClientProvider } from '@tanstack/react-query'
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect, RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { dressed } from './dressed.tsx'
import { views } from './live.ts'
import type { Screen, Watch } from './screen.ts'
import { type TaskSource, TaskSources } from './tasks.ts'
import { SessionProvider } from './session.tsx'
import { Home, Shell } from './Shell.tsx'
import { Broken, Loading, Missing } from './States.tsx'
import { ThemeProvider } from './theme.tsx'
import { begin } from './words.ts'
import './tokens.css'
import './base.css'
import './shell.css'
import './form.css'
import './grid.css'
import './record.css'

function routerOf(screens: readonly Screen[], watches: readonly Watch[]) {
  const root = createRootRoute({
    component: () => <Shell screens={screens} watches={watches} />,
    notFoundComponent: Missing,
    errorComponent: Broken,
  })
  const home = createRoute({ getParentRoute: () => root, path: '/', component: () => <Home screens={screens} /> })
  const routes = screens.map((screen) => {
    const schema = screen.search
    return createRoute({
      getParentRoute: () => root,
      path: screen.path,
      component: lazyRouteComponent(screen.plain ? screen.load : dressed(screen.load)),
      pendingComponent: Loading,
      validateSearch: (raw: Record<string, unknown>): object => {
        const parsed = schema?.safeParse(raw)
        return parsed?.success ? parsed.data : {}
      },
    })
  })
  const index = createRoute({ getParentRoute: () => root, path: '/index.html', beforeLoad: () => redirect({ to: '/', throw: true }) })
  return createRouter({ routeTree: root.addChildren([home, index, ...routes]), defaultPreload: 'intent' })
}

export async function start(screens: readonly Screen[], watches: readonly Watch[], tasks: readonly TaskSource[]): Promise<void> {
  const element = document.getElementById('root')
  if (!element) throw new Error('index.html has no #root')
  await begin()
  const router = routerOf(screens, watches)
  createRoot(element).render(
    <StrictMode>
      <QueryClientProvider client={views}>
        <ThemeProvider>
          <SessionProvider>
            <TaskSources value={tasks}>
              <RouterProvider router={router} />
            </TaskSources>
          </SessionProvider>
        </ThemeProvider>
      </QueryClientProvider>
    </StrictMode>,
  )
}
