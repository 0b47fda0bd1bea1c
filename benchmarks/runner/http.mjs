// A small HTTP client for preparing and checking; load comes from wrk.
import http from 'node:http';

/** Many at once share an fsync in the store. */
const AT_ONCE = 64;

const agent = new http.Agent({ keepAlive: true, maxSockets: AT_ONCE });

export function call(port, method, path, { headers = {}, body } = {}) {
  return new Promise((done, failed) => {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const request = http.request(
      { host: '127.0.0.1', port, method, path, agent, headers: { ...(text && { 'Content-Type': 'application/json' }), ...headers } },
      (response) => {
        let answer = '';
        response.on('data', (part) => { answer += part; });
        response.on('end', () => done({ status: response.statusCode, text: answer }));
      });
    request.on('error', failed);
    request.end(text);
  });
}

/** Does the work for each of the things, many at a time. */
export async function each(things, work) {
  const results = new Array(things.length);
  let next = 0;
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    while (next < things.length) {
      const mine = next++;
      results[mine] = await work(things[mine], mine);
    }
  }));
  return results;
}
