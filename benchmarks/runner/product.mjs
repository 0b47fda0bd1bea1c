// The real distribution in a data directory of its own, filled through its own REST interface.
import { copyFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { call, each } from './http.mjs';
import { freePort, ready, run, start } from './processes.mjs';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SOLUTION = 'aws-solution-finder';
export const LARGE = 1_000_000_000;

const profile = (small) => ({
  name: 'daily',
  description: 'A limit that no load reaches, and one that it does',
  tiers: [
    { tier: 'anonymous', limits: [{ window: 'lifetime', amount: 3 }] },
    { tier: 'registered', limits: [{ window: 'day', amount: LARGE }] },
    { tier: 'small', limits: [{ window: 'lifetime', amount: small }] },
  ],
});

function archive() {
  const folder = path.join(ROOT, 'assembly/target');
  const found = existsSync(folder) ? readdirSync(folder).filter((name) => /^marketplace-assembly-.*\.tar\.gz$/.test(name)) : [];
  if (found.length === 0) throw new Error('the distribution is not built: mvn package, or ./run once');
  return path.join(folder, found[0]);
}

export function noopBundle() {
  const folder = path.join(ROOT, 'benchmarks/noop/target');
  return path.join(folder, readdirSync(folder).find((name) => /^benchmark-noop-.*\.jar$/.test(name)));
}

export async function unpack(work) {
  const home = path.join(work, 'distribution');
  mkdirSync(home, { recursive: true });
  await run('tar', ['xzf', archive(), '-C', home, '--strip-components=1']);
  return home;
}

/** @param settings lines for etc/<pid>.cfg, by pid */
export async function startProduct(name, home, work, { small, settings = {} }) {
  const data = path.join(work, name);
  const [port, sshPort] = [await freePort(), await freePort()];
  mkdirSync(path.join(data, 'profiles'), { recursive: true });
  mkdirSync(path.join(data, 'deploy'), { recursive: true });
  mkdirSync(path.join(data, 'etc'), { recursive: true });
  writeFileSync(path.join(data, 'profiles/daily.json'), JSON.stringify(profile(small)));
  for (const [pid, lines] of Object.entries(settings)) writeFileSync(path.join(data, 'etc', `${pid}.cfg`), lines);
  const key = `benchmark-${randomBytes(24).toString('hex')}`;
  const env = { KARAF_DATA: data, MARKETPLACE_PORT: port, MARKETPLACE_SSH_PORT: sshPort, MARKETPLACE_ADMIN_KEY: key };
  const server = start(name, path.join(home, 'bin/karaf'), ['server'], { log: path.join(work, `${name}.log`), env });
  await ready(server, async () => (await call(port, 'GET', '/health/ready')).status === 200);
  await ready(server, async () => (await call(port, 'GET', `/api/solutions/${SOLUTION}`)).status === 200);
  copyFileSync(noopBundle(), path.join(data, 'deploy', path.basename(noopBundle())));
  await ready(server, async () => (await call(port, 'POST', '/benchmark/noop', { body: {} })).status === 200);
  return { name, server, port, data, admin: { Authorization: `Bearer ${key}` }, customers: new Map() };
}

/** Makes one customer and token each; remembers the customers by token. */
export async function makeTokens(product, count, tier) {
  return each(Array.from({ length: count }, (_, i) => `${tier}-${i}@example.com`), async (email) => {
    const answer = await call(product.port, 'POST', '/api/generate-solution-token', {
      headers: product.admin,
      body: { user_email: email, solution_id: SOLUTION, access_tier: tier },
    });
    if (answer.status !== 200) throw new Error(`no token for ${email}: ${answer.status} ${answer.text}`);
    const made = JSON.parse(answer.text);
    product.customers.set(made.token, made.customer_id);
    return made.token;
  });
}

/** Units used by each of the tokens, as the marketplace itself tells. */
export async function used(product, tokens) {
  return each(tokens, async (token) => {
    const answer = await call(product.port, 'POST', '/api/validate-solution-token', {
      body: { token, solution_id: SOLUTION, check_only: true },
    });
    const told = JSON.parse(answer.text);
    if (answer.status === 200) return told.quota.used;
    if (answer.status === 429) return told.used;
    throw new Error(`no usage of a token: ${answer.status} ${answer.text}`);
  });
}

export function targets(product) {
  const common = { servers: [product.server], port: product.port, solution: SOLUTION };
  return {
    decision: { ...common, name: `${product.name}: decision`, path: '/api/validate-solution-token' },
    look: { ...common, name: `${product.name}: decision, check only`, path: '/api/validate-solution-token', more: ',"check_only":true' },
    noop: { ...common, name: 'no-op servlet, same server', path: '/benchmark/noop' },
  };
}
