// Razorpay's own client works with the contract server as it would with Razorpay. Arguments: address, key id, key secret.
'use strict';
const assert = require('node:assert/strict');
const Razorpay = require('razorpay');
const { validatePaymentVerification } = require('razorpay/dist/utils/razorpay-utils');

const [address, key_id, key_secret] = process.argv.slice(2);
const client = new Razorpay({ key_id, key_secret });
client.api.rq.defaults.baseURL = address;

async function attempt(body) {
  const answer = await fetch(`${address}/v1/checkout/attempts`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ key: key_id, ...body }) });
  return answer.json();
}

async function refused(call, statusCode, description) {
  await assert.rejects(call, (error) => error.statusCode === statusCode && error.error.code === 'BAD_REQUEST_ERROR'
    && description.test(error.error.description));
}

async function orders() {
  const order = await client.orders.create({ amount: 117882, currency: 'INR', receipt: 'pay_node', notes: { a: 'b' } });
  assert.equal(order.status, 'created');
  assert.equal(order.amount_due, 117882);
  assert.deepEqual(await client.orders.fetch(order.id), order);
  const bare = await client.orders.create({ amount: 100, currency: 'INR' });
  assert.deepEqual(bare.notes, [], 'empty notes are an array');
  const found = await client.orders.all({ receipt: 'pay_node', count: 100, skip: 0 });
  assert.deepEqual(found.items.map((each) => each.id), [order.id]);
  assert.equal((await client.orders.all({ count: 1 })).count, 1);
  await refused(() => client.orders.create({ amount: 99, currency: 'INR' }), 400, /minimum/);
  await refused(() => client.orders.fetch('order_none'), 400, /does not exist/);
  return order;
}

async function payments(order) {
  const wrong = await attempt({ order_id: order.id, amount: 1, currency: 'INR', succeed: true });
  assert.match(wrong.error.description, /different from the amount/);
  const failed = await attempt({ order_id: order.id, amount: 117882, currency: 'INR', succeed: false });
  assert.equal(failed.error.reason, 'payment_failed');
  const promised = await attempt({ order_id: order.id, amount: 117882, currency: 'INR', succeed: true, collect: false });
  assert.equal((await client.payments.fetch(promised.razorpay_payment_id)).status, 'authorized');
  await refused(() => client.payments.capture(promised.razorpay_payment_id, 117881, 'INR'), 400, /equal to the amount/);
  const captured = await client.payments.capture(promised.razorpay_payment_id, 117882, 'INR');
  assert.equal(captured.status, 'captured');
  assert.equal(captured.captured, true);
  assert.ok(captured.fee > 0 && captured.tax > 0, 'what Razorpay keeps is told once it has the money');
  assert.equal(captured.amount_refunded, 0);
  await refused(() => client.payments.capture(promised.razorpay_payment_id, 117882, 'INR'), 400, /already been captured/);
  assert.equal((await client.orders.fetch(order.id)).status, 'paid');
  const all = await client.orders.fetchPayments(order.id);
  assert.deepEqual(all.items.map((each) => each.status).sort(), ['captured', 'failed']);
  assert.ok(all.items.every((each) => each.order_id === order.id && Number.isInteger(each.created_at)));
  const tried = all.items.find((each) => each.status === 'failed');
  assert.deepEqual([tried.error_code, tried.error_source, tried.error_reason], ['BAD_REQUEST_ERROR', 'bank', 'payment_failed']);
  assert.ok(validatePaymentVerification({ order_id: order.id, payment_id: promised.razorpay_payment_id }, promised.razorpay_signature, key_secret));
  assert.ok(!validatePaymentVerification({ order_id: order.id, payment_id: promised.razorpay_payment_id },
    promised.razorpay_signature.toUpperCase(), key_secret));
  return captured;
}

async function refunds(payment) {
  const refund = await client.payments.refund(payment.id, { amount: 5000, speed: 'normal', receipt: 'rfd_node' });
  assert.equal(refund.status, 'pending');
  assert.equal((await client.payments.fetchRefund(payment.id, refund.id)).receipt, 'rfd_node');
  assert.equal((await client.refunds.fetch(refund.id)).amount, 5000);
  assert.deepEqual((await client.payments.fetchMultipleRefund(payment.id, { count: 100, skip: 0 })).items.map((each) => each.receipt), ['rfd_node']);
  assert.equal((await client.payments.fetchMultipleRefund(payment.id, { count: 100, skip: 100 })).count, 0);
  assert.equal((await client.payments.fetch(payment.id)).refund_status, 'partial');
  await refused(() => client.payments.refund(payment.id, { amount: 117882 }), 400, /greater than/);
  await refused(() => client.payments.refund(payment.id, { amount: 100, color: 'blue' }), 400, /should not be sent/);
  await client.payments.refund(payment.id, {});
  assert.equal((await client.payments.fetch(payment.id)).status, 'refunded');
  await refused(() => client.payments.refund(payment.id, {}), 400, /fully refunded/);
}

async function agreements() {
  const plan = await client.plans.create({ period: 'monthly', interval: 1, item: { name: 'Pro', amount: 117882, currency: 'INR' } });
  assert.equal((await client.plans.fetch(plan.id)).item.amount, 117882);
  assert.deepEqual((await client.plans.all({ count: 100, skip: 0 })).items.map((each) => each.id), [plan.id]);
  const subscription = await client.subscriptions.create({ plan_id: plan.id, total_count: 12, customer_notify: 1, notes: { mandate_id: 'mnd_node' } });
  assert.equal(subscription.status, 'created');
  const listed = await client.subscriptions.all({ from: subscription.created_at - 10, count: 100, skip: 0 });
  assert.deepEqual(listed.items.map((each) => each.notes.mandate_id), ['mnd_node']);
  const consent = await attempt({ subscription_id: subscription.id });
  assert.ok(validatePaymentVerification({ subscription_id: subscription.id, payment_id: consent.razorpay_payment_id },
    consent.razorpay_signature, key_secret));
  assert.equal((await client.subscriptions.fetch(subscription.id)).paid_count, 1);
  assert.equal((await client.invoices.all({ subscription_id: subscription.id })).items[0].payment_id, consent.razorpay_payment_id);
  assert.equal((await client.subscriptions.cancel(subscription.id, true)).status, 'active');
  assert.equal((await client.subscriptions.cancel(subscription.id)).status, 'cancelled');
  const link = await client.paymentLink.create({ amount: 50000, currency: 'INR', reference_id: 'pay_link', callback_url: 'http://127.0.0.1:9/back',
    callback_method: 'get' });
  assert.equal((await client.paymentLink.fetch(link.id)).status, 'created');
  await refused(() => client.paymentLink.create({ amount: 50000, currency: 'INR', reference_id: 'pay_link' }), 400, /already exists/);
  const back = new URL((await fetch(link.short_url, { method: 'POST', redirect: 'manual' })).headers.get('location')).searchParams;
  assert.ok(validatePaymentVerification({ payment_link_id: link.id, payment_link_reference_id: back.get('razorpay_payment_link_reference_id'),
    payment_link_status: back.get('razorpay_payment_link_status'), payment_id: back.get('razorpay_payment_id') },
  back.get('razorpay_signature'), key_secret));
  const paid = await client.paymentLink.fetch(link.id);
  assert.equal(paid.status, 'paid');
  assert.equal(paid.payments[0].payment_id, back.get('razorpay_payment_id'));
  assert.deepEqual((await client.paymentLink.all({ reference_id: 'pay_link' })).payment_links.map((each) => each.id), [link.id]);
}

(async () => {
  const order = await orders();
  await refunds(await payments(order));
  await agreements();
  const stranger = new Razorpay({ key_id, key_secret: 'guessed' });
  stranger.api.rq.defaults.baseURL = address;
  await refused(() => stranger.orders.fetch(order.id), 401, /Authentication/);
  console.log('the official client agrees');
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
