import { Link, Outlet, useLocation, useMatches, useNavigate } from '@tanstack/react-router'
import { Activity, lazy, type ReactNode, Suspense, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { lock } from './attended.ts'
import { Brand, Preferences } from './Brand.tsx'
import { dressed } from './dressed.tsx'
import { useConnection } from './live.ts'
import { Navigation } from './Navigation.tsx'
import { undelivered, useOutbox } from './outbox.ts'
import type { Screen, Watch } from './screen.ts'
import { DemoSeat } from './Seat.tsx'
import { holds, type Me, useSession } from './session.tsx'
import { Forbidden, Guard, Loading, Trouble } from './States.tsx'
import { useSound } from './sound.ts'
import { Sign, Tag } from './Tag.tsx'
import { clockTime, useSecond } from './time.ts'
import { useUnits } from './units.ts'

function Clock() {
  const second = useSecond()
  return <time className="num clock">{clockTime(second * 1000)}</time>
}

export function LiveState() {
  const { t } = useTranslation()
  const { state } = useConnection()
  const sound = useSound()
  const tone = state === 'live' ? 'good' : state === 'late' ? 'alarm' : 'calm'
  return (
    <span className={`live ${tone}`} role="status">
      <Sign tone={tone} />
      {t(`live.${state}`)}
      {sound.unlocked ? <span className="sound"> · {t('live.sound')}</span> : null}
    </span>
  )
}

/** At the head of a list: of when it is, while nothing newer can come. */
export function AsOf() {
  const { t } = useTranslation()
  const { state, since } = useConnection()
  return state === 'late' ? <Tag tone="warn">{t('live.asOf', { time: clockTime(since) })}</Tag> : null
}

/** Says since when the screen may be out of date. */
export function LateLine() {
  const { t } = useTranslation()
  const { state, since } = useConnection()
  if (state !== 'late') return null
  return (
    <p className="late" role="alert">
      <Sign tone="warn" /> {t('live.since', { time: clockTime(since) })}
    </p>
  )
}

function Who({ me, leave }: { me: Me; leave: () => void }) {
  const { t } = useTranslation()
  const units = useUnits()
  const roles = [...new Set(me.grants.map((grant) => grant.role))]
  const named = `${roles.map((role) => t(`role.${role}`)).join(t('shell.comma'))} ${me.name}`
  return (
    <span className="who">
      <span className="who-unit">{units.ready ? units.name(me.unit) : ''}</span>
      {me.locked ? (
        <span className="who-name">{named}</span>
      ) : (
        <Link className="who-name" to="/me" title={t('nav.me')}>
          {named}
        </Link>
      )}
      {me.onShift && !me.locked ? (
        <button type="button" className="button small" onClick={() => void lock()}>
          {t('lock.lock')}
        </button>
      ) : null}
      <button type="button" className="button small" onClick={leave}>
        {t('shell.logOut')}
      </button>
    </span>
  )
}

/** Log-out destroys what this device still keeps for the person: that is asked first. */
function useLeaving() {
  const { logOut } = useSession()
  const left = undelivered(useOutbox()).length
  const [asking, setAsking] = useState(false)
  const go = () => void logOut().then(() => setAsking(false))
  return { left, asking: asking && left > 0, leave: () => (left > 0 ? setAsking(true) : go()), stay: () => setAsking(false), go }
}

function Leaving({ left, stay, go }: { left: number; stay: () => void; go: () => void }) {
  const { t } = useTranslation()
  return (
    <div className="strip" role="alertdialog" aria-label={t('shell.logOut')}>
      <span>
        <Sign tone="alarm" /> {t('outbox.leaving', { count: left })}
      </span>
      <button type="button" className="button small" onClick={stay} autoFocus>
        {t('outbox.stay')}
      </button>
      <button type="button" className="button small" onClick={go}>
        {t('outbox.leaveAnyway')}
      </button>
    </div>
  )
}

const may = (me: Me, { roles }: Screen): boolean => typeof roles === 'string' || holds(me, roles)

const nobody = () => null

/** Its fields are most of what a form needs of script: a screen without a form does without. */
const Login = lazy(dressed(() => import('./Login.tsx')))
const Lock = lazy(dressed(() => import('./Lock.tsx')))

/** What is heard whichever page is open, and goes on while the session is locked. */
function Watches({ me, watches }: { me: Me; watches: readonly Watch[] }) {
  const watching = useMemo(
    () => watches.map((watch) => ({ roles: watch.roles, View: lazy(() => watch.load().catch(() => ({ default: nobody }))) })),
    [watches],
  )
  return (
    <Suspense fallback={null}>
      {watching.map(({ roles, View }) => (!me.owes && holds(me, roles) ? <View key={roles.join()} /> : null))}
    </Suspense>
  )
}

const Locked = () => (
  <main className="locking">
    <Suspense fallback={<Loading />}>
      <Lock />
    </Suspense>
  </main>
)

/** Behind a lock a screen keeps what was typed in it and does nothing: it asks for no record, hears no key, paints nothing. One that was never open is not there at all. */
function WhileOpen({ locked, children }: { locked: boolean; children: ReactNode }) {
  const opened = useRef(false)
  opened.current ||= !locked
  return opened.current ? <Activity mode={locked ? 'hidden' : 'visible'}>{children}</Activity> : null
}

const screenAt = (screens: readonly Screen[], path: string): Screen | undefined =>
  screens.find((screen) => path === screen.path || path.startsWith(`${screen.path.replace(/\/\$.*$/, '')}/`))

export function Shell({ screens, watches }: { screens: readonly Screen[]; watches: readonly Watch[] }) {
  const { t } = useTranslation()
  const { me, failure, again } = useSession()
  const path = useLocation({ select: (location) => location.pathname })
  const here = screenAt(screens, path)
  const stands = useMatches({ select: (matches) => matches.at(-1)?.pathname ?? '' })
  const [menu, setMenu] = useState(false)
  const { leave, asking, ...leaving } = useLeaving()
  useEffect(() => {
    document.title = `${here ? `${t(here.title)} · ` : ''}准绳 Plumbline`
    setMenu(false)
  }, [here, t])
  if (here?.roles === 'anyone')
    return (
      <Guard key={path}>
        <Outlet />
      </Guard>
    )
  if (failure) return <Trouble failure={failure} again={again} />
  if (me === undefined) return <Loading />
  if (me === null)
    return (
      <Suspense fallback={<Loading />}>
        <Login />
      </Suspense>
    )
  const mine = me.owes || me.locked ? [] : screens.filter((screen) => may(me, screen))
  return (
    <div className={`shell${menu ? ' open' : ''}`}>
      <header className="bar">
        <a className="skip" href="#main">
          {t('shell.skip')}
        </a>
        <Brand />
        <Navigation screens={mine.filter((screen) => screen.nav)} here={here?.path} />
        {me.owes ? null : <LiveState />}
        <Clock />
        <button type="button" className="menu" aria-expanded={menu} onClick={() => setMenu(!menu)}>
          {t('shell.menu')}
        </button>
        <span className="aside">
          <Who me={me} leave={leave} />
          <Preferences />
        </span>
      </header>
      <DemoSeat me={me} />
      <LateLine />
      {asking ? <Leaving {...leaving} /> : null}
      <Watches me={me} watches={watches} />
      {me.locked ? <Locked /> : null}
      <WhileOpen locked={me.locked}>
        <main id="main" tabIndex={-1}>
          <Guard key={path}>
            <Place me={me} here={here} stands={screenAt(screens, stands)} setUp={screens.find((screen) => screen.early)} />
          </Guard>
        </main>
      </WhileOpen>
    </div>
  )
}

/** What stands in the middle: the screen, or who may see it, or first the second factor. */
function Place(props: { me: Me; here: Screen | undefined; stands: Screen | undefined; setUp: Screen | undefined }) {
  const { me, here, stands, setUp } = props
  const navigate = useNavigate()
  const away = me.owes && here !== setUp ? setUp?.path : undefined
  useEffect(() => {
    if (away) void navigate({ to: away, replace: true })
  }, [away, navigate])
  // While the way leads elsewhere the screen before still stands in the outlet.
  if (me.owes && (here !== setUp || stands !== setUp)) return <Loading />
  return here && typeof here.roles !== 'string' && !may(me, here) ? <Forbidden roles={here.roles} /> : <Outlet />
}

/** The first screen that the person's roles have; who owes a second factor is led elsewhere. */
export function Home({ screens }: { screens: readonly Screen[] }) {
  const { me } = useSession()
  const navigate = useNavigate()
  // While another screen loads this one still stands here, mounted anew: who has chosen already is not led away.
  const here = useLocation({ select: ({ pathname }) => pathname === '/' })
  const first = me && !me.owes && here ? screens.find((screen) => screen.nav && may(me, screen)) : undefined
  useEffect(() => {
    if (first) void navigate({ to: first.path, replace: true })
  }, [first, navigate])
  return first || me?.owes || !here ? (
    <Loading />
  ) : (
    <Forbidden roles={[...new Set(screens.flatMap(({ roles }) => (typeof roles === 'string' ? [] : roles)))]} />
  )
}
