// itests/browser/run --look FOLDER [page…]: every page at two widths, in both themes and both languages, for eyes.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { launch, settled, visitor } from './test/browser.mjs';
import { enter, pages, populate } from './test/pages.mjs';

const [folder, ...only] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const browser = await launch();
const world = await populate();
for (const locale of ['en-IN', 'hi-IN']) {
  for (const [width, colorScheme] of [[390, 'light'], [390, 'dark'], [1280, 'light'], [1280, 'dark']]) {
    const windows = new Map();
    for (const [name, path, who = ''] of pages(world)) {
      if (only.length > 0 && !only.includes(name)) continue;
      if (!windows.has(who)) {
        const window = await visitor(browser, { viewport: { width, height: 800 }, colorScheme, locale });
        await enter(window.tab, who, world);
        windows.set(who, window);
      }
      const { tab } = windows.get(who);
      await tab.goto(path);
      await settled(tab);
      await tab.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}-${locale.slice(0, 2)}.png`), fullPage: true });
    }
    for (const { context } of windows.values()) await context.close();
  }
}
await world.end();
await browser.close();
