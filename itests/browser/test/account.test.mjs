import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { desktop, launch, settled, shot, violations, visit } from './browser.mjs';
import { base, bearer, person, solution, until } from './marketplace.mjs';

describe('account', { timeout: 3_600_000 }, () => {
  let browser;
  let one;
  before(async () => {
    browser = await launch();
    one = await person({ name: 'Meera', solutions: [solution] });
  });
  after(async () => { await browser?.close(); await one?.end(); });
  const as = (run, hints) => visit(browser, { ...desktop, storageState: one.state }, run, hints);

  /** Whether the key is good, without taking anything. */
  const works = async key => (await bearer(key, '/api/validate-solution-token', { solution_id: solution, check_only: true })).status;

  it('a key is shown once, replaced with the old one good for the time chosen, and revoked at once', () => as(async tab => {
    await tab.goto('/account/keys');
    await tab.getByText('No keys yet').waitFor();
    await tab.getByRole('button', { name: 'Make a key' }).click();
    await tab.getByLabel('Name').fill('<b>nightly report</b>');
    assert.deepEqual(await violations(tab), []);
    await tab.getByRole('button', { name: 'Make the key' }).click();
    const first = await tab.getByRole('dialog').getByTestId('secret').innerText();
    assert.match(first, /^cnk_/);
    await shot(tab, '50-key');
    assert.equal(await works(first), 200);
    await tab.keyboard.press('Escape');
    await tab.getByRole('heading', { name: '<b>nightly report</b>' }).waitFor();
    await tab.reload();
    await settled(tab);
    assert.ok(!(await tab.content()).includes(first), 'never shown again');

    const replace = async grace => {
      await tab.getByRole('button', { name: 'Replace <b>nightly report</b>' }).first().click();
      await tab.getByLabel('The one before works on').selectOption(grace);
      await tab.getByRole('dialog').getByRole('button', { name: 'Replace', exact: true }).click();
      const secret = await tab.getByRole('dialog', { name: 'Your new key' }).getByTestId('secret').innerText();
      await tab.keyboard.press('Escape');
      return secret;
    };
    const second = await replace('for a day');
    assert.notEqual(second, first);
    assert.deepEqual([await works(first), await works(second)], [200, 200], 'both, for a day');
    const third = await replace('not at all');
    assert.equal(await works(third), 200);
    assert.equal([await works(first), await works(second)].filter(status => status === 401).length >= 1, true, 'the one replaced without grace');

    await tab.reload();
    const good = tab.getByRole('button', { name: 'Revoke <b>nightly report</b>' });
    await good.first().waitFor();
    for (let left = await good.count(); left > 0; left--) {
      await good.first().click();
      await tab.getByRole('dialog').getByRole('button', { name: 'Revoke', exact: true }).click();
      await until('the list has one less', async () => await good.count() === left - 1);
    }
    assert.deepEqual([await works(first), await works(second), await works(third)], [401, 401, 401]);
  }));

  it('the token of a solution is shown, replaced and revoked', () => as(async tab => {
    await tab.goto('/account/keys');
    await tab.getByRole('button', { name: 'Show the token' }).click();
    const first = await tab.getByTestId('secret').innerText();
    assert.match(first, /^tok_/);
    assert.equal(await works(first), 200);
    await tab.getByRole('button', { name: 'Replace', exact: true }).first().click();
    await tab.getByLabel('The one before works on').selectOption('not at all');
    await tab.getByRole('dialog').getByRole('button', { name: 'Replace', exact: true }).click();
    await tab.getByRole('dialog').waitFor({ state: 'detached' });
    await tab.waitForFunction(before => document.querySelector('[data-testid=secret]')?.innerText !== before, first);
    const second = await tab.getByTestId('secret').innerText();
    assert.deepEqual([await works(first), await works(second)], [401, 200]);
    await tab.getByRole('button', { name: 'Revoke', exact: true }).first().click();
    await tab.getByRole('dialog').getByRole('button', { name: 'Revoke', exact: true }).click();
    await tab.getByRole('button', { name: 'Make a token' }).waitFor();
    assert.equal(await works(second), 401);
  }));

  it('the language changes at once, on all pages, and stays; mails follow what the profile says', () => as(async tab => {
    await tab.goto('/dashboard');
    await tab.getByRole('heading', { name: 'Hello, Meera' }).waitFor();
    await tab.getByLabel('Language').selectOption('hi');
    await tab.getByRole('heading', { name: 'नमस्ते, Meera' }).waitFor();
    await tab.locator('html[lang=hi]').waitFor();
    await settled(tab);
    assert.deepEqual(await violations(tab), []);
    await tab.reload();
    await tab.getByRole('heading', { name: 'नमस्ते, Meera' }).waitFor();
    await tab.goto('/account/profile');
    await settled(tab);
    assert.doesNotMatch(await tab.locator('main').innerText(), /Your data|Delete|Save/);
    await tab.locator('select[name=language]').selectOption('hi');
    await tab.locator('main form button[type=submit]').first().click();
    await until('the profile says so', async () => (await one.call('GET', '/api/account')).account.language === 'hi');
    await tab.locator('footer select').selectOption('en');
    await tab.getByRole('heading', { name: 'Profile and data' }).waitFor();
  }));

  it('a session elsewhere is listed with its place and ended from here', async () => {
    const other = await person({ name: 'Tara', headers: { 'X-Forwarded-For': '10.9.8.7', 'CloudFront-Viewer-Country': 'NP', 'CloudFront-Viewer-City': 'Kathmandu' } });
    await visit(browser, desktop, async tab => {
      await tab.goto('/sign-in?next=/account/security');
      await tab.getByLabel('E-mail address').fill(other.email);
      await tab.getByLabel('Password', { exact: true }).fill(other.password);
      await tab.getByRole('button', { name: 'Sign in', exact: true }).click();
      await tab.getByText('Kathmandu, Nepal').waitFor();
      await tab.getByText('Pune, India').waitFor();
      await shot(tab, '51-sessions');
      await tab.getByRole('button', { name: /^End(?! all)/ }).first().click();
      await tab.getByText('Kathmandu, Nepal').waitFor({ state: 'detached' });
      await assert.rejects(other.call('GET', '/api/account'), /credentials/);
    }, { quiet: [/status of 401/] });
    await other.end();
  });

  it('the data can be had as a file, and the account be deleted, with all that it opened', async () => {
    const leaving = await person({ name: 'Uma', solutions: [solution] });
    const { token } = await leaving.call('POST', `/api/account/solutions/${solution}/token`);
    await visit(browser, { ...desktop, storageState: leaving.state }, async tab => {
      await tab.goto('/account/profile');
      const [file] = await Promise.all([tab.waitForEvent('download'), tab.getByRole('link', { name: 'Download my data' }).click()]);
      const text = await (await import('node:fs/promises')).readFile(await file.path(), 'utf8');
      assert.ok(JSON.stringify(JSON.parse(text)).includes(leaving.email));
      await tab.getByRole('button', { name: 'Delete the account' }).click();
      const dialog = tab.getByRole('dialog');
      await dialog.getByLabel('Password', { exact: true }).fill('not this one at all');
      await dialog.getByRole('button', { name: 'Delete for good' }).click();
      await dialog.getByRole('alert').waitFor();
      await dialog.getByLabel('Password', { exact: true }).fill(leaving.password);
      await dialog.getByRole('button', { name: 'Delete for good' }).click();
      await tab.waitForURL(base + '/');
      await tab.getByRole('link', { name: 'Register' }).first().waitFor();
    }, { quiet: [/status of 40[13]/] });
    assert.equal(await works(token), 401);
    await leaving.end();
  });
});
