// Serves the built pages as the bundle does, with the same policy, in front of the stand-in.
import { readFileSync, existsSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { newMarketplace } from './mock.mjs'

const here = fileURLToPath(new URL('.', import.meta.url))
const routes = JSON.parse(readFileSync(join(here, '../src/app/routes.json'), 'utf8'))
  .map((route) => new RegExp('^' + route.replace(/\$\w+/g, '[^/]+') + '$'))
const TYPES = { '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2', '.html': 'text/html;charset=utf-8' }
export const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
  + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

export async function serve({ out = process.env.WEB_OUT ?? join(here, '../../../../target/classes/web'), port = 0 } = {}) {
  const marketplace = newMarketplace()
  const server = createServer(async (request, response) => {
    const url = new URL(request.url, 'http://own')
    if (url.pathname.startsWith('/api/')) return api(marketplace, request, response, url)
    if (url.pathname.startsWith('/solutions/')) {
      response.writeHead(200, { 'Content-Type': 'text/html;charset=utf-8' })
      return response.end('<!doctype html><html lang="en"><title>A solution</title><h1>A solution</h1>')
    }
    const paying = /^\/provider\/(\w+)(?:\/(\w+))?$/.exec(url.pathname)
    if (paying) return provider(marketplace, response, url, paying)
    const file = join(out, normalize(url.pathname))
    const found = url.pathname !== '/' && !url.pathname.startsWith('/.vite') && existsSync(file) && statSync(file).isFile()
    const path = found ? file : join(out, 'index.html')
    response.writeHead(found || routes.some((route) => route.test(url.pathname)) ? 200 : 404, {
      'Content-Type': TYPES[extname(path)] ?? 'application/octet-stream', 'Content-Security-Policy': POLICY, 'Cache-Control': 'no-cache',
    })
    response.end(readFileSync(path))
  })
  await new Promise((ready) => server.listen(port, '127.0.0.1', ready))
  return { marketplace, url: `http://localhost:${server.address().port}`, close: () => server.close() }
}

/** A payment page of links: /provider/<payment>/<state it ends in>. What its address asks for is sent along on the way back. */
function provider(marketplace, response, url, [, id, outcome]) {
  if (outcome) {
    marketplace.payments.settle(id, outcome)
    response.writeHead(303, { Location: `/pay/${id}${url.search}` })
    return response.end()
  }
  const links = ['paid', 'failed', 'expired', 'held', 'open'].map((state) => `<li><a href="/provider/${id}/${state}">${state}</a>`)
  response.writeHead(200, { 'Content-Type': 'text/html;charset=utf-8' })
  response.end(`<!doctype html><html lang="en"><title>A provider</title><h1>A provider</h1><ul>${links.join('')}</ul>`)
}

async function api(marketplace, request, response, url) {
  let text = ''
  for await (const part of request) text += part
  const jar = Object.fromEntries((request.headers.cookie ?? '').split('; ').filter(Boolean).map((pair) => pair.split('=')))
  const context = {
    method: request.method, path: url.pathname, query: url.searchParams, body: text ? JSON.parse(text) : {}, cookies: [],
    cookie: (name) => jar[name], host: request.headers.host.split(':')[0], key: request.headers['idempotency-key'],
  }
  const { status, body, problem } = marketplace.answer(context)
  response.writeHead(status, { 'Content-Type': problem ? 'application/problem+json' : 'application/json', 'Set-Cookie': context.cookies })
  response.end(body === undefined || status === 204 ? undefined : JSON.stringify(body))
}
