// Opens Razorpay's dialog for a payment that waits. Who fails may try again in it, by another method too, until the payment's time
// is over.

/**
 * @param {Record<string, string>} parameters what the gateway gave for this payment
 * @param {(proof: Record<string, string>) => void} done told once, with what proves the payment or with nothing
 */
export function start(parameters, done) {
  let told = false;
  const tell = (proof) => {
    if (!told) {
      told = true;
      done(proof);
    }
  };
  const seconds = Math.floor(Number(parameters.expires_at) - Date.now() / 1000);
  if (seconds <= 0) {
    tell({});
    return;
  }
  const options = {
    key: parameters.key,
    amount: parameters.amount,
    currency: parameters.currency,
    name: parameters.name,
    description: parameters.description,
    prefill: { name: parameters.prefill_name, email: parameters.prefill_email },
    timeout: seconds,
    modal: { ondismiss: () => tell({}) },
    handler: (answer) => {
      const proof = {};
      for (const name of ['razorpay_payment_id', 'razorpay_order_id', 'razorpay_subscription_id', 'razorpay_signature']) {
        if (typeof answer[name] === 'string') {
          proof[name] = answer[name];
        }
      }
      tell(proof);
    },
  };
  if (parameters.subscription_id) {
    options.subscription_id = parameters.subscription_id;
  } else {
    options.order_id = parameters.order_id;
  }
  new window.Razorpay(options).open();
}
