import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { chromium } from 'playwright-core'
import { people } from '../dev/people.mjs'
import { serve } from '../dev/server.mjs'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

export async function start() {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] })
  const site = await serve()
  const persons = people(site.marketplace)
  const faults = []

  /** A person's own browser window. Anything the console complains of is a fault of the page. */
  async function open(options = {}) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-IN', reducedMotion: 'reduce', baseURL: site.url, ...options })
    context.setDefaultTimeout(60_000)
    const page = await context.newPage()
    page.on('pageerror', (error) => faults.push(String(error)))
    page.on('console', (line) => /Content Security Policy|Refused to/.test(line.text()) && faults.push(line.text()))
    return page
  }
  async function signIn(page, email, then = '/dashboard') {
    await page.goto('/sign-in?next=' + encodeURIComponent(then))
    await page.locator('[name=email]').fill(email) // by their names: the page may be in any language
    await page.locator('[name=password]').fill('correct horse')
    await page.locator('main form [type=submit]').first().click()
    await page.waitForURL('**' + then)
  }
  return { browser, site, open, signIn, faults, ...persons, stop: async () => (await browser.close(), site.close()) }
}

/** What axe finds against WCAG 2.2 A and AA. */
export async function violations(page) {
  await page.evaluate(AXE)
  const found = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }))
  return found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(' ') + ' ' + (node.any[0]?.message ?? '')).join(' | ')}`)
}

export async function settled(page) {
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.waitForLoadState('networkidle')
  await page.waitForFunction(() => !document.querySelector('.skeleton'))
}

export async function fits(page) {
  const [needed, there] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth])
  assert.ok(needed <= there, `${page.url()} is ${needed} px wide in ${there}`)
}
