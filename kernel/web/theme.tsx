import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'

export const themeChoices = ['system', 'light', 'dark'] as const
export type ThemeChoice = (typeof themeChoices)[number]

const remembered = 'plumbline.theme'
const dark = matchMedia('(prefers-color-scheme: dark)')

const kept = (): ThemeChoice => themeChoices.find((choice) => choice === localStorage.getItem(remembered)) ?? 'system'
const shown = (choice: ThemeChoice): 'light' | 'dark' => (choice === 'system' ? (dark.matches ? 'dark' : 'light') : choice)

interface Look {
  readonly choice: ThemeChoice
  readonly set: (choice: ThemeChoice) => void
  /** What the choice comes to now. */
  readonly mode: 'light' | 'dark'
}

const Theme = createContext<Look>({ choice: 'system', set: () => {}, mode: 'light' })
export const useTheme = () => useContext(Theme)

export function ThemeProvider({ children }: { children: ReactNode }) {
  const [choice, set] = useState(kept)
  const [mode, setMode] = useState(() => shown(kept()))
  useEffect(() => {
    const change = () => setMode(shown(choice))
    change()
    localStorage.setItem(remembered, choice)
    dark.addEventListener('change', change)
    return () => dark.removeEventListener('change', change)
  }, [choice])
  // Before anything below is drawn: whoever computes with the tokens' values reads them off the page.
  const value = useMemo(() => {
    document.documentElement.dataset['theme'] = mode
    return { choice, set, mode }
  }, [choice, mode])
  return <Theme.Provider value={value}>{children}</Theme.Provider>
}
