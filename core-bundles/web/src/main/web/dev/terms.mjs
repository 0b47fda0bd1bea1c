// The part of the stand-in that knows how long something is paid for, and numbers what is on paper.
const DAY = 86_400_000
const RENEWABLE_DAYS = { month: 7, year: 30 }

const after = (iso, period) => {
  const end = new Date(iso)
  if (period === 'year') end.setUTCFullYear(end.getUTCFullYear() + 1)
  else end.setUTCMonth(end.getUTCMonth() + 1)
  return end.toISOString()
}
const earlier = (iso, days) => new Date(Date.parse(iso) - days * DAY).toISOString()

export function books({ payments, find, fail, money, now }) {
  let invoices = 122
  let notes = 6
  const replaced = new Set()

  /** The payments whose terms still run or lie ahead, of somebody for a solution, the first to end first. */
  const termsOf = (account, solution_id) => [...payments.values()]
    .filter(({ account: whose, view }) => whose === account && !replaced.has(view.payment_id) && view.solution_id === solution_id && view.state === 'paid' && view.term && view.term.until > now())
    .map(({ view }) => view).sort((a, b) => (a.term.until < b.term.until ? -1 : 1))
  const rank = (view) => find(view.solution_id).tiers.findIndex((one) => one.tier === view.tier)
  /** What decides the tier now, until the end of all that is paid for. */
  function runningOf(account, solution_id) {
    const terms = termsOf(account, solution_id)
    const top = terms.reduce((best, view) => (best && rank(best) > rank(view) ? best : view), undefined)
    return top && { ...top, first: terms.find((view) => view.tier === top.tier), until: top.term.until, renewable_from: earlier(top.term.until, RENEWABLE_DAYS[top.period]) }
  }
  const holdings = (account) => account.held.map(({ solution_id }) => runningOf(account, solution_id)).filter(Boolean)
    .map(({ solution_id, tier, payment_id, until, renewable_from }) => ({ solution_id, tier, payment_id, until, renewable_from }))

  const startOf = ({ until, renewable_from }) => (renewable_from <= now() ? until : fail(409, 'conflict', `Paid until ${until}.`))
  function creditOf({ first: { payment_id, tier, price, term } }, { amount_minor, currency }) {
    const term_days = Math.round((Date.parse(term.until) - Date.parse(term.from)) / DAY)
    const unused_days = Math.floor((Date.parse(term.until) - Date.parse(now())) / DAY)
    const left = Math.floor(price.amount_minor * unused_days / term_days)
    if (left >= amount_minor || price.amount_minor >= amount_minor) fail(409, 'conflict', `Paid until ${term.until}.`)
    return left === 0 ? null : { payment_id, tier, amount: money(left, currency), unused_days, term_days }
  }

  /** What a payment that is paid gets. */
  function bought({ period, starts_at, credit }) {
    if (credit) replaced.add(credit.payment_id)
    const from = starts_at ?? now()
    return { term: period === 'once' ? null : { from, until: after(from, period) }, invoice_number: 'INV/26-27/' + String(++invoices).padStart(6, '0') }
  }
  function creditNote({ invoice_number, total, net, taxes }, minor) {
    if (!invoice_number) return null
    const part = (amount) => money(Math.round(amount.amount_minor * minor / total.amount_minor), amount.currency)
    const shares = taxes.map((tax) => ({ ...tax, amount: part(tax.amount) }))
    const taxed = shares.reduce((sum, tax) => sum + tax.amount.amount_minor, 0)
    return {
      number: 'CRN/26-27/' + String(++notes).padStart(6, '0'), invoice_number, issued_at: now(),
      net: money(minor - taxed, net.currency), taxes: shares, total: money(minor, total.currency),
    }
  }
  /** As if it had been paid so many days before. */
  function age(view, days) {
    view.paid_at = earlier(view.paid_at, days)
    view.created_at = earlier(view.created_at, days)
    const from = earlier(view.term.from, days)
    view.term = { from, until: after(from, view.period) }
  }
  return { holdings, runningOf, startOf, creditOf, bought, creditNote, age }
}
