import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { desktop, resident, search, shot, violations } from './browser.mjs';
import { mail, password, solution, someone } from './marketplace.mjs';

/** One person's way, in the order it happens; each step begins where the one before ended. */
describe('from the first visit to the upgrade', { timeout: 3_600_000 }, () => {
  const email = someone();
  let folder;
  let guest;
  after(async () => {
    await guest?.context.close();
    await rm(folder, { recursive: true, force: true });
  });

  const open = async () => {
    guest = await resident(folder, desktop, { quiet: [/status of 401/, /status of 429/] });
    return guest.tab;
  };
  const pill = () => guest.tab.locator('#quota').innerText();
  const token = () => guest.tab.evaluate(() => localStorage.getItem('marketplace_token.aws-solution-finder'));
  let homecoming;

  it('a visitor has three searches, then is asked to register', async () => {
    folder = await mkdtemp(join(tmpdir(), 'marketplace-browser-'));
    const tab = await open();
    await tab.goto(guest.page);
    for (const question of ['load balancer', 'event bus', 'send text messages']) await search(tab, question);
    await search(tab, 'turn off servers at night');
    assert.match(await tab.locator('.note').innerText(), /You have used your 3 free searches/);
    await tab.locator('.note a').click();
    await tab.waitForURL('**/register?**');
    const asked = new URL(tab.url()).searchParams;
    assert.equal(asked.get('solution_id'), solution);
    assert.match(asked.get('code_challenge') ?? '', /^[\w-]{43}$/);
    await tab.getByText('You return there when you are done.').waitFor();
    assert.deepEqual(await violations(tab), []);
  });

  it('registers, and the link of the mail leads home with a token that no address shows', async () => {
    const { tab, context } = guest;
    await tab.getByLabel('E-mail address').fill(email);
    await tab.getByLabel('Password', { exact: true }).fill(password);
    await tab.getByRole('button', { name: 'Register', exact: true }).click();
    await tab.waitForURL('**/sign-up/confirm');
    await shot(tab, '30-look-into-your-mail');
    const { link } = await mail(email, 'verify-email');

    const letter = await context.newPage(); // as a mail program does it
    const addresses = [];
    letter.on('request', request => addresses.push(request.url()));
    await letter.goto(link);
    await letter.waitForURL('**/solutions/aws-solution-finder/search**');
    await letter.waitForFunction(() => document.querySelector('#quota')?.innerText.includes('10'));
    await tab.close();
    guest.tab = letter;
    homecoming = await token();
    assert.match(homecoming, /^tok_/);
    assert.equal(await letter.locator('#who').innerText(), email);
    assert.doesNotMatch(letter.url(), /tok_|code|#/, 'the address bar shows neither token nor code');
    assert.ok(!addresses.some(address => address.includes(homecoming) || /[?&](code|marketplace_code)=/.test(address)), 'nor did any request');
    assert.ok(!(await letter.content()).includes(homecoming));
    await shot(letter, '31-token-home');
  });

  it('has ten searches a day, then is offered more', async () => {
    const { tab } = guest;
    const before = Number(/(\d+) of 10/.exec(await pill())[1]); // coming home may have made the search that was refused
    for (let n = 1; n <= before; n++) await search(tab, 'question number ' + n + ' about storage');
    assert.equal(await pill(), '0 of 10 searches left today');
    await search(tab, 'one more about storage');
    assert.match(await tab.locator('.note').innerText(), /You have used your 10 searches for today/);
    await tab.locator('.note a').click();
    await tab.waitForURL('**/upgrade?**');
    await tab.getByRole('heading', { name: 'More of AWS Solution Finder' }).waitFor();
    await tab.getByText('Pro', { exact: true }).first().waitFor();
    assert.deepEqual(await violations(tab), []);
    await shot(tab, '32-upgrade');
  });

  it('sees on the dashboard that all is used', async () => {
    const { tab } = guest;
    await tab.getByRole('link', { name: 'Dashboard' }).click();
    await tab.getByText('0 of 10 left').waitFor();
    await tab.getByText('All used for now.').waitFor();
    await tab.getByText('10 units in 30 days').waitFor();
  });

  it('is known after the browser was closed and opened again', async () => {
    await guest.context.close();
    const tab = await open();
    await tab.goto(guest.page);
    await tab.waitForFunction(() => document.querySelector('#quota')?.innerText.includes('0 of 10'));
    assert.equal(await token(), homecoming);
    assert.equal(tab.url(), guest.page);
    await tab.goto('/dashboard');
    await tab.getByText('0 of 10 left').waitFor();
  });

  it('met nothing that complained and nobody else on the way', () => {
    assert.deepEqual(guest.complaints, []);
    assert.deepEqual(guest.strangers, []);
  });
});
