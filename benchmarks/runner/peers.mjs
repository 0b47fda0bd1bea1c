// The peers: what each needs, how it is started, and how its counters are filled and read.
import { createHash } from 'node:crypto';
import { accessSync, chmodSync, chownSync, constants, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { call } from './http.mjs';
import { freePort, ready, run, start } from './processes.mjs';
import { LARGE, ROOT } from './product.mjs';

const HERE = path.join(ROOT, 'benchmarks/peers');
const MODULES = '/usr/lib/nginx/modules';
const JVM = ['-Xms96m', '-Xmx512m', '-XX:+UseG1GC']; // what the marketplace's own start script uses

export function onPath(command) {
  return (process.env.PATH ?? '').split(':').concat('/usr/sbin').some((folder) => {
    try {
      accessSync(path.join(folder, command), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

function postgresBin() {
  const folder = '/usr/lib/postgresql';
  const versions = existsSync(folder) ? readdirSync(folder).sort((a, b) => b - a) : [];
  return versions.map((version) => path.join(folder, version, 'bin')).find((bin) => existsSync(path.join(bin, 'initdb')));
}

const debian = (...packages) => `apt-get install ${packages.join(' ')}`;

/** What is missing for a peer, as a sentence; empty if nothing is. */
export const missing = {
  wrk: () => (onPath('wrk') ? '' : `wrk is missing: ${debian('wrk')}`),
  redis: () => (onPath('redis-server') ? '' : `Redis is missing: ${debian('redis-server')}`),
  nginx: () => (onPath('nginx') && existsSync(`${MODULES}/ngx_http_lua_module.so`) && existsSync('/usr/share/lua/5.1/nginx/redis.lua')
    && existsSync('/usr/share/lua/5.1/cjson/util.lua')
    ? '' : `nginx with Lua is missing: ${debian('nginx', 'libnginx-mod-http-lua', 'lua-nginx-redis', 'lua-cjson')}`),
  fastify: () => (existsSync(path.join(HERE, 'fastify/node_modules/fastify')) ? '' : 'Fastify is missing: npm ci --prefix benchmarks/peers/fastify'),
  postgres: () => (postgresBin() ? '' : `PostgreSQL is missing: ${debian('postgresql')}`),
};

export const hashOf = (token) => createHash('sha256').update(token).digest('hex');

/** @param kept [{ token, limit }] @param durable AOF with an fsync per write, else nothing is kept on disk */
export async function startRedis(name, work, kept, durable) {
  const dir = path.join(work, name);
  mkdirSync(dir, { recursive: true });
  const socket = path.join(dir, 'redis.sock');
  const port = await freePort(); // for the client that cannot speak to a Unix socket without native code
  const durability = durable ? ['--appendonly', 'yes', '--appendfsync', 'always'] : ['--appendonly', 'no'];
  const server = start(name, 'redis-server', [
    '--port', String(port), '--bind', '127.0.0.1', '--unixsocket', socket, '--unixsocketperm', '777', '--dir', dir, '--save', '', ...durability],
  { log: path.join(work, `${name}.log`) });
  const cli = (args, input) => run('redis-cli', ['-s', socket, ...args], { input });
  await ready(server, async () => (await cli(['PING'])).trim() === 'PONG');
  await cli([], `${kept.map(({ token, limit }) => `HSET t:${hashOf(token)} limit ${limit} used 0`).join('\n')}\n`);
  await cli([], `${kept.map((_, i) => `HSET b:${String(i).padStart(12, '0')} limit ${LARGE} used 0`).join('\n')}\n`);
  const sha = (await cli(['-x', 'SCRIPT', 'LOAD'], readFileSync(path.join(HERE, 'redis/decide.lua')))).trim();
  return {
    server, socket, port, sha, cli,
    used: async (tokens) => (await cli([], `${tokens.map((token) => `HGET t:${hashOf(token)} used`).join('\n')}\n`))
      .trim().split('\n').map((line) => Number(line.replace(/[^0-9]/g, ''))),
  };
}

export async function startNginx(name, work, redis) {
  const dir = path.join(work, name);
  mkdirSync(dir, { recursive: true });
  const port = await freePort();
  const conf = readFileSync(path.join(HERE, 'nginx/nginx.conf.template'), 'utf8')
    .replaceAll('@MODULES@', MODULES).replaceAll('@DIR@', dir).replaceAll('@PORT@', port)
    .replaceAll('@HERE@', path.join(HERE, 'nginx')).replaceAll('@SHA@', redis.sha).replaceAll('@SOCKET@', redis.socket)
    .replaceAll('@USER@', process.getuid() === 0 ? 'user root;' : '');
  writeFileSync(path.join(dir, 'nginx.conf'), conf);
  const server = start(name, 'nginx', ['-c', path.join(dir, 'nginx.conf'), '-p', dir, '-e', path.join(dir, 'error.log')],
    { log: path.join(work, `${name}.log`), env: { PATH: `${process.env.PATH}:/usr/sbin` } });
  await ready(server, async () => (await call(port, 'POST', '/noop', { body: {} })).status === 200);
  return { name, port, path: '/validate', servers: [server, redis.server] };
}

export async function startFastify(name, work, redis) {
  const port = await freePort();
  const server = start(name, process.execPath, [path.join(HERE, 'fastify/server.mjs'), port, redis.socket, path.join(HERE, 'redis/decide.lua')],
    { log: path.join(work, `${name}.log`), env: { NODE_ENV: 'production' } });
  await ready(server, async () => (await call(port, 'POST', '/validate', { body: { token: 'x', solution_id: 'x' } })).status === 401);
  return { name, port, path: '/validate', servers: [server, redis.server] };
}

export async function startJetty(name, work, args, others = []) {
  const port = await freePort();
  const target = path.join(ROOT, 'benchmarks/jetty/target');
  const jar = path.join(target, readdirSync(target).find((file) => /^benchmark-jetty-.*\.jar$/.test(file)));
  const java = process.env.JAVA_HOME ? path.join(process.env.JAVA_HOME, 'bin/java') : 'java';
  const server = start(name, java, [...JVM, '-cp', `${jar}:${path.join(target, 'lib')}/*`, 'com.cloudnestle.marketplace.benchmarks.jetty.BareJetty',
    port, ...args], { log: path.join(work, `${name}.log`) });
  await ready(server, async () => (await call(port, 'POST', '/noop', { body: {} })).status === 200);
  return { name, port, path: '/validate', servers: [server, ...others] };
}

export async function startSpring(name, work, redis) {
  const port = await freePort();
  const target = path.join(ROOT, 'benchmarks/spring/target');
  const jar = path.join(target, readdirSync(target).find((file) => /^benchmark-spring-.*\.jar$/.test(file)));
  const java = process.env.JAVA_HOME ? path.join(process.env.JAVA_HOME, 'bin/java') : 'java';
  const server = start(name, java, [...JVM, '-cp', `${jar}:${path.join(target, 'lib')}/*`, 'com.cloudnestle.marketplace.benchmarks.spring.Application',
    `--server.port=${port}`, '--server.address=127.0.0.1', `--spring.data.redis.port=${redis.port}`, `--decide.script=${path.join(HERE, 'redis/decide.lua')}`],
  { log: path.join(work, `${name}.log`) });
  await ready(server, async () => (await call(port, 'POST', '/validate', { body: { token: 'x', solution_id: 'x' } })).status === 401);
  return { name, port, path: '/validate', servers: [server, redis.server] };
}

/** PostgreSQL with its default durability (synchronous commit); as root it runs as the user its package made. */
export async function startPostgres(name, work, kept) {
  const bin = postgresBin();
  const dir = path.join(work, name);
  mkdirSync(dir, { recursive: true });
  const asRoot = process.getuid() === 0;
  const as = (command, args) => (asRoot
    ? ['setpriv', ['--reuid=postgres', '--regid=postgres', '--init-groups', command, ...args]] : [command, args]);
  if (asRoot) {
    const [uid, gid] = (await run('id', ['-u', 'postgres'])).trim().split(' ').concat((await run('id', ['-g', 'postgres'])).trim()).map(Number);
    chownSync(dir, uid, gid);
    chmodSync(dir, 0o700);
  }
  const data = path.join(dir, 'data');
  await run(...as(path.join(bin, 'initdb'), ['-D', data, '-U', 'bench', '-A', 'trust', '--no-instructions']), { cwd: '/' });
  const port = await freePort();
  const server = start(name, ...as(path.join(bin, 'postgres'), ['-D', data, '-p', String(port), '-c', 'listen_addresses=127.0.0.1',
    '-c', 'unix_socket_directories=', '-c', 'max_connections=200', '-c', 'shared_buffers=128MB', '-c', 'synchronous_commit=on', '-c', 'fsync=on']),
  { log: path.join(work, `${name}.log`), cwd: '/' });
  const sql = (text) => run(path.join(bin, 'psql'), ['-h', '127.0.0.1', '-p', String(port), '-U', 'bench', '-d', 'postgres', '-At', '-v', 'ON_ERROR_STOP=1'], { input: text });
  await ready(server, async () => (await sql('SELECT 1')).trim() === '1');
  const rows = kept.map(({ token, limit }, i) => `${i + 1}\t\\\\x${hashOf(token)}\t0\t${limit}`).join('\n');
  await sql(`${readFileSync(path.join(HERE, 'postgres/schema.sql'), 'utf8')}\nCOPY counters FROM STDIN;\n${rows}\n\\.\nINSERT INTO bare SELECT * FROM counters;\nVACUUM ANALYZE;\nCHECKPOINT;\n`);
  return {
    server, port, bin,
    jdbc: `jdbc:postgresql://127.0.0.1:${port}/postgres?user=bench&binaryTransfer=true&prepareThreshold=1`,
    used: async (tokens) => {
      const found = new Map((await sql('SELECT encode(hash, \'hex\'), used FROM counters')).trim().split('\n').map((line) => line.split('|')));
      return tokens.map((token) => Number(found.get(hashOf(token))));
    },
    bench: async (seconds, connections, tokens) => {
      const out = await run(path.join(bin, 'pgbench'), ['-h', '127.0.0.1', '-p', String(port), '-U', 'bench', '-n', '-M', 'prepared', '-c', String(connections),
        '-j', '2', '-T', String(seconds), '-D', `tokens=${tokens}`, '-f', path.join(HERE, 'postgres/decide.pgbench'), 'postgres']);
      const told = /tps = ([0-9.]+)/.exec(out);
      if (!told) throw new Error(`pgbench told no rate: ${out.slice(-300)}`);
      return Number(told[1]);
    },
  };
}

/** Redis without HTTP: its own load generator calls the same script on random tokens. */
export async function redisBench(redis, seconds, connections, rate, tokenCount) {
  const requests = Math.max(1000, Math.round(rate * seconds));
  const out = await run('redis-benchmark', ['-s', redis.socket, '-c', String(connections), '-n', String(requests), '-r', String(tokenCount), '--csv',
    'EVALSHA', redis.sha, '1', 'b:__rand_int__']);
  return Number(out.trim().split('\n').at(-1).split(',')[1].replaceAll('"', ''));
}

export const keptTokens = (tokens, small, limit) => [
  ...tokens.map((token) => ({ token, limit: LARGE })),
  ...small.map((token) => ({ token, limit })),
];
