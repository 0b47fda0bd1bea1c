// Correctness in the same run: exactly the limit is allowed, counted by the client, and the store agrees.
import { load } from './load.mjs';

/** Sum of used units over the tokens, as the target's store tells. */
export async function stored(target, tokens) {
  return (await target.used(tokens)).reduce((total, one) => total + one, 0);
}

/**
 * Spends all units of tokens with a small limit in one window of load. The demand must exceed the limits: only then is
 * everything that the end of the window cuts off a refusal, and the client's count complete.
 *
 * @param rate requests a second the target is known to reach
 * @returns what the limits allow, what the client saw allowed and refused, what the store counts, and whether that is right
 */
export async function exact(target, limit, rate) {
  const expected = target.small.length * limit;
  const seconds = Math.max(2, Math.ceil((4 * expected) / rate));
  const window = await load(target, seconds, { tokens: target.smallFile, connections: 32 });
  const counted = target.used ? await stored(target, target.small) : null;
  const spent = window.refused > expected / 10 && window.broken === 0;
  const ok = spent && window.allowed === expected && (counted === null || counted === expected);
  const why = ok ? '' : spent ? 'counts differ' : `invalid: ${window.broken} broken, ${window.refused} refused`;
  return { name: target.name, expected, allowed: window.allowed, refused: window.refused, stored: counted, ok, why };
}

/** After load: what the client saw allowed against what the store counts; each window may cut off one answer per connection. */
export function ledger(target, { allowed, inFlight }, counted) {
  return { name: target.name, allowed, stored: counted, inFlight, ok: counted >= allowed && counted <= allowed + inFlight };
}
