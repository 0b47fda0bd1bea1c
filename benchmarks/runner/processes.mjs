// Processes of a run: each is started by us, known by its id, measured with its children, and stopped by its id.
import { spawn } from 'node:child_process';
import { openSync, readFileSync, readdirSync } from 'node:fs';
import net from 'node:net';

const TICK_MICROSECONDS = 10_000; // USER_HZ is 100 on every Linux
const running = new Set();

export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

export function freePort() {
  return new Promise((done, failed) => {
    const server = net.createServer().on('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

/** Starts a server; its output goes to a file. */
export function start(name, command, args, { log, env = {}, cwd } = {}) {
  const out = openSync(log, 'a');
  const child = spawn(command, args, { stdio: ['ignore', out, out], env: { ...process.env, ...env }, cwd });
  const server = { name, pid: child.pid, log, ended: null, child };
  child.on('error', (problem) => { server.ended = String(problem); });
  child.on('exit', (code, signal) => {
    server.ended = signal ?? code;
    running.delete(server);
  });
  running.add(server);
  return server;
}

function lastWords(log) {
  return readFileSync(log, 'utf8').trim().split('\n').slice(-3).join(' ').slice(-400);
}

/** Waits until the check holds, or says why the server is not there. */
export async function ready(server, check, seconds = 300) {
  const end = Date.now() + seconds * 1000;
  while (Date.now() < end) {
    if (server.ended !== null) throw new Error(`${server.name} ended (${server.ended}): ${lastWords(server.log)}`);
    if (await check().catch(() => false)) return;
    await sleep(100);
  }
  throw new Error(`${server.name} is not ready after ${seconds} s: ${lastWords(server.log)}`);
}

export async function stop(server) {
  if (server.ended !== null) return;
  const gone = new Promise((done) => server.child.once('exit', done));
  server.child.kill('SIGTERM');
  const hard = setTimeout(() => server.child.kill('SIGKILL'), 30_000);
  await gone;
  clearTimeout(hard);
}

export async function stopAll() {
  await Promise.all([...running].map(stop));
}

/** Runs a command to its end and returns what it printed. */
export function run(command, args, { env = {}, input, cwd } = {}) {
  return new Promise((done, failed) => {
    const child = spawn(command, args, { env: { ...process.env, ...env }, cwd });
    let out = '';
    let err = '';
    child.stdout.on('data', (text) => { out += text; });
    child.stderr.on('data', (text) => { err += text; });
    child.on('error', failed);
    child.on('close', (code) => (code === 0 ? done(out) : failed(new Error(`${command} ended with ${code}: ${err || out}`))));
    child.stdin.on('error', () => {}); // it may end without having read everything; its exit code tells
    child.stdin.end(input ?? '');
  });
}

function stat(pid) {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return { parent: Number(fields[1]), ticks: fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0) };
}

/** Processor time so far of the servers with all their children, living and waited for, in microseconds. */
export function cpuMicroseconds(servers) {
  const all = new Map();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      all.set(Number(name), stat(name));
    } catch {
      // ended while we looked
    }
  }
  const ours = new Set(servers.map((server) => server.pid));
  for (let grown = true; grown;) {
    grown = false;
    for (const [pid, { parent }] of all) {
      if (ours.has(parent) && !ours.has(pid)) {
        ours.add(pid);
        grown = true;
      }
    }
  }
  return [...ours].reduce((sum, pid) => sum + (all.get(pid)?.ticks ?? 0), 0) * TICK_MICROSECONDS;
}
