// The part of the stand-in that takes money: one test gateway, whose page says how it ends by its address.
import { randomBytes } from 'node:crypto'
import { books } from './terms.mjs'

const MINUTES = 60_000
const INDIAN_STATE = /^\d\d$/

/** @param world the solutions and little helpers of the stand-in */
export function paymentRoutes({ find, grant, fail, now, later }) {
  const payments = new Map()
  const money = (amount_minor, currency) => ({ amount_minor, currency })
  const { holdings, runningOf, creditOf, startOf, bought, creditNote, age } = books({ payments, find, fail, money, now })

  function quoteOf({ solution_id, tier, buyer }, account) {
    const solution = find(solution_id) ?? fail(404, 'solution-unknown', 'There is no such solution.')
    const price = solution.tiers.find((one) => one.tier === tier)?.price ?? fail(422, 'tier-unknown', 'This tier is not sold.')
    if (buyer.country === 'IN' && !INDIAN_STATE.test(buyer.region)) fail(422, 'invalid-field', 'must be two digits', 'buyer.region')
    const { currency, period } = price
    const running = account && runningOf(account, solution_id)
    const starts_at = running?.tier === tier ? startOf(running) : null
    const credit = running && running.tier !== tier ? creditOf(running, price) : null
    const net = price.amount_minor - (credit?.amount.amount_minor ?? 0)
    const tax = (name, basis_points) => ({ name, basis_points, amount: money(Math.round(net * basis_points / 10_000), currency) })
    const taxes = buyer.country !== 'IN' ? [] : buyer.region === '29' ? [tax('CGST', 900), tax('SGST', 900)] : [tax('IGST', 1800)]
    const total = taxes.reduce((sum, line) => sum + line.amount.amount_minor, net)
    return { solution_id, tier, period, price: money(price.amount_minor, currency), credit, net: money(net, currency), taxes, total: money(total, currency), starts_at }
  }
  const offers = [
    { gateway: 'sandbox', name: 'Sandbox', methods: ['UPI', 'Cards'], test: true },
    { gateway: 'other', name: 'Another bank', methods: ['Cards'], test: false },
  ]
  const find1 = (id) => payments.get(id) ?? fail(404, 'payment-unknown', 'There is no such payment.')
  const note = (payment, kind, actor, details = {}) => payment.timeline.push({ at: now(), kind, actor, details })

  /** What the provider's page makes of it. */
  function settle(id, outcome) {
    const payment = find1(id)
    const { view } = payment
    const from = view.state
    view.state = outcome
    view.checkout = outcome === 'open' ? view.checkout : null
    view.failure = { failed: 'declined', expired: 'not_paid', held: 'amount' }[outcome] ?? ''
    if (outcome === 'paid') {
      Object.assign(view, { paid_at: now(), method: 'UPI', ...bought(view) })
      grant(payment.account, view.solution_id, view.tier)
    }
    note(payment, 'state.changed', 'system', { from, to: outcome })
    return view
  }

  function begin(account, body, key) {
    const gateway = body.gateway ?? 'sandbox'
    const same = [...payments.values()].find((one) => one.account === account && (one.key === key
      || (one.view.state === 'open' && one.view.gateway === gateway && one.view.solution_id === body.solution_id && one.view.tier === body.tier)))
    if (same) return same.view
    if (!runningOf(account, body.solution_id) && account.held.find((one) => one.solution_id === body.solution_id)?.access_tier === body.tier) fail(409, 'conflict', 'The customer has this tier already.')
    if (body.return_url && !/^http:\/\/localhost[:/]/.test(body.return_url)) fail(422, 'invalid-field', 'must be a page of this marketplace', 'return_url')
    const payment_id = 'pay_' + randomBytes(13).toString('hex')
    const quote = quoteOf(body, account)
    const view = {
      payment_id, state: 'open', ...quote, buyer: { name: '', region: '', tax_id: '', address: '', ...body.buyer },
      gateway, created_at: now(), expires_at: later(15 * MINUTES), paid_at: null, method: '', failure: '',
      refunded: money(0, quote.total.currency), return_url: body.return_url ?? null, checkout: { type: 'redirect', url: `/provider/${payment_id}` },
      term: null, invoice_number: null,
    }
    const payment = { account, key, view, timeline: [], refunds: [], proofs: [] }
    payments.set(payment_id, payment)
    note(payment, 'state.changed', 'system', { from: 'CREATED', to: 'OPEN', source: 'checkout' })
    return view
  }

  const mine = (c, id) => (find1(id).account === c.account ? find1(id) : fail(404, 'payment-unknown', 'There is no such payment.'))
  const adminView = ({ view: { checkout, ...view }, account }) => ({ ...view, customer_id: account.id, account: 'test-shop', provider_order_id: 'ord_' + view.payment_id.slice(-6) })
  const detail = (payment) => ({ payment: adminView(payment), timeline: payment.timeline, refunds: payment.refunds })
  const newest = (some) => [...some].reverse()

  const refund = (c) => giveBack(find1(c.params.id), c)
  function giveBack(payment, c) {
    const { view } = payment
    const left = view.total.amount_minor - view.refunded.amount_minor
    const minor = c.body.amount_minor ?? left
    if (minor > left) fail(409, 'conflict', 'Not that much is left.')
    if (payment.refunds.some((one) => one.key === c.key)) return detail(payment)
    view.refunded = money(view.refunded.amount_minor + minor, view.total.currency)
    payment.refunds.push({ refund_id: 'rfd_' + randomBytes(8).toString('hex'), amount: money(minor, view.total.currency), state: 'processed', reason: c.body.reason, actor: c.account.id, created_at: now(), key: c.key, credit_note: creditNote(view, minor) })
    note(payment, 'refund.processed', c.account.id, { amount: String(minor) })
    if (minor === left) {
      view.state = 'refunded'
      if (view.term) grant(payment.account, view.solution_id)
    }
    return detail(payment)
  }

  return {
    settle, begin, giveBack, payment: find1, age: (id, days) => age(find1(id).view, days),
    own: {
      'POST /api/payments/quote': (c) => ({ quote: quoteOf(c.body, c.account), gateways: offers }),
      'POST /api/payments/initiate': (c) => {
        c.status = 201
        return { payment: begin(c.account, c.body, c.key ?? fail(422, 'invalid-field', 'is required', 'idempotency_key')) }
      },
      'POST /api/payments/verify': (c) => {
        const payment = mine(c, c.body.payment_id)
        payment.proofs.push(c.body.proof)
        if (c.body.proof?.signature === 'forged') fail(422, 'payment-proof-invalid', 'This does not belong to the payment.')
        return { payment: payment.view }
      },
      'GET /api/payments/history': (c) => ({ payments: newest(payments.values()).filter((one) => one.account === c.account).map((one) => one.view), next_cursor: null }),
      'GET /api/payments/holdings': (c) => ({ holdings: holdings(c.account) }),
      'GET /api/payments/:id/receipt': (c) => {
        const { view, refunds } = mine(c, c.params.id)
        return { payment: view, credit_notes: refunds.map((one) => one.credit_note).filter(Boolean) }
      },
      'GET /api/payments/:id': (c) => ({ payment: mine(c, c.params.id).view }),
    },
    admin: {
      'GET /api/admin/payments': (c) => ({
        payments: newest(payments.values()).map(adminView).filter((one) => [null, one.state].includes(c.query.get('state')) && [null, one.customer_id].includes(c.query.get('customer_id'))),
        next_cursor: null,
      }),
      'GET /api/admin/payments/:id': (c) => detail(find1(c.params.id)),
      'POST /api/admin/payments/:id/reconcile': (c) => {
        note(find1(c.params.id), 'poll.answered', c.account.id, { source: 'admin' })
        return detail(find1(c.params.id))
      },
      'POST /api/admin/payments/:id/refund': refund,
      'GET /api/admin/gateways': () => ({
        gateways: [
          { gateway: 'sandbox', account: 'test-shop', name: 'Sandbox', test: true, problem: '' },
          { gateway: 'other', account: 'shop_1', name: 'Another bank', test: false, problem: 'did not answer its trial' },
        ],
      }),
    },
  }
}
