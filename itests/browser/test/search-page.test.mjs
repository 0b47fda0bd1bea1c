import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { desktop, launch, phone, search, shot, violations, visit } from './browser.mjs';
import { customer, patience, revoke, solution, upgrade } from './marketplace.mjs';

const refused = [/status of 429/];
const unknown = [/status of 40[13]/];
const text = (tab, selector) => tab.locator(selector).innerText();
const pill = tab => text(tab, '#quota');

describe('search page', { timeout: 3_600_000 }, () => {
  let browser;
  before(async () => { browser = await launch(); });
  after(async () => { await browser?.close(); });

  const as = (options, run, hints) => visit(browser, options, run, hints);

  it('greets a first visitor with examples and the free searches', () => as(desktop, async (tab, page) => {
    await tab.goto(page);
    await tab.waitForSelector('#examples:not([hidden]) button');
    await tab.waitForSelector('#quota:not([hidden])');
    assert.equal(await pill(tab), '3 of 3 free searches left');
    assert.equal(await tab.locator('h1').innerText(), 'What problem are you solving?');
    assert.deepEqual(await violations(tab), []);
    await shot(tab, '1-first-visit');
  }));

  it('finds, marks and links, and counts', () => as(desktop, async (tab, page) => {
    await tab.goto(page);
    await search(tab, 'cheap storage for old files');
    const first = tab.locator('.result').first();
    assert.match(await first.innerText(), /Amazon S3 Glacier/);
    assert.equal(await first.locator('h3 a').getAttribute('href'), 'https://aws.amazon.com/s3/storage-classes/glacier/');
    assert.equal(await first.locator('h3 a').getAttribute('rel'), 'noopener noreferrer');
    assert.ok(await first.locator('mark').count() > 2);
    assert.equal(await pill(tab), '2 of 3 free searches left');
    assert.match(tab.url(), /\?q=cheap\+storage\+for\+old\+files$/);
    assert.deepEqual(await violations(tab), []);
    await shot(tab, '2-results');
  }));

  it('filters without spending a search', () => as(desktop, async (tab, page) => {
    await tab.goto(page);
    await search(tab, 'store and serve files');
    const before = await tab.locator('.result').count();
    await tab.getByLabel(/Reference architecture/).check();
    assert.ok(await tab.locator('.result').count() < before);
    assert.deepEqual([...new Set(await tab.locator('.result .kind').allInnerTexts())], ['Reference architecture']);
    assert.equal(await pill(tab), '2 of 3 free searches left');
    await tab.getByRole('button', { name: 'Remove all filters' }).click();
    assert.equal(await tab.locator('.result').count(), before);
  }));

  it('works from the keyboard alone', () => as(desktop, async (tab, page) => {
    await tab.goto(page);
    await tab.evaluate(() => document.activeElement.blur());
    await tab.keyboard.press('/');
    await tab.keyboard.insertText('kubern'); // at once: letter by letter, suggestions for the first ones could come between
    await tab.waitForSelector('#suggest:not([hidden]) li');
    await tab.keyboard.press('ArrowDown');
    const chosen = await text(tab, '#suggest [aria-selected="true"] span:first-child');
    await tab.keyboard.press('Enter');
    await tab.waitForSelector('.result');
    assert.equal(await tab.inputValue('#q'), chosen);
    const focused = () => tab.evaluate(() => [...document.querySelectorAll('[data-result]')].indexOf(document.activeElement));
    await tab.keyboard.press('ArrowDown');
    assert.equal(await focused(), 0);
    await tab.keyboard.press('ArrowDown');
    assert.equal(await focused(), 1);
    await tab.keyboard.press('ArrowUp');
    await tab.keyboard.press('Escape');
    assert.equal(await tab.evaluate(() => document.activeElement.id), 'q');
    await tab.keyboard.insertText('que');
    await tab.waitForSelector('#suggest:not([hidden]) li');
    await tab.keyboard.press('Escape');
    assert.ok(await tab.locator('#suggest').isHidden());
  }));

  it('a shared address fills the box and spends nothing; going back shows results again for nothing', () => as(desktop, async (tab, page) => {
    await tab.goto(page + '?q=message+queue');
    await tab.waitForSelector('#quota:not([hidden])');
    assert.equal(await tab.inputValue('#q'), 'message queue');
    assert.equal(await tab.locator('.result').count(), 0);
    assert.equal(await pill(tab), '3 of 3 free searches left');
    await tab.press('#q', 'Enter');
    await tab.waitForSelector('.result');
    await search(tab, 'graph database');
    assert.equal(await pill(tab), '1 of 3 free searches left');
    await tab.goBack();
    await tab.waitForFunction(() => document.querySelector('.summary')?.innerText.includes('message queue'));
    assert.equal(await pill(tab), '1 of 3 free searches left');
  }));

  it('says so when nothing fits, and refuses what is no question', () => as(desktop, async (tab, page) => {
    await tab.goto(page);
    await search(tab, 'qqxz vvkj');
    assert.match(await text(tab, '.note'), /Nothing fits that yet/);
    assert.deepEqual(await violations(tab), []);
    await shot(tab, '3-nothing-found');
    const asked = [];
    tab.on('request', request => { if (request.url().endsWith('/api/search')) asked.push(request.url()); });
    await tab.fill('#q', '   ');
    await tab.press('#q', 'Enter');
    assert.deepEqual(asked, []);
  }));

  it('what comes from the address or the catalogue is never markup', () => as(desktop, async (tab, page) => {
    const nasty = '<img src=x onerror=alert(1)> storage';
    await tab.goto(page + '?q=' + encodeURIComponent(nasty));
    await tab.press('#q', 'Enter');
    await tab.waitForSelector('.result');
    assert.ok((await text(tab, '.summary')).includes(nasty));
    assert.equal(await tab.locator('main img').count(), 0);
  }));

  it('after three searches a visitor is asked to register, and can come back', () => as(desktop, async (tab, page) => {
    await tab.goto(page);
    for (const question of ['load balancer', 'event bus', 'send text messages']) await search(tab, question);
    assert.equal(await pill(tab), '0 of 3 free searches left');
    await search(tab, 'turn off servers at night');
    assert.match(await text(tab, '.note'), /You have used your 3 free searches/);
    const link = new URL(await tab.locator('.note a').getAttribute('href'), tab.url());
    assert.equal(link.pathname, '/register');
    assert.equal(link.searchParams.get('solution_id'), solution);
    assert.equal(link.searchParams.get('return_url'), tab.url());
    assert.deepEqual(await violations(tab), []);
    await shot(tab, '4-limit');
    await tab.getByRole('button', { name: 'Back to the last results' }).click();
    await tab.waitForSelector('.result');
    assert.equal((await tab.request.get(link.href)).status(), 200);
  }, { quiet: refused }));

  it('takes a token from the address once, keeps it, and shows the address without it', async () => {
    const { email, token } = await customer();
    await as(desktop, async (tab, page) => {
      await tab.goto(`${page}?q=queue#token=${token}&user_email=${encodeURIComponent(email)}`);
      await tab.waitForURL(page + '?q=queue');
      await tab.waitForFunction(() => document.querySelector('#quota').innerText.includes('10 of 10'));
      assert.equal(await text(tab, '#who'), email);
      await tab.goto(`${page}?token=${token}&user_email=${encodeURIComponent(email)}`);
      await tab.waitForURL(page);
      await tab.reload();
      await tab.waitForFunction(() => document.querySelector('#quota').innerText.includes('10 of 10'));
      assert.equal(await tab.evaluate(() => localStorage.getItem('marketplace_token.aws-solution-finder')), token);
      assert.ok(!(await tab.content()).includes(token));
      await tab.getByRole('button', { name: 'Sign out' }).click();
      await tab.waitForFunction(() => document.querySelector('#quota').innerText.includes('free'));
      assert.equal(await tab.evaluate(() => localStorage.getItem('marketplace_token.aws-solution-finder')), null);
    });
  });

  it('after ten searches a customer is offered more, and as pro has no limit', async () => {
    const { email, token } = await customer();
    await as(desktop, async (tab, page) => {
      await tab.goto(`${page}#token=${token}&user_email=${encodeURIComponent(email)}`);
      for (let n = 1; n <= 10; n++) await search(tab, 'question number ' + n + ' about storage');
      assert.equal(await pill(tab), '0 of 10 searches left today');
      await search(tab, 'one more about storage');
      assert.match(await text(tab, '.note'), /You have used your 10 searches for today/);
      assert.match(await text(tab, '.note'), /Your next searches come in/);
      const link = new URL(await tab.locator('.note a').getAttribute('href'), tab.url());
      assert.equal(link.pathname, '/upgrade');
      assert.equal(link.searchParams.get('solution_id'), solution);
      assert.equal(link.searchParams.get('return_url'), tab.url());
      await shot(tab, '5-daily-limit');
      await upgrade(email, 'pro');
      await search(tab, 'now without limit');
      assert.equal(await pill(tab), 'Unlimited searches');
      await search(tab, 'and again');
      assert.ok(await tab.locator('.result').count() > 0);
      await shot(tab, '6-pro');
    }, { quiet: refused });
  });

  it('a revoked token is forgotten kindly, and the visitor can go on', async () => {
    const { email, token } = await customer();
    await as(desktop, async (tab, page) => {
      await tab.goto(`${page}#token=${token}&user_email=${encodeURIComponent(email)}`);
      await tab.waitForFunction(() => document.querySelector('#quota').innerText.includes('10 of 10'));
      await revoke(token);
      await search(tab, 'message queue');
      assert.match(await text(tab, '.note'), /You have been signed out/);
      assert.equal(await tab.evaluate(() => localStorage.getItem('marketplace_token.aws-solution-finder')), null);
      await shot(tab, '7-signed-out');
      await tab.getByRole('button', { name: 'Search without signing in' }).click();
      await tab.waitForSelector('.result');
      assert.equal(await pill(tab), '2 of 3 free searches left');
    }, { quiet: unknown });
  });

  it('a search whose answer got lost is not paid twice', () => as(desktop, async (tab, page) => {
    await tab.goto(page);
    const keys = [];
    await tab.route('**/api/search', async route => {
      keys.push(route.request().headers()['idempotency-key']);
      if (keys.length === 1) { await route.fetch({ timeout: patience }); await route.abort('connectionreset'); } else await route.continue();
    });
    await search(tab, 'object storage');
    assert.equal(await tab.locator('.result').count() > 0, true);
    assert.equal(keys.length, 2);
    assert.equal(keys[0], keys[1]);
    assert.equal(await pill(tab), '2 of 3 free searches left');
  }, { quiet: [/ERR_CONNECTION_RESET/] }));

  it('says that it is offline, and goes on when it is back', () => as(desktop, async (tab, page, context) => {
    await tab.goto(page);
    await tab.waitForSelector('#quota:not([hidden])');
    await context.setOffline(true);
    await tab.locator('#offline').waitFor();
    await search(tab, 'object storage');
    assert.match(await text(tab, '.note'), /You are offline/);
    await shot(tab, '8-offline');
    await context.setOffline(false);
    await tab.waitForFunction(() => navigator.onLine);
    await tab.locator('#offline').waitFor({ state: 'hidden' });
    await tab.getByRole('button', { name: 'Try again' }).click();
    await tab.waitForSelector('.result');
    assert.equal(await pill(tab), '2 of 3 free searches left');
  }, { quiet: [/ERR_INTERNET_DISCONNECTED/] }));

  it('fits a phone', () => as(phone, async (tab, page) => {
    const sideways = () => tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    await tab.goto(page);
    await tab.waitForSelector('#examples:not([hidden]) button');
    assert.equal(await sideways(), 0);
    await shot(tab, '9-phone-first-visit');
    await search(tab, 'chat with our own documents using AI');
    assert.equal(await sideways(), 0);
    assert.deepEqual(await violations(tab), []);
    await shot(tab, '10-phone-results');
    await tab.locator('.filters summary').click();
    assert.equal(await sideways(), 0);
    await shot(tab, '11-phone-filters');
    await tab.setViewportSize({ width: 320, height: 640 });
    await tab.waitForFunction(() => document.documentElement.clientWidth === 320);
    assert.equal(await sideways(), 0);
  }));

  it('is as readable in the dark', () => as({ ...desktop, colorScheme: 'dark' }, async (tab, page) => {
    await tab.goto(page);
    await tab.waitForSelector('#examples:not([hidden]) button');
    assert.deepEqual(await violations(tab), []);
    await search(tab, 'protect our web shop from attackers');
    assert.deepEqual(await violations(tab), []);
    await shot(tab, '12-dark');
  }));
});
