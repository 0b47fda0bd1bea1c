import { spoken } from './i18n'

const locale = () => (spoken() === 'hi' ? 'hi-IN' : 'en-IN')

export const number = (value: number) => new Intl.NumberFormat(locale()).format(value)

export const day = (iso: string) =>
  new Intl.DateTimeFormat(locale(), { day: 'numeric', month: 'short', year: 'numeric' }).format(new Date(iso))

/** From one day to another. */
export const span = (from: string, until: string) => `${day(from)} – ${day(until)}`

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

/**
 * @param minor in the currency's smallest unit
 * @param exact also .00 is said, as in a bill
 */
export function money(minor: number, currency: string, exact = false): string {
  const format = new Intl.NumberFormat(locale(), { style: 'currency', currency })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  const amount = minor / 10 ** digits
  return Number.isInteger(amount) && !exact
    ? new Intl.NumberFormat(locale(), { style: 'currency', currency, maximumFractionDigits: 0 }).format(amount)
    : format.format(amount)
}

export const country = (code: string) => new Intl.DisplayNames([locale()], { type: 'region' }).of(code) ?? code

/** An id of a solution's maker as people read it: priority-support is Priority support. */
export const words = (id: string) => id.charAt(0).toUpperCase() + id.slice(1).replaceAll(/[-_]/g, ' ')

/** Hundredths of a percent as a percentage: 1800 is 18 %. */
export const percent = (basisPoints: number) =>
  new Intl.NumberFormat(locale(), { style: 'percent', maximumFractionDigits: 2 }).format(basisPoints / 10_000)

const digitsOf = (currency: string) =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2

/** A typed amount in the currency's smallest unit; undefined if it is none, or finer than that. */
export function minorOf(typed: string, currency: string): number | undefined {
  const parts = /^(\d{1,12})(?:\.(\d*))?$/.exec(typed.trim().replaceAll(',', ''))
  const digits = digitsOf(currency)
  const fraction = parts?.[2] ?? ''
  return parts && fraction.length <= digits ? Number(parts[1] + fraction.padEnd(digits, '0')) : undefined
}

/** As {@link minorOf} takes it. */
export function typedOf(minor: number, currency: string): string {
  const digits = digitsOf(currency)
  const text = String(minor).padStart(digits + 1, '0')
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`
}
