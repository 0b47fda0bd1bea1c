import type { TFunction } from 'i18next'
import { words } from './format'

/** The tiers that everybody has, in the reader's language; the others by the name their makers gave them. */
export function tierText(tier: string, t: TFunction): string {
  if (tier === 'anonymous') return t('Without an account')
  return tier === 'registered' ? t('Registered') : words(tier)
}

/** In words: {@code lifetime}, {@code day}, {@code month}, {@code days-30}. */
export function windowText(window: string, t: TFunction): string {
  if (window === 'day') return t('per day')
  if (window === 'month') return t('per month')
  if (window === 'lifetime') return t('in total')
  const days = /^days-(\d+)$/.exec(window)
  return days ? t('in {{count}} days', { count: Number(days[1]) }) : window
}

interface Left {
  unlimited: boolean
  windows: { limit: number; remaining: number }[]
}

/** Whether somebody should be told about higher tiers: a fifth or less is left in any window. */
export function nearlyUsedUp(quotas: Left[]): boolean {
  return quotas.some((quota) => !quota.unlimited && quota.windows.some((w) => w.limit > 0 && w.remaining * 5 <= w.limit))
}

export const usedUp = (quotas: Left[]): boolean =>
  quotas.some((quota) => !quota.unlimited && quota.windows.some((w) => w.limit >= 0 && w.remaining === 0))
