/** People for trying the pages: a customer in the middle of things, and an administrator. */
export function people(marketplace) {
  const user = marketplace.newAccount('user@example.com', 'correct horse', 'Asha')
  marketplace.grant(user, 'aws-solution-finder').used = { search: 9 }
  marketplace.grant(user, 'word-count').used = { count: 12, compare: 3 }
  marketplace.issue(user, { solution_id: 'word-count', name: 'nightly report' })
  const admin = marketplace.newAccount('admin@example.com', 'correct horse', 'Ravi', 'en', ['customer', 'admin'])
  const payments = ['failed', 'held', 'refunded', 'open', 'paid'].map((state, at) => {
    const body = { solution_id: 'invoice-reader', tier: 'pro', buyer: { name: 'Asha Rao', country: 'IN', region: at % 2 ? '27' : '29' } }
    const { payment_id } = marketplace.payments.begin(user, body, state)
    if (state !== 'open') marketplace.payments.settle(payment_id, state)
    return [state, payment_id]
  })
  return { user, admin, payments: Object.fromEntries(payments) }
}
