import { spoken } from './i18n'

const locale = () => (spoken() === 'hi' ? 'hi-IN' : 'en-IN')

export const number = (value: number) => new Intl.NumberFormat(locale()).format(value)

export const day = (iso: string) =>
  new Intl.DateTimeFormat(locale(), { day: 'numeric', month: 'short', year: 'numeric' }).format(new Date(iso))

/** Days of the usage record are UTC days, wherever the reader is. */
export const utcDay = (date: string, style: 'short' | 'long' = 'short') =>
  new Intl.DateTimeFormat(locale(), {
    day: 'numeric',
    month: style === 'short' ? 'short' : 'long',
    ...(style === 'long' ? { weekday: 'short' as const } : {}),
    timeZone: 'UTC',
  }).format(new Date(date + 'T00:00:00Z'))

export const moment = (iso: string) =>
  new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(iso))

/** In how long, or how long ago, in the largest unit that fits. */
export function relative(iso: string, now: number = Date.now()): string {
  const seconds = Math.round((new Date(iso).getTime() - now) / 1000)
  const units: [Intl.RelativeTimeFormatUnit, number][] = [['day', 86_400], ['hour', 3600], ['minute', 60]]
  const format = new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' })
  for (const [unit, size] of units) {
    if (Math.abs(seconds) >= size) return format.format(Math.round(seconds / size), unit)
  }
  return format.format(seconds, 'second')
}

/** @param minor in the currency's smallest unit */
export function money(minor: number, currency: string): string {
  const format = new Intl.NumberFormat(locale(), { style: 'currency', currency })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  const amount = minor / 10 ** digits
  return Number.isInteger(amount)
    ? new Intl.NumberFormat(locale(), { style: 'currency', currency, maximumFractionDigits: 0 }).format(amount)
    : format.format(amount)
}

export const country = (code: string) => new Intl.DisplayNames([locale()], { type: 'region' }).of(code) ?? code

/** Registered, Pro: tier names are ids of the solutions' makers. */
export const tierName = (tier: string) => tier.charAt(0).toUpperCase() + tier.slice(1).replaceAll(/[-_]/g, ' ')
