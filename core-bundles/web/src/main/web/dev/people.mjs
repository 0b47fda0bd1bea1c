/** People for trying the pages: a customer in the middle of things, and an administrator. */
export function people(marketplace) {
  const user = marketplace.newAccount('user@example.com', 'correct horse', 'Asha')
  marketplace.grant(user, 'aws-solution-finder').used = { search: 9 }
  marketplace.grant(user, 'word-count').used = { count: 12, compare: 3 }
  marketplace.issue(user, { solution_id: 'word-count', name: 'nightly report' })
  const admin = marketplace.newAccount('admin@example.com', 'correct horse', 'Ravi', 'en', ['customer', 'admin'])
  return { user, admin }
}
