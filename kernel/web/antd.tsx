import { ConfigProvider, theme as antd, type ThemeConfig } from 'antd'
import { type ReactNode, useMemo } from 'react'
import { useTheme } from './theme.tsx'

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''

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

/** The look of Ant Design's parts, in the light or dark of the page. Screens without such parts do without its script. */
export function Dressed({ children }: { children: ReactNode }) {
  const { mode } = useTheme()
  const config = useMemo(() => ({ ...fromTokens(), algorithm: mode === 'dark' ? antd.darkAlgorithm : antd.defaultAlgorithm }), [mode])
  return (
    <ConfigProvider csp={{ nonce }} theme={config} button={{ autoInsertSpace: false }} wave={{ disabled: true }} virtual={false}>
      {children}
    </ConfigProvider>
  )
}
