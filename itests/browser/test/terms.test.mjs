// What a payment buys and for how long, against a real marketplace: credit, renewal, documents, and another way to pay.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { desktop, launch, phone, settled, shot, sideways, signIn, violations, visit } from './browser.mjs';
import { admin, administrator, begins, givesBack, hasTier, pays, person, solution } from './marketplace.mjs';

const { PHONEPE: phonepe } = process.env;
const upgrade = tier => `/upgrade?solution_id=${solution}&tier=${tier}`;
const dayOf = iso => new Intl.DateTimeFormat('en-IN', { day: 'numeric', month: 'short', year: 'numeric' }).format(new Date(iso));
const rupees = ({ amount_minor }) => (amount_minor / 100).toLocaleString('en-IN', { style: 'currency', currency: 'INR' });
const idOf = tab => /pay_[a-z2-7]{26}/.exec(tab.url())[0];
/** A refused quote is how the page learns that something is not sold now. */
const notNow = { quiet: [/status of 409/] };

describe('what is paid for', { timeout: 3_600_000 }, () => {
  let browser;
  before(async () => { browser = await launch(); });
  after(async () => { await browser?.close(); });

  const as = (buyer, options, run, hints) => visit(browser, { ...options, storageState: buyer.state }, run, hints);
  const subscriber = async () => {
    const buyer = await person({ name: 'Meera Krishnan', solutions: [solution] });
    const payment = await pays(buyer, await begins(buyer, 'pro'));
    await hasTier(buyer, 'pro');
    return { buyer, payment };
  };
  const holding = async buyer => (await buyer.call('GET', '/api/payments/holdings')).holdings[0];

  it('is shown with its end, is not sold again before its time, and counts towards a dearer tier', async () => {
    const { buyer, payment } = await subscriber();
    const { until, renewable_from } = await holding(buyer);
    assert.equal(payment.term.until, until);
    const { quote } = await buyer.call('POST', '/api/payments/quote', { solution_id: solution, tier: 'enterprise', buyer: { country: 'IN', region: '29' } });
    const { credit } = quote;
    assert.equal(credit.amount.amount_minor, Math.floor(99_900 * credit.unused_days / credit.term_days));
    assert.equal(quote.net.amount_minor, 499_900 - credit.amount.amount_minor);

    await as(buyer, desktop, async tab => {
      for (const path of ['/', `/catalogue/${solution}`, '/dashboard']) {
        await tab.goto(path);
        await tab.getByText(`Pro until ${dayOf(until)}`).waitFor();
        assert.equal(await tab.getByRole('link', { name: 'Renew' }).count(), 0);
      }
      await tab.goto(upgrade('pro'));
      await tab.getByText(`Pro is paid until ${dayOf(until)}. You can renew it from ${dayOf(renewable_from)} on.`).waitFor();
      assert.equal(await tab.getByRole('alert').count(), 0);
      await settled(tab);
      assert.deepEqual(await violations(tab), []);
      await shot(tab, 'term-1-not-yet');

      await tab.getByRole('radio', { name: 'Enterprise' }).check();
      await tab.getByText(`${credit.unused_days} of ${credit.term_days} days`).waitFor();
      await tab.getByText('−' + rupees(credit.amount)).waitFor();
      await tab.getByText('Pro ends with it.').waitFor();
      await tab.getByRole('radio', { name: 'Sandbox' }).check();
      await settled(tab);
      assert.deepEqual(await violations(tab), []);
      await shot(tab, 'term-2-credit');
      await tab.getByRole('button', { name: `Pay ${rupees(quote.total)}` }).click();
      await tab.getByRole('button', { name: 'Pay', exact: true }).click();
      await tab.getByRole('heading', { name: 'Paid. Enterprise is yours.' }).waitFor();
      await tab.getByText('−' + rupees(credit.amount)).waitFor();
      await tab.getByText(/^TST\/\d\d-\d\d\/\d{6}$/).waitFor();
      const bought = idOf(tab);
      await hasTier(buyer, 'enterprise');
      const { until: end } = await holding(buyer);
      await tab.goto(upgrade('pro'));
      await tab.getByText(`Enterprise is paid until ${dayOf(end)}. After that you can buy Pro.`).waitFor();

      await givesBack({ payment_id: bought }, 'not what was wanted');
      await hasTier(buyer, 'pro');
      await tab.goto('/dashboard');
      await tab.getByText(`Pro until ${dayOf(until)}`).waitFor();
    }, notNow);
    await buyer.end();
  });

  it('stands on a receipt with the numbers of its invoice and its credit notes, on paper and for administrators', async () => {
    const { buyer, payment } = await subscriber();
    const { credit_note: note } = await givesBack(payment, 'was down for two days', 10_000);
    assert.equal(note.net.amount_minor + note.taxes.reduce((sum, tax) => sum + tax.amount.amount_minor, 0), 10_000);
    const shown = async tab => {
      const region = tab.getByRole('region', { name: `Credit note ${note.number}` });
      await region.getByText(`To invoice ${payment.invoice_number}`).waitFor();
      await region.getByText(rupees(note.net)).waitFor();
      await region.getByText('₹100.00').waitFor();
      for (const { name } of note.taxes) await region.getByText(name).waitFor();
    };
    for (const [device, name] of [[desktop, 'desktop'], [phone, 'phone']]) {
      await as(buyer, device, async tab => {
        await tab.goto('/account/payments');
        await tab.getByText(payment.invoice_number).locator('visible=true').waitFor();
        await tab.getByRole('link', { name: 'AWS Solution Finder, Pro' }).click();
        await shown(tab); // then it is the receipt: the list has the number twice
        await tab.getByText(payment.invoice_number, { exact: true }).waitFor();
        await settled(tab);
        assert.equal(await sideways(tab), 0);
        assert.deepEqual(await violations(tab), []);
        await shot(tab, `term-3-receipt-${name}`);
      });
    }
    await as(buyer, desktop, async tab => {
      await tab.goto(`/pay/${payment.payment_id}`);
      await shown(tab);
      await tab.emulateMedia({ media: 'print' });
      await shown(tab);
      assert.equal(await tab.getByRole('banner').isVisible(), false);
      const paper = await tab.pdf({ format: 'A4' });
      assert.equal(paper.toString('latin1').match(/\/Type\s*\/Page\b/g).length, 1, 'one sheet');
    });
    await visit(browser, desktop, async tab => {
      await signIn(tab, administrator);
      await tab.goto(`/admin/payments/${payment.payment_id}`);
      await tab.getByText(payment.invoice_number, { exact: true }).waitFor();
      await shown(tab);
    }, { quiet: [/status of 401/] }); // before signing in
    await buyer.end();
  });

  it('is paid at another provider when the first does not do, and what is paid at both goes back once', async () => {
    const buyer = await person({ name: 'Meera Krishnan', solutions: [solution] });
    const first = await begins(buyer, 'pro');
    await as(buyer, desktop, async tab => {
      await tab.goto(`/pay/${first.payment_id}`);
      await tab.getByText('what is not paid runs out by itself').waitFor();
      await tab.getByRole('link', { name: 'Pay another way' }).click();
      await tab.getByText('If both get paid all the same, the later one goes back by itself.').waitFor();
      assert.equal(await tab.getByRole('radio', { name: 'Sandbox' }).isChecked(), false);
      await tab.getByRole('radio', { name: 'PhonePe' }).check();
      await settled(tab);
      assert.deepEqual(await violations(tab), []);
      await shot(tab, 'term-4-another-way');
      await tab.getByRole('button', { name: 'Pay ₹1,178.82' }).click();
      await tab.waitForURL(`${phonepe}/transact/**`);
      await tab.getByRole('button', { name: 'Pay by UPI' }).click();
      await tab.getByRole('heading', { name: 'Paid. Pro is yours.' }).waitFor();
      assert.notEqual(idOf(tab), first.payment_id);
      await pays(buyer, first);
      await tab.goto(`/pay/${first.payment_id}`);
      await tab.getByRole('heading', { name: 'Your money was given back' }).waitFor();
    }, { quiet: [/status of 40[14]/], also: [phonepe] });
    assert.equal((await admin('GET', `/api/admin/payments/${first.payment_id}`)).refunds.length, 1);
    assert.equal((await holding(buyer)).tier, 'pro');
    await buyer.end();
  });
});
