import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { fits, settled, start, violations } from './browser.mjs'

let world
let person = 0
before(async () => (world = await start()))
after(() => world.stop())
afterEach(() => assert.deepEqual(world.faults.splice(0), []))

const FINDER = 'aws-solution-finder'
const paymentOf = (page) => /\/(?:provider|pay)\/(pay_\w+)/.exec(page.url())[1]
const kept = (id) => world.site.marketplace.payments.payment(id)

/** Somebody new who is signed in and has the finder as everybody. */
async function buyer(options) {
  const email = `payer${++person}@example.com`
  world.site.marketplace.grant(world.site.marketplace.newAccount(email, 'correct horse', 'Meera'), FINDER)
  const page = await world.open(options)
  await world.signIn(page, email)
  return { page, email }
}

async function buy(page, path = `/upgrade?solution_id=${FINDER}&tier=pro`) {
  await page.goto(path)
  await page.getByLabel('State or union territory').selectOption({ label: 'Maharashtra' })
  await page.getByRole('button', { name: 'Pay ₹' }).click()
  await page.waitForURL('**/provider/**')
  return paymentOf(page)
}

test('signed out, from a limit: sign in, see the price with tax, pay, and go back where it began', async () => {
  const email = `payer${++person}@example.com`
  world.site.marketplace.grant(world.site.marketplace.newAccount(email, 'correct horse', 'Meera'), FINDER)
  const page = await world.open()
  const back = `${world.site.url}/solutions/${FINDER}/search?q=x+y`
  await page.goto(`/upgrade?solution_id=${FINDER}&return_url=${encodeURIComponent(back)}`)
  await page.getByRole('radio', { name: 'Pro' }).check()
  await page.getByText('Sign in, and you see the exact price').waitFor()
  await page.getByRole('main').getByRole('link', { name: 'Sign in' }).click()
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password', { exact: true }).fill('correct horse')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('heading', { name: `AWS Solution Finder, Pro` }).waitFor()

  await page.getByText('Choose your state to see the price with tax.').waitFor()
  assert.ok(await page.getByRole('button', { name: 'Pay', exact: true }).isDisabled())
  await page.getByLabel('State or union territory').selectOption({ label: 'Karnataka' })
  await page.getByText('SGST').waitFor()
  await page.getByLabel('GSTIN').fill('27aapfu0939f1zw')
  await page.getByText('This is not a GSTIN yet.').waitFor()
  assert.ok(await page.getByRole('button', { name: 'Pay', exact: true }).isDisabled())
  assert.deepEqual(await violations(page), [])
  await page.getByLabel('GSTIN').fill('27 aapfu0939f1zv')
  assert.equal(await page.getByLabel('State or union territory').inputValue(), '27', 'a GSTIN says the state')
  await page.getByText('IGST').waitFor()
  await page.getByLabel('State or union territory').selectOption({ label: 'Goa' })
  await page.getByText('The GSTIN is registered in another state.').waitFor()
  await page.getByLabel('State or union territory').selectOption({ label: 'Maharashtra' })
  await page.getByText('Test: no money moves').waitFor()
  await page.getByRole('button', { name: 'Pay ₹1,178.82' }).click()

  await page.waitForURL('**/provider/**')
  const id = paymentOf(page)
  assert.equal(kept(id).view.buyer.tax_id, '27AAPFU0939F1ZV')
  await page.getByRole('link', { name: 'paid' }).click()
  await page.getByRole('heading', { name: 'Paid. Pro is yours.' }).waitFor()
  assert.equal(await page.getByRole('link', { name: 'Back to AWS Solution Finder' }).getAttribute('href'), back)
  await page.goto('/dashboard')
  await page.getByText('Pro', { exact: true }).waitFor()
})

test('what the provider sends along is handed over to the letter, once, and leaves the address', async () => {
  const { page } = await buyer()
  const id = await buy(page)
  await page.goto(`/provider/${id}/open?order=12345678901234567890&plain=1.0&mixed=a%2Bb+c`)
  await page.waitForURL((url) => url.pathname === '/pay/' + id && url.search === '')
  await page.getByRole('heading', { name: 'Waiting for your payment' }).waitFor()
  await page.waitForFunction(() => !document.querySelector('.skeleton'))
  const proof = { order: '12345678901234567890', plain: '1.0', mixed: 'a+b c' }
  assert.deepEqual(kept(id).proofs.filter((one) => Object.keys(one).length > 0), [proof])
  await page.reload()
  await page.getByRole('heading', { name: 'Waiting for your payment' }).waitFor()
  assert.deepEqual(kept(id).proofs.filter((one) => Object.keys(one).length > 0), [proof])
})

test('who waits sees the end by itself, also on another device', async () => {
  const { page, email } = await buyer()
  const id = await buy(page)
  await page.getByRole('link', { name: 'open' }).click()
  await page.getByRole('heading', { name: 'Waiting for your payment' }).waitFor()
  const telephone = await world.open({ viewport: { width: 390, height: 800 } })
  await telephone.goto('/pay/' + id)
  await telephone.waitForURL('**/sign-in?next=*')
  await telephone.getByLabel('E-mail address').fill(email)
  await telephone.getByLabel('Password', { exact: true }).fill('correct horse')
  await telephone.getByRole('button', { name: 'Sign in', exact: true }).click()
  await telephone.getByRole('heading', { name: 'Waiting for your payment' }).waitFor()
  assert.deepEqual(await violations(telephone), [])
  world.site.marketplace.payments.settle(id, 'paid')
  for (const device of [page, telephone]) await device.getByRole('heading', { name: 'Paid. Pro is yours.' }).waitFor()
  await fits(telephone)
})

test('a payment that failed is explained and tried again as another one', async () => {
  const { page } = await buyer()
  const first = await buy(page)
  await page.getByRole('link', { name: 'failed' }).click()
  await page.getByText('Nothing was charged; if an amount is shown as blocked').waitFor()
  await page.getByRole('link', { name: 'Try again' }).click()
  await page.getByRole('button', { name: 'Pay ₹1,178.82' }).click() // the state is remembered from the first time
  await page.waitForURL('**/provider/**')
  assert.notEqual(paymentOf(page), first)
})

test('a purchase whose answer got lost is tried again under the same key', async () => {
  const { page } = await buyer()
  await page.goto(`/upgrade?solution_id=${FINDER}&tier=pro`)
  await page.getByLabel('State or union territory').selectOption({ label: 'Goa' })
  const keys = []
  await page.route('**/api/payments/initiate', async (route) => {
    keys.push(route.request().headers()['idempotency-key'])
    await (keys.length === 1 ? route.abort('connectionreset') : route.continue())
  })
  await page.getByRole('button', { name: 'Pay ₹' }).click()
  await page.getByRole('alert').waitFor()
  await page.getByRole('button', { name: 'Pay ₹' }).click()
  await page.waitForURL('**/provider/**')
  assert.equal(keys[0], keys[1])
})

test('a proof that does not fit is told, and the page goes on waiting', async () => {
  const { page } = await buyer()
  const id = await buy(page)
  await page.goto(`/provider/${id}/open?signature=forged`)
  await page.getByText('does not fit this payment').waitFor()
  world.site.marketplace.payments.settle(id, 'paid')
  await page.getByRole('heading', { name: 'Paid. Pro is yours.' }).waitFor()
})

test('what somebody has is not sold again, and nobody sees payments of others', async () => {
  const { page } = await buyer()
  const id = await buy(page)
  await page.getByRole('link', { name: 'paid' }).click()
  await page.getByRole('heading', { name: 'Paid.' }).waitFor()
  await page.goto(`/upgrade?solution_id=${FINDER}&tier=pro`)
  await page.getByText('Pro is paid until').waitFor()
  assert.equal(await page.getByRole('button', { name: 'Pay' }).count(), 0)
  const { page: other, email } = await buyer()
  const { grant, byEmail } = world.site.marketplace
  grant(byEmail(email), FINDER, 'pro') // by the operator, without an end
  await other.goto(`/upgrade?solution_id=${FINDER}&tier=pro`)
  await other.getByText('You have Pro already.').waitFor()
  assert.equal(await other.getByRole('radio', { name: 'Pro' }).count(), 0)
  await other.goto('/pay/' + id)
  await other.getByRole('heading', { name: 'Nothing is here' }).waitFor()
})

test('the history leads to receipts, and on paper is only the receipt', async () => {
  const { page } = await buyer()
  await buy(page)
  await page.getByRole('link', { name: 'paid' }).click()
  await page.getByRole('link', { name: 'All payments' }).click()
  await page.getByRole('link', { name: 'AWS Solution Finder, Pro' }).click()
  await page.getByRole('heading', { name: 'Receipt' }).waitFor()
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
  assert.ok(await page.getByText('It is not a tax invoice.').last().isVisible())
  for (const hidden of [page.getByRole('banner'), page.getByRole('contentinfo'), page.getByRole('link', { name: 'All payments' })]) assert.equal(await hidden.isVisible(), false)
})

test('an administrator finds a payment, asks the provider, gives a part back and then the rest', async () => {
  const { page: theirs } = await buyer()
  const id = await buy(theirs)
  await theirs.getByRole('link', { name: 'paid' }).click()
  await theirs.getByRole('heading', { name: 'Paid.' }).waitFor()

  const page = await world.open()
  await world.signIn(page, 'admin@example.com', '/admin/payments')
  await page.getByLabel('State', { exact: true }).selectOption('held')
  await page.waitForURL('**/admin/payments?state=held')
  await page.getByText('declined').waitFor({ state: 'detached' })
  await page.goto('/admin/payments/' + id)
  await page.getByRole('button', { name: 'Ask the payment service now' }).click()
  await page.getByText('poll.answered').waitFor()
  await page.getByText('Asked. This is how it stands.').waitFor()

  await page.getByRole('button', { name: 'Give money back' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Amount in INR').fill('2000')
  await dialog.getByText('This is not an amount that can be given back.').waitFor()
  await dialog.getByLabel('Amount in INR').fill('100.5')
  await dialog.getByLabel('Reason').fill('half a month was down')
  await dialog.getByRole('checkbox', { name: 'I give ₹100.50 back.' }).check()
  assert.deepEqual(await violations(page), [])
  await dialog.getByRole('button', { name: 'Give ₹100.50 back' }).click()
  await page.getByText('half a month was down').waitFor()
  assert.equal(kept(id).view.refunded.amount_minor, 10050)

  await page.getByRole('button', { name: 'Give money back' }).click()
  assert.equal(await dialog.getByLabel('Amount in INR').inputValue(), '1078.32')
  await dialog.getByLabel('Reason').fill('the rest')
  await dialog.getByRole('checkbox').check()
  await dialog.getByRole('button', { name: 'Give ₹1,078.32 back' }).click()
  await page.getByRole('button', { name: 'Give money back' }).waitFor({ state: 'detached' })
  assert.equal(kept(id).view.state, 'refunded')
  await theirs.reload()
  await theirs.getByRole('heading', { name: 'Your money was given back' }).waitFor()
  await settled(page)
  assert.deepEqual(await violations(page), [])
})

/** Somebody who paid for Pro of the finder so many days ago. */
async function subscriber(days) {
  const { page, email } = await buyer()
  const { payments, byEmail } = world.site.marketplace
  const account = byEmail(email)
  const id = payments.begin(account, { solution_id: FINDER, tier: 'pro', buyer: { name: 'Meera', country: 'IN', region: '27' } }, email).payment_id
  payments.settle(id, 'paid')
  payments.age(id, days)
  return { page, id, account }
}
const dayOf = (iso) => new Intl.DateTimeFormat('en-IN', { day: 'numeric', month: 'short', year: 'numeric' }).format(new Date(iso))

test('what is left of a lower tier is taken off the price before paying, and stands on the receipt', async () => {
  const { page, id } = await subscriber(20)
  const { term } = kept(id).view
  const days = Math.round((Date.parse(term.until) - Date.parse(term.from)) / 86_400_000)
  await page.goto(`/upgrade?solution_id=${FINDER}`)
  await page.getByText(`Yours until ${dayOf(term.until)}`).waitFor()
  assert.ok(await page.getByRole('radio', { name: 'Enterprise' }).isChecked(), 'the next higher one is proposed')
  const left = days - 21
  await page.getByText(`${left} of ${days} days`).waitFor()
  const credit = Math.floor(99900 * left / days)
  const rupees = (minor) => (minor / 100).toLocaleString('en-IN', { style: 'currency', currency: 'INR' })
  await page.getByText('−' + rupees(credit)).waitFor()
  await page.getByText('Pro ends with it.').waitFor()
  const total = 499900 - credit + Math.round((499900 - credit) * 0.18)
  assert.deepEqual(await violations(page), [])
  await page.getByRole('button', { name: 'Pay ' + rupees(total) }).click()
  await page.waitForURL('**/provider/**')
  assert.equal(kept(paymentOf(page)).view.total.amount_minor, total)
  await page.getByRole('link', { name: 'paid' }).click()
  await page.getByRole('heading', { name: 'Paid. Enterprise is yours.' }).waitFor()
  await page.getByText('−' + rupees(credit)).waitFor()
  await page.getByText(kept(paymentOf(page)).view.invoice_number).waitFor()
})

test('what is paid for is not sold twice, nor a cheaper tier beside it, and why is told in words', async () => {
  const { page, id } = await subscriber(20)
  const { until } = kept(id).view.term
  const from = new Date(Date.parse(until) - 7 * 86_400_000)
  await page.goto(`/upgrade?solution_id=${FINDER}&tier=pro`)
  await page.getByText(`Pro is paid until ${dayOf(until)}. You can renew it from ${dayOf(from)} on.`).waitFor()
  assert.equal(await page.getByRole('alert').count(), 0)
  assert.equal(await page.getByRole('button', { name: 'Pay' }).count(), 0)
  assert.deepEqual(await violations(page), [])
  await page.getByRole('radio', { name: 'Enterprise' }).check()
  await page.getByRole('button', { name: 'Pay ₹' }).click()
  await page.waitForURL('**/provider/**')
  await page.getByRole('link', { name: 'paid' }).click()
  await page.getByRole('heading', { name: 'Paid.' }).waitFor()
  const { term } = kept(paymentOf(page)).view
  await page.goto(`/upgrade?solution_id=${FINDER}&tier=pro`)
  await page.getByText(`Enterprise is paid until ${dayOf(term.until)}. After that you can buy Pro.`).waitFor()
})

test('a term that ends soon is renewed from the dashboard and the list, and goes on where it ended', async () => {
  const { page, id } = await subscriber(27)
  const { until } = kept(id).view.term
  for (const path of ['/', `/catalogue/${FINDER}`, '/dashboard']) {
    await page.goto(path)
    await page.getByText(`Pro until ${dayOf(until)}`).waitFor()
    await page.getByText('Renewed before that, it goes on from there.').waitFor()
  }
  await page.getByRole('link', { name: 'Renew AWS Solution Finder' }).click()
  await page.getByText('The next term: ').waitFor()
  await page.getByText(dayOf(until)).last().waitFor()
  await page.getByRole('button', { name: 'Pay ₹1,178.82' }).click()
  await page.waitForURL('**/provider/**')
  await page.getByRole('link', { name: 'paid' }).click()
  await page.waitForURL('**/pay/**')
  const next = kept(paymentOf(page)).view.term
  assert.equal(next.from, until)
  await page.getByRole('heading', { name: `Paid. Pro goes on until ${dayOf(next.until)}.` }).waitFor()
  await page.goto('/dashboard')
  await page.getByText(`Pro until ${dayOf(next.until)}`).waitFor()
  assert.equal(await page.getByRole('link', { name: 'Renew AWS Solution Finder' }).count(), 0)
})

test('nobody is reminded of a term that has weeks to go', async () => {
  const { page, id } = await subscriber(3)
  await page.goto('/dashboard')
  await page.getByText(`Pro until ${dayOf(kept(id).view.term.until)}`).waitFor()
  assert.equal(await page.getByText('It ends').count(), 0)
  assert.equal(await page.getByRole('link', { name: 'Renew' }).count(), 0)
})

test('who does not get on at one provider pays at another, by keyboard, and the first payment is left alone', async () => {
  const { page } = await buyer()
  const first = await buy(page)
  await page.getByRole('link', { name: 'open' }).click()
  await page.getByText('what is not paid runs out by itself').waitFor()
  await page.getByRole('link', { name: 'Pay another way' }).focus()
  await page.keyboard.press('Enter')
  await page.getByText('If both get paid all the same, the later one goes back by itself.').waitFor()
  assert.ok(await page.getByRole('radio', { name: 'Another bank' }).isChecked(), 'another one than before is proposed')
  assert.deepEqual(await violations(page), [])
  await page.getByRole('button', { name: 'Pay ₹1,178.82' }).focus()
  await page.keyboard.press('Enter')
  await page.waitForURL('**/provider/**')
  assert.notEqual(paymentOf(page), first)
  assert.equal(kept(paymentOf(page)).view.gateway, 'other')
  await page.getByRole('link', { name: 'paid' }).click()
  await page.getByRole('heading', { name: 'Paid. Pro is yours.' }).waitFor()
  assert.equal(kept(first).view.state, 'open')
})

test('what was given back stands on the receipt and in the books with its credit notes, on paper too', async () => {
  const page = await world.open()
  await world.signIn(page, 'user@example.com')
  const { view, refunds } = kept(world.payments.paid)
  await page.goto('/account/payments')
  await page.getByRole('cell', { name: view.invoice_number }).waitFor()
  await page.goto('/pay/' + world.payments.paid)
  const notes = refunds.map((one) => one.credit_note)
  assert.equal(notes.length, 2)
  for (const media of ['screen', 'print']) {
    await page.emulateMedia({ media })
    for (const { number } of notes) {
      const note = page.getByRole('region', { name: `Credit note ${number}` })
      await note.getByText(`To invoice ${view.invoice_number}`).waitFor()
      await note.getByText('CGST').waitFor()
    }
    await page.getByText('₹84.74').waitFor() // ₹100.00 = 84.74 + 7.63 + 7.63
  }
  assert.equal(await page.getByRole('heading', { level: 1 }).count(), 0, 'the heading is for the screen')
  const pdf = await page.pdf({ format: 'A4' })
  assert.equal(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g).length, 1, 'one sheet')

  const admin = await world.open()
  await world.signIn(admin, 'admin@example.com', '/admin/payments/' + world.payments.paid)
  await admin.getByText(view.invoice_number).first().waitFor()
  for (const { number } of notes) await admin.getByRole('region', { name: `Credit note ${number}` }).getByText('SGST').waitFor()
})
