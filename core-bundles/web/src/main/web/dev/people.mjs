/** People for trying the pages: a customer in the middle of things, and an administrator. */
export function people(marketplace) {
  const user = marketplace.newAccount('user@example.com', 'correct horse', 'Asha')
  marketplace.grant(user, 'aws-solution-finder').used = { search: 9 }
  marketplace.grant(user, 'word-count').used = { count: 12, compare: 3 }
  marketplace.issue(user, { solution_id: 'word-count', name: 'nightly report' })
  const admin = marketplace.newAccount('admin@example.com', 'correct horse', 'Ravi', 'en', ['customer', 'admin'])
  const { payments } = marketplace
  let purchases = 0
  const buyer = (region) => ({ name: 'Asha Rao', country: 'IN', region })
  const begin = (account, solution_id, tier, region, gateway) => payments.begin(account, { solution_id, tier, buyer: buyer(region), gateway }, `purchase-${++purchases}`).payment_id
  const settled = (state, ...purchase) => {
    const id = begin(...purchase)
    payments.settle(id, state)
    return id
  }
  const giveBack = (id, reason, amount_minor) => payments.giveBack(payments.payment(id), { key: reason, account: admin, body: { amount_minor, reason } })

  const failed = settled('failed', user, 'invoice-reader', 'pro', '29')
  const held = settled('held', user, 'invoice-reader', 'pro', '27')
  const refunded = settled('paid', user, 'invoice-reader', 'pro', '29')
  giveBack(refunded, 'bought by mistake')
  const paid = settled('paid', user, 'invoice-reader', 'pro', '29')
  payments.age(paid, 25)
  giveBack(paid, 'down for two days', 10_000)
  giveBack(paid, 'down for another day', 5_050)
  const open = begin(user, 'invoice-reader', 'pro', '29')

  const climber = marketplace.newAccount('climber@example.com', 'correct horse', 'Meera')
  marketplace.grant(climber, 'aws-solution-finder')
  payments.age(settled('paid', climber, 'aws-solution-finder', 'pro', '27'), 20)
  marketplace.byEmail('climber@example.com').held[0].used = { search: 950 }
  return { user, admin, climber, payments: { failed, held, refunded, open, paid } }
}
