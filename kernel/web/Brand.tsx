import { useTranslation } from 'react-i18next'
import { type ThemeChoice, themeChoices, useTheme } from './theme.tsx'
import { choose, languages, nameOf, tagOf } from './words.ts'

export function Brand({ small }: { small?: boolean }) {
  return (
    <span className="brand">
      <svg width="14" height="22" aria-hidden="true">
        <line x1="7" y1="0" x2="7" y2="13" stroke="var(--line)" strokeWidth="2" />
        <path d="M2 13h10l-5 9z" fill="var(--line)" />
      </svg>
      <span lang="zh-Hans">准绳</span>
      {small ? null : <span lang="en">Plumbline</span>}
    </span>
  )
}

/** Language and theme: native selects, because they work everywhere and by every means. */
export function Preferences() {
  const { t, i18n } = useTranslation()
  const { choice, set } = useTheme()
  return (
    <span className="preferences">
      <select aria-label={t('shell.language')} value={i18n.language} onChange={(event) => void choose(event.target.value)}>
        {languages.map((code) => (
          <option key={code} value={code} lang={tagOf(code)}>
            {nameOf(code)}
          </option>
        ))}
      </select>
      <select aria-label={t('shell.theme')} value={choice} onChange={(event) => set(event.target.value as ThemeChoice)}>
        {themeChoices.map((one) => (
          <option key={one} value={one}>
            {t(`shell.${one}`)}
          </option>
        ))}
      </select>
    </span>
  )
}
