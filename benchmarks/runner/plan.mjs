// What is compared with what, why, and what each comparison does not tell. Servers are started when first needed.
import path from 'node:path';
import { writeFileSync } from 'node:fs';
import {
  keptTokens, missing, redisBench, startFastify, startJetty, startNginx, startPostgres, startRedis, startSpring,
} from './peers.mjs';
import { LARGE, makeTokens, startProduct, targets, unpack, used } from './product.mjs';

/** Configuration of the quota service: nothing is counted ahead, so every decision is a record of its own. */
const STRICT = { 'com.cloudnestle.marketplace.quota': 'lease_units = 1\n' };
const SMALLER_BLOCKS = { 'com.cloudnestle.marketplace.quota': 'lease_units = 20\n' };

/** The stage of a run: tokens and the servers that were started so far. */
export class Stage {
  constructor(work, options) {
    this.work = work;
    this.options = options;
    this.things = new Map();
  }

  /** Makes a thing once. */
  once(name, make) {
    if (!this.things.has(name)) this.things.set(name, make());
    return this.things.get(name);
  }

  home() {
    return this.once('distribution', () => unpack(this.work));
  }

  product(name, settings) {
    return this.once(name, async () => {
      const { tokenCount, smallCount, smallLimit } = this.options;
      const product = await startProduct(name, await this.home(), this.work, { small: smallLimit, settings });
      const tokens = await makeTokens(product, tokenCount, 'registered');
      const small = await makeTokens(product, smallCount, 'small');
      const file = path.join(this.work, `${name}-tokens.txt`);
      const smallFile = path.join(this.work, `${name}-small.txt`);
      writeFileSync(file, `${tokens.join('\n')}\n`);
      writeFileSync(smallFile, `${small.join('\n')}\n`);
      const all = targets(product);
      for (const target of Object.values(all)) Object.assign(target, { tokens: file, smallFile, small, all: tokens, noDecision: true });
      Object.assign(all.decision, { noDecision: false, used: (list) => used(product, list), account: { allowed: 0, inFlight: 0 } });
      const oneFile = path.join(this.work, `${name}-one.txt`);
      writeFileSync(oneFile, `${tokens[0]}\n`);
      all.one = { ...all.decision, name: `${name}: decision, one token`, tokens: oneFile, noDecision: true }; // the same account
      return { ...all, tokens, small, file, smallFile };
    });
  }

  leased() {
    return this.product('marketplace', {});
  }

  smaller() {
    return this.product('marketplace-20', SMALLER_BLOCKS);
  }

  strict() {
    return this.product('marketplace-strict', STRICT);
  }

  /** Tokens for peers are those of the first marketplace: the same lengths, the same count. */
  async peer(name, start, own = {}) {
    return this.once(name, async () => {
      const { tokens, small, file, smallFile } = await this.leased();
      const target = await start(keptTokens(tokens, small, this.options.smallLimit), file, smallFile);
      return { ...target, tokens: file, smallFile, small, all: tokens, account: { allowed: 0, inFlight: 0 }, ...own };
    });
  }

  redis(name, durable) {
    return this.once(`redis ${name}`, async () => {
      const { tokens, small } = await this.leased();
      return startRedis(name, this.work, keptTokens(tokens, small, this.options.smallLimit), durable);
    });
  }

  postgres() {
    return this.once('postgres server', async () => {
      const { tokens, small } = await this.leased();
      return startPostgres('postgres', this.work, keptTokens(tokens, small, this.options.smallLimit));
    });
  }

  async nginx(durable) {
    const name = durable ? 'nginx + Lua + Redis, AOF always' : 'nginx + Lua + Redis';
    const redis = await this.redis(durable ? 'redis-aof-nginx' : 'redis-nginx', durable);
    return this.peer(name, () => startNginx(durable ? 'nginx-durable' : 'nginx', this.work, redis), { name, used: redis.used });
  }

  async spring() {
    const redis = await this.redis('redis-spring', false);
    return this.peer('spring', () => startSpring('spring', this.work, redis), { name: 'Spring Boot + Redis', used: redis.used });
  }

  async fastify() {
    const redis = await this.redis('redis-fastify', false);
    return this.peer('fastify', () => startFastify('fastify', this.work, redis), { name: 'Fastify + Redis', used: redis.used });
  }

  async jetty() {
    const { smallLimit } = this.options;
    return this.peer('jetty', (_, file, smallFile) => startJetty('jetty', this.work, ['memory', LARGE, file, smallLimit, smallFile]),
      { name: 'bare Jetty, decision in memory' });
  }

  async jettyNoop() {
    return { ...await this.jetty(), name: 'bare Jetty, no-op', path: '/noop', used: undefined, account: undefined, noDecision: true };
  }

  async jettyPostgres() {
    const postgres = await this.postgres();
    return this.peer('jetty-postgres', () => startJetty('jetty-postgres', this.work, [postgres.jdbc], [postgres.server]),
      { name: 'bare Jetty + PostgreSQL', used: postgres.used });
  }

  async redisAlone() {
    const redis = await this.redis('redis-aof', true);
    let guess = 5000; // requests a second, to size the next window
    return {
      name: 'Redis AOF always, no HTTP', servers: [redis.server], noDecision: true,
      measure: async (seconds, connections) => {
        guess = await redisBench(redis, seconds, connections, guess, this.options.tokenCount);
        return guess;
      },
    };
  }

  async postgresAlone() {
    const postgres = await this.postgres();
    return {
      name: 'PostgreSQL, no HTTP', servers: [postgres.server], noDecision: true,
      measure: (seconds, connections) => postgres.bench(seconds, connections, this.options.tokenCount),
    };
  }
}

const none = () => '';

/**
 * The comparisons, in order. The ratio is always the first named over the second; `goal` judges its median.
 * `by` is the figure the goal speaks of: cpu (processor time per request) or rate (requests a second). What is `minor` has
 * no goal and gets half the pairs.
 */
export const COMPARISONS = [
  {
    id: 'control', group: 'http', title: 'A/A control: no-op servlet against itself', needs: none,
    left: async (stage) => (await stage.leased()).noop, right: async (stage) => (await stage.leased()).noop,
    by: 'cpu', goal: null,
    note: 'How far two measurements of the same thing lie apart here. A difference smaller than this range means nothing.',
  },
  {
    id: 'p1', group: 'http', title: 'P1: decision endpoint / no-op servlet, same server', needs: none,
    left: async (stage) => (await stage.leased()).decision, right: async (stage) => (await stage.leased()).noop,
    by: 'cpu', goal: { text: 'CPU <= 1.3, rate >= 0.80', met: (r) => r.cpu.median <= 1.3 && r.rate.median >= 0.8 },
    note: 'Both are servlets on the HTTP whiteboard of one running marketplace. The decision answers with about 390 bytes and 12 headers, '
      + 'the no-op with 100 bytes and 3 headers; that is part of what a decision costs, so it stays in.',
  },
  {
    id: 'p1-20', group: 'http', title: 'Decision endpoint, up to 20 units counted ahead / no-op servlet', needs: none,
    left: async (stage) => (await stage.smaller()).decision, right: async (stage) => (await stage.smaller()).noop,
    by: 'cpu', goal: null, minor: true,
    note: 'As the first, with one write to the store for up to 20 decisions instead of 100: what the writes cost is the difference.',
  },
  {
    id: 'p1-one', group: 'http', title: 'Decision endpoint, all load on one token / no-op servlet', needs: none,
    left: async (stage) => (await stage.leased()).one, right: async (stage) => (await stage.leased()).noop,
    by: 'cpu', goal: null, minor: true,
    note: 'One counter for all 16 connections: when its block is used up, all of them wait for the same write.',
  },
  {
    id: 'p2-nginx', group: 'http', title: 'P2: nginx + Lua + Redis / decision endpoint', needs: () => missing.nginx() || missing.redis(),
    left: (stage) => stage.nginx(false), right: async (stage) => (await stage.leased()).decision,
    by: 'cpu', goal: { text: 'CPU >= 2', met: (r) => r.cpu.median >= 2 },
    note: 'Redis keeps nothing on disk here and answers over a Unix socket with kept connections; the marketplace is durable. nginx runs two '
      + 'workers; its answer is about 100 bytes without quota headers. Both favour the peer.',
  },
  {
    id: 'p2-spring', group: 'http', title: 'P2: Spring Boot + Redis / decision endpoint', needs: missing.redis,
    left: (stage) => stage.spring(), right: async (stage) => (await stage.leased()).decision,
    by: 'cpu', goal: { text: 'CPU >= 5', met: (r) => r.cpu.median >= 5 },
    note: 'Spring MVC on its Tomcat with Lettuce and the same Redis script, otherwise as generated; the same JVM options. Not durable, a short answer.',
  },
  {
    id: 'fastify', group: 'http', title: 'Fastify + Redis / decision endpoint', needs: () => missing.fastify() || missing.redis(),
    left: (stage) => stage.fastify(), right: async (stage) => (await stage.leased()).decision,
    by: 'cpu', goal: null, minor: true,
    note: 'Two workers, schema-compiled JSON in and out, Redis as above, not durable, a short answer.',
  },
  {
    id: 'jetty-memory', group: 'http', title: 'Decision endpoint / bare Jetty with a decision in memory', needs: none,
    left: async (stage) => (await stage.leased()).decision, right: (stage) => stage.jetty(),
    by: 'cpu', goal: null, minor: true,
    note: 'What container, durability, entitlements, tiers and headers cost together: the peer is a map and a compare-and-set '
      + 'behind the same server library, with the same JVM options, and forgets everything when it stops.',
  },
  {
    id: 'container', group: 'http', title: 'No-op servlet in the marketplace / no-op servlet in a bare Jetty', needs: none,
    left: async (stage) => (await stage.leased()).noop, right: (stage) => stage.jettyNoop(),
    by: 'cpu', goal: null, minor: true,
    note: 'What the OSGi HTTP whiteboard adds to a request. The floor of the first goal contains it.',
  },
  {
    id: 'p3-leased', group: 'http', title: 'P3: decision that counts durably / decision that only looks', needs: none,
    left: async (stage) => (await stage.leased()).decision, right: async (stage) => (await stage.leased()).look,
    by: 'rate', goal: { text: 'rate >= 0.90', met: (r) => r.rate.median >= 0.9 },
    note: 'The same endpoint with and without counting (check_only). It stands for leased against non-durable: the marketplace has no '
      + 'mode that counts without durability.',
  },
  {
    id: 'p3-redis', group: 'durable', title: 'P3: strict decision endpoint / nginx + Lua + Redis AOF always', needs: () => missing.nginx() || missing.redis(),
    left: async (stage) => (await stage.strict()).decision, right: (stage) => stage.nginx(true), connections: 64,
    by: 'rate', goal: { text: 'rate > 1', met: (r) => r.rate.median > 1 },
    note: 'Both write every decision to the same disk before the answer and share an fsync among those that wait. 64 connections.',
  },
  {
    id: 'p3-postgres', group: 'durable', title: 'P3: strict decision endpoint / bare Jetty + PostgreSQL', needs: missing.postgres,
    left: async (stage) => (await stage.strict()).decision, right: (stage) => stage.jettyPostgres(), connections: 64,
    by: 'rate', goal: { text: 'rate > 1', met: (r) => r.rate.median > 1 },
    note: 'One prepared UPDATE per decision, synchronous commit, 64 database connections, behind the smallest servlet. The marketplace also '
      + 'writes its usage journal in the same transaction.',
  },
  {
    id: 'redis-alone', group: 'durable', title: 'Strict decision endpoint / Redis AOF always without HTTP', needs: missing.redis,
    left: async (stage) => (await stage.strict()).decision, right: (stage) => stage.redisAlone(), connections: 64,
    by: 'rate', goal: null, minor: true,
    note: 'Unfair to us: the peer has no HTTP, no JSON and no token hash; its load generator speaks its protocol on a Unix socket.',
  },
  {
    id: 'postgres-alone', group: 'durable', title: 'Strict decision endpoint / PostgreSQL synchronous commit without HTTP', needs: missing.postgres,
    left: async (stage) => (await stage.strict()).decision, right: (stage) => stage.postgresAlone(), connections: 64,
    by: 'rate', goal: null, minor: true,
    note: 'Unfair to us: pgbench with prepared statements, no HTTP, no JSON, no token hash.',
  },
];
