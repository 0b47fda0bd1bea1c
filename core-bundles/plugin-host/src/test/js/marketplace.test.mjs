// The script of solution pages, run as a browser would run it, with a browser's things made by hand.
import assert from 'node:assert/strict';
import { createHash, webcrypto } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import vm from 'node:vm';

const source = readFileSync(new URL('../../main/resources/script/marketplace.js', import.meta.url), 'utf8');
const HOME = 'https://market.example.com';
const PAGE = HOME + '/solutions/text/search';
const CODE = 'c'.repeat(43);
const TOKEN = 'tok_permanent_0123456789abcdef';

/** What a browser keeps between pages. */
class Drawer {
  items = new Map();
  getItem(key) { return this.items.get(key) ?? null; }
  setItem(key, value) { this.items.set(key, String(value)); }
  removeItem(key) { this.items.delete(key); }
}

const answer = (status, body) => new Response(body === undefined ? null : JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } });

/**
 * Opens a page; `server` answers its requests. What the page did is in the result.
 * @param blocked the browser refuses to store anything; @param insecure plain http to another machine
 */
async function open(address, { drawer = new Drawer(), server = () => answer(404, {}), referrer = '', blocked = false, insecure = false, listen, atOnce } = {}) {
  const calls = [], shown = [], notices = [];
  const location = new URL(address);
  const element = tag => ({ tag, style: {}, children: [], attributes: {}, setAttribute(k, v) { this.attributes[k] = v; }, append(...c) { this.children.push(...c); }, addEventListener() {}, remove() {} });
  const context = vm.createContext({
    location, addEventListener() {}, URL, URLSearchParams, Headers, Event, CustomEvent, EventTarget, TextEncoder, AbortSignal, btoa,
    crypto: insecure ? { getRandomValues: bytes => webcrypto.getRandomValues(bytes) } : webcrypto,
    history: { state: null, replaceState(state, title, url) { location.href = new URL(url, location.href).href; } },
    document: {
      currentScript: { src: HOME + '/solutions/marketplace.js', dataset: { solution: 'text' } }, readyState: 'complete', referrer,
      baseURI: address, createElement: element, getElementById: () => null, body: { prepend: box => shown.push(box) }
    },
    fetch: async (url, options) => {
      const call = { url: String(url), address: location.href, headers: Object.fromEntries(new Headers(options.headers)), body: options.body && JSON.parse(options.body), options };
      calls.push(call);
      return server(call);
    }
  });
  context.window = context;
  Object.defineProperty(context, 'localStorage', { get() { if (blocked) throw new Error('refused'); return drawer; } });
  vm.runInContext(source, context);
  const { marketplace } = context;
  marketplace.addEventListener('notice', event => { notices.push(event.detail); listen?.(event); });
  const early = atOnce?.(marketplace);
  const status = await marketplace.ready;
  await early;
  await new Promise(setImmediate);
  return { marketplace, status, calls, shown, notices, location, drawer };
}

const queryOf = url => Object.fromEntries(new URL(url).searchParams);
const exchanged = (call, answered = { token: TOKEN, user_email: 'ann@example.com', solution_id: 'text', access_tier: 'registered' }) =>
  call.url === HOME + '/api/exchange-code' ? answer(200, answered) : answer(404, {});

describe('the way to the marketplace', () => {
  it('names the solution, where to come back to, and a challenge whose secret stays here', async () => {
    const { marketplace, drawer, calls } = await open(PAGE + '?q=old+files');
    const way = new URL(marketplace.registerUrl());
    assert.equal(way.origin + way.pathname, HOME + '/register');
    const { verifier } = JSON.parse(drawer.getItem('marketplace_trip.text'));
    assert.deepEqual(queryOf(way), { solution_id: 'text', return_url: PAGE + '?q=old+files', code_challenge: createHash('sha256').update(verifier).digest('base64url') });
    assert.match(verifier, /^[A-Za-z0-9_-]{43}$/);
    assert.ok(!way.href.includes(verifier));
    assert.deepEqual(calls, [], 'a visitor who only looks costs the marketplace nothing');
  });

  it('keeps its secret for other tabs and later days', async () => {
    const first = await open(PAGE);
    const second = await open(PAGE, { drawer: first.drawer });
    assert.equal(queryOf(second.marketplace.registerUrl()).code_challenge, queryOf(first.marketplace.registerUrl()).code_challenge);
  });

  it('spells the address to come back to so that strict readers take it, and leaves out what is too long', async () => {
    const { marketplace } = await open(PAGE + '?q=a|b[1]^{x}#part');
    assert.equal(queryOf(marketplace.registerUrl()).return_url, PAGE + '?q=a%7Cb%5B1%5D%5E%7Bx%7D');
    assert.equal(queryOf(marketplace.registerUrl(PAGE + '?q=' + encodeURIComponent('अ'.repeat(500)))).return_url, PAGE);
  });

  it('has no challenge where browsers do not hash, instead of one that cannot be met', async () => {
    const { marketplace } = await open(PAGE, { insecure: true });
    assert.equal(queryOf(marketplace.registerUrl()).code_challenge, undefined);
  });

  it('goes on where a refusal says, and only on the marketplace', async () => {
    const { marketplace } = await open(PAGE);
    const upgrade = new URL(marketplace.wayOn({ upgrade_url: '/upgrade?solution_id=text' }));
    assert.equal(upgrade.origin + upgrade.pathname, HOME + '/upgrade');
    assert.deepEqual(queryOf(upgrade), { solution_id: 'text', return_url: PAGE });
    assert.equal(marketplace.wayOn({ upgrade_url: '/register?solution_id=text&return_url=%2Fx' }), marketplace.registerUrl());
    for (const upgrade_url of ['https://evil.example/upgrade', '//evil.example/x', 'javascript:alert(1)', '', undefined, null, 7]) assert.equal(marketplace.wayOn({ upgrade_url }), null, String(upgrade_url));
    assert.equal(marketplace.wayOn(null), null);
  });
});

describe('the way back', () => {
  it('takes the code out of the address before anything is sent, and brings the token home', async () => {
    const { drawer } = await open(PAGE);
    const { verifier } = JSON.parse(drawer.getItem('marketplace_trip.text'));
    const { status, calls, location, marketplace, notices } = await open(`${PAGE}?q=x#marketplace_code=${CODE}`, { drawer, server: exchanged });
    assert.equal(status, 'welcome');
    assert.equal(calls.length, 1);
    assert.deepEqual(calls[0].body, { code: CODE, solution_id: 'text', code_verifier: verifier });
    assert.equal(calls[0].address, PAGE + '?q=x', 'the address was clean by then');
    assert.equal(calls[0].options.credentials, 'omit');
    assert.equal(location.href, PAGE + '?q=x');
    assert.equal(drawer.getItem('marketplace_token.text'), TOKEN);
    assert.equal(drawer.getItem('user_email.text'), 'ann@example.com');
    assert.ok(marketplace.signedIn);
    assert.deepEqual(notices.map(each => each.code), ['welcome']);
    assert.match(notices[0].text, /ann@example\.com/);
  });

  it('makes a new secret once one is used', async () => {
    const { drawer } = await open(PAGE);
    const before = drawer.getItem('marketplace_trip.text');
    await open(`${PAGE}#marketplace_code=${CODE}`, { drawer, server: exchanged });
    assert.notEqual(drawer.getItem('marketplace_trip.text'), before);
    assert.ok(drawer.getItem('marketplace_trip.text'));
  });

  it('outlives the browser', async () => {
    const { drawer } = await open(PAGE);
    await open(`${PAGE}#marketplace_code=${CODE}`, { drawer, server: exchanged });
    const { marketplace, status, calls } = await open(PAGE, { drawer, server: () => answer(200, {}) });
    assert.equal(status, 'none');
    await marketplace.fetch('api/search', { method: 'POST' });
    assert.equal(calls[0].headers.authorization, 'Bearer ' + TOKEN);
  });

  it('says kindly that a code is used up, does not send it twice, and shows the way on', async () => {
    const { drawer } = await open(PAGE);
    const { status, calls, notices, marketplace, shown } = await open(`${PAGE}#marketplace_code=${CODE}`, { drawer, server: () => answer(410, { code: 'code-invalid' }) });
    assert.equal(status, 'refused');
    assert.equal(calls.length, 1);
    assert.equal(notices[0].action.url, marketplace.registerUrl());
    assert.match(notices[0].text, /not lost/);
    assert.equal(shown.length, 1, 'a page that does not care gets a bar');
    assert.equal(marketplace.token, null);
  });

  it('does not take a code that another site sends somebody here with', async () => {
    for (const referrer of ['', 'https://evil.example/', 'https://market.example.com.evil.example/']) {
      const { status, calls, notices } = await open(`${PAGE}#marketplace_code=${CODE}`, { referrer, server: exchanged });
      assert.equal(status, 'elsewhere');
      assert.deepEqual(calls, []);
      assert.ok(notices[0].action.url.startsWith(HOME + '/register?'));
    }
  });

  it('takes a code of a trip that began on the marketplace’s own pages', async () => {
    const { status, calls } = await open(`${PAGE}#marketplace_code=${CODE}`, { referrer: HOME + '/register', server: exchanged });
    assert.equal(status, 'welcome');
    assert.equal('code_verifier' in calls[0].body, false);
  });

  it('sends somebody who began in another browser one step further', async () => {
    const { status, notices } = await open(`${PAGE}#marketplace_code=${CODE}`, { referrer: HOME + '/sign-up/confirm', server: () => answer(410, { code: 'code-invalid' }) });
    assert.equal(status, 'elsewhere');
    assert.match(notices[0].text, /another browser/);
    assert.match(queryOf(notices[0].action.url).code_challenge, /^[\w-]{43}$/);
  });

  it('takes it even if a trip of the page itself was begun and given up', async () => {
    const { drawer } = await open(PAGE);
    const server = call => call.body.code_verifier ? answer(410, { code: 'code-invalid' }) : exchanged(call);
    const { status, calls } = await open(`${PAGE}#marketplace_code=${CODE}`, { drawer, referrer: HOME + '/welcome', server });
    assert.equal(status, 'welcome');
    assert.equal(calls.length, 2);
  });

  it('says so when the network breaks, and does not send the code again', async () => {
    const { drawer } = await open(PAGE);
    const { status, calls, notices } = await open(`${PAGE}#marketplace_code=${CODE}`, { drawer, server: () => { throw new TypeError('network'); } });
    assert.equal(status, 'unreachable');
    assert.equal(calls.length, 1);
    assert.match(notices[0].text, /not lost/);
  });

  it('tells somebody whose browser keeps nothing why it cannot work', async () => {
    const { status, notices } = await open(`${PAGE}#marketplace_code=${CODE}`, { blocked: true, server: exchanged });
    assert.equal(status, 'elsewhere');
    assert.match(notices[0].text, /Allow this site to keep data/);
  });

  it('leaves what works alone when a strange code comes', async () => {
    const { drawer } = await open(PAGE);
    drawer.setItem('marketplace_token.text', TOKEN);
    const { status, notices, marketplace } = await open(`${PAGE}#marketplace_code=${CODE}`, { drawer, server: () => answer(410, {}) });
    assert.equal(status, 'none');
    assert.deepEqual(notices, []);
    assert.equal(marketplace.token, TOKEN);
  });

  it('sends nothing that cannot be a code', async () => {
    const { drawer } = await open(PAGE);
    const { calls, status, location } = await open(`${PAGE}#marketplace_code=<script>`, { drawer, server: exchanged });
    assert.equal(status, 'refused');
    assert.deepEqual(calls, []);
    assert.equal(location.href, PAGE);
  });

  it('leaves other fragments and parameters as they are', async () => {
    for (const rest of ['#part', '#/route?x=1', '?token=of-the-page-itself', '?user_email=x%40example.com', '']) {
      assert.equal((await open(PAGE + rest)).location.href, PAGE + rest);
    }
    assert.equal((await open(`${PAGE}?a=1&token=${TOKEN}&user_email=x%40example.com#/route`, { server: () => answer(200, {}) })).location.href, PAGE + '?a=1#/route');
  });
});

describe('a token in the address', () => {
  it('is taken once, and the marketplace says whose it is', async () => {
    for (const mark of ['?', '#']) {
      const { status, location, calls, marketplace } = await open(`${PAGE}${mark}token=${TOKEN}&user_email=liar%40example.com`,
        { server: () => answer(200, { allowed: true, user_email: 'ann@example.com' }) });
      assert.equal(status, 'welcome');
      assert.equal(location.href, PAGE);
      assert.deepEqual(calls[0].body, { solution_id: 'text', check_only: true });
      assert.equal(calls[0].headers.authorization, 'Bearer ' + TOKEN);
      assert.equal(marketplace.email, 'ann@example.com');
    }
  });

  it('that does not work does not push out one that does', async () => {
    const drawer = new Drawer();
    drawer.setItem('marketplace_token.text', TOKEN);
    const { status, marketplace } = await open(PAGE + '?token=tok_permanent_planted&user_email=', { drawer, server: () => answer(401, { code: 'token-unknown' }) });
    assert.equal(status, 'none');
    assert.equal(marketplace.token, TOKEN);
  });

  it('puts nobody else\'s token in the place of one that works, unless the marketplace itself sent it', async () => {
    const own = 'tok_permanent_of_her_own_000000', server = dead => call => {
      const asked = call.headers.authorization;
      return asked === 'Bearer ' + dead ? answer(401, { code: 'token-revoked' }) : answer(200, { user_email: asked.includes(own) ? 'ann@example.com' : 'eve@example.com' });
    };
    const drawer = () => { const made = new Drawer(); made.setItem('marketplace_token.text', own); return made; };
    const kept = async options => (await open(`${PAGE}#token=${TOKEN}`, { drawer: drawer(), ...options })).marketplace.token;

    assert.equal(await kept({ server: server('none'), referrer: 'https://evil.example/' }), own);
    assert.equal(await kept({ server: server('none') }), own);
    assert.equal(await kept({ server: () => { throw new TypeError('network'); } }), own);
    assert.equal(await kept({ server: server('none'), referrer: HOME + '/keys' }), TOKEN);
    assert.equal(await kept({ server: server(own) }), TOKEN);
  });
  it('is kept while the marketplace is out of reach', async () => {
    const { marketplace, status } = await open(`${PAGE}?token=${TOKEN}&user_email=ann%40example.com`, { server: () => { throw new TypeError('network'); } });
    assert.equal(status, 'welcome');
    assert.equal(marketplace.token, TOKEN);
    assert.equal(marketplace.email, 'ann@example.com');
  });
});

describe('calls', () => {
  const signedIn = () => { const drawer = new Drawer(); drawer.setItem('marketplace_token.text', TOKEN); drawer.setItem('user_email.text', 'ann@example.com'); return drawer; };

  it('say who calls, and let the page say the rest', async () => {
    const { marketplace, calls } = await open(PAGE, { drawer: signedIn(), server: () => answer(200, { words: 2 }) });
    const reply = await marketplace.fetch('api/count', { method: 'POST', headers: { 'Content-Type': 'application/json', Authorization: 'Bearer mine' }, body: '{}' });
    assert.deepEqual(await reply.json(), { words: 2 });
    assert.equal(calls[0].url, HOME + '/solutions/text/api/count');
    assert.equal(calls[0].headers.authorization, 'Bearer ' + TOKEN);
    assert.equal(calls[0].headers['content-type'], 'application/json');
    assert.match(calls[0].headers['x-device-id'], /^[a-f0-9]{32}$/);
  });

  it('of a visitor carry the device and no token', async () => {
    const first = await open(PAGE, { server: () => answer(200, {}) });
    await first.marketplace.fetch('api/count');
    const second = await open(PAGE, { drawer: first.drawer, server: () => answer(200, {}) });
    await second.marketplace.fetch('api/count');
    assert.equal('authorization' in first.calls[0].headers, false);
    assert.equal(first.calls[0].headers['x-device-id'], second.calls[0].headers['x-device-id']);
  });

  it('never carry the token to another server', async () => {
    const { marketplace, calls } = await open(PAGE, { drawer: signedIn() });
    for (const address of ['https://evil.example/x', '//evil.example/x', 'http://market.example.com/x', 'https://market.example.com:444/x']) {
      await assert.rejects(marketplace.fetch(address), /does not send a token/);
    }
    assert.deepEqual(calls, []);
  });

  it('wait for the token that is on its way', async () => {
    const { drawer } = await open(PAGE);
    const { calls } = await open(`${PAGE}#marketplace_code=${CODE}`, {
      drawer, server: call => call.url.includes('exchange') ? exchanged(call) : answer(200, {}), atOnce: marketplace => marketplace.fetch('api/count')
    });
    assert.equal(calls[1].headers.authorization, 'Bearer ' + TOKEN);
  });

  for (const [status, code] of [[401, 'token-revoked'], [401, 'token-unknown'], [401, 'token-expired'], [401, 'credentials-invalid'], [403, 'token-wrong-solution'], [404, 'entitlement-unknown']]) {
    it(`drop a token that is answered with ${code}, tell it once, and show the way on`, async () => {
      const { marketplace, notices, calls } = await open(PAGE, { drawer: signedIn(), server: () => answer(status, { code, detail: 'It was revoked.' }) });
      await marketplace.fetch('api/count');
      await marketplace.fetch('api/count');
      assert.deepEqual(notices.map(each => each.code), ['ended']);
      assert.match(notices[0].text, /^It was revoked\. /);
      assert.equal(notices[0].action.url, marketplace.registerUrl());
      assert.equal(marketplace.signedIn, false);
      assert.equal(marketplace.email, '');
      assert.equal('authorization' in calls[1].headers, false);
    });
  }

  it('keep a token that a call of the solution refuses for reasons of its own', async () => {
    for (const [status, code] of [[403, 'not-allowed'], [404, 'not-found'], [422, 'invalid-field'], [429, undefined], [500, 'internal']]) {
      const { marketplace, notices } = await open(PAGE, { drawer: signedIn(), server: () => answer(status, { code }) });
      await marketplace.fetch('api/count');
      assert.ok(marketplace.signedIn, code);
      assert.deepEqual(notices, []);
    }
  });

  it('keep the token of a suspended access, which may come back', async () => {
    const { marketplace, notices } = await open(PAGE, { drawer: signedIn(), server: () => answer(403, { code: 'entitlement-suspended', detail: 'Paused.' }) });
    await marketplace.fetch('api/count');
    assert.ok(marketplace.signedIn);
    assert.deepEqual(notices.map(each => [each.code, each.text, each.action]), [['suspended', 'Paused.', null]]);
  });

  it('do not drop the new token that another tab brought meanwhile', async () => {
    const drawer = signedIn();
    const { marketplace, notices } = await open(PAGE, { drawer, server: () => { drawer.setItem('marketplace_token.text', 'tok_new'); return answer(401, { code: 'token-revoked' }); } });
    await marketplace.fetch('api/count');
    assert.equal(marketplace.token, 'tok_new');
    assert.deepEqual(notices, []);
  });
});

describe('the page', () => {
  it('can take over what is said', async () => {
    const { drawer } = await open(PAGE);
    const { shown, notices } = await open(`${PAGE}#marketplace_code=${CODE}`, { drawer, server: exchanged, listen: event => event.preventDefault() });
    assert.equal(notices.length, 1);
    assert.deepEqual(shown, []);
  });

  it('gets what is said as text, whatever is in it', async () => {
    const { drawer } = await open(PAGE);
    const { shown } = await open(`${PAGE}#marketplace_code=${CODE}`, { drawer, server: call => exchanged(call, { token: TOKEN, user_email: '<img src=x>@example.com' }) });
    assert.ok(shown[0].children.some(each => typeof each === 'string' && each.includes('<img src=x>')));
    assert.ok(!source.includes('innerHTML'));
  });

  it('signs out', async () => {
    const { drawer } = await open(PAGE);
    const { marketplace } = await open(`${PAGE}#marketplace_code=${CODE}`, { drawer, server: exchanged });
    let changes = 0;
    marketplace.addEventListener('change', () => { changes++; });
    marketplace.signOut();
    assert.equal(drawer.getItem('marketplace_token.text'), null);
    assert.equal(drawer.getItem('user_email.text'), null);
    assert.equal(changes, 1);
  });

  it('does not share its token with another solution of the same server', async () => {
    const { drawer } = await open(PAGE);
    await open(`${PAGE}#marketplace_code=${CODE}`, { drawer, server: exchanged });
    assert.deepEqual([...drawer.items.keys()].filter(key => key.includes('token')), ['marketplace_token.text']);
  });
});
