import { describe, expect, it } from 'vitest'
import { minorOf, typedOf } from './format'
import { gstinOf, soundGstin } from './gstin'
import { ended, lookAgainSeconds, reasonText, STATES } from './payment'
import { countries, states } from './places'
import { webAddress } from './visit'

describe('GSTIN', () => {
  it.each(['27AAPFU0939F1ZV', '36AAACL1234C1Z6', '29AAACL1234C1Z1'])('%s is one', (gstin) => expect(soundGstin(gstin)).toBe(true))
  it.each(['27AAPFU0939F1ZW', '36AAACL1234C1Z1', '29AAACL1243C1Z1', '29AAACL1234C1Z', '', '29aaacl1234c1z1'])('%s is none', (gstin) => expect(soundGstin(gstin)).toBe(false))
  it('may be typed with spaces and small letters', () => expect(soundGstin(gstinOf(' 29 aaacl 1234c 1z1 '))).toBe(true))
})

describe('amounts', () => {
  it.each([['1178.82', 'INR', 117882], ['1,178.8', 'INR', 117880], ['12', 'INR', 1200], ['0.01', 'INR', 1], ['250', 'JPY', 250], ['90071992547.40', 'INR', 9007199254740]])('%s %s', (typed, currency, minor) =>
    expect(minorOf(typed, currency)).toBe(minor))
  it.each([['1178.825', 'INR'], ['2.5', 'JPY'], ['-1', 'INR'], ['', 'INR'], ['ten', 'INR'], ['1e3', 'INR']])('%s %s is none', (typed, currency) => expect(minorOf(typed, currency)).toBeUndefined())
  it('are shown for typing as they are read', () => {
    for (const minor of [1, 99, 100, 117882]) expect(minorOf(typedOf(minor, 'INR'), 'INR')).toBe(minor)
    expect(typedOf(250, 'JPY')).toBe('250')
  })
})

describe('waiting', () => {
  it('looks soon at first, then more rarely, and never stops by itself', () => {
    const pauses = Array.from({ length: 30 }, (_, looks) => lookAgainSeconds(looks))
    expect(pauses[0]).toBe(1)
    expect(pauses).toEqual([...pauses].sort((a, b) => a - b))
    expect(pauses.at(-1)).toBe(15)
  })
  it('waits only for what is open', () => expect(STATES.filter((state) => !ended(state))).toEqual(['created', 'open']))
})

it('knows every state of India once, by its two digits, and every country', () => {
  const codes = states().map(([code]) => code)
  expect(codes).toHaveLength(37)
  expect(codes.every((code) => /^\d\d$/.test(code))).toBe(true)
  expect(countries()).toHaveLength(249)
  expect(countries()).toContainEqual(['IN', 'India'])
})

it('an address that is a script leads nowhere', () => {
  expect(webAddress('javascript:alert(1)')).toBeUndefined()
  expect(webAddress('/solutions/x/')).toMatch(/^http.*\/solutions\/x\/$/)
})

describe('why a payment is as it is', () => {
  const t = ((text: string) => text) as never
  it.each(['bought_twice', 'has_higher', 'credit_gone', 'late', 'not_sold', 'customer_gone'])('%s: the money goes back by itself', (code) =>
    expect(reasonText(code, t)).toMatch(/goes back to where it came from by itself/))
  it('is not told as if it were charged when the provider gave it back', () => expect(reasonText('given_back', t)).toContain('You were not charged'))
})
