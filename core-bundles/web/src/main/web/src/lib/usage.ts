export interface UsageDay {
  date: string
  solution_id: string
  action: string
  units: number
}

/** Every day of the range, so that days without use are seen too; dates are UTC. */
export function daysOf(from: string, to: string): string[] {
  const days: string[] = []
  const end = Date.parse(to + 'T00:00:00Z')
  for (let at = Date.parse(from + 'T00:00:00Z'); at <= end; at += 86_400_000) {
    days.push(new Date(at).toISOString().slice(0, 10))
  }
  return days
}

/** The last days up to today, in UTC as the server counts. */
export function lastDays(count: number, now: number = Date.now()): { from: string; to: string } {
  return { from: new Date(now - (count - 1) * 86_400_000).toISOString().slice(0, 10), to: new Date(now).toISOString().slice(0, 10) }
}

/** Units by day and solution. */
export function byDay(usage: readonly UsageDay[]): Map<string, Map<string, number>> {
  const days = new Map<string, Map<string, number>>()
  for (const { date, solution_id, units } of usage) {
    const day = days.get(date) ?? new Map<string, number>()
    day.set(solution_id, (day.get(solution_id) ?? 0) + units)
    days.set(date, day)
  }
  return days
}

/** The smallest of 1, 2, 5 × 10ⁿ that the highest bar fits under. */
export function ceiling(highest: number): number {
  if (highest <= 4) return 4
  const power = 10 ** Math.floor(Math.log10(highest))
  return [1, 2, 5, 10].map((step) => step * power).find((top) => top >= highest) ?? highest
}
