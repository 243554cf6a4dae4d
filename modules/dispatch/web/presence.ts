import { useEffect } from 'react'
import { ask, newId } from '#kernel/web/api.ts'
import { attended, onAttended } from '#kernel/web/attended.ts'
import { useConnection } from '#kernel/web/live.ts'
import { beatMs } from '../rules/shift.ts'

/** This tab, for as long as it stands. */
const screen = newId()

/** A window that can be seen says it after it has painted; one that is hidden paints nothing and says that it is there. */
function tell(): void {
  const visible = attended()
  const say = () => void ask('POST', '/signal/dispatch/present', { screen, visible })
  if (document.visibilityState === 'visible') requestAnimationFrame(() => setTimeout(say, 0))
  else say()
}

/** Tells the server that this screen is there, while its line is live. What is not answered is said again with the next beat. */
export function usePresence(): void {
  const live = useConnection().state === 'live'
  useEffect(() => {
    if (!live) return
    tell()
    const timer = setInterval(tell, beatMs)
    const off = onAttended(tell)
    return () => {
      clearInterval(timer)
      off()
    }
  }, [live])
}
