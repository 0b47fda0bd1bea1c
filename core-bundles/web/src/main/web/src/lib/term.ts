const DAY_MS = 86_400_000

/** Days before the end of a term in which the reader is reminded of it. */
const REMINDED_DAYS = 7

/**
 * The end of a term that begins then, as the server will count it: the same day and time a month or year later. Undefined where
 * that depends on the day on which the very first term began, because not every month has that day. Up to the 26th it does not,
 * in whichever of the world's zones the server counts.
 */
export function termEnd(from: string, period: 'month' | 'year' | 'once'): string | undefined {
  const end = new Date(from)
  if (period === 'once' || end.getUTCDate() > 26) return undefined
  if (period === 'month') end.setUTCMonth(end.getUTCMonth() + 1)
  else end.setUTCFullYear(end.getUTCFullYear() + 1)
  return end.toISOString()
}

export const reached = (moment: string, now: number = Date.now()) => Date.parse(moment) <= now

export const endsSoon = (until: string, now: number = Date.now()) => reached(until, now + REMINDED_DAYS * DAY_MS)
