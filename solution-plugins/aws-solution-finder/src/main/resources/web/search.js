(() => {
'use strict';
const ASK = 50, STEP = 12;
const KINDS = { service: 'AWS service', architecture: 'Reference architecture', solution: 'Ready-made solution', topic: '' };
const $ = id => document.getElementById(id);

/* The question that waits for an answer while somebody registers. Storage may be refused by the browser: then nothing waits. */
const WAITING = 'finder_question';
const waiting = {
  get() { try { return localStorage.getItem(WAITING) ?? ''; } catch { return ''; } },
  keep(query) { try { localStorage.setItem(WAITING, query); } catch { /* the address has it, too */ } },
  drop() { try { localStorage.removeItem(WAITING); } catch { /* was not kept */ } }
};
const randomId = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), b => b.toString(16).padStart(2, '0')).join('');

/* making elements; text only ever goes in as text */
function el(tag, props, ...children) {
  const e = document.createElement(tag);
  for (const [k, v] of Object.entries(props ?? {})) {
    if (v === undefined || v === null || v === false) continue;
    if (k.startsWith('on')) e.addEventListener(k.slice(2), v);
    else if (k === 'class') e.className = v;
    else e.setAttribute(k, v === true ? '' : v);
  }
  e.append(...children.flat().filter(c => c !== null && c !== undefined && c !== false));
  return e;
}
function marked(text, places) {
  const parts = [];
  let at = 0;
  for (const [start, end] of places ?? []) {
    if (start < at || end > text.length || end <= start) continue;
    parts.push(text.slice(at, start), el('mark', null, text.slice(start, end)));
    at = end;
  }
  parts.push(text.slice(at));
  return parts;
}
function arrowIcon() {
  const ns = 'http://www.w3.org/2000/svg', svg = document.createElementNS(ns, 'svg'), path = document.createElementNS(ns, 'path');
  for (const [k, v] of Object.entries({ viewBox: '0 0 24 24', fill: 'none', stroke: 'currentColor', 'stroke-width': '2.2', 'aria-hidden': 'true', focusable: 'false' })) svg.setAttribute(k, v);
  path.setAttribute('d', 'M7 17 17 7M9 7h8v8');
  svg.append(path);
  return svg;
}
const say = text => { $('live').textContent = ''; requestAnimationFrame(() => { $('live').textContent = text; }); };
const many = (n, one, more = one + 's') => n === 1 ? `1 ${one}` : `${n} ${more}`;

/* where to come back to: here, with the question that is asked or about to be */
function here() {
  const url = new URL(location.href), query = $('q').value.trim() || state.query;
  url.search = query ? new URLSearchParams({ q: query }).toString() : '';
  return url.href;
}

const state = { query: '', results: [], total: 0, shown: STEP, kinds: new Set(), categories: new Set(), services: new Set(), quota: null, running: null, ended: null };
const seen = new Map();

/* account and quota */
const SPANS = { day: ' today', month: ' this month' };
function setQuota(reply, json) {
  const h = name => reply.headers.get('X-Marketplace-' + name);
  const remaining = Number(h('Quota-Remaining') ?? json.quota_remaining ?? NaN);
  if (!Number.isFinite(remaining)) return;
  /* one window, as "day";q=10;w=86400: then it can be named */
  const windows = [...(reply.headers.get('RateLimit-Policy') ?? '').matchAll(/"([a-z0-9-]+)"/g)].map(m => m[1]);
  state.quota = { remaining, limit: Number(h('Quota-Limit') ?? json.limit ?? NaN), tier: h('Tier') ?? json.access_tier ?? 'anonymous', span: windows.length === 1 ? SPANS[windows[0]] ?? '' : '' };
  showAccount();
}
function quotaText() {
  const { remaining, limit, tier, span } = state.quota;
  if (remaining < 0) return 'Unlimited searches';
  const of = limit > 0 ? `${remaining} of ${limit}` : String(remaining);
  return tier === 'anonymous' ? `${of} free searches left` : `${of} searches left${span}`;
}
function showLinks() {
  $('register').href = marketplace.registerUrl(here());
  $('upgrade').href = marketplace.upgradeUrl(here());
}
function showAccount() {
  const { signedIn, email } = marketplace, pill = $('quota'), quota = state.quota;
  $('who').textContent = signedIn ? email || 'Signed in' : '';
  $('signout').hidden = !signedIn;
  $('register').hidden = signedIn;
  if (!signedIn) $('welcome').hidden = true;
  $('upgrade').hidden = !signedIn || !quota || quota.remaining < 0;
  showLinks();
  pill.hidden = !quota;
  pill.replaceChildren();
  if (!quota) return;
  if (quota.remaining >= 0 && quota.limit > 0 && quota.limit <= 12) {
    pill.append(el('i', { 'aria-hidden': 'true' }, Array.from({ length: quota.limit }, (_, n) => el('b', { class: n < quota.remaining ? '' : 'gone' }))));
  }
  pill.append(quotaText());
}
/* looks at the quota and takes nothing; without an answer the page simply does not show it yet */
async function peek() {
  try {
    const reply = await marketplace.fetch('/api/validate-solution-token', {
      method: 'POST', headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      body: JSON.stringify({ solution_id: marketplace.solution, action: 'search', check_only: true })
    });
    const json = await body(reply);
    if (state.quota === null && (reply.ok || reply.status === 429)) setQuota(reply, json);
  } catch { /* shown after the first search */ }
}
async function body(reply) { try { return await reply.json(); } catch { return {}; } }

/* searching */
function keepInAddress(query) {
  const url = new URL(location.href);
  if (url.searchParams.get('q') === query) history.replaceState({ q: query }, '');
  else { url.searchParams.set('q', query); history.pushState({ q: query }, '', url.pathname + url.search); }
  document.title = query + ' – AWS Solution Finder';
}
function resetFilters() { state.kinds.clear(); state.categories.clear(); state.services.clear(); state.shown = STEP; }

async function post(query, key) {
  const send = () => marketplace.fetch('api/search', {
    method: 'POST', signal: state.running.signal, headers: { 'Content-Type': 'application/json', Accept: 'application/json', 'Idempotency-Key': key },
    body: JSON.stringify({ query, limit: ASK })
  });
  try {
    return await send();
  } catch (e) {
    if (e.name === 'AbortError' || !navigator.onLine) throw e;
    await new Promise(done => setTimeout(done, 500));
    return send(); /* the same key: if the first one did arrive, this costs nothing */
  }
}
async function run(query, key = randomId()) {
  query = query.trim();
  closeSuggest();
  if (matchMedia('(hover: none)').matches) $('q').blur(); /* puts the keyboard away */
  if (!query) { $('q').focus(); say('Describe your problem first.'); return; }
  if (query === state.query && state.results.length) { say('These are the results you already see.'); focusResult(0); return; }
  state.running?.abort();
  const mine = state.running = new AbortController();
  Object.assign(state, { query, results: [], total: 0, ended: null });
  resetFilters();
  $('q').value = query;
  keepInAddress(query);
  showLoading();
  try {
    const reply = await post(query, key);
    const json = await body(reply);
    if (mine.signal.aborted) return;
    answer(reply, json, query, key);
  } catch (e) {
    if (mine.signal.aborted) return;
    showFailure(query, key);
  }
}
function answer(reply, json, query, key) {
  if (reply.ok || reply.status === 429) setQuota(reply, json);
  if (reply.ok && Array.isArray(json.results)) {
    Object.assign(state, { results: json.results, total: json.total });
    seen.set(query, { results: json.results, total: json.total });
    waiting.drop();
    showResults();
    say(`${many(json.total, 'result')} for ${query}.` + (state.quota ? ' ' + quotaText() + '.' : ''));
  } else if (reply.status === 429 && 'access_tier' in json) showLimit(json);
  else if (state.ended !== query) showFailure(query, key, json.detail || json.message);
}

/* what is shown in place of, or as, the results */
const online = () => { $('offline').hidden = navigator.onLine || Boolean(document.querySelector('.note.error')); };
function show(...nodes) {
  document.body.classList.add('searched');
  $('results').classList.toggle('alone', nodes.length < 2);
  $('results').replaceChildren(...nodes);
  $('results').setAttribute('aria-busy', 'false');
  online();
}
function showLoading() {
  show(el('div', { 'aria-hidden': 'true' }, el('div', { class: 'ghost' }), el('div', { class: 'ghost' }), el('div', { class: 'ghost' })));
  $('results').setAttribute('aria-busy', 'true');
  say('Searching…');
}
function note(kind, title, text, ...actions) {
  const heading = el('h2', { tabindex: '-1' }, title);
  show(el('section', { class: 'note ' + kind, role: 'group', 'aria-label': title }, heading, [text].flat().map(t => typeof t === 'string' ? el('p', null, t) : t), el('div', { class: 'do' }, ...actions)));
  say([title, ...[text].flat().filter(t => typeof t === 'string')].join(' '));
}
function showFailure(query, key, detail) {
  const again = el('button', { class: 'primary', type: 'button', onclick: () => { state.query = ''; run(query, key); } }, 'Try again');
  if (!navigator.onLine) note('error', 'You are offline', 'Your search was not sent. Try again as soon as you have a connection; it costs nothing until an answer arrives.', again);
  else if (detail) note('error', 'That did not work', [detail, 'This try cost nothing.'], again);
  else note('error', 'No answer from the server', 'The connection broke or the service is busy. Trying again does not cost a second search.', again);
}
function resets(json) {
  const at = json.resets_at ? new Date(json.resets_at) : null;
  if (!at || isNaN(at)) return '';
  const minutes = Math.max(1, Math.round((at - Date.now()) / 60000));
  const left = minutes < 90 ? many(minutes, 'minute') : minutes < 2880 ? many(Math.round(minutes / 60), 'hour') : many(Math.round(minutes / 1440), 'day');
  return `Your next searches come in ${left}, ${at.toLocaleString(undefined, { weekday: 'long', hour: '2-digit', minute: '2-digit', timeZoneName: 'short' })}.`;
}
function showLimit(json) {
  const kept = 'Your question waits for you.';
  waiting.keep(state.query);
  if (json.access_tier === 'anonymous') {
    note('limit', json.limit > 0 ? `You have used your ${many(json.limit, 'free search', 'free searches')}` : 'Please register to search', [
      'Register to go on. It is free and gives you new searches every day.', kept],
      el('a', { class: 'primary', href: marketplace.registerUrl(here()) }, 'Register free'), back());
  } else {
    const wayOn = marketplace.wayOn(json, here());
    const title = json.reason === 'daily_limit_exceeded' ? `You have used your ${many(json.limit, 'search', 'searches')} for today` : 'You have reached your limit';
    note('limit', title, [resets(json) || json.message || '', wayOn ? 'Upgrade and go on right away. ' + kept : kept].filter(Boolean),
      wayOn && el('a', { class: 'primary', href: wayOn }, 'Upgrade'), back());
  }
}
function back() {
  const last = [...seen.keys()].pop();
  return last && el('button', { class: 'plain', type: 'button', onclick: () => { history.back(); } }, 'Back to the last results');
}
/* what the marketplace has to say about this person's access */
const NOTICES = { ended: 'You have been signed out' };
function told({ code, title, text, action }) {
  if (code === 'welcome') { welcome(text); return; }
  const query = state.query;
  state.ended = query;
  if (code === 'ended' && query) waiting.keep(query);
  const go = code === 'ended' && query && el('button', { class: 'plain', type: 'button', onclick: () => { state.query = ''; run(query); } }, 'Search without signing in');
  note('error', NOTICES[code] ?? title, [NOTICES[code] ? title + '.' : '', text].filter(Boolean),
    action && el('a', { class: 'primary', href: marketplace.registerUrl(here()) }, code === 'ended' ? 'Get new access' : action.label), go);
}
function welcome(text) {
  $('welcome').querySelector('span').textContent = text;
  $('welcome').hidden = false;
  const query = waiting.get(), asked = new URLSearchParams(location.search).get('q');
  waiting.drop();
  if (query && (!asked || asked === query)) run(query);
}

/* filters work on the results at hand, so they cost nothing */
const usesOf = r => (r.kind === 'service' ? [{ id: r.id, name: r.title }] : []).concat(r.services);
function passes(r, except) {
  return (except === 'kinds' || !state.kinds.size || state.kinds.has(r.kind))
    && (except === 'categories' || !state.categories.size || state.categories.has(r.category.id))
    && (except === 'services' || !state.services.size || usesOf(r).some(s => state.services.has(s.id)));
}
function counted(dimension, values) {
  const counts = new Map();
  for (const r of state.results) {
    const open = passes(r, dimension);
    for (const v of values(r)) {
      const c = counts.get(v.id) ?? { ...v, n: 0 };
      c.n += open ? 1 : 0;
      counts.set(v.id, c);
    }
  }
  return [...counts.values()].filter(c => c.n || state[dimension].has(c.id)).sort((a, b) => b.n - a.n || a.name.localeCompare(b.name));
}
function toggle(dimension, id, focusKey) {
  state[dimension].has(id) ? state[dimension].delete(id) : state[dimension].add(id);
  state.shown = STEP;
  const open = document.querySelector('.filters')?.open;
  showResults(open);
  document.querySelector(`[data-focus="${CSS.escape(focusKey)}"]`)?.focus({ preventScroll: true });
  say(`${many(state.results.filter(r => passes(r)).length, 'result')} with these filters. Filtering is free.`);
}
function filterBox(open) {
  const group = (title, dimension, options) => options.length < 2 && !state[dimension].size ? null : el('fieldset', null, el('legend', null, title), options.map(o => {
    const key = dimension + ':' + o.id;
    const box = el('input', { type: 'checkbox', 'data-focus': key, onchange: () => toggle(dimension, o.id, key) });
    box.checked = state[dimension].has(o.id);
    return el('label', null, box, el('span', null, o.name), el('em', null, String(o.n)));
  }));
  const active = state.kinds.size + state.categories.size + state.services.size;
  const wide = matchMedia('(min-width: 52.01rem)').matches;
  return el('details', { class: 'filters', 'aria-label': 'Filters', open: wide || open },
    el('summary', null, active ? `Filters (${active})` : 'Filters'),
    group('Kind', 'kinds', counted('kinds', r => [{ id: r.kind, name: KINDS[r.kind] ?? r.kind }])),
    group('Field', 'categories', counted('categories', r => [r.category]).slice(0, 8)),
    group('Built with', 'services', counted('services', usesOf).slice(0, 8)),
    active ? el('p', null, el('button', { class: 'link', type: 'button', onclick: () => { resetFilters(); showResults(); } }, 'Remove all filters')) : null,
    el('p', { class: 'free' }, 'Filtering is free: it never costs a search.'));
}
function card(r) {
  const official = /^https:\/\//.test(r.url) ? r.url : '#';
  const parts = r.services.slice(0, 8);
  return el('li', { class: 'result' },
    el('p', { class: 'tags' }, el('span', { class: 'kind ' + (KINDS[r.kind] ? r.kind : '') }, KINDS[r.kind] ?? r.kind), el('span', null, r.category.name)),
    el('h3', null, el('a', { href: official, target: '_blank', rel: 'noopener noreferrer', 'data-result': r.id }, marked(r.title, r.highlights?.title), arrowIcon(), el('span', { class: 'sr' }, ' (official page, opens in a new tab)'))),
    el('p', { class: 'problem' }, marked(r.problem, r.highlights?.problem)),
    el('p', { class: 'text' }, marked(r.summary, r.highlights?.summary)),
    parts.length ? el('div', { class: 'uses', role: 'group', 'aria-label': 'Services it is used with' }, el('span', { 'aria-hidden': 'true' }, r.kind === 'service' ? 'Goes with' : 'Built with'),
      parts.map(s => el('button', { type: 'button', 'aria-pressed': String(state.services.has(s.id)), title: 'Only results with ' + s.name, 'data-focus': r.id + '/' + s.id, onclick: () => toggle('services', s.id, r.id + '/' + s.id) }, s.name))) : null,
    el('p', { class: 'page', 'aria-hidden': 'true' }, official.replace('https://', '').replace(/\/$/, '')));
}
function showResults(open) {
  if (!state.results.length) {
    note('empty', 'Nothing fits that yet', [`We found nothing for “${state.query}”.`, el('ul', null, el('li', null, 'Describe what you want to achieve; you need not know any product name.'), el('li', null, 'Use a few plain English words; small typing errors do no harm.'))],
      el('button', { class: 'primary', type: 'button', onclick: () => { $('q').focus(); $('q').select(); } }, 'Change the question'));
    return;
  }
  const fitting = state.results.filter(r => passes(r)), page = fitting.slice(0, state.shown);
  const all = state.total > state.results.length ? `the best ${state.results.length} of ${state.total} results` : many(state.results.length, 'result');
  const more = fitting.length - page.length;
  show(filterBox(open), el('section', { 'aria-label': 'Results' },
    el('div', { class: 'summary' }, el('h2', null, fitting.length === state.results.length ? `${all[0].toUpperCase()}${all.slice(1)} for “${state.query}”` : `${fitting.length} of ${all} for “${state.query}”`)),
    el('ul', { id: 'list' }, page.map(card)),
    more > 0 ? el('button', { class: 'plain', type: 'button', onclick: () => { const at = state.shown; state.shown += STEP; showResults(); focusResult(at); } }, `Show ${Math.min(more, STEP)} more`) : null));
}
const links = () => [...document.querySelectorAll('[data-result]')];
function focusResult(n) { const l = links()[n]; l?.focus(); l?.closest('li').scrollIntoView({ block: 'nearest' }); return Boolean(l); }

/* suggestions while typing; they cost nothing */
let options = [], picked = -1, asking = null, timer = 0;
function closeSuggest() { clearTimeout(timer); asking?.abort(); options = []; picked = -1; $('suggest').hidden = true; $('q').setAttribute('aria-expanded', 'false'); $('q').removeAttribute('aria-activedescendant'); }
function pick(n) {
  picked = (n + options.length + 1) % (options.length + 1);
  if (picked === options.length) picked = -1;
  [...$('suggest').children].forEach((li, i) => li.setAttribute('aria-selected', String(i === picked)));
  picked < 0 ? $('q').removeAttribute('aria-activedescendant') : $('q').setAttribute('aria-activedescendant', 'option-' + picked);
}
function showSuggest(list) {
  options = list;
  picked = -1;
  if (!list.length) { closeSuggest(); return; }
  $('suggest').replaceChildren(...list.map((s, i) => el('li', { role: 'option', id: 'option-' + i, 'aria-selected': 'false', onmousedown: e => { e.preventDefault(); run(s.text); } }, el('span', null, s.text), el('span', null, KINDS[s.kind] ?? ''))));
  $('suggest').hidden = false;
  $('q').setAttribute('aria-expanded', 'true');
}
function typed() {
  clearTimeout(timer);
  asking?.abort();
  const text = $('q').value.trim();
  if (text.length < 2 || text.length > 60) { closeSuggest(); return; }
  timer = setTimeout(async () => {
    asking = new AbortController();
    try {
      const reply = await fetch('api/suggest?' + new URLSearchParams({ q: text }), { signal: asking.signal });
      const json = reply.ok ? await reply.json() : {};
      if ($('q').value.trim() === text && document.activeElement === $('q')) showSuggest((json.suggestions ?? []).filter(s => s.text.toLowerCase() !== text.toLowerCase()).slice(0, 6));
    } catch { /* typing goes on without */ }
  }, 140);
}
$('q').addEventListener('input', () => { typed(); showLinks(); });
$('q').addEventListener('blur', closeSuggest);
$('q').addEventListener('keydown', e => {
  if (e.isComposing) return;
  if (e.key === 'ArrowDown') { if (options.length) { e.preventDefault(); pick(picked + 1); } else if (focusResult(0)) e.preventDefault(); }
  else if (e.key === 'ArrowUp' && options.length) { e.preventDefault(); pick(picked < 0 ? options.length - 1 : picked - 1); }
  else if (e.key === 'Escape') { e.preventDefault(); if (options.length) closeSuggest(); else if ($('q').value) $('q').select(); }
});
$('form').addEventListener('submit', e => { e.preventDefault(); run(picked >= 0 ? options[picked].text : $('q').value); });
document.addEventListener('keydown', e => {
  if (e.defaultPrevented || e.isComposing || e.ctrlKey || e.metaKey || e.altKey) return;
  const typing = e.target.matches?.('input:not([type=checkbox]), textarea, select');
  const at = links().indexOf(document.activeElement);
  if (e.key === '/' && !typing) { e.preventDefault(); $('q').focus(); $('q').select(); scrollTo({ top: 0 }); }
  else if (at >= 0 && (e.key === 'ArrowDown' || e.key === 'ArrowUp')) { e.preventDefault(); if (e.key === 'ArrowUp' && at === 0) { $('q').focus(); scrollTo({ top: 0 }); } else focusResult(at + (e.key === 'ArrowDown' ? 1 : -1)); }
  else if (e.key === 'Escape' && !typing) { $('q').focus(); $('q').select(); scrollTo({ top: 0 }); }
});

/* the address: a question in it fills the box and waits; going back shows what was found, without searching again */
function fromAddress() {
  state.running?.abort();
  closeSuggest();
  const query = new URLSearchParams(location.search).get('q')?.slice(0, 500) ?? '', found = seen.get(query);
  $('q').value = query;
  resetFilters();
  if (found) { Object.assign(state, { query, ...found }); showResults(); document.title = query + ' – AWS Solution Finder'; return; }
  Object.assign(state, { query: '', results: [], total: 0 });
  document.body.classList.remove('searched');
  document.title = 'AWS Solution Finder';
  $('results').replaceChildren();
  if (query) say('The question is in the search box. Press Enter to search.');
}
/* told once the page is there, and whenever somebody comes or goes, here or in another tab */
let known;
marketplace.addEventListener('change', () => {
  if (marketplace.token !== known) { known = marketplace.token; state.quota = null; peek(); }
  showAccount();
});
marketplace.addEventListener('notice', event => { event.preventDefault(); told(event.detail); });
$('welcome').querySelector('button').addEventListener('click', () => { $('welcome').hidden = true; $('q').focus(); });
addEventListener('popstate', fromAddress);
addEventListener('online', online);
addEventListener('offline', online);
$('signout').addEventListener('click', () => { marketplace.signOut(); say('You are signed out. The token was removed from this browser.'); $('q').focus(); });

async function examples() {
  try {
    const reply = await fetch('api/examples');
    if (!reply.ok) return;
    const json = await reply.json();
    $('examples').querySelector('ul').replaceChildren(...json.examples.map(text => el('li', null, el('button', { type: 'button', onclick: () => run(text) }, text))));
    $('examples').hidden = false;
    $('count').textContent = `The catalogue of ${json.items} services, architectures and solutions`;
  } catch { /* the page works without */ }
}
online();
fromAddress();
showAccount();
examples();
if (matchMedia('(hover: hover)').matches) $('q').focus({ preventScroll: true });
})();
