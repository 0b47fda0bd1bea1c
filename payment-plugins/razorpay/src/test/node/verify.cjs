// Razorpay's own verifiers judge signatures made here. Argument: a file with what is to be judged, and how.
'use strict';
const assert = require('node:assert/strict');
const { readFileSync } = require('node:fs');
const Razorpay = require('razorpay');
const { validatePaymentVerification } = require('razorpay/dist/utils/razorpay-utils');

const { webhooks, proofs, secret, keySecret } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
assert.ok(webhooks.length > 2 && proofs.length > 2);
for (const { body, signature } of webhooks) {
  assert.ok(Razorpay.validateWebhookSignature(body, signature, secret));
  assert.ok(!Razorpay.validateWebhookSignature(body, signature, keySecret));
  assert.ok(!Razorpay.validateWebhookSignature(body, signature.toUpperCase(), secret));
  assert.ok(!Razorpay.validateWebhookSignature(JSON.stringify(JSON.parse(body), null, 1), signature, secret));
}
for (const { signed, signature } of proofs) {
  assert.ok(validatePaymentVerification(signed, signature, keySecret), JSON.stringify(signed));
  assert.ok(!validatePaymentVerification(signed, signature, secret));
}
console.log(`${webhooks.length} webhooks and ${proofs.length} proofs verified`);
