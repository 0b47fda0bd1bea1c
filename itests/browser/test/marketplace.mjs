// The marketplace under test without a browser: its REST interface, its mails, and people who are there already.
import { request } from 'playwright-core';
import { randomBytes } from 'node:crypto';
import { readFileSync, readdirSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

export const base = process.env.BASE_URL;
export const data = process.env.DATA;
export const solution = 'aws-solution-finder';

export const password = 'a window over the harbour';
/** Made in setup.test.mjs, which runs first. */
export const administrator = { email: 'admin@example.com', password };

/** Milliseconds for anything that must come: far more than it takes, since a machine may be slow or stand still. */
export const patience = 120_000;

/** Asks until the answer is one that counts, and returns it. */
export async function until(what, ask) {
  for (const end = Date.now() + patience; ;) {
    const found = await ask();
    if (found) return found;
    if (Date.now() > end) throw new Error(`waited ${patience / 1000} s in vain until ${what}`);
    await pause(100);
  }
}

const userAgent = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';

export const someone = () => `${randomBytes(6).toString('hex')}@example.com`;

export async function admin(method, path, body) {
  const reply = await fetch(base + path, {
    method, headers: { Authorization: `Bearer ${process.env.ADMIN_KEY}`, 'Content-Type': 'application/json' }, body: JSON.stringify(body)
  });
  return answer(reply, method, path);
}

/** A call by a token or key of a customer. */
export async function bearer(secret, path, body) {
  return fetch(base + path, { method: 'POST', headers: { Authorization: `Bearer ${secret}`, 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
}

async function answer(reply, method, path) {
  const text = await reply.text();
  if (!(typeof reply.ok === 'function' ? reply.ok() : reply.ok)) throw new Error(`${method} ${path}: ${text}`);
  return text ? JSON.parse(text) : {};
}

/** A customer the operator entitled, without an account. */
export async function customer() {
  const email = someone();
  const { token } = await admin('POST', '/api/generate-solution-token', { user_email: email, solution_id: solution, access_tier: 'registered' });
  return { email, token };
}
export const upgrade = (email, tier) => admin('PUT', '/api/user-tier', { user_email: email, solution_id: solution, access_tier: tier });
export const revoke = token => admin('DELETE', '/api/revoke-token', { token });

/**
 * Somebody with an account, made as pages make it.
 * `state` is what a browser needs to be signed in as this person, `call` asks the server as this person.
 */
export async function person({ email = someone(), name = '', solutions = [], headers = {} } = {}) {
  // a connection that was kept could be ended by the server at the very moment of the next call
  const caller = await request.newContext({ baseURL: base, userAgent, timeout: patience, extraHTTPHeaders: { Origin: base, Connection: 'close', ...headers } });
  const call = async (method, path, body) => answer(await caller.fetch(path, { method, data: body }), method, path);
  await call('POST', '/api/auth/sign-up', { email, password, name, language: 'en' });
  const { code } = await mail(email, 'verify-email');
  const { account } = await call('POST', '/api/auth/sign-up/confirm', { code });
  for (const solution_id of solutions) await call('POST', '/api/registrations', { solution_id });
  return { email, name, password, id: account.id, call, state: await caller.storageState(), end: () => caller.dispose() };
}

/** Somebody's payment at the sandbox, begun as the page begins it. */
export async function begins(buyer, tier, gateway = 'sandbox') {
  return (await buyer.call('POST', '/api/payments/initiate', {
    solution_id: solution, tier, gateway, buyer: { name: buyer.name, country: 'IN', region: '29' }, idempotency_key: randomBytes(8).toString('hex')
  })).payment;
}

/** The tier follows the payment, or the refund, by a task: a moment after everybody can see that it is paid. */
export const hasTier = (buyer, tier) => until(`the tier is ${tier}`, async () => {
  const { solutions } = await buyer.call('GET', '/api/account/solutions');
  return solutions.find(one => one.solution_id === solution)?.access_tier === tier;
});

/** Pays it on the sandbox's page, and comes back with what that sends along. */
export async function pays(buyer, payment) {
  const left = await fetch(new URL(payment.checkout.url, base) + '/pay', { method: 'POST', redirect: 'manual' });
  if (left.status !== 303) throw new Error(`the sandbox answered ${left.status}`);
  const proof = Object.fromEntries(new URL(left.headers.get('Location'), base).searchParams);
  return (await buyer.call('POST', '/api/payments/verify', { payment_id: payment.payment_id, proof })).payment;
}

/** Gives a part back, or all that is left, and waits until it is done. */
export async function givesBack(payment, reason, amount_minor) {
  const path = `/api/admin/payments/${payment.payment_id}`;
  await admin('POST', path + '/refund', { amount_minor, reason, idempotency_key: reason });
  return until('it is given back', async () => {
    const { refunds } = await admin('GET', path);
    return refunds.find(one => one.reason === reason && one.state === 'processed');
  });
}

/** What the server told at its start, for the first administrator. */
export const setupLink = () => /http\S+\/setup#code=\S+/.exec(readFileSync(process.env.SERVER_LOG, 'utf8'))?.[0];

/** The newest mail of a kind to an address, as soon as it is in the outbox: its text, its link, and the code in it. */
export function mail(to, kind) {
  const folder = join(data, 'outbox');
  return until(`there is a mail ${kind} to ${to}`, () => {
    const names = existsSync(folder) ? readdirSync(folder).filter(name => name.includes(`-${kind}-`) && name.endsWith('.eml')).sort().reverse() : [];
    for (const name of names) {
      const raw = readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n');
      if (new RegExp(`^To: .*${to.replaceAll('.', '\\.')}`, 'mi').test(raw)) return read(raw);
    }
    return undefined;
  });
}

function read(raw) {
  const part = raw.slice(raw.search(/^Content-Type: text\/plain/m)).split(/^--/m)[0];
  const [head, ...paragraphs] = part.split('\n\n');
  const body = paragraphs.join('\n\n');
  const coding = /^Content-Transfer-Encoding: (\S+)/mi.exec(head)?.[1].toLowerCase();
  const text = coding === 'base64' ? Buffer.from(body, 'base64').toString()
    : coding === 'quoted-printable' ? Buffer.from(body.replaceAll('=\n', '').replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16))), 'latin1').toString()
      : body;
  return { text, link: /^https?:\/\/\S+$/m.exec(text)?.[0], code: /^ {4}(\S+)$/m.exec(text)?.[1] };
}
