// Fastify + Redis on two cores: two workers behind one port. Arguments: port, Redis socket, file of the Redis script.
import cluster from 'node:cluster';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import Fastify from 'fastify';
import { Redis } from 'ioredis';

const [port, socket, script] = process.argv.slice(2);
const WORKERS = 2;

const body = {
  type: 'object',
  required: ['token', 'solution_id'],
  properties: { token: { type: 'string' }, solution_id: { type: 'string' } },
};
const allowed = {
  type: 'object',
  properties: {
    allowed: { type: 'boolean' },
    solution_id: { type: 'string' },
    access_tier: { type: 'string' },
    quota_remaining: { type: 'integer' },
  },
};

async function serve() {
  const redis = new Redis(socket);
  redis.defineCommand('decide', { numberOfKeys: 1, lua: readFileSync(script, 'utf8') });
  const app = Fastify({ logger: false, keepAliveTimeout: 300_000 });
  app.post('/validate', { schema: { body, response: { 200: allowed } } }, async (request, reply) => {
    const hash = createHash('sha256').update(request.body.token).digest('hex');
    const kept = await redis.decide(`t:${hash}`);
    if (kept === null) {
      return reply.code(401).send({ error: 'token unknown' });
    }
    const [used, limit, taken] = kept;
    return taken === 1
      ? { allowed: true, solution_id: request.body.solution_id, access_tier: 'registered', quota_remaining: limit - used }
      : reply.code(429).send({ error: 'Quota exceeded', limit, used });
  });
  await app.listen({ host: '127.0.0.1', port: Number(port) });
}

if (cluster.isPrimary) {
  for (let i = 0; i < WORKERS; i++) cluster.fork();
  cluster.on('exit', () => process.exit(1));
  process.on('SIGTERM', () => {
    cluster.removeAllListeners('exit');
    for (const worker of Object.values(cluster.workers)) worker.process.kill('SIGTERM');
    process.exit(0);
  });
} else {
  await serve();
}
