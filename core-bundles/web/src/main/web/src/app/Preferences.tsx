import { useTranslation } from 'react-i18next'
import { Icon } from '../components/Icon'
import { LANGUAGES, speak, spoken } from '../lib/i18n'
import type { Language } from '../lib/i18n'
import { useTheme } from '../lib/theme'
import type { Theme } from '../lib/theme'

export function LanguageChoice() {
  const { t } = useTranslation()
  return (
      <select aria-label={t('Language')} className="input w-auto text-sm" value={spoken()} onChange={(event) => void speak(event.target.value as Language)}>
        {Object.entries(LANGUAGES).map(([tag, name]) => <option key={tag} value={tag} lang={tag}>{name}</option>)}
      </select>
  )
}

const ICONS = { light: 'sun', dark: 'moon', system: 'auto' } as const
const NEXT: Record<Theme, Theme> = { system: 'light', light: 'dark', dark: 'system' }

export function ThemeChoice() {
  const { t } = useTranslation()
  const [theme, setTheme] = useTheme()
  const names = { light: t('Light'), dark: t('Dark'), system: t('As the device') }
  return (
    <button type="button" className="button" onClick={() => setTheme(NEXT[theme])}>
      <Icon name={ICONS[theme]} className="size-4" />
      <span className="sr-only">{t('Colours')}:</span> {names[theme]}
    </button>
  )
}
