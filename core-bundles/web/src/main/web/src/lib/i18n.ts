import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import en from '../locales/en.json'
import { stored, store } from './storage'

/** English text is its own key; en.json holds only what has plurals. Hindi is fetched when it is wanted. */
export const LANGUAGES = { en: 'English', hi: 'हिन्दी' } as const
export type Language = keyof typeof LANGUAGES

const known = (tag: string | null | undefined): Language | undefined => {
  const primary = tag?.toLowerCase().split('-')[0]
  return primary === 'en' || primary === 'hi' ? primary : undefined
}

async function load(language: Language) {
  if (language === 'hi' && !i18next.hasResourceBundle('hi', 'translation')) {
    i18next.addResourceBundle('hi', 'translation', (await import('../locales/hi.json')).default)
  }
}

export async function startLanguages(): Promise<void> {
  const language = known(stored('language')) ?? known(navigator.language) ?? 'en'
  await i18next.use(initReactI18next).init({
    resources: { en: { translation: en } },
    lng: 'en',
    fallbackLng: 'en',
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  })
  if (language !== 'en') await speak(language)
}

export async function speak(language: Language): Promise<void> {
  await load(language)
  await i18next.changeLanguage(language)
  document.documentElement.lang = language
  store('language', language)
}

export const spoken = (): Language => known(i18next.language) ?? 'en'
