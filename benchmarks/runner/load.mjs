// Closed-loop load by wrk and what it cost the servers.
import { fileURLToPath } from 'node:url';
import { cpuMicroseconds, run } from './processes.mjs';

const SCRIPT = fileURLToPath(new URL('../load/validate.lua', import.meta.url));

/**
 * One window of load on a target. Its account, if it has one, keeps what the client saw allowed.
 * @returns requests a second, processor microseconds per request, how many answers were not 2xx, latencies in microseconds
 */
export async function load(target, seconds, { connections, tokens = target.tokens } = {}) {
  if (target.measure) return withoutHttp(target, seconds, connections ?? target.connections);
  const before = cpuMicroseconds(target.servers);
  const out = await run('wrk', [
    '-t1', `-c${connections ?? target.connections}`, `-d${seconds}s`, '--timeout', '10s', '-s', SCRIPT, `http://127.0.0.1:${target.port}`,
    '--', tokens, target.path, target.solution ?? 'benchmark', target.more ?? '']);
  const cpu = cpuMicroseconds(target.servers) - before;
  const line = out.split('\n').find((text) => text.startsWith('RESULT '));
  if (!line) throw new Error(`wrk told no result for ${target.name}: ${out}`);
  const result = JSON.parse(line.slice('RESULT '.length));
  const broken = result.connect + result.read + result.write + result.timeout;
  const allowed = result.requests - result.refused;
  if (target.account && tokens === target.tokens) {
    target.account.allowed += allowed;
    target.account.inFlight += connections ?? target.connections;
  }
  return {
    ...result,
    allowed,
    broken,
    rate: result.requests / (result.microseconds / 1e6),
    cpu: cpu / result.requests,
  };
}

/** A peer that brings its own load generator, which speaks its own protocol. */
async function withoutHttp(target, seconds, connections) {
  const before = cpuMicroseconds(target.servers);
  const began = process.hrtime.bigint();
  const rate = await target.measure(seconds, connections);
  const elapsed = Number(process.hrtime.bigint() - began) / 1e9;
  const cpu = (cpuMicroseconds(target.servers) - before) / (rate * elapsed);
  return { rate, cpu, refused: 0, broken: 0, allowed: 0, p99: 0 };
}

/** Loads until two windows in a row cost the same within 5 %. @returns the number of windows, negative if it never settled */
export async function warm(target, seconds, most) {
  let last = await load(target, seconds);
  let calm = 0;
  for (let windows = 2; windows <= most; windows++) {
    const now = await load(target, seconds);
    calm = Math.abs(now.cpu - last.cpu) < 0.05 * last.cpu ? calm + 1 : 0;
    if (calm === 2) return windows;
    last = now;
  }
  return -most;
}
