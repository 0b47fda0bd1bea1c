import { useSyncExternalStore } from 'react'
import { store, stored } from './storage'

export type Theme = 'light' | 'dark' | 'system'

const system = window.matchMedia('(prefers-color-scheme: dark)')
const listeners = new Set<() => void>()

const chosen = (): Theme => {
  const theme = stored('theme')
  return theme === 'light' || theme === 'dark' ? theme : 'system'
}

function apply() {
  const theme = chosen()
  document.documentElement.dataset.theme = theme === 'system' ? (system.matches ? 'dark' : 'light') : theme
  listeners.forEach((listener) => listener())
}

export function startTheme(): void {
  apply()
  system.addEventListener('change', apply)
}

export function useTheme(): [Theme, (theme: Theme) => void] {
  const theme = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    chosen,
  )
  return [
    theme,
    (next) => {
      store('theme', next === 'system' ? null : next)
      apply()
    },
  ]
}
