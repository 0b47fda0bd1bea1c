// Starts a provider's payment in the buyer's browser, and brings what it says in the end to the marketplace, which asks the
// provider itself. Then the buyer waits where everybody waits.
const { payment, starter, parameters } = JSON.parse(document.getElementById('checkout').textContent);
const waiting = `/pay/${payment}`;
let ended = false;

async function done(proof) {
  if (ended) {
    return;
  }
  ended = true;
  const texts = Object.fromEntries(Object.entries(proof ?? {}).map(([name, value]) => [name, String(value)]));
  try {
    await fetch('/api/payments/verify', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ payment_id: payment, proof: texts }),
    });
  } catch {
    // without a net now: the provider tells the marketplace as well, and the waiting page asks again
  }
  location.replace(waiting);
}

try {
  const { start } = await import(starter);
  start(parameters, done);
  document.getElementById('opening').hidden = true;
} catch (error) {
  console.error(error);
  document.getElementById('opening').hidden = true;
  document.getElementById('failed').hidden = false;
}
