import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { desktop, launch, settled, shot, signIn, violations, visit } from './browser.mjs';
import { admin, administrator, password, person, setupLink, solution } from './marketplace.mjs';

describe('administration', { timeout: 3_600_000 }, () => {
  let browser;
  let customer;
  before(async () => { browser = await launch(); });
  after(async () => { await browser?.close(); await customer?.end(); });
  const refused = { quiet: [/status of 401/, /status of 403/, /status of 404/] };

  it('the setup link makes the first administrator, once', () => visit(browser, desktop, async tab => {
    const link = setupLink();
    await tab.goto(link);
    await tab.getByLabel('E-mail address').fill(administrator.email);
    await tab.getByLabel('Password', { exact: true }).fill(password);
    await tab.getByLabel('Name').fill('Asha');
    assert.doesNotMatch(tab.url(), /code=/, 'the code has left the address bar');
    assert.deepEqual(await violations(tab), []);
    await shot(tab, '20-setup');
    await tab.getByRole('button', { name: 'Become the administrator' }).click();
    await tab.waitForURL('**/dashboard');
    await tab.getByRole('link', { name: 'Admin' }).click();
    await tab.getByRole('link', { name: administrator.email }).waitFor();

    await tab.goto(link);
    await tab.getByText('This marketplace is set up already').waitFor();
  }, refused));

  it('an administrator sees what a customer sees, with a reason that is recorded and a banner that stays, and changes nothing', async () => {
    customer = await person({ name: 'Ravi', solutions: [solution] });
    const reason = 'Ravi asked why the search says no';
    await visit(browser, desktop, async tab => {
      await signIn(tab, administrator, '/admin/users');
      await tab.getByLabel('Search by the beginning of the address').fill(customer.email.slice(0, 8));
      await tab.getByRole('link', { name: customer.email }).click();
      await tab.getByRole('heading', { name: 'Ravi' }).waitFor();
      await settled(tab);
      assert.deepEqual(await violations(tab), []);
      await tab.getByLabel('Reason').fill('short');
      await tab.getByRole('button', { name: 'Look' }).click();
      assert.match(tab.url(), /admin\/users/, 'no look without a reason');
      await tab.getByLabel('Reason').fill(reason);
      await tab.getByRole('button', { name: 'Look' }).click();
      await tab.waitForURL('**/dashboard');
      const banner = tab.getByRole('region', { name: 'Impersonation' });
      await banner.getByText(`You see the account of ${customer.email}.`).waitFor();
      assert.match(await banner.innerText(), new RegExp(reason));
      await tab.getByRole('heading', { name: 'Hello, Ravi' }).waitFor();
      await settled(tab);
      assert.deepEqual(await violations(tab), []);
      await shot(tab, '21-impersonation');

      await visit(browser, { ...desktop, storageState: customer.state }, async own => {
        await own.goto('/account/security');
        await own.getByText('An administrator looks at your account').waitFor();
        await own.getByText('Reason: ' + reason).waitFor();
      });

      await tab.goto('/account/profile');
      await tab.getByLabel('Name').fill('Mallory');
      await tab.getByRole('button', { name: 'Save' }).click();
      await tab.getByRole('alert').waitFor();
      await banner.waitFor();
      assert.equal((await customer.call('GET', '/api/account')).account.name, 'Ravi');

      await banner.getByRole('button', { name: 'Be yourself again' }).click();
      await tab.waitForURL('**/admin/users');
      await tab.getByRole('link', { name: customer.email }).waitFor();
      await banner.waitFor({ state: 'detached' });
    }, refused);
    const recorded = (await admin('GET', '/api/audit?limit=50')).entries ?? [];
    assert.ok(JSON.stringify(recorded).includes(reason), 'the reason stands in the audit log');
  });

  it('nobody else finds the pages of administrators', () => visit(browser, { ...desktop, storageState: customer.state }, async tab => {
    await tab.goto('/admin/users');
    await tab.getByRole('heading', { name: 'Nothing is here' }).waitFor();
    assert.equal(await tab.getByRole('link', { name: 'Admin' }).count(), 0);
  }, refused));
});
