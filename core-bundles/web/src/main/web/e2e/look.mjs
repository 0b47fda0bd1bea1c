// npm run look -- <folder> [name…]: screenshots of the pages at two widths and in both themes, for eyes.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { settled, start } from './browser.mjs'
import { pages } from './pages.mjs'

const [folder = 'shots', ...only] = process.argv.slice(2)
const world = await start()
mkdirSync(folder, { recursive: true })
for (const [width, colorScheme] of [[390, 'light'], [390, 'dark'], [1280, 'light'], [1280, 'dark']]) {
  const windows = new Map()
  for (const [name, path, who = ''] of pages(world)) {
    if (only.length > 0 && !only.includes(name)) continue
    if (!windows.has(who)) {
      const page = await world.open({ viewport: { width, height: 800 }, colorScheme, locale: process.env.LOCALE ?? 'en-IN' })
      if (who) await world.signIn(page, who)
      windows.set(who, page)
    }
    const page = windows.get(who)
    await page.goto(path)
    await settled(page)
    await page.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}.png`), fullPage: true })
  }
}
console.log(world.faults)
await world.stop()
