// What the stand-in serves: two solutions with the tiers of the documents, nobody yet.
const tier = (name, limit, price = null, features = []) => ({
  tier: name,
  limits: limit.map(([action, window, units]) => ({ action, window, limit: units, zone: window === 'day' ? 'UTC' : null })),
  validity_days: name === 'trial' ? 14 : null,
  price,
  features,
})
const rupees = (amount) => ({ amount_minor: amount * 100, currency: 'INR', period: 'month' })

const solution = (id, name, summary, category, meters, tiers, available = true) => ({
  id, aliases: [], name, summary, category, available,
  page_url: `/solutions/${id}/`, api_url: `/solutions/${id}/api/`, register_url: `/register?solution_id=${id}`,
  meters: meters.map((action) => ({ action, unit: action })), tiers, token_lifetime_days: null, health: { ok: available },
})

export const solutions = [
  solution('aws-solution-finder', 'AWS Solution Finder', 'Describe a problem in your own words and find the services and reference architectures that solve it.', 'Cloud', ['search'], [
    tier('anonymous', [['search', 'lifetime', 3]]),
    tier('registered', [['search', 'day', 10]]),
    tier('pro', [['search', 'month', 1000]], rupees(999)),
    tier('enterprise', [['search', 'lifetime', -1]], rupees(4999), ['Answers by mail within a day']),
  ]),
  solution('word-count', 'Word Count', 'Counts words, sentences and reading time of a text.', 'Text', ['count', 'compare'], [
    tier('anonymous', [['count', 'day', 5]]),
    tier('registered', [['count', 'day', 100], ['compare', 'month', 50]]),
  ]),
  solution('invoice-reader', 'Invoice Reader', 'Reads amounts, dates and tax numbers from scanned invoices.', 'Documents', ['page'], [
    tier('registered', [['page', 'month', 20]]),
    tier('pro', [['page', 'month', 2000]], rupees(1499)),
  ], false),
]

export const find = (id) => solutions.find((one) => one.id === id)

/** Use of the last days, the same for everybody and every run. */
export function usageOf(held, from, to) {
  const usage = []
  for (let at = Date.parse(from), n = 0; at <= Date.parse(to); at += 86_400_000, n++) {
    const date = new Date(at).toISOString().slice(0, 10)
    for (const [which, { solution_id }] of held.entries()) {
      const units = (n * (7 + which) + (n % 7) * 3) % (11 - which * 4)
      if (units > 0) usage.push({ date, solution_id, action: find(solution_id).meters[0].action, units })
    }
  }
  return usage
}
