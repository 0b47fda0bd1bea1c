import { afterEach, describe, expect, it, vi } from 'vitest'
import { ownPath, takeCode } from './arrival'
import { money, relative } from './format'
import { ask, Problem } from './problem'
import { nearlyUsedUp, usedUp } from './quota'
import { byDay, ceiling, daysOf, lastDays } from './usage'
import { keepVisit, keptVisit, leaveFor, visitOf } from './visit'

describe('the page to go on to', () => {
  it('is one of ours', () => {
    expect(ownPath('/account/keys?x=1')).toBe('/account/keys?x=1')
  })
  it.each(['//evil.example', '/\\evil.example', '/\t/evil.example', 'https://evil.example', 'javascript:alert(1)', 'account', '', undefined, 7])('is never %s', (path) => {
    expect(ownPath(path)).toBeUndefined()
  })
})

describe('leaving', () => {
  it.each(['javascript:alert(1)', 'data:text/html,x', 'blob:x'])('never for %s', (address) => {
    expect(() => leaveFor(address)).toThrow('not a web address')
  })
})

describe('a visit', () => {
  afterEach(() => sessionStorage.clear())
  it('is kept whole', () => {
    const visit = { solution_id: 'word-count', return_url: 'https://example.com/a?b=c#d', code_challenge: 'x'.repeat(43) }
    keepVisit(visit)
    expect(keptVisit()).toEqual(visit)
  })
  it('is none without a solution, or with what is no text', () => {
    expect(visitOf({ return_url: 'https://example.com' })).toBeUndefined()
    expect(visitOf({ solution_id: ['a', 'b'] })).toBeUndefined()
    expect(visitOf({ solution_id: 'a', return_url: 'x'.repeat(2001) })).toEqual({ solution_id: 'a' })
  })
  it('is none where the storage holds nonsense', () => {
    sessionStorage.setItem('visit', '{')
    expect(keptVisit()).toBeUndefined()
  })
})

describe('the code of a mail', () => {
  it('leaves the address bar', () => {
    window.history.replaceState(null, '', '/sign-up/confirm?a=b#code=NEST-1')
    expect(takeCode()).toBe('NEST-1')
    expect(window.location.href).toMatch(/\/sign-up\/confirm\?a=b$/)
    expect(takeCode()).toBe('')
  })
})

describe('an answer', () => {
  it('that refuses becomes a problem with its fields and waiting time', async () => {
    const response = new Response(null, { status: 422, headers: { 'Retry-After': '30' } })
    const error = { code: 'invalid-field', detail: 'weak', instance: 'req_1', errors: [{ field: 'password', message: 'too weak' }] }
    const problem = await ask(Promise.resolve({ error, response })).catch((caught: unknown) => caught)
    expect(problem).toBeInstanceOf(Problem)
    expect(problem).toMatchObject({ status: 422, code: 'invalid-field', requestId: 'req_1', retryAfterSeconds: 30 })
    expect((problem as Problem).fields.get('password')).toBe('too weak')
  })
  it('that never comes is told apart from one that refuses', async () => {
    await expect(ask(Promise.reject(new TypeError('failed')))).rejects.toMatchObject({ status: 0, code: 'unreachable' })
  })
  it('that is a page of some proxy is a failure without words', async () => {
    const response = new Response(null, { status: 502 })
    await expect(ask(Promise.resolve({ error: '<html>', response }))).rejects.toMatchObject({ status: 502, code: 'internal', message: '' })
  })
})

describe('quotas', () => {
  const left = (remaining: number, limit: number) => [{ unlimited: false, windows: [{ limit, remaining }] }]
  it('are nearly used up from a fifth on', () => {
    expect(nearlyUsedUp(left(3, 10))).toBe(false)
    expect(nearlyUsedUp(left(2, 10))).toBe(true)
    expect(usedUp(left(1, 10))).toBe(false)
    expect(usedUp(left(0, 10))).toBe(true)
  })
  it('without a limit never are', () => {
    expect(nearlyUsedUp([{ unlimited: true, windows: [{ limit: -1, remaining: -1 }] }])).toBe(false)
    expect(usedUp([{ unlimited: true, windows: [] }])).toBe(false)
  })
})

describe('use', () => {
  it('has every day of the range, over the end of a month', () => {
    expect(daysOf('2026-02-27', '2026-03-02')).toEqual(['2026-02-27', '2026-02-28', '2026-03-01', '2026-03-02'])
  })
  it('counts days in UTC, today included', () => {
    expect(lastDays(7, Date.parse('2026-03-10T23:59:59Z'))).toEqual({ from: '2026-03-04', to: '2026-03-10' })
  })
  it('adds up actions of one solution on one day', () => {
    const use = (action: string, units: number) => ({ date: '2026-03-01', solution_id: 'a', action, units })
    expect(byDay([use('x', 2), use('y', 3)]).get('2026-03-01')?.get('a')).toBe(5)
  })
  it.each([[0, 4], [4, 4], [5, 5], [16, 20], [51, 100], [100, 100], [1001, 2000]])('of %i goes under a scale of %i', (highest, top) => {
    expect(ceiling(highest)).toBe(top)
  })
})

describe('figures', () => {
  afterEach(() => vi.useRealTimers())
  it('are money from minor units', () => {
    expect(money(99_900, 'INR')).toBe('₹999')
    expect(money(99_950, 'INR')).toBe('₹999.50')
    expect(money(500, 'JPY')).toMatch(/500$/)
  })
  it('are times in the largest unit that fits', () => {
    const now = Date.parse('2026-03-10T12:00:00Z')
    expect(relative('2026-03-10T17:00:00Z', now)).toBe('in 5 hours')
    expect(relative('2026-03-09T11:00:00Z', now)).toBe('yesterday')
    expect(relative('2026-03-10T11:58:00Z', now)).toBe('2 minutes ago')
  })
})
