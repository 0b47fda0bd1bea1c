import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import en from './en.json'
import hi from './hi.json'

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !/\.test\.|schema\.d/.test(name))
  .map((name) => readFileSync(join('src', name), 'utf8'))
const used = new Set(sources.flatMap((text) => [...text.matchAll(/\bt\(\s*'((?:[^'\\]|\\.)*)'/g)].map((match) => match[1]!)))
const plural = (key: string) => key.includes('{{count}}')
const wanted = [...used].flatMap((key) => (plural(key) ? [key + '_one', key + '_other'] : [key]))
const holes = (text: string) => [...text.matchAll(/\{\{\w+\}\}/g)].map((match) => match[0]).sort()

describe('languages', () => {
  it('Hindi says everything the pages say, and nothing else', () => {
    expect(Object.keys(hi).sort()).toEqual(wanted.sort())
  })
  it('English has the plurals', () => {
    expect(Object.keys(en).sort()).toEqual(wanted.filter((key) => /_(one|other)$/.test(key)).sort())
  })
  it('every figure and name of the English text is in the Hindi one', () => {
    for (const [key, text] of Object.entries(hi)) expect(holes(text), key).toEqual(holes(key))
  })
})
