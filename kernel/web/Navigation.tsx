import { Link } from '@tanstack/react-router'
import { type FocusEvent, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import type { Screen } from './screen.ts'

/** Where the bar folds into a menu, all entries stand in it. */
const folded = matchMedia('(max-width: 1000px)')
const watchFolded = (watcher: () => void) => {
  folded.addEventListener('change', watcher)
  return () => folded.removeEventListener('change', watcher)
}

const widthOf = (element: Element): number => element.getBoundingClientRect().width

/** How many entries stand in a room of this width beside what opens the others. */
function fitting(widths: readonly number[], gap: number, room: number, more: number): number {
  const until = (limit: number): number => {
    let used = -gap
    const first = widths.findIndex((width) => (used += width + gap) > limit)
    return first < 0 ? widths.length : first
  }
  return until(room) === widths.length ? widths.length : until(room - more - gap)
}

/** As many entries as fit, measured whole at every change of the room or of the words. */
function useFitting(names: string) {
  const nav = useRef<HTMLElement>(null)
  const ruler = useRef<HTMLDivElement>(null)
  const [fits, setFits] = useState(Number.POSITIVE_INFINITY)
  // biome-ignore lint/correctness/useExhaustiveDependencies: other names have other widths
  useLayoutEffect(() => {
    const [room, measure] = [nav.current, ruler.current]
    if (room === null || measure === null) return
    const look = () => {
      const [more = 0, ...widths] = [...measure.children].map(widthOf)
      setFits(fitting(widths, Number.parseFloat(getComputedStyle(room).columnGap) || 0, widthOf(room), more))
    }
    const watch = new ResizeObserver(look)
    watch.observe(room)
    watch.observe(measure)
    return () => watch.disconnect()
  }, [names])
  return { nav, ruler, fits }
}

function Entry({ screen, chosen }: { screen: Screen; chosen?: () => void }) {
  const { t } = useTranslation()
  return (
    <Link to={screen.path} activeProps={{ className: 'on', 'aria-current': 'page' }} {...(chosen && { onClick: chosen })}>
      {t(screen.title)}
    </Link>
  )
}

function More({ screens, here }: { screens: readonly Screen[]; here: boolean }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const left = ({ currentTarget, relatedTarget }: FocusEvent<HTMLElement>) => {
    if (!currentTarget.contains(relatedTarget)) setOpen(false)
  }
  return (
    <div
      role="group"
      className="nav-more"
      onBlur={left}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return
        setOpen(false)
        button.current?.focus()
      }}
    >
      <button ref={button} type="button" className={here ? 'on' : undefined} aria-expanded={open} onClick={() => setOpen(!open)}>
        {t('shell.more')}
      </button>
      {open ? (
        <div className="nav-others">
          {screens.map((screen) => (
            <Entry key={screen.path} screen={screen} chosen={() => setOpen(false)} />
          ))}
        </div>
      ) : null}
    </div>
  )
}

/** The screens of a person's roles; what does not fit into the bar opens under one entry at its end. */
export function Navigation({ screens, here }: { screens: readonly Screen[]; here: string | undefined }) {
  const { t } = useTranslation()
  const all = useSyncExternalStore(watchFolded, () => folded.matches)
  const { nav, ruler, fits } = useFitting(screens.map(({ title }) => t(title)).join())
  const shown = all ? screens : screens.slice(0, fits)
  const others = screens.slice(shown.length)
  return (
    <nav ref={nav} className="nav" aria-label={t('shell.navigation')}>
      {shown.map((screen) => (
        <Entry key={screen.path} screen={screen} />
      ))}
      {others.length > 0 ? <More screens={others} here={others.some(({ path }) => path === here)} /> : null}
      <div ref={ruler} className="nav-ruler" aria-hidden="true">
        <span className="nav-opens">{t('shell.more')}</span>
        {screens.map(({ path, title }) => (
          <span key={path}>{t(title)}</span>
        ))}
      </div>
    </nav>
  )
}
