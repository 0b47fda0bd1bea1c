import { describe, expect, it } from 'vitest'
import { endsSoon, reached, termEnd } from './term'

describe('the end of a term', () => {
  it.each([
    ['2026-12-21T10:15:00.000Z', 'month', '2027-01-21T10:15:00.000Z'],
    ['2026-02-26T23:59:59.000Z', 'month', '2026-03-26T23:59:59.000Z'],
    ['2026-12-21T10:15:00.000Z', 'year', '2027-12-21T10:15:00.000Z'],
  ] as const)('from %s, a %s: %s', (from, period, end) => expect(termEnd(from, period)).toBe(end))

  // 27 February, 19:30 UTC is the 28th in India, which may stand for a 31st.
  it.each(['2026-02-27T19:30:00Z', '2026-02-28T12:00:00Z', '2026-03-31T12:00:00Z'])('is left to the server where months differ: %s', (from) => {
    expect(termEnd(from, 'month')).toBeUndefined()
    expect(termEnd(from, 'year')).toBeUndefined()
  })
  it('is none for what does not end', () => expect(termEnd('2026-12-21T10:15:00Z', 'once')).toBeUndefined())
})

describe('a reminder', () => {
  const until = '2026-12-21T10:15:00Z'
  it.each([['2026-12-14T10:14:59Z', false], ['2026-12-14T10:15:00Z', true], ['2026-12-20T00:00:00Z', true]])('at %s: %s', (now, soon) =>
    expect(endsSoon(until, Date.parse(now))).toBe(soon))
  it('what begins at a moment has begun at it', () => {
    expect(reached(until, Date.parse(until))).toBe(true)
    expect(reached(until, Date.parse(until) - 1)).toBe(false)
  })
})
