import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { fits, settled, start, violations } from './browser.mjs'
import { pages } from './pages.mjs'

let world
before(async () => (world = await start()))
after(() => world.stop())

for (const [width, colorScheme] of [[360, 'dark'], [1280, 'light']]) {
  test(`every page meets WCAG 2.2 AA and fits ${width} px, ${colorScheme}`, async (context) => {
    const windows = new Map()
    for (const [name, path, who = ''] of pages(world)) {
      await context.test(name, async () => {
        if (!windows.has(who)) {
          const page = await world.open({ viewport: { width, height: 800 }, colorScheme })
          if (who) await world.signIn(page, who)
          windows.set(who, page)
        }
        const page = windows.get(who)
        await page.goto(path)
        await settled(page)
        await fits(page)
        assert.deepEqual(await violations(page), [])
      })
    }
  })
}

test('no page breaks the policy or throws', () => assert.deepEqual(world.faults, []))
