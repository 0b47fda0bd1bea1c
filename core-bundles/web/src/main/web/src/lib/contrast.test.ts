import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const css = readFileSync('src/app/styles.css', 'utf8')
const block = (start: string) => css.slice(css.indexOf(start), css.indexOf('}', css.indexOf(start)))
const tokens = (text: string) => new Map([...text.matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)].map((match) => [match[1]!, match[2]!]))

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
}

function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light! + 0.05) / (dark! + 0.05)
}

const TEXT = [
  ['ink', 'paper'], ['ink', 'surface'], ['ink', 'sunk'], ['ink', 'accent-soft'], ['quiet', 'paper'], ['quiet', 'surface'], ['accent', 'paper'], ['accent', 'surface'],
  ['accent-strong', 'accent-soft'], ['on-accent', 'accent'], ['on-accent', 'accent-strong'], ['warn', 'warn-soft'], ['bad', 'bad-soft'], ['bad', 'surface'],
  ['good', 'good-soft'], ['good', 'surface'],
]
const EDGES = [['edge', 'surface'], ['edge', 'paper'], ['accent', 'line'], ['sun-strong', 'surface']]

describe.each([['light', ':root {'], ['dark', "[data-theme='dark'] {"]])('%s', (_, start) => {
  const colours = tokens(block(start))
  it.each(TEXT)('%s can be read on %s', (ink, paper) => {
    expect(contrast(colours.get(ink)!, colours.get(paper)!)).toBeGreaterThanOrEqual(4.5)
  })
  it.each(EDGES)('%s can be told from %s', (edge, paper) => {
    expect(contrast(colours.get(edge)!, colours.get(paper)!)).toBeGreaterThanOrEqual(3)
  })
})
