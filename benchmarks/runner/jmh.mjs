// The measurements inside one process: latency, rates and store writes.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { run } from './processes.mjs';
import { ROOT } from './product.mjs';

const PACKAGE = 'com.cloudnestle.marketplace.benchmarks.jmh';
const HEAP = ['-Xms1g', '-Xmx1g', '-XX:+UseG1GC'];

const LATENCIES = [
  { method: 'decide', name: 'P5: decision, subject known', goal: { p50: 200, p99: 2000 } },
  { method: 'authenticateAndDecide', name: 'P5: decision from the token (SHA-256, token, entitlement, count)', goal: { p50: 700, p99: 2000 } },
  { method: 'bucket4j', name: 'Bucket4j: a map and a bucket in memory' },
  { method: 'resilience4j', name: 'Resilience4j: a map and a rate limiter in memory' },
  { method: 'nothing', name: 'nothing: what measuring takes' },
];

const nanos = (n) => (n >= 10_000 ? `${(n / 1000).toLocaleString('en', { maximumFractionDigits: 0 })} µs`
  : n >= 1000 ? `${(n / 1000).toFixed(1)} µs` : `${Math.round(n)} ns`);
const perSecond = (n) => Math.round(n).toLocaleString('en');
const judged = (met, text) => `${text}: ${met ? 'reached' : 'missed'}`;

class Harness {
  constructor(work, o) {
    this.work = work;
    this.o = o;
    const target = path.join(ROOT, 'benchmarks/jmh/target');
    const jar = readdirSync(target).find((file) => /^benchmark-jmh-.*\.jar$/.test(file));
    this.java = process.env.JAVA_HOME ? path.join(process.env.JAVA_HOME, 'bin/java') : 'java';
    this.classPath = `${path.join(target, jar)}:${path.join(target, 'lib')}/*`;
    this.prepared = path.join(work, 'prepared');
  }

  main(name, ...args) {
    return run(this.java, [...HEAP, '-cp', this.classPath, `${PACKAGE}.${name}`, ...args.map(String)]);
  }

  /** Fills the store in memory, where an fsync is free, and keeps it on the disk, where benchmarks copy it from. */
  async prepare(count) {
    const fast = mkdtempSync(path.join(existsSync('/dev/shm') ? '/dev/shm' : os.tmpdir(), 'benchmark-'));
    try {
      await this.main('Prepare', fast, count);
      cpSync(fast, this.prepared, { recursive: true });
    } finally {
      rmSync(fast, { recursive: true, force: true });
    }
  }

  /** @returns results by method, or the reason why there is none */
  async jmh(benchmark, params = {}) {
    const file = path.join(this.work, 'results.json');
    rmSync(file, { force: true });
    const effort = this.o.quick ? ['-f', '1', '-wi', '2', '-w', '1', '-i', '2', '-r', '1'] : ['-f', '1', '-wi', '4', '-w', '1', '-i', '5', '-r', '1'];
    const out = await run(this.java, [`-Dbenchmark.prepared=${this.prepared}`, ...HEAP, '-cp', this.classPath, 'org.openjdk.jmh.Main', benchmark, ...effort,
      ...Object.entries(params).flatMap(([name, value]) => ['-p', `${name}=${value}`]), '-foe', 'false', '-rf', 'json', '-rff', file]);
    const results = existsSync(file) && readFileSync(file, 'utf8').trim() ? JSON.parse(readFileSync(file, 'utf8')) : [];
    const failure = /(?:Exception|Error)[$\w]*: (.*)/.exec(out)?.[1];
    return { results, failure: failure ?? 'JMH gave no result' };
  }
}

async function latency(harness) {
  const { results, failure } = await harness.jmh('.*Latency');
  return LATENCIES.map(({ method, name, goal }) => {
    const found = results.find((r) => r.benchmark.endsWith(`.${method}`))?.primaryMetric.scorePercentiles;
    if (!found) return { name, remark: `left out: ${failure}` };
    const [p50, p99] = [found['50.0'], found['99.0']];
    return {
      name, p50: nanos(p50), p99: nanos(p99),
      remark: goal ? judged(p50 <= goal.p50 && p99 <= goal.p99, `p50 <= ${nanos(goal.p50)}, p99 <= ${nanos(goal.p99)}`) : '',
    };
  });
}

const scores = (result) => result.primaryMetric.rawData.flat();
const range = (result) => `${perSecond(Math.min(...scores(result)))}–${perSecond(Math.max(...scores(result)))}`;

async function rates(harness) {
  const rows = [];
  const one = (name, result, failure, remark = '') => rows.push(result
    ? { name, rate: `${perSecond(result.primaryMetric.score)} (${range(result)})`, remark } : { name, remark: `left out: ${failure}` });
  const strict = await harness.jmh('CountingRate', { mode: 'STRICT', store: 'disk' });
  one('strict decisions on the disk, 32 threads', strict.results[0], strict.failure);
  const leased = await harness.jmh('CountingRate', { mode: 'LEASED', store: 'disk,memory' });
  const [disk, memory] = ['disk', 'memory'].map((store) => leased.results.find((r) => r.params.store === store));
  const ratio = disk && memory ? disk.primaryMetric.score / memory.primaryMetric.score : 0;
  one('P3: leased decisions on the disk, 32 threads', disk, leased.failure,
    ratio ? judged(ratio >= 0.9, `${ratio.toFixed(2)} of in memory, goal >= 0.9`) : '');
  one('leased decisions over a store in memory, 32 threads', memory, leased.failure);
  const increments = await harness.jmh('DurableIncrements');
  one('durable increments of the store alone, 32 threads', increments.results[0], increments.failure);
  return rows;
}

async function writes(harness, decisions) {
  const rows = [];
  for (const lease of [1, 20, 100]) {
    const name = lease === 1 ? 'store writes, strict' : `P4: store writes, leases of at most ${lease}`;
    try {
      const folder = path.join(harness.work, `writes-${lease}`);
      mkdirSync(folder);
      const [, calls, records, percent, allowed, limit] = (await harness.main('Writes', folder, decisions, lease)).trim().split(' ').map(Number);
      const most = lease === 20 ? 0.05 : 0.01 + 1 / decisions;
      rows.push({
        name,
        remark: `${calls} calls and ${records} records per decision over ${decisions.toLocaleString('en')} decisions a token; ${percent} % of a limit of ${limit} used`
          + `${allowed > limit ? ', TOO MANY' : ''}${lease > 1 ? `; ${judged(calls <= most && allowed <= limit, `<= ${most.toFixed(4)} calls`)}` : ''}`,
      });
    } catch (problem) {
      rows.push({ name, remark: `left out: ${/Exception: (.*)/.exec(problem.message)?.[1] ?? problem.message.slice(0, 200)}` });
    }
  }
  return rows;
}

export async function jmh(o, say) {
  const folder = path.join(ROOT, 'benchmarks/target');
  mkdirSync(folder, { recursive: true });
  const work = mkdtempSync(path.join(folder, 'jmh-'));
  const harness = new Harness(work, o);
  const entitlements = o.quick ? 2000 : 100_000;
  try {
    say(`in process: filling a store with ${entitlements.toLocaleString('en')} entitlements`);
    await harness.prepare(entitlements);
    say('in process: latency');
    const rows = (await latency(harness)).map((row) => ({ ...row, name: row.name.replace('decision', `decision, ${entitlements.toLocaleString('en')} entitlements`) }));
    say('in process: rates');
    rows.push(...await rates(harness));
    say('in process: store writes per decision');
    rows.push(...await writes(harness, o.quick ? 200 : 5000));
    return rows;
  } finally {
    if (!process.env.BENCHMARK_KEEP) rmSync(work, { recursive: true, force: true });
  }
}
