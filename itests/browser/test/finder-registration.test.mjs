// The finder's own part of a registration, in a real browser against a real server: what it sends along, what it does with
// what comes back, and what it says when that goes wrong. Where the marketplace's pages in between do not matter, they are
// played by hand.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { desktop, launch, phone, search, shot, violations, visit } from './browser.mjs';
import { customer, mail, password, person, revoke, solution, someone } from './marketplace.mjs';

const CODE = 'c'.repeat(43);
const note = tab => tab.locator('.note').innerText();
const pill = tab => tab.locator('#quota').innerText();
/** The secret of the way to the marketplace and back is made. */
const ready = tab => tab.waitForFunction(() => document.querySelector('#register').href.includes('code_challenge='));
const kept = (tab, name) => tab.evaluate(key => localStorage.getItem(key), `${name}.${solution}`);

describe('registration from the search page', { timeout: 3_600_000 }, () => {
  let browser;
  before(async () => { browser = await launch(); });
  after(async () => { await browser?.close(); });

  const as = (options, run, quiet) => visit(browser, options, run, { quiet });

  /** Answers the exchange as the marketplace does for a person who has just registered, and notes what was asked. */
  async function registered(tab) {
    const person = await customer();
    const asked = [];
    await tab.route('**/api/exchange-code', async route => {
      asked.push({ ...route.request().postDataJSON(), address: tab.url() });
      await route.fulfill({ json: { token: person.token, user_email: person.email, solution_id: solution, access_tier: 'registered' } });
    });
    return { ...person, asked };
  }

  async function reachLimit(tab, page, question) {
    await tab.goto(page);
    for (const used of ['load balancer', 'event bus', 'send text messages', question]) await search(tab, used);
    return new URL(await tab.locator('.note a').getAttribute('href'), tab.url()).searchParams;
  }

  it('from the limit, over the marketplace and home again, where the question is answered at once', () => as(desktop, async (tab, page, context) => {
    const way = await reachLimit(tab, page, 'turn off servers at night');
    assert.equal(way.get('solution_id'), solution);
    const other = await context.newPage();
    await other.goto(page);
    await other.waitForFunction(() => document.querySelector('#quota').innerText.startsWith('0 of 3'));
    const { email, token, asked } = await registered(tab);
    await tab.goto(`${way.get('return_url')}#marketplace_code=${CODE}`);
    await tab.waitForSelector('.result');
    assert.equal(tab.url(), page + '?q=turn+off+servers+at+night');
    assert.equal(asked.length, 1);
    assert.equal(asked[0].address, tab.url(), 'the code had left the address before it was sent');
    assert.equal(asked[0].code, CODE);
    assert.equal(createHash('sha256').update(asked[0].code_verifier).digest('base64url'), way.get('code_challenge'));
    assert.equal(await pill(tab), '9 of 10 searches left today');
    assert.equal(await tab.locator('#who').innerText(), email);
    assert.match(await tab.locator('#welcome').innerText(), /You are signed in as/);
    assert.equal(await kept(tab, 'marketplace_token'), token);
    assert.deepEqual(await violations(tab), []);
    await shot(tab, '13-registered');
    await other.waitForFunction(() => document.querySelector('#quota').innerText.includes('of 10')); // the other tab knows, too
    await other.waitForFunction(who => document.querySelector('#who').innerText === who, email);
    await other.reload();
    await other.waitForFunction(() => document.querySelector('#quota').innerText.includes('9 of 10'));
    assert.ok(await other.locator('#welcome').isHidden());
  }, [/status of 429/]));

  it('by the link at the top, with the question waiting and nothing spent', () => as(desktop, async (tab, page) => {
    await tab.goto(page);
    await ready(tab);
    await tab.fill('#q', 'graph database');
    const way = new URL(await tab.locator('#register').getAttribute('href')).searchParams;
    assert.equal(way.get('return_url'), page + '?q=graph+database');
    await registered(tab);
    await tab.goto(`${way.get('return_url')}#marketplace_code=${CODE}`);
    await tab.waitForFunction(() => document.querySelector('#quota').innerText.includes('10 of 10'));
    assert.equal(await tab.inputValue('#q'), 'graph database');
    assert.equal(await tab.locator('.result').count(), 0);
  }));

  it('with a question too long for an address', () => as(phone, async (tab, page) => {
    const question = 'पुरानी फ़ाइलों के लिए सस्ता भंडारण storage '.repeat(9).trim();
    const way = await reachLimit(tab, page, question);
    assert.equal(way.get('return_url'), page);
    await registered(tab);
    await tab.goto(`${way.get('return_url')}#marketplace_code=${CODE}`);
    await tab.waitForSelector('.result, .note.empty');
    assert.equal(await tab.inputValue('#q'), question);
    assert.equal(await pill(tab), '9 of 10 searches left today');
  }, [/status of 429/]));

  it('a code that does not work is told kindly, with the way on, and the page goes on working', () => as(desktop, async (tab, page) => {
    await tab.goto(page);
    await ready(tab);
    await tab.goto(`${page}?q=queue#marketplace_code=${CODE}`);
    await tab.waitForSelector('.note');
    assert.equal(tab.url(), page + '?q=queue');
    assert.match(await note(tab), /does not work any more/);
    const way = new URL(await tab.locator('.note a').getAttribute('href'));
    assert.equal(way.pathname, '/register');
    assert.match(way.searchParams.get('code_challenge'), /^[\w-]{43}$/);
    assert.deepEqual(await violations(tab), []);
    await shot(tab, '14-code-refused');
    await tab.press('#q', 'Enter');
    await tab.waitForSelector('.result');
    assert.equal(await pill(tab), '2 of 3 free searches left');
  }, [/status of 410/]));

  it('a code that another site sends somebody here with is not even tried', () => as(desktop, async (tab, page) => {
    const { asked } = await registered(tab);
    await tab.goto(`${page}#marketplace_code=${CODE}`);
    await tab.waitForSelector('.note');
    assert.match(await note(tab), /One more step/);
    assert.deepEqual(asked, []);
    assert.equal(await kept(tab, 'marketplace_token'), null);
  }));

  it('a network that breaks on the way home costs nothing but a click', () => as(desktop, async (tab, page) => {
    await tab.goto(page);
    await ready(tab);
    let tries = 0;
    await tab.route('**/api/exchange-code', route => { tries++; return route.abort('connectionreset'); });
    await tab.goto(`${page}?q=queue#marketplace_code=${CODE}`, { referer: page });
    await tab.waitForSelector('.note');
    assert.match(await note(tab), /did not answer/);
    assert.equal(tries, 1);
    assert.equal(new URL(await tab.locator('.note a').getAttribute('href')).pathname, '/register');
  }, [/ERR_CONNECTION_RESET/]));

  it('an access that is ended is told kindly, forgotten, and can be had anew with the question', () => as(desktop, async (tab, page) => {
    await tab.goto(page);
    await ready(tab);
    const { token } = await registered(tab);
    await tab.goto(`${page}?q=graph+database#marketplace_code=${CODE}`);
    await tab.waitForFunction(() => document.querySelector('#quota').innerText.includes('10 of 10'));
    await revoke(token);
    await tab.press('#q', 'Enter');
    await tab.waitForSelector('.note');
    assert.match(await note(tab), /Your access was ended/);
    assert.ok(await tab.locator('#welcome').isHidden());
    assert.equal(await kept(tab, 'marketplace_token'), null);
    const way = new URL(await tab.locator('.note a').getAttribute('href')).searchParams;
    assert.equal(way.get('return_url'), page + '?q=graph+database');
    assert.match(way.get('code_challenge'), /^[\w-]{43}$/);
    await tab.unroute('**/api/exchange-code');
    await registered(tab);
    await tab.goto(`${way.get('return_url')}&again=1#marketplace_code=${CODE}`);
    await tab.waitForSelector('.result');
    assert.equal(await pill(tab), '9 of 10 searches left today');
  }, [/status of 401/]));

  it('also when it began on the pages of the marketplace', async () => {
    const ann = await person();
    await as({ ...desktop, storageState: ann.state }, async (tab, page) => {
      await tab.goto('/register?solution_id=' + solution);
      await tab.getByRole('button', { name: 'Get access and return' }).click();
      await tab.waitForFunction(() => document.querySelector('#quota')?.innerText.includes('10 of 10'));
      assert.equal(tab.url(), page);
      assert.equal(await tab.locator('#who').innerText(), ann.email);
    });
    await ann.end();
  });

  it('also when the mail is opened in another browser, with one click more', () => as(desktop, async (tab, page) => {
    await tab.goto(page);
    await ready(tab);
    const email = someone();
    await tab.click('#register');
    await tab.getByLabel('E-mail address').fill(email);
    await tab.getByLabel('Password', { exact: true }).fill(password);
    await tab.getByRole('button', { name: 'Register', exact: true }).click();
    const { link } = await mail(email, 'verify-email');
    await as(phone, async second => {
      await second.goto(link);
      await second.getByLabel('Password', { exact: true }).fill(password);
      await second.getByRole('button', { name: 'Confirm the address' }).click();
      await second.waitForURL(page + '*');
      await second.waitForSelector('.note');
      assert.match(await note(second), /One more step/);
      await second.click('.note a');
      await second.getByRole('button', { name: 'Get access and return' }).click();
      await second.waitForFunction(() => document.querySelector('#who')?.innerText);
      assert.equal(await second.locator('#who').innerText(), email);
      assert.match(await kept(second, 'marketplace_token'), /^tok_/);
    }, [/status of 4(01|10|22)/]);
  }, [/status of 401/]));
});
