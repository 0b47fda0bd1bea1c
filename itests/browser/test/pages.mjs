// Every page of the marketplace, who looks at it, and a marketplace with enough in it to fill them.
import { administrator, bearer, begins, givesBack, hasTier, pays, person, solution } from './marketplace.mjs';
import { signIn } from './browser.mjs';

const CUSTOMER = 'customer';
const SUBSCRIBER = 'subscriber';
const NEWCOMER = 'newcomer';
const ADMIN = 'administrator';

export async function populate() {
  const customer = await person({ name: 'Meera Krishnan', solutions: [solution], headers: { 'X-Forwarded-For': '10.1.2.3', 'CloudFront-Viewer-Country': 'IN', 'CloudFront-Viewer-City': 'Kochi' } });
  const newcomer = await person();
  const { token } = await customer.call('POST', `/api/account/solutions/${solution}/token`);
  for (let n = 1; n <= 8; n++) {
    await bearer(token, `/solutions/${solution}/api/search`, { query: 'object storage ' + n, limit: 1 });
  }
  for (const name of ['nightly report', 'a notebook with quite a long name for a key']) {
    await customer.call('POST', '/api/account/api-keys', { solution_id: solution, name });
  }
  const payment = await begins(customer, 'pro');
  const subscriber = await person({ name: 'Asha Rao', solutions: [solution] });
  const paid = await pays(subscriber, await begins(subscriber, 'pro'));
  await hasTier(subscriber, 'pro');
  await givesBack(paid, 'was down for two days', 10_000);
  return { customer, subscriber, newcomer, payment: payment.payment_id, paid: paid.payment_id, end: () => Promise.all([customer, subscriber, newcomer].map(one => one.end())) };
}

export const pages = ({ customer, payment, paid }) => [
  ['catalogue', '/'],
  ['nothing-found', '/?q=zzz'],
  ['solution', `/catalogue/${solution}`],
  ['register', `/register?solution_id=${solution}`],
  ['upgrade', `/upgrade?solution_id=${solution}`],
  ['confirm', '/sign-up/confirm'],
  ['sign-in', '/sign-in'],
  ['sign-in-failed', '/sign-in?error=provider'],
  ['second-factor', '/sign-in/code?ticket=t'],
  ['forgot', '/password/forgot'],
  ['reset', '/password/reset#code=x'],
  ['setup', '/setup'],
  ['not-found', '/no/such/page'],
  ['problems', '/problems/'],
  ['problem', '/problems/code-invalid'],
  ['finder', `/solutions/${solution}/search`],
  ['dashboard', '/dashboard', CUSTOMER],
  ['solution-held', `/catalogue/${solution}`, CUSTOMER],
  ['register-again', `/register?solution_id=${solution}`, CUSTOMER],
  ['keys', '/account/keys', CUSTOMER],
  ['security', '/account/security', CUSTOMER],
  ['profile', '/account/profile', CUSTOMER],
  ['upgrade-priced', `/upgrade?solution_id=${solution}&tier=pro`, CUSTOMER],
  ['pay', `/pay/${payment}`, CUSTOMER],
  ['upgrade-another-way', `/upgrade?solution_id=${solution}&tier=pro&instead_of=${payment}`, CUSTOMER],
  ['payments', '/account/payments', CUSTOMER],
  ['catalogue-paid', '/', SUBSCRIBER],
  ['solution-paid', `/catalogue/${solution}`, SUBSCRIBER],
  ['dashboard-paid', '/dashboard', SUBSCRIBER],
  ['upgrade-credit', `/upgrade?solution_id=${solution}&tier=enterprise`, SUBSCRIBER],
  ['upgrade-not-yet', `/upgrade?solution_id=${solution}&tier=pro`, SUBSCRIBER],
  ['pay-paid', `/pay/${paid}`, SUBSCRIBER],
  ['payments-paid', '/account/payments', SUBSCRIBER],
  ['payments-empty', '/account/payments', NEWCOMER],
  ['dashboard-empty', '/dashboard', NEWCOMER],
  ['keys-empty', '/account/keys', NEWCOMER],
  ['admin-users', '/admin/users', ADMIN],
  ['admin-user', '/admin/users/' + customer.id, ADMIN],
  ['admin-tiers', '/admin/tiers', ADMIN],
  ['admin-payments', '/admin/payments', ADMIN],
  ['admin-payment', `/admin/payments/${payment}`, ADMIN],
  ['admin-payment-paid', `/admin/payments/${paid}`, ADMIN],
  ['admin-gateways', '/admin/gateways', ADMIN]
];

// Not /docs: that page is Swagger UI's.

/** Signs the window's person in, if the page has one. */
export async function enter(tab, who, world) {
  if (who === ADMIN) await signIn(tab, administrator);
  else if (who) await tab.context().addCookies(world[who].state.cookies);
}
