import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { launch, settled, sideways, violations, visitor } from './browser.mjs';
import { enter, pages, populate } from './pages.mjs';

describe('every page meets WCAG 2.2 AA and fits its window', { timeout: 3_600_000 }, () => {
  let browser;
  let world;
  before(async () => {
    browser = await launch();
    world = await populate();
  });
  after(async () => { await browser?.close(); await world?.end(); });

  for (const [colorScheme, width, locale] of [['dark', 360, 'en-IN'], ['light', 1280, 'en-IN'], ['light', 360, 'hi-IN']]) {
    it(`${colorScheme}, ${width} px, ${locale}`, async () => {
      const windows = new Map();
      const wrong = [];
      for (const [name, path, who = ''] of pages(world)) {
        if (!windows.has(who)) {
          const window = await visitor(browser, { viewport: { width, height: 800 }, colorScheme, locale }, { quiet: [/status of 40[149]/] });
          await enter(window.tab, who, world);
          windows.set(who, window);
        }
        const { tab } = windows.get(who);
        await tab.goto(path);
        await settled(tab);
        wrong.push(...(await violations(tab)).map(one => `${name}: ${one.slice(0, 500)}`));
        if (await sideways(tab) > 0) wrong.push(`${name}: ${await sideways(tab)} px too wide`);
      }
      for (const { context, complaints, strangers } of windows.values()) {
        wrong.push(...complaints, ...strangers);
        await context.close();
      }
      assert.deepEqual(wrong, []);
    });
  }
});
