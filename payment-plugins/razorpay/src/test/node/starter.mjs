// What the checkout page's starter asks Razorpay's script for, and what it hands back. Argument: the starter.
import assert from 'node:assert/strict';
import { pathToFileURL } from 'node:url';

let opened = [];
globalThis.window = { Razorpay: class {
  constructor(options) { this.options = options; }
  open() { opened.push(this.options); }
} };
const { start } = await import(pathToFileURL(process.argv[2]).href);
const later = String(Math.floor(Date.now() / 1000) + 600);
const parameters = { key: 'rzp_test_1', order_id: 'order_1', amount: '117882', currency: 'INR', name: 'CloudNestle',
  description: 'Pro', prefill_email: 'buyer@example.invalid', expires_at: later };

function begin(changes) {
  opened = [];
  const told = [];
  start({ ...parameters, ...changes }, (proof) => told.push(proof));
  return told;
}

let told = begin({});
assert.equal(opened.length, 1);
assert.equal(opened[0].order_id, 'order_1');
assert.equal(opened[0].amount, '117882');
assert.ok(opened[0].timeout > 500 && opened[0].timeout <= 600);
opened[0].handler({ razorpay_payment_id: 'pay_1', razorpay_order_id: 'order_1', razorpay_signature: 's', other: 'x', org_logo: 1 });
opened[0].modal.ondismiss();
assert.deepEqual(told, [{ razorpay_payment_id: 'pay_1', razorpay_order_id: 'order_1', razorpay_signature: 's' }], 'told once, with what proves');

told = begin({});
opened[0].modal.ondismiss();
assert.deepEqual(told, [{}], 'a closed dialog proves nothing');

told = begin({ expires_at: '1' });
assert.deepEqual(told, [{}]);
assert.equal(opened.length, 0, 'nothing is opened that is over');

begin({ subscription_id: 'sub_1', order_id: undefined });
assert.equal(opened[0].subscription_id, 'sub_1');
assert.ok(!('order_id' in opened[0]));
console.log('the starter works');
