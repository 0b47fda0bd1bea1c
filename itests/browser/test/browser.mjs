// Chromium, and what is asked of every page.
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { randomInt } from 'node:crypto';
import { base, patience, solution } from './marketplace.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// without these Chromium talks to its maker's servers, and pages of others (a provider's) could load what they like
const flags = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
const program = { executablePath: process.env.CHROMIUM, args: flags, timeout: patience };

export const launch = () => chromium.launch(program);

export const desktop = { viewport: { width: 1280, height: 860 } };
export const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

/**
 * The marketplace tells only a few devices apart behind one address, and limits what comes from one. So each visitor has an
 * address of its own: the marketplace of the tests trusts this machine as a proxy.
 */
export const somewhere = () => `10.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}`;
const dress = options => ({
  locale: 'en-IN', reducedMotion: 'reduce', baseURL: base, ...options,
  extraHTTPHeaders: { 'X-Forwarded-For': somewhere(), 'CloudFront-Viewer-Country': 'IN', 'CloudFront-Viewer-City': 'Pune' }
});

/**
 * A fresh browser profile, i.e. a new visitor. Notes what went to the console and what left the origin;
 * `quiet` are messages that belong to the case, `also` origins that do.
 */
export const visitor = async (browser, options, hints) => watched(await browser.newContext(dress(options)), hints);

/** A browser whose profile is kept in a folder, so that it can be closed and opened again. */
export const resident = async (folder, options, hints) => watched(await chromium.launchPersistentContext(folder, { ...program, ...dress(options) }), hints);

/** What each page is waiting for. */
const asked = new WeakMap();

function count(tab) {
  const open = new Set();
  asked.set(tab, open);
  tab.on('request', request => open.add(request));
  for (const end of ['requestfinished', 'requestfailed']) tab.on(end, request => open.delete(request));
  // what a page was still waiting for when it was left
  tab.on('framenavigated', frame => {
    if (frame === tab.mainFrame()) for (const request of open) if (!request.isNavigationRequest()) open.delete(request);
  });
}

async function watched(context, { quiet = [], also = [] } = {}) {
  context.setDefaultTimeout(patience);
  const complaints = [];
  const strangers = [];
  const watch = tab => {
    count(tab);
    tab.on('console', message => {
      const text = message.text();
      if (['error', 'warning'].includes(message.type()) && !quiet.some(each => each.test(text))) complaints.push(text);
    });
    tab.on('pageerror', error => complaints.push(String(error)));
  };
  context.on('page', watch);
  context.on('request', request => {
    const url = request.url();
    if (![base, ...also].some(origin => url.startsWith(origin + '/')) && !/^(data|blob|chrome):|^about:blank/.test(url)) strangers.push(url);
  });
  context.pages().forEach(watch);
  const tab = context.pages()[0] ?? await context.newPage();
  return { context, tab, complaints, strangers, page: `${base}/solutions/${solution}/search` };
}

/** Runs a case as a new visitor, and checks that nothing complained and nothing left the origin. */
export async function visit(browser, options, run, hints) {
  const { context, tab, complaints, strangers, page } = await visitor(browser, options, hints);
  try {
    await run(tab, page, context);
    assert.deepEqual(complaints, [], 'console stays clean');
    assert.deepEqual(strangers, [], 'no request leaves the origin');
  } finally {
    await context.close();
  }
}

/** Through the sign-in page. */
export async function signIn(tab, { email, password }, then = '/dashboard') {
  await tab.goto('/sign-in?next=' + encodeURIComponent(then));
  await tab.locator('[name=email]').fill(email); // by their names, since the page may be in any language
  await tab.locator('[name=password]').fill(password);
  await tab.locator('main form [type=submit]').first().click();
  await tab.waitForURL('**' + then);
}

/** Searches on the finder's page, and waits for what comes of it. */
export async function search(tab, question) {
  await tab.fill('#q', question);
  await tab.press('#q', 'Enter');
  await tab.waitForFunction(() => document.querySelector('#results').getAttribute('aria-busy') === 'false' && document.querySelector('.result, .note'));
}

/** Accessibility problems of what is shown now, as text. Runs through the debugger, so the page's policy stays as it is. */
export async function violations(tab) {
  await tab.evaluate(axe);
  const found = await tab.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
  return found.violations.map(v => `${v.id}: ${v.help}: ${v.nodes.map(n => n.target.join(' ') + ' ' + (n.any[0]?.message ?? '')).join(' | ')}`);
}

/** A page has come, with what it asked the server for: nothing is asked any more for a moment. */
export async function settled(tab) {
  await tab.getByRole('heading', { level: 1 }).waitFor();
  for (let quiet = 0, looks = 0; quiet < 3; quiet++, looks++) {
    await tab.waitForTimeout(40);
    if (asked.get(tab).size > 0) quiet = 0;
    if (looks > patience / 40) throw new Error('never answered: ' + [...asked.get(tab)].map(request => request.url()));
  }
  await tab.waitForFunction(() => !document.querySelector('.skeleton'));
}

/** By how many pixels the page is wider than its window. */
export const sideways = tab => tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

export const shot = (tab, name) => tab.screenshot({ path: `${process.env.SCREENSHOTS}/${name}.png` });

/** Stands for the finger or face of a person at a device that makes passkeys. */
export async function authenticator(tab) {
  const devtools = await tab.context().newCDPSession(tab);
  await devtools.send('WebAuthn.enable');
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true }
  });
  return {
    credentials: async () => (await devtools.send('WebAuthn.getCredentials', { authenticatorId })).credentials,
    refuse: () => devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false })
  };
}
