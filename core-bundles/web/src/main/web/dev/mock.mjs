// A stand-in for the marketplace's HTTP contract, state in memory: for development of the pages and their tests only.
// Passwords are compared as they are, codes are fixed. Nothing of this is part of the bundle.
import { randomBytes } from 'node:crypto'
import { find, solutions, usageOf } from './data.mjs'
import { paymentRoutes } from './payments.mjs'

export const CODE = 'NEST-4271'
const id = (prefix) => prefix + randomBytes(8).toString('hex')
const now = () => new Date().toISOString()
const later = (ms) => new Date(Date.now() + ms).toISOString()

class Refusal extends Error {
  constructor(status, code, detail, field) {
    super(detail)
    Object.assign(this, { status, code, field })
  }
}

export function newMarketplace() {
  const accounts = new Map()
  const sessions = new Map()
  const pending = new Map()
  const tickets = new Map()
  let setupOpen = true
  const providers = []

  const view = ({ password, held, keys, passkeys, secret, ...account }) => ({ ...account, password_set: !!password, second_factor: !!secret })
  const byEmail = (email) => [...accounts.values()].find((account) => account.email === email)

  function newAccount(email, password, name = '', language = 'en', roles = ['customer']) {
    const account = { id: id('cus_'), email, password, name, language, roles, suspended: false, created_at: now(), held: [], keys: [], passkeys: [], secret: null }
    accounts.set(account.id, account)
    return account
  }
  function newSession(account, context, impersonator = null) {
    const secret = id('s')
    sessions.set(secret, { id: id('ses_'), secret, account, impersonator, method: 'password', created_at: now(), proved_at: now(), used_at: now(), expires_at: later(30 * 86_400_000), device: 'Chromium on Linux', place: { country: 'IN', city: 'Pune' } })
    context.cookies.push(`marketplace_session=${secret}; Path=/; HttpOnly; SameSite=Lax`)
    return secret
  }
  const sessionView = (session, current) => {
    const { secret, account, impersonator, ...rest } = session
    return { ...rest, current: secret === current }
  }
  function grant(account, solutionId, tier = 'registered') {
    if (!find(solutionId)) throw new Refusal(404, 'solution-unknown', 'There is no such solution.')
    let one = account.held.find((held) => held.solution_id === solutionId)
    if (!one) account.held.push((one = { solution_id: solutionId, used: {}, since: now(), token: { token: 'tok_' + randomBytes(12).toString('hex'), created_at: now() } }))
    one.access_tier = tier
    return one
  }
  const hint = (secret) => secret.slice(0, 8) + '…' + secret.slice(-4)
  function heldView(one) {
    const solution = find(one.solution_id)
    const tier = solution.tiers.find((t) => t.tier === one.access_tier)
    const quotas = tier.limits.map(({ action, window, limit }) => {
      const used = one.used[action] ?? 0
      return limit < 0 ? { action, unlimited: true, remaining: -1, windows: [] }
        : { action, unlimited: false, remaining: limit - used, windows: [{ window, limit, used, remaining: limit - used, resets_at: window === 'lifetime' ? null : later(5 * 3_600_000) }] }
    })
    return {
      solution_id: one.solution_id, name: solution.name, access_tier: one.access_tier, status: 'active', since: one.since, valid_until: null,
      available: solution.available, page_url: solution.page_url, quotas,
      token: one.token && { hint: hint(one.token.token), created_at: one.token.created_at, expires_at: null },
      upgrade_url: solution.tiers.at(-1).tier === one.access_tier ? null : `/upgrade?solution_id=${one.solution_id}`,
    }
  }
  const issue = (account, { solution_id, name, actions = [], expires_at = null }) => {
    const secret = 'cnk_' + randomBytes(19).toString('hex')
    const api_key = { id: id('key_'), solution_id, name, hint: hint(secret), actions, created_at: now(), expires_at, used_at: null, revoked_at: null }
    account.keys.unshift(api_key)
    return { api_key, secret }
  }
  const strong = (password, field = 'password') => {
    if (!password || password.length < 10 || password === 'password123') throw new Refusal(422, 'invalid-field', 'too weak', field)
  }
  const depart = (account, visit) => {
    grant(account, visit.solution_id, account.held.find((h) => h.solution_id === visit.solution_id)?.access_tier)
    const back = new URL(visit.return_url ?? find(visit.solution_id).page_url, 'http://own')
    back.hash = 'marketplace_code=' + id('c')
    return { return_to: back.host === 'own' ? back.pathname + back.search + back.hash : back.href }
  }
  const signedIn = (account, context) => {
    if (account.suspended) throw new Refusal(403, 'not-allowed', 'This account is suspended.')
    newSession(account, context)
    return { status: 'signed_in', account: view(account) }
  }

  const open = {
    'GET /api/solutions': ({ query }) => ({ solutions: solutions.filter((one) => JSON.stringify(one).toLowerCase().includes((query.get('query') ?? '').toLowerCase())), next_cursor: null }),
    'GET /api/solutions/:id': ({ params }) => find(params.id) ?? fail(404, 'solution-unknown', 'There is no such solution.'),
    'GET /api/auth/providers': () => ({ providers }),
    'GET /api/setup': () => ({ open: setupOpen }),
    'POST /api/setup': (c) => {
      if (c.body.code !== CODE) fail(410, 'code-invalid', 'The code is not good.')
      strong(c.body.password)
      setupOpen = false
      const account = newAccount(c.body.email, c.body.password, c.body.name, 'en', ['customer', 'admin'])
      newSession(account, c)
      return { account: view(account), next: null }
    },
    'POST /api/auth/sign-up': (c) => {
      if (c.body.return_url && !/^(https:\/\/example\.com|\/)/.test(c.body.return_url)) fail(422, 'invalid-field', 'This address is not registered.', 'return_url')
      strong(c.body.password)
      const secret = id('p')
      pending.set(secret, c.body)
      c.cookies.push(`marketplace_pending=${secret}; Path=/; HttpOnly; SameSite=Lax`)
      c.status = 202
      return { status: 'mail_sent' }
    },
    'POST /api/auth/sign-up/resend': (c) => void (c.status = 202),
    'POST /api/auth/sign-up/confirm': (c) => {
      const begun = pending.get(c.cookie('marketplace_pending')) ?? [...pending.values()].find((one) => one.password === c.body.password)
      if (!begun || c.body.code !== CODE) fail(410, 'code-invalid', 'The code is not good.')
      const account = byEmail(begun.email) ?? newAccount(begun.email, begun.password, begun.name, begun.language)
      newSession(account, c)
      return { account: view(account), next: begun.solution_id ? depart(account, begun) : null }
    },
    'POST /api/auth/sign-in': (c) => {
      const account = byEmail(c.body.email)
      if (!account || account.password !== c.body.password) fail(401, 'sign-in-refused', 'Not these.')
      if (!account.secret) return signedIn(account, c)
      const ticket = id('t')
      tickets.set(ticket, account)
      return { status: 'second_factor', ticket, factors: ['authenticator', 'recovery_code'] }
    },
    'POST /api/auth/sign-in/code': (c) => {
      const account = tickets.get(c.body.ticket) ?? fail(410, 'code-invalid', 'Begin again.')
      return c.body.code === '123456' ? signedIn(account, c) : fail(401, 'sign-in-refused', 'Not this.')
    },
    'POST /api/auth/passkey/options': (c) => {
      const ticket = id('w')
      return { ticket, options: { challenge: randomBytes(32).toString('base64url'), rpId: c.host, userVerification: 'required', allowCredentials: [] } }
    },
    'POST /api/auth/passkey': (c) => {
      const account = [...accounts.values()].find((one) => one.passkeys.some((key) => key.credential === c.body.credential.id))
      return account ? signedIn(account, c) : fail(401, 'sign-in-refused', 'Unknown passkey.')
    },
    'POST /api/auth/password/forgot': (c) => void (c.status = 202),
    'POST /api/auth/password/reset': (c) => {
      if (c.body.code !== CODE) fail(410, 'code-invalid', 'The code is not good.')
      strong(c.body.password)
    },
    'POST /api/auth/sign-out': (c) => void sessions.delete(c.cookie('marketplace_session')),
  }
  const own = {
    'GET /api/account': (c) => ({ account: view(c.account), session: sessionView(c.session, c.session.secret), impersonator: c.session.impersonator?.view ?? null }),
    'PATCH /api/account': (c) => view(Object.assign(c.account, c.body)),
    'DELETE /api/account': (c) => void (accounts.delete(c.account.id), sessions.delete(c.session.secret)),
    'POST /api/account/prove': (c) => void (c.body.password === c.account.password || fail(401, 'sign-in-refused', 'Not this.')),
    'POST /api/account/password': (c) => {
      if (c.account.password && c.body.current !== c.account.password) fail(401, 'sign-in-refused', 'Not this.')
      strong(c.body.replacement, 'replacement')
      c.account.password = c.body.replacement
    },
    'GET /api/account/export': (c) => view(c.account),
    'GET /api/account/sessions': (c) => ({ sessions: [...sessions.values()].filter((one) => one.account === c.account).map((one) => sessionView(one, c.session.secret)) }),
    'DELETE /api/account/sessions': (c) => sessions.forEach((one) => one.account === c.account && one !== c.session && sessions.delete(one.secret)),
    'DELETE /api/account/sessions/:id': (c) => sessions.forEach((one) => one.id === c.params.id && sessions.delete(one.secret)),
    'POST /api/account/authenticator': () => ({ secret: 'JBSWY3DPEHPK3PXP', uri: 'otpauth://totp/CloudNestle?secret=JBSWY3DPEHPK3PXP&issuer=CloudNestle' }),
    'POST /api/account/authenticator/confirm': (c) => {
      if (c.body.code !== '123456') fail(422, 'invalid-field', 'wrong code', 'code')
      c.account.secret = 'on'
      return { recovery_codes: recovery() }
    },
    'POST /api/account/authenticator/recovery-codes': () => ({ recovery_codes: recovery() }),
    'DELETE /api/account/authenticator': (c) => void (c.account.secret = null),
    'GET /api/account/passkeys': (c) => ({ passkeys: c.account.passkeys.map(({ credential, ...key }) => key) }),
    'POST /api/account/passkeys/options': (c) => ({
      ticket: id('w'),
      options: {
        challenge: randomBytes(32).toString('base64url'), rp: { id: c.host, name: 'CloudNestle' },
        user: { id: Buffer.from(c.account.id).toString('base64url'), name: c.account.email, displayName: c.account.name },
        pubKeyCredParams: [{ type: 'public-key', alg: -7 }, { type: 'public-key', alg: -257 }],
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' }, excludeCredentials: [],
      },
    }),
    'POST /api/account/passkeys': (c) => {
      const passkey = { id: id('psk_'), name: c.body.name, created_at: now(), used_at: null }
      c.account.passkeys.push({ ...passkey, credential: c.body.credential.id })
      c.status = 201
      return passkey
    },
    'DELETE /api/account/passkeys/:id': (c) => void (c.account.passkeys = c.account.passkeys.filter((key) => key.id !== c.params.id)),
    'GET /api/account/identities': () => ({ identities: [] }),
    'GET /api/account/solutions': (c) => ({ solutions: c.account.held.map(heldView) }),
    'GET /api/account/usage': (c) => ({ from: c.query.get('from'), to: c.query.get('to'), usage: usageOf(c.account.held, c.query.get('from'), c.query.get('to')) }),
    'POST /api/account/solutions/:id/token': (c) => tokenView(ownHeld(c)),
    'POST /api/account/solutions/:id/token/rotate': (c) => tokenView(ownHeld(c), true),
    'DELETE /api/account/solutions/:id/token': (c) => void (ownHeld(c).token = null),
    'GET /api/account/api-keys': (c) => ({ api_keys: c.account.keys }),
    'POST /api/account/api-keys': (c) => {
      c.status = 201
      return issue(c.account, c.body)
    },
    'POST /api/account/api-keys/:id/rotate': (c) => {
      const before = c.account.keys.find((key) => key.id === c.params.id)
      before.expires_at = later(c.body.grace_days * 86_400_000)
      return issue(c.account, { ...before, expires_at: null })
    },
    'DELETE /api/account/api-keys/:id': (c) => void (c.account.keys.find((key) => key.id === c.params.id).revoked_at = now()),
    'POST /api/registrations': (c) => depart(c.account, c.body),
    'DELETE /api/admin/impersonation': (c) => {
      const back = c.session.impersonator?.secret
      sessions.delete(c.session.secret)
      c.cookies.push(`marketplace_session=${back}; Path=/; HttpOnly; SameSite=Lax`)
    },
  }
  const admin = {
    'GET /api/admin/users': (c) => ({ users: [...accounts.values()].filter((a) => a.email.startsWith(c.query.get('query') ?? '')).map(view), next_cursor: null }),
    'GET /api/admin/users/:id': (c) => ({ account: view(user(c)), sessions: [...sessions.values()].filter((one) => one.account === user(c)).map((one) => sessionView(one)), solutions: user(c).held.map(heldView) }),
    'PUT /api/admin/users/:id/roles': (c) => view(Object.assign(user(c), { roles: c.body.roles })),
    'PUT /api/admin/users/:id/status': (c) => view(Object.assign(user(c), { suspended: c.body.suspended })),
    'POST /api/admin/users/:id/impersonate': (c) => void newSession(user(c), c, { secret: c.session.secret, view: { account_id: c.account.id, reason: c.body.reason } }),
    'PUT /api/user-tier': (c) => heldView(grant(accounts.get(c.body.customer_id), c.body.solution_id, c.body.access_tier)),
    'POST /api/reset-quota': (c) => heldView(Object.assign(accounts.get(c.body.customer_id).held.find((h) => h.solution_id === c.body.solution_id), { used: {} })),
  }
  const user = (c) => accounts.get(c.params.id) ?? fail(404, 'customer-unknown', 'There is no such customer.')
  const ownHeld = (c) => c.account.held.find((one) => one.solution_id === c.params.id) ?? fail(404, 'entitlement-unknown', 'You do not have this.')
  const tokenView = (one, fresh = false) => {
    if (fresh || !one.token) one.token = { token: 'tok_' + randomBytes(12).toString('hex'), created_at: now() }
    return { ...one.token, hint: hint(one.token.token), expires_at: null }
  }
  const recovery = () => Array.from({ length: 10 }, () => randomBytes(5).toString('hex').replace(/(.{5})/, '$1-'))
  const payments = paymentRoutes({ find, grant, fail, now, later })
  const routes = [[open, 0], [own, 1], [payments.own, 1], [admin, 2], [payments.admin, 2]].flatMap(([table, level]) => Object.entries(table).map(([key, act]) => {
    const [method, path] = key.split(' ')
    return { method, level, act, pattern: new RegExp('^' + path.replace(/:(\w+)/g, '(?<$1>[^/]+)') + '$') }
  }))

  /** Answers one call of the contract. */
  function answer(context) {
    const route = routes.find((one) => one.method === context.method && one.pattern.test(context.path))
    try {
      if (!route) fail(404, 'not-found', 'Nothing is here.')
      context.params = route.pattern.exec(context.path).groups ?? {}
      context.session = sessions.get(context.cookie('marketplace_session'))
      context.account = context.session?.account
      if (route.level > 0 && !context.account) fail(401, 'credentials-missing', 'Sign in first.')
      if (route.level > 1 && !context.account.roles.includes('admin')) fail(403, 'not-allowed', 'For administrators.')
      context.status = 200
      const body = route.act(context)
      return { status: body === undefined && context.status === 200 ? 204 : context.status, body }
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal
      const { status, code, message, field } = refusal
      return { status, problem: true, body: { type: '/problems/' + code, title: code, status, code, detail: message, instance: id('req_'), ...(field ? { errors: [{ field, message }] } : {}) } }
    }
  }
  return { answer, newAccount, grant, issue, byEmail, providers, payments }
}

function fail(status, code, detail, field) {
  throw new Refusal(status, code, detail, field)
}
