// Starting Chromium and the marketplace's REST calls the tests need.
import { chromium } from 'playwright-core';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { randomBytes, randomInt } from 'node:crypto';
import net from 'node:net';

const base = process.env.BASE_URL;
export const solution = 'aws-solution-finder';
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// without these Chromium talks to its maker's servers
const flags = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];

export const launch = () => chromium.launch({ executablePath: process.env.CHROMIUM, args: flags });

export const desktop = { viewport: { width: 1280, height: 860 } };
export const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

/**
 * The marketplace tells only a few devices apart behind one address, and every case here wants to be somebody new. So each
 * visitor comes through a relay of its own, which connects from an address of its own in 127.0.0.0/8.
 */
async function relay() {
  const { hostname, port } = new URL(base);
  if (hostname !== '127.0.0.1') return { origin: base, close() {} };
  const localAddress = `127.${randomInt(1, 255)}.${randomInt(256)}.${randomInt(1, 255)}`;
  const open = new Set();
  const server = net.createServer(client => {
    const upstream = net.connect({ host: hostname, port: Number(port), localAddress });
    for (const [socket, other] of [[client, upstream], [upstream, client]]) {
      open.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => { open.delete(socket); other.destroy(); });
      socket.pipe(other);
    }
  });
  await new Promise(listening => server.listen(0, '127.0.0.1', listening));
  return { origin: `http://127.0.0.1:${server.address().port}`, close() { open.forEach(socket => socket.destroy()); server.close(); } };
}

/**
 * A fresh browser profile, i.e. a new visitor. Notes what went to the console and what left the origin;
 * `quiet` are messages that belong to the case.
 */
export async function visitor(browser, options, { quiet = [] } = {}) {
  const { origin, close } = await relay();
  const context = await browser.newContext(options);
  const tab = await context.newPage();
  const complaints = [];
  const strangers = [];
  tab.on('console', message => {
    const text = message.text();
    if (['error', 'warning'].includes(message.type()) && !quiet.some(each => each.test(text))) complaints.push(text);
  });
  tab.on('pageerror', error => complaints.push(String(error)));
  context.on('request', request => {
    if (!request.url().startsWith(origin + '/') && !request.url().startsWith('data:')) strangers.push(request.url());
  });
  context.on('close', close);
  return { context, tab, complaints, strangers, page: `${origin}/solutions/${solution}/search` };
}

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

export const shot = (tab, name) => tab.screenshot({ path: `${process.env.SCREENSHOTS}/${name}.png` });

async function admin(method, path, body) {
  const reply = await fetch(base + path, {
    method, headers: { Authorization: `Bearer ${process.env.ADMIN_KEY}`, 'Content-Type': 'application/json' }, body: JSON.stringify(body)
  });
  const text = await reply.text();
  if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${text}`);
  return text ? JSON.parse(text) : {};
}

export async function customer() {
  const email = `${randomBytes(6).toString('hex')}@example.com`;
  const { token } = await admin('POST', '/api/generate-solution-token', { user_email: email, solution_id: solution, access_tier: 'registered' });
  return { email, token };
}
export const upgrade = (email, tier) => admin('PUT', '/api/user-tier', { user_email: email, solution_id: solution, access_tier: tier });
export const revoke = token => admin('DELETE', '/api/revoke-token', { token });
