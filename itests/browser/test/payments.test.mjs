// Buying, against a real marketplace: at the sandbox, and at PhonePe and Razorpay as their contract servers play them.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { desktop, launch, phone, search, settled, shot, sideways, signIn, violations, visit } from './browser.mjs';
import { admin, administrator, base, bearer, hasTier, patience, person, solution, until } from './marketplace.mjs';

const { PHONEPE: phonepe, RAZORPAY: razorpay } = process.env;
const refused = [/status of 429/];
/** Pages without an icon: Chromium asks for /favicon.ico. */
const icons = [/status of 40[14]/];
const unlimited = tab => tab.waitForFunction(() => document.querySelector('#quota')?.innerText.includes('Unlimited'));

describe('payments', { timeout: 3_600_000 }, () => {
  let browser;
  before(async () => { browser = await launch(); });
  after(async () => { await browser?.close(); });

  /** Somebody with an account who has used up the searches of the day. */
  async function atTheLimit() {
    const buyer = await person({ name: 'Meera Krishnan', solutions: [solution] });
    const { token } = await buyer.call('POST', `/api/account/solutions/${solution}/token`);
    for (let n = 1; n <= 10; n++) assert.equal((await bearer(token, `/solutions/${solution}/api/search`, { query: 'storage ' + n, limit: 1 })).status, 200);
    return { ...buyer, home: `${base}/solutions/${solution}/search#token=${token}&user_email=${encodeURIComponent(buyer.email)}` };
  }
  const as = (buyer, options, run, hints) => visit(browser, { ...options, storageState: buyer.state }, run, hints);

  /** From the search that is refused to the upgrade page. */
  async function toTheUpgrade(tab, buyer) {
    await tab.goto(buyer.home);
    await tab.waitForSelector('#quota:not([hidden])');
    await search(tab, 'one more about storage');
    await tab.locator('.note a').click();
    await tab.getByRole('heading', { name: 'More of' }).waitFor();
  }

  async function pay(tab, gateway, state = 'Karnataka') {
    await chosen(tab, state);
    // a provider that was slow to say how it is is not offered for some seconds, and a page that is open does not ask again
    for (let loads = 1; loads < 10 && !await appears(tab.getByRole('radio', { name: gateway })); loads++) {
      await tab.reload();
      await chosen(tab, state);
    }
    await tab.getByRole('radio', { name: gateway }).check();
    await tab.getByRole('button', { name: 'Pay ₹1,178.82' }).click();
  }
  async function chosen(tab, state) {
    await tab.getByRole('radio', { name: 'Pro' }).check();
    await tab.getByLabel('State or union territory').selectOption({ label: state });
  }
  const appears = locator => locator.waitFor({ timeout: 20_000 }).then(() => true, () => false);
  const idOf = tab => /pay_[a-z2-7]{26}/.exec(tab.url())[0];
  const paid = tab => tab.getByRole('heading', { name: 'Paid. Pro is yours.' }).waitFor();
  const back = async (tab, buyer) => {
    await hasTier(buyer, 'pro');
    await tab.getByRole('link', { name: 'Back to AWS Solution Finder' }).click();
    await unlimited(tab);
    await search(tab, 'now without limit');
    assert.ok(await tab.locator('.result').count() > 0);
  };

  it('limit, upgrade, sandbox payment, unlimited search', async () => {
    const buyer = await atTheLimit();
    await as(buyer, desktop, async tab => {
      await toTheUpgrade(tab, buyer);
      await tab.getByRole('radio', { name: 'Pro' }).check();
      await tab.getByLabel('State or union territory').selectOption({ label: 'Karnataka' });
      await tab.getByText('SGST').waitFor();
      await tab.getByText('₹89.91').first().waitFor();
      await tab.getByText('Test: no money moves').first().waitFor();
      await settled(tab);
      assert.deepEqual(await violations(tab), []);
      await shot(tab, 'payment-1-upgrade');
      await pay(tab, 'Sandbox');
      await tab.getByRole('button', { name: 'Pay', exact: true }).click();
      await paid(tab);
      assert.match(tab.url(), /\/pay\/pay_[a-z2-7]{26}$/, 'what the provider sent along has left the address');
      await settled(tab);
      assert.deepEqual(await violations(tab), []);
      await shot(tab, 'payment-2-paid');
      await tab.reload();
      await paid(tab);
      await back(tab, buyer);
      await tab.goto('/account/payments');
      await tab.getByText('₹1,178.82').waitFor();
      await shot(tab, 'payment-3-history');
    }, { quiet: refused });
    await buyer.end();
  });

  it('who waits is told on every device, when the money takes its time', async () => {
    const buyer = await atTheLimit();
    await as(buyer, desktop, async tab => {
      await toTheUpgrade(tab, buyer);
      await pay(tab, 'Sandbox', 'Goa');
      await tab.getByRole('button', { name: 'Abandon' }).click(); // the time for all that follows
      await tab.getByRole('heading', { name: 'Waiting for your payment' }).waitFor();
      await as(buyer, phone, async other => {
        await other.goto(`/pay/${idOf(tab)}`);
        await other.getByRole('heading', { name: 'Waiting for your payment' }).waitFor();
        assert.equal(await sideways(other), 0);
        assert.deepEqual(await violations(other), []);
        await shot(other, 'payment-4-waiting-phone');
        await tab.getByRole('link', { name: 'To the payment page' }).click();
        await tab.getByRole('button', { name: 'Pay, and the money takes its time' }).click();
        await Promise.all([paid(tab), paid(other)]);
      });
      await back(tab, buyer);
    }, { quiet: refused });
    await buyer.end();
  });

  it('a try that was declined is told, and what comes afterwards all the same counts', async () => {
    const buyer = await atTheLimit();
    await as(buyer, desktop, async tab => {
      await toTheUpgrade(tab, buyer);
      await pay(tab, 'Sandbox');
      await tab.getByRole('button', { name: 'Fail', exact: true }).click();
      await tab.getByText('One try was not carried out.').waitFor();
      const first = idOf(tab);
      await shot(tab, 'payment-5-declined');
      await tab.getByRole('link', { name: 'To the payment page' }).click();
      await tab.getByRole('button', { name: 'Let the money come all the same' }).click();
      await paid(tab);
      assert.equal(idOf(tab), first);
      await back(tab, buyer);
    }, { quiet: refused });
    await buyer.end();
  });

  it('an administrator reads what happened, and gives the money back; the tier ends with it', async () => {
    const buyer = await person({ solutions: [solution] });
    let id;
    await as(buyer, desktop, async tab => {
      await tab.goto(`/upgrade?solution_id=${solution}&tier=pro`);
      await pay(tab, 'Sandbox');
      await tab.getByRole('button', { name: 'Pay', exact: true }).click();
      await paid(tab);
      id = idOf(tab);
    });
    await hasTier(buyer, 'pro');
    await visit(browser, desktop, async tab => {
      await signIn(tab, administrator);
      await tab.goto('/admin/payments');
      await tab.getByRole('heading', { name: 'Payments' }).waitFor();
      await tab.goto(`/admin/payments/${id}`);
      await tab.getByRole('button', { name: 'Ask the payment service now' }).click();
      await tab.getByText('Asked. This is how it stands.').waitFor();
      await tab.getByRole('button', { name: 'Give money back' }).click();
      await tab.getByRole('dialog').getByLabel('Reason').fill('asked for it within a day');
      await tab.getByRole('dialog').getByRole('checkbox').check();
      await tab.getByRole('button', { name: 'Give ₹1,178.82 back' }).click();
      await tab.getByText('asked for it within a day').first().waitFor();
      await settled(tab);
      assert.deepEqual(await violations(tab), []);
      await shot(tab, 'payment-6-admin');
      await tab.goto('/admin/gateways');
      await tab.getByText('Razorpay').first().waitFor();
      await shot(tab, 'payment-7-gateways');
    }, { quiet: [/status of 401/] }); // before signing in
    await until('it is refunded', async () => (await admin('GET', `/api/admin/payments/${id}`)).payment.state === 'refunded');
    await hasTier(buyer, 'registered');
    await buyer.end();
  });

  it('the same at PhonePe', async () => {
    const buyer = await atTheLimit();
    await as(buyer, desktop, async tab => {
      await toTheUpgrade(tab, buyer);
      await pay(tab, 'PhonePe');
      await tab.waitForURL(`${phonepe}/transact/**`);
      await tab.getByText('1178.82').waitFor();
      await tab.getByRole('button', { name: 'Pay by UPI' }).click();
      await paid(tab);
      await back(tab, buyer);
    }, { quiet: [...refused, ...icons], also: [phonepe] });
    await buyer.end();
  });

  it('at PhonePe, without its notification and without coming back', async () => {
    const buyer = await atTheLimit();
    let id;
    await as(buyer, desktop, async tab => {
      await toTheUpgrade(tab, buyer);
      await pay(tab, 'PhonePe');
      await tab.waitForURL(`${phonepe}/transact/**`);
      const done = new Promise(resolve => tab.route(/\/pay-unnotified/, async route => {
        const sent = await route.fetch({ maxRedirects: 0, timeout: patience });
        await route.fulfill({ status: 204 }); // the way back is lost
        resolve(sent.status());
      }));
      await tab.getByRole('button', { name: 'Pay, and lose the notification' }).click({ noWaitAfter: true });
      assert.equal(await done, 303);
      await tab.goto('/account/payments');
      await tab.getByRole('link', { name: 'AWS Solution Finder, Pro' }).click();
      await paid(tab);
      id = idOf(tab);
      await back(tab, buyer);
    }, { quiet: [...refused, ...icons], also: [phonepe] });
    assert.ok(id);
    await buyer.end();
  });

  it('the same at Razorpay, in its dialog', async () => {
    const buyer = await atTheLimit();
    await as(buyer, desktop, async tab => {
      await toTheUpgrade(tab, buyer);
      await tab.context().setExtraHTTPHeaders({}); // they would go to Razorpay, too, and it takes none of them from a page
      await pay(tab, 'Razorpay');
      await tab.waitForURL('**/pay/pay_*/checkout');
      await tab.locator('#razorpay-fail').click();
      await tab.getByText('Payment failed').waitFor();
      await tab.locator('#razorpay-pay').click();
      await paid(tab);
      await back(tab, buyer);
    }, { quiet: [...refused, ...icons], also: [razorpay] });
    await buyer.end();
  });
});
