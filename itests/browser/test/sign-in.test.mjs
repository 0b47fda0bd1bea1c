import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { authenticator, desktop, launch, settled, shot, signIn, violations, visit } from './browser.mjs';
import { mail, person, solution, someone } from './marketplace.mjs';

const provider = process.env.PROVIDER;

describe('sign-in', { timeout: 3_600_000 }, () => {
  let browser;
  const people = [];
  before(async () => { browser = await launch(); });
  after(async () => { await browser?.close(); await Promise.all(people.map(one => one.end())); });
  const made = async options => {
    const one = await person(options);
    people.push(one);
    return one;
  };
  const out = [/status of 401/];

  describe('with an account of others', () => {
    // the provider's own page loads a style sheet from elsewhere, which is out of reach here
    const hints = { quiet: [...out, /ERR_NAME_NOT_RESOLVED/, /favicon/], also: [provider, 'http://fonts.googleapis.com'] };

    async function vouch(tab, subject, claims) {
      await tab.waitForURL(provider + '/**');
      await tab.locator('[name=username]').fill(subject);
      await tab.locator('[name=claims]').fill(JSON.stringify(claims));
      await tab.locator('[type=submit]').click();
    }

    it('a stranger gets an account by the address the provider vouches for, and the solution he came for', () => visit(browser, desktop, async tab => {
      const email = someone();
      await tab.goto(`/register?solution_id=${solution}&return_url=${encodeURIComponent('/solutions/aws-solution-finder/search?q=queue')}`);
      await tab.getByRole('link', { name: 'Work account' }).click();
      await vouch(tab, 'subject-of-' + email, { email, email_verified: true, name: 'Noor' });
      await tab.waitForURL('**/solutions/aws-solution-finder/search**');
      assert.match(tab.url(), /q=queue/, 'back on the page he came from');
      await tab.goto('/dashboard');
      await tab.getByRole('heading', { name: 'Hello, Noor' }).waitFor();
      await tab.getByRole('heading', { name: 'AWS Solution Finder' }).waitFor();
      await tab.goto('/account/security');
      await tab.getByRole('heading', { name: 'Other accounts' }).waitFor();
      await settled(tab);
      assert.deepEqual(await violations(tab), []);
      await shot(tab, '40-linked');
    }, hints));

    it('comes into the account he has with the same address, is told so by mail, and returns to the page he wanted', async () => {
      const one = await made({ name: 'Dev' });
      await visit(browser, desktop, async tab => {
        await tab.goto('/sign-in?next=' + encodeURIComponent('/account/keys'));
        await tab.getByRole('link', { name: 'Work account' }).click();
        await vouch(tab, 'subject-of-' + one.email, { email: one.email, email_verified: true });
        await tab.waitForURL('**/account/keys');
        assert.equal((await one.call('GET', '/api/account/identities')).identities.length, 1);
      }, hints);
      assert.match((await mail(one.email, 'security-changed')).text, /Work account/);
    });

    it('an address that the provider has not verified opens nothing, and the page says so', async () => {
      const one = await made();
      await visit(browser, desktop, async tab => {
        await tab.goto('/sign-in');
        await tab.getByRole('link', { name: 'Work account' }).click();
        await vouch(tab, 'somebody-else', { email: one.email, email_verified: false });
        await tab.waitForURL('**/sign-in?error=**');
        await tab.getByRole('alert').waitFor();
        assert.deepEqual(await violations(tab), []);
        await shot(tab, '41-not-verified');
        await tab.goto('/dashboard');
        await tab.waitForURL('**/sign-in?next=**');
      }, hints);
    });
  });

  describe('with a passkey', () => {
    it('is added after a proof, signs in without a password, and does not when nobody proves to be there', async () => {
      const one = await made({ name: 'Kabir' });
      await visit(browser, desktop, async tab => {
        const device = await authenticator(tab);
        await signIn(tab, one, '/account/security');
        await tab.route('**/api/account/passkeys/options', route => route.fulfill({ // as it is ten minutes after signing in
          status: 403, contentType: 'application/problem+json', body: JSON.stringify({ status: 403, code: 'not-allowed', detail: 'Prove again who you are.' })
        }), { times: 1 });
        await tab.getByRole('button', { name: 'Add a passkey' }).click();
        await tab.getByLabel('Name').fill('my laptop');
        await tab.getByRole('button', { name: 'Go on' }).click();
        const proof = tab.getByRole('dialog', { name: 'Is it you?' });
        await proof.waitFor();
        assert.deepEqual(await violations(tab), []);
        await proof.getByLabel('Password', { exact: true }).fill(one.password);
        await proof.getByRole('button', { name: 'Go on' }).click();
        await tab.getByText('my laptop').first().waitFor();
        assert.equal((await device.credentials()).length, 1);
        await settled(tab);
        assert.deepEqual(await violations(tab), []);
        await shot(tab, '42-passkey');

        await tab.context().clearCookies();
        await tab.goto('/sign-in');
        await tab.getByRole('button', { name: 'Use a passkey' }).click();
        await tab.waitForURL('**/dashboard');
        await tab.getByRole('heading', { name: 'Hello, Kabir' }).waitFor();

        await tab.context().clearCookies();
        await device.refuse();
        await tab.goto('/sign-in');
        await tab.getByRole('button', { name: 'Use a passkey' }).click();
        await tab.getByText('No passkey was used.').waitFor();
        assert.match(tab.url(), /\/sign-in$/);
      }, { quiet: [...out, /status of 403/] });
      assert.match((await mail(one.email, 'security-changed')).text, /passkey/i);
    });
  });

  it('a forgotten password is set anew by the mail, and all sessions end', async () => {
    const one = await made({ name: 'Lata' });
    await visit(browser, { ...desktop, storageState: one.state }, async tab => {
      await tab.goto('/dashboard');
      await tab.getByRole('heading', { name: 'Hello, Lata' }).waitFor();
      await tab.goto('/password/forgot');
      await tab.getByLabel('E-mail address').fill(one.email);
      await tab.getByRole('button', { name: 'Send the link' }).click();
      await tab.getByText('a mail is on its way').waitFor();
      await tab.goto((await mail(one.email, 'reset-password')).link);
      await tab.waitForFunction(() => location.hash === '');
      await tab.getByLabel('New password', { exact: true }).fill('another window, another harbour');
      await tab.getByRole('button', { name: 'Set the password' }).click();
      await tab.getByText('The new password is set.').waitFor();
      await tab.goto('/dashboard');
      await tab.waitForURL('**/sign-in?next=**');
      await signIn(tab, { email: one.email, password: 'another window, another harbour' });
    }, { quiet: out });
  });
});
