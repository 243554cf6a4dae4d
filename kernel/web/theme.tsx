import { ConfigProvider, theme as antd, type ThemeConfig } from 'antd'
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'

export const themeChoices = ['system', 'light', 'dark'] as const
export type ThemeChoice = (typeof themeChoices)[number]

const remembered = 'plumbline.theme'
const dark = matchMedia('(prefers-color-scheme: dark)')
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''

const kept = (): ThemeChoice => themeChoices.find((choice) => choice === localStorage.getItem(remembered)) ?? 'system'
const shown = (choice: ThemeChoice): 'light' | 'dark' => (choice === 'system' ? (dark.matches ? 'dark' : 'light') : choice)

/** Ant Design computes shades, so it needs the values of tokens.css and not the names. */
function fromTokens(): ThemeConfig {
  const style = getComputedStyle(document.documentElement)
  const of = (name: string) => style.getPropertyValue(`--${name}`).trim()
  // The dark algorithm would dull them.
  const line = { colorPrimary: of('line'), colorPrimaryHover: of('line'), colorPrimaryActive: of('line') }
  const field = { colorBgContainer: of('panel'), activeShadow: 'none', activeBorderColor: of('line'), hoverBorderColor: of('ink-3') }
  return {
    cssVar: { key: 'theme-vars' },
    hashed: false,
    token: {
      colorPrimary: of('line'),
      colorInfo: of('line'),
      colorLink: of('line'),
      colorError: of('alarm'),
      colorWarning: of('warn'),
      colorSuccess: of('good'),
      colorText: of('ink'),
      colorTextSecondary: of('ink-2'),
      colorTextTertiary: of('ink-3'),
      colorTextPlaceholder: of('ink-3'),
      colorTextDisabled: of('ink-3'),
      colorBgBase: of('panel'),
      colorBgContainer: of('panel'),
      colorBgElevated: of('panel'),
      colorBgLayout: of('paper'),
      colorBorder: of('rule'),
      colorBorderSecondary: of('rule-2'),
      borderRadius: 4,
      controlHeight: 34,
      controlHeightSM: 28,
      controlHeightLG: 40,
      fontFamily: of('font'),
      fontSize: 14,
      lineHeight: 1.5,
      boxShadow: 'none',
      boxShadowSecondary: 'none',
      motion: false,
    },
    components: {
      Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none', primaryColor: of('on-line'), fontWeight: 500, ...line },
      Input: field,
      InputNumber: field,
      Drawer: { colorBgMask: 'rgba(10, 20, 36, .32)', paddingLG: 16, padding: 12 },
    },
  }
}

const Theme = createContext<{ choice: ThemeChoice; set: (choice: ThemeChoice) => void }>({ choice: 'system', set: () => {} })
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
  const config = useMemo(() => {
    document.documentElement.dataset['theme'] = mode
    return { ...fromTokens(), algorithm: mode === 'dark' ? antd.darkAlgorithm : antd.defaultAlgorithm }
  }, [mode])
  const value = useMemo(() => ({ choice, set }), [choice])
  return (
    <Theme.Provider value={value}>
      <ConfigProvider csp={{ nonce }} theme={config} button={{ autoInsertSpace: false }} wave={{ disabled: true }} virtual={false}>
        {children}
      </ConfigProvider>
    </Theme.Provider>
  )
}
