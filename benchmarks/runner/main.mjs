// Runs everything and reports. See --help.
import { accessSync, chmodSync, constants, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { exact, ledger, stored } from './exact.mjs';
import { jmh } from './jmh.mjs';
import { warm } from './load.mjs';
import { compare } from './pairs.mjs';
import { missing } from './peers.mjs';
import { COMPARISONS, Stage } from './plan.mjs';
import { run, stopAll } from './processes.mjs';
import { ROOT } from './product.mjs';
import { chart, markdown, text as plain } from './report.mjs';

const GROUPS = ['http', 'durable', 'inprocess'];
const USAGE = `Usage: benchmarks/run [--quick] [--only X[,Y]] [--seconds N] [--pairs N] [--tokens N] [--out FILE] [--no-build]

  --quick       3 pairs of 1 s with 2,000 tokens and short JMH runs: proves that it works, says nothing about speed
  --only X      one group (${GROUPS.join(', ')}) or comparison (${COMPARISONS.map((c) => c.id).join(', ')})
  --seconds N   length of one window (default 1)
  --pairs N     windows of each side per comparison (default 10; comparisons without a goal get half)
  --tokens N    tokens that load is spread over (default 10000)
  --out FILE    where the table goes as Markdown, with its chart beside it as SVG
  --no-build    measure what was built last

Needs Linux, a JDK, Maven, Node 20 and wrk. A peer that is not installed is left out, with a line that says what is missing.
Takes about a quarter of an hour once everything is built; --seconds 5 --pairs 20 is for a narrower range.
Processor time is that of the servers alone (/proc), with all their processes. Leave the machine alone while it runs.`;

/** An argument that makes no sense; nothing was started. */
class Refused extends Error {}

function text(name, value) {
  if (!value || value.startsWith('--')) throw new Refused(`${name} needs a value`);
  return value;
}

/** Found out before the run, not after it. */
function writable(name) {
  const file = path.resolve(name);
  if (!file.endsWith('.md')) throw new Refused(`--out needs a name that ends with .md, not ${name}`);
  try {
    accessSync(path.dirname(file), constants.W_OK);
    if (existsSync(file)) accessSync(file, constants.W_OK);
  } catch {
    throw new Refused(`--out ${name} cannot be written`);
  }
  return file;
}

function options(args) {
  const o = { pairs: 10, seconds: 1, warmSeconds: 2, warmups: 12, tokenCount: 10_000, smallCount: 20, smallLimit: 500, only: [], build: true, quick: false, out: null };
  const number = (name, value) => {
    if (!/^[1-9][0-9]{0,5}$/.test(value ?? '')) throw new Refused(`${name} needs a whole number from 1 to 999999`);
    return Number(value);
  };
  if (args.includes('--quick')) Object.assign(o, { quick: true, pairs: 3, warmups: 4, tokenCount: 2000, smallLimit: 100 });
  for (let i = 0; i < args.length; i++) {
    switch (args[i]) {
      case '--quick': break;
      case '--only': o.only.push(...text('--only', args[++i]).split(',')); break;
      case '--seconds': o.seconds = number('--seconds', args[++i]); break;
      case '--pairs': o.pairs = number('--pairs', args[++i]); break;
      case '--tokens': o.tokenCount = number('--tokens', args[++i]); break;
      case '--out': o.out = writable(text('--out', args[++i])); break;
      case '--no-build': o.build = false; break;
      case '--help': case '-h': console.log(USAGE); process.exit(0); break;
      default: throw new Refused(`unknown argument: ${args[i]}`);
    }
  }
  const known = new Set([...GROUPS, ...COMPARISONS.map((c) => c.id)]);
  const wrong = o.only.find((name) => !known.has(name));
  if (wrong !== undefined) throw new Refused(`--only does not know '${wrong}'; known are ${[...known].join(', ')}`);
  return o;
}

const began = Date.now();
export const say = (line) => console.error(`[${String(Math.round((Date.now() - began) / 1000)).padStart(4)} s] ${line}`);

async function build() {
  say('building the distribution and the benchmarks');
  const modules = ['assembly', 'benchmarks/noop', 'benchmarks/jetty', 'benchmarks/jmh', 'benchmarks/spring'];
  await run(process.env.MVN ?? 'mvn', ['-B', '-ntp', '-q', '-Pbench', '-Dmaven.test.skip=true', '-f', path.join(ROOT, 'pom.xml'),
    '-pl', modules.join(','), '-am', 'package']);
}

async function conditions(o) {
  const tell = async (command, args, pattern) => {
    try {
      return pattern.exec(await run('sh', ['-c', `${command} ${args} 2>&1`]))?.[1] ?? '?';
    } catch {
      return 'not installed';
    }
  };
  const git = (args) => tell('git', `-C '${ROOT}' ${args}`, /^(.*)$/m);
  const cpu = /model name\s*: (.*)/.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1] ?? os.arch();
  return {
    date: new Date().toISOString().slice(0, 16).replace('T', ' ') + ' UTC',
    commit: (await git('rev-parse --short HEAD')) + ((await git('status --porcelain -uno')) === '' ? '' : ' with uncommitted changes'),
    machine: `${os.availableParallelism()} cores (${cpu}), ${Math.round(os.totalmem() / 2 ** 30)} GiB, Linux ${os.release()}`,
    loadAtStart: os.loadavg()[0].toFixed(2),
    versions: {
      Java: await tell(process.env.JAVA_HOME ? `'${process.env.JAVA_HOME}/bin/java'` : 'java', '-version', /version "([^"]*)"/),
      Node: process.version.slice(1),
      wrk: await tell('wrk', '-v || true', /wrk (?:debian\/)?(\S+)/),
      nginx: await tell('PATH=$PATH:/usr/sbin nginx', '-v', /nginx\/(\S+)/),
      Redis: await tell('redis-server', '--version', /v=(\S+)/),
      PostgreSQL: await tell('ls', '/usr/lib/postgresql', /(\d+)/),
    },
    pairs: o.pairs, seconds: o.seconds, tokens: o.tokenCount, quick: o.quick,
  };
}

/** One comparison, warmed and checked. */
async function measure(comparison, stage, o, checks) {
  const why = comparison.needs();
  if (why) return { ...comparison, skipped: why };
  const connections = comparison.connections ?? 16;
  const [left, right] = [await comparison.left(stage), await comparison.right(stage)];
  const sides = left === right ? [left] : [left, right];
  for (const side of sides) {
    side.connections = connections;
    if (side.measure) continue; // warmed again each time: after half a minute of rest a node has handed its units back
    const windows = await warm(side, o.warmSeconds, o.warmups);
    say(`  ${side.name}: ${windows > 0 ? `warm after ${windows} windows` : `not steady within 5 % after ${-windows} windows`}`);
    side.steady = windows > 0;
  }
  const pairs = comparison.minor ? Math.max(3, Math.ceil(o.pairs / 2)) : o.pairs;
  const result = await compare(left, right, { pairs, seconds: o.seconds, connections });
  for (const [side, figures] of [[left, result.left], [right, result.right]]) {
    if (side.noDecision || checks.some((check) => check.name === side.name)) continue;
    checks.push(await exact(side, o.smallLimit, figures.rate.median));
  }
  return { ...comparison, ...result, leftName: left.name, rightName: right.name, pairs, connections, steady: sides.every((side) => side.steady !== false) };
}

async function overHttp(o, chosen, checks, ledgers) {
  const folder = path.join(ROOT, 'benchmarks/target');
  mkdirSync(folder, { recursive: true });
  const work = mkdtempSync(path.join(folder, 'run-'));
  chmodSync(work, 0o711); // PostgreSQL runs as a user of its own below it
  const stage = new Stage(work, o);
  const results = [];
  const accounts = new Set();
  try {
    for (const comparison of chosen) {
      say(comparison.title);
      try {
        results.push(await measure(comparison, stage, o, checks));
      } catch (problem) {
        results.push({ ...comparison, skipped: `failed: ${problem.message}` });
      }
      const last = results.at(-1);
      say(last.skipped ?? `  CPU ${last.cpu.median.toFixed(2)} (${last.cpu.low.toFixed(2)} to ${last.cpu.high.toFixed(2)}), `
        + `rate ${last.rate.median.toFixed(2)} (${last.rate.low.toFixed(2)} to ${last.rate.high.toFixed(2)})`);
    }
    for (const made of stage.things.values()) {
      const thing = await Promise.resolve(made).catch(() => null);
      for (const target of thing ? [thing, thing.decision] : []) {
        if (target?.account?.allowed > 0 && target.used && !accounts.has(target.account)) {
          accounts.add(target.account);
          ledgers.push(ledger(target, target.account, await stored(target, target.all)));
        }
      }
    }
  } finally {
    await stopAll();
    if (!process.env.BENCHMARK_KEEP) rmSync(work, { recursive: true, force: true });
  }
  return results;
}

async function main() {
  const o = options(process.argv.slice(2));
  const wanted = (item) => o.only.length === 0 || o.only.includes(item.group) || o.only.includes(item.id);
  const chosen = COMPARISONS.filter(wanted);
  if (chosen.length > 0 && missing.wrk()) throw new Error(missing.wrk());
  if (o.build) await build();
  const report = { conditions: await conditions(o), comparisons: [], checks: [], ledgers: [], inProcess: [] };
  if (chosen.length > 0) report.comparisons = await overHttp(o, chosen, report.checks, report.ledgers);
  if (wanted({ group: 'inprocess' })) report.inProcess = await jmh(o, say);
  mkdirSync(path.join(ROOT, 'benchmarks/target'), { recursive: true });
  writeFileSync(path.join(ROOT, 'benchmarks/target/last.json'), JSON.stringify(report, null, 1));
  console.log(plain(report));
  if (o.out) {
    const svg = o.out.replace(/\.md$/, '.svg');
    writeFileSync(svg, chart(report));
    writeFileSync(o.out, markdown(report, path.basename(svg)));
    say(`written: ${o.out}, ${svg}`);
  }
  const wrong = [...report.checks, ...report.ledgers].filter((check) => !check.ok);
  const failed = report.comparisons.filter((c) => c.skipped?.startsWith('failed')
    || (!c.skipped && [c.left, c.right].some((side) => side.refused + side.broken > 0)));
  if (wrong.length + failed.length > 0) throw new Error(`${wrong.length} counts are wrong, ${failed.length} comparisons failed or had answers that were refusals`);
}

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, async () => {
    await stopAll();
    process.exit(130);
  });
}

main().catch(async (problem) => {
  await stopAll();
  console.error(`benchmarks: ${problem.message}${problem instanceof Refused ? '; see --help' : ''}`);
  process.exit(problem instanceof Refused ? 2 : 1);
});
