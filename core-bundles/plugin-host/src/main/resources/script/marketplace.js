/*
 * Access to a solution, for its pages. Two lines bring a page everything:
 *
 *   <script src="/solutions/marketplace.js" data-solution="word-count"></script>
 *   const reply = await marketplace.fetch('api/count', { method: 'POST', ... });
 *
 * A page on another server names this one in full (https://market.example.com/solutions/marketplace.js). All that this
 * script offers is described in docs/guides/write-a-solution.md.
 */
(() => {
'use strict';
const script = document.currentScript;
const solution = script?.dataset.solution ?? '';
if (!/^[a-z][a-z0-9-]{1,59}$/.test(solution)) throw new Error('marketplace.js needs data-solution="<id of the solution>"');
const home = new URL(script.src).origin;

const TOKEN = `marketplace_token.${solution}`, EMAIL = `user_email.${solution}`, TRIP = `marketplace_trip.${solution}`, DEVICE = 'marketplace_device_id';
const CODE = /^[A-Za-z0-9_-]{43}$/, GIVEN_TOKEN = /^tok_[\x21-\x7e]{4,508}$/;
const MAX_ADDRESS = 1800; /* longer ones are not returned to */
const ENDED = new Set(['credentials-invalid', 'token-unknown', 'token-revoked', 'token-expired', 'token-wrong-solution', 'token-wrong-user', 'entitlement-unknown']);

/* Storage that outlives the browser, and that the browser may refuse: then everything lasts as long as the page.
   The names hold the solution, since solutions on one server share their storage. */
const memory = new Map();
let keeps = true;
const store = {
  get(key) { try { return localStorage.getItem(key) ?? memory.get(key) ?? null; } catch { keeps = false; return memory.get(key) ?? null; } },
  set(key, value) { try { localStorage.setItem(key, value); memory.delete(key); } catch { keeps = false; memory.set(key, value); } },
  drop(key) { memory.delete(key); try { localStorage.removeItem(key); } catch { keeps = false; } }
};

const base64url = bytes => btoa(String.fromCharCode(...bytes)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
const random = length => crypto.getRandomValues(new Uint8Array(length));

/** Tells this visitor from others behind the same address. */
function device() {
  let id = store.get(DEVICE);
  if (!id || !/^[A-Za-z0-9-]{16,64}$/.test(id)) {
    id = Array.from(random(16), byte => byte.toString(16).padStart(2, '0')).join('');
    store.set(DEVICE, id);
  }
  return id;
}

/**
 * The secret of the way to the marketplace and back (PKCE, RFC 7636): a code that somebody else caught is worth nothing. It
 * is made before it is needed, so that links are whole at once, kept for all tabs, since the link of a mail opens another
 * one, and used for one access only.
 */
function trip() {
  try {
    const { verifier, challenge } = JSON.parse(store.get(TRIP));
    return CODE.test(verifier) && CODE.test(challenge) ? { verifier, challenge } : null;
  } catch {
    return null;
  }
}
async function prepare() {
  if (!crypto.subtle || trip()) return; /* browsers hash over https and on this machine only */
  const verifier = base64url(random(32));
  const challenge = base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))));
  if (!trip()) store.set(TRIP, JSON.stringify({ verifier, challenge }));
}

/** What came in the address. It leaves the address bar and the history before anything else happens. */
function arrived() {
  const url = new URL(location.href), hash = new URLSearchParams(url.hash.slice(1));
  const code = hash.get('marketplace_code');
  const source = [hash, url.searchParams].find(each => GIVEN_TOKEN.test(each.get('token') ?? ''));
  if (code === null && !source) return null;
  const found = { code, token: source?.get('token'), email: source?.get('user_email') };
  hash.delete('marketplace_code');
  for (const name of source ? ['token', 'user_email'] : []) source.delete(name);
  const rest = code !== null || source === hash ? hash.toString() : url.hash.slice(1);
  history.replaceState(history.state, '', url.pathname + url.search + (rest && '#' + rest));
  return found;
}

const post = (path, body, headers) => window.fetch(home + path, {
  method: 'POST', credentials: 'omit', cache: 'no-store', signal: AbortSignal.timeout?.(20_000), headers: { 'Content-Type': 'application/json', Accept: 'application/json', ...headers }, body: JSON.stringify(body)
});
async function json(reply) { try { return await reply.json() ?? {}; } catch { return {}; } }
const mail = text => typeof text === 'string' && text.length <= 254 ? text : '';

function keep(token, email) {
  store.set(TOKEN, token);
  if (mail(email)) store.set(EMAIL, email); else store.drop(EMAIL);
}
function forget() { store.drop(TOKEN); store.drop(EMAIL); }

const cameFromHome = () => document.referrer !== '' && new URL(document.referrer).origin === home;

/**
 * Exchanges a code, and says how that went. A code that belongs to no trip of this page comes from the marketplace's own
 * pages, or from somebody who wants this person to use an access that is not theirs: only the former is taken.
 */
async function exchange(code) {
  const begun = trip();
  const proofs = [...(begun ? [begun.verifier] : []), ...(cameFromHome() || !crypto.subtle ? [undefined] : [])];
  if (!CODE.test(code)) return 'refused';
  if (proofs.length === 0) return 'elsewhere';
  for (const code_verifier of proofs) {
    const reply = await post('/api/exchange-code', { code, solution_id: solution, code_verifier });
    const body = await json(reply);
    if (reply.ok && typeof body.token === 'string') {
      keep(body.token, body.user_email);
      if (code_verifier) store.drop(TRIP);
      return 'welcome';
    }
    if (reply.status !== 410 && reply.status !== 422) return 'unreachable';
  }
  /* never sent again: a code that comes twice looks stolen, and its token would be ended */
  return begun ? 'refused' : 'elsewhere';
}

const look = token => post('/api/validate-solution-token', { solution_id: solution, check_only: true }, { Authorization: 'Bearer ' + token });

/** Whether the access that is kept here goes on; one that cannot be asked for does. */
async function works(token) {
  try { return [200, 429].includes((await look(token)).status); } catch { return true; }
}

/**
 * A token in the address, where a solution has it so. Whose it is says the marketplace, not the address. A link of another
 * site does not put somebody else's access in the place of one that works.
 */
async function check({ token, email }) {
  let owner = email;
  const held = store.get(TOKEN);
  if (held && held !== token && !cameFromHome() && await works(held)) return 'elsewhere';
  try {
    const reply = await look(token);
    if (reply.status >= 400 && reply.status < 500 && reply.status !== 429) return 'refused';
    owner = (await json(reply)).user_email ?? owner;
  } catch { /* out of reach: it is kept, and the first call will tell */ }
  keep(token, owner);
  return 'welcome';
}

async function arrive() {
  const found = arrived();
  let status = 'none';
  if (found) {
    const held = store.get(TOKEN);
    try {
      status = await (found.code !== null ? exchange(found.code) : check(found));
    } catch {
      status = 'unreachable';
    }
    if (status !== 'welcome' && held) status = 'none'; /* what is here works on, and nothing was asked for */
  }
  await prepare().catch(() => {});
  return status;
}

const WORDS = {
  welcome: who => ['Welcome', `${who ? `You are signed in as ${who}. ` : ''}Your access is kept in this browser.`],
  refused: () => ['This access code does not work any more', 'It was used already, is older than two minutes, or was meant for another browser. Your registration is not lost: get your access once more.'],
  elsewhere: () => ['One more step', keeps
    ? 'You came here from another browser, or from another site. Get your access for this browser, too.'
    : 'This browser does not let this page remember anything, so your access got lost on the way. Allow this site to keep data, and get your access once more.'],
  unreachable: () => ['The marketplace did not answer', 'Your registration is not lost. Get your access once more in a moment.'],
  ended: (who, detail) => ['Your access was ended', `${detail ? detail + ' ' : ''}It was removed from this browser, and nothing was charged. Get a new one, or go on as a visitor.`],
  suspended: (who, detail) => ['Your access is suspended', detail || 'Ask the operator of this marketplace.']
};
const loaded = new Promise(done => {
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', done, { once: true }); else done();
});

class Marketplace extends EventTarget {
  get solution() { return solution; }
  get token() { return store.get(TOKEN); }
  get email() { return store.get(EMAIL) ?? ''; }
  get signedIn() { return store.get(TOKEN) !== null; }

  /** How this page was come to: 'none', 'welcome', 'refused', 'elsewhere' or 'unreachable'. */
  ready = arrive();

  /** Headers that say who calls. */
  headers() {
    const token = store.get(TOKEN);
    return { 'x-device-id': device(), ...(token && { Authorization: 'Bearer ' + token }) };
  }

  /** Like fetch, as this person or visitor; only to the marketplace and to the page's own server. */
  async fetch(address, options = {}) {
    await this.ready;
    const url = new URL(address, document.baseURI);
    if (url.origin !== home && url.origin !== location.origin) throw new TypeError(`marketplace.fetch does not send a token to ${url.origin}`);
    const token = store.get(TOKEN), headers = new Headers(options.headers);
    for (const [name, value] of Object.entries(this.headers())) headers.set(name, value);
    const reply = await window.fetch(url, { ...options, headers });
    if (token && [401, 403, 404].includes(reply.status)) ended(token, await json(reply.clone()));
    return reply;
  }

  /** Where to register, to come back to `back` with access. */
  registerUrl(back) { return wayTo('/register', back, trip()?.challenge); }
  /** Where to get more than the own tier gives. */
  upgradeUrl(back) { return wayTo('/upgrade', back); }
  /** The way on that a refusal (429) names; null if there is none. */
  wayOn(refusal, back) {
    const path = /^(\/(?!\/)[a-z0-9/-]*)(\?|$)/.exec(refusal?.upgrade_url ?? '')?.[1];
    return !path ? null : path === '/register' ? this.registerUrl(back) : wayTo(path, back);
  }

  signOut() { forget(); changed(); }
}

function wayTo(path, back = location.href, challenge) {
  const here = new URL(back, location.href), url = new URL(path, home);
  here.hash = '';
  here.search = new URLSearchParams(here.search).toString(); /* in the spelling that all readers take */
  if (here.href.length > MAX_ADDRESS) here.search = '';
  url.search = new URLSearchParams({ solution_id: solution, return_url: here.href, ...(challenge && { code_challenge: challenge }) }).toString();
  return url.href;
}

const changed = () => marketplace.dispatchEvent(new Event('change'));

/** A token that is refused is of no use to anybody; a suspended access may come back. */
function ended(token, problem) {
  const suspended = problem.code === 'entitlement-suspended';
  if (!suspended && !ENDED.has(problem.code) || store.get(TOKEN) !== token) return; /* another tab has a new one */
  if (!suspended) forget();
  notice(suspended ? 'suspended' : 'ended', problem.detail);
  changed();
}

/** Told to the page; a page that does not take it over (preventDefault) gets a plain bar. */
function notice(code, problem) {
  const [title, text] = WORDS[code](store.get(EMAIL), problem);
  const action = code === 'welcome' || code === 'suspended' ? null : { label: 'Get access', url: marketplace.registerUrl() };
  const event = new CustomEvent('notice', { cancelable: true, detail: { code, title, text, action } });
  if (marketplace.dispatchEvent(event)) bar(event.detail);
}
function bar({ code, title, text, action }) {
  const box = document.createElement('div'), heading = document.createElement('strong'), close = document.createElement('button');
  document.getElementById('marketplace-notice')?.remove();
  box.id = 'marketplace-notice';
  box.setAttribute('role', code === 'welcome' ? 'status' : 'alert');
  box.style.cssText = 'padding:.75rem 1rem;border-bottom:2px solid;background:Canvas;color:CanvasText;font:1rem/1.5 system-ui,sans-serif';
  heading.textContent = title;
  heading.style.display = 'block';
  box.append(heading, `${text} `);
  if (action) {
    const link = document.createElement('a');
    link.href = action.url;
    link.textContent = action.label;
    box.append(link, ' ');
  }
  close.type = 'button';
  close.textContent = 'Close';
  close.addEventListener('click', () => box.remove());
  box.append(close);
  document.body.prepend(box);
}

const marketplace = new Marketplace();
Object.defineProperty(window, 'marketplace', { value: marketplace, enumerable: true });
addEventListener('storage', event => { if ([TOKEN, EMAIL, TRIP, null].includes(event.key)) changed(); });
/* a link that is opened in the tab of this very page loads nothing by itself */
addEventListener('hashchange', () => { if (/[#&](marketplace_code|token=tok_)/.test(location.hash)) location.reload(); });
marketplace.ready.then(status => loaded.then(() => {
  changed();
  if (status !== 'none') notice(status);
}));
})();
