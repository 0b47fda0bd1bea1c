// PhonePe's own Node client calls the contract server: what it takes for an answer of PhonePe's is one. Prints what it got as JSON.
// Arguments: address of the server, client id, client secret, file with notifications {username, password, authorization, body, bodyOfRefund}.
const [base, clientId, clientSecret, notificationFile] = process.argv.slice(2)
const { BaseUrl } = require('@phonepe-pg/pg-sdk-node/dist/common/constants/BaseUrl')
for (const key in BaseUrl.SANDBOX) BaseUrl.SANDBOX[key] = base
const { Env, RefundRequest, StandardCheckoutClient, StandardCheckoutPayRequest } = require('@phonepe-pg/pg-sdk-node')

const client = StandardCheckoutClient.getInstance(clientId, clientSecret, 1, Env.SANDBOX, false)
const order = 'referee-order-1'
const pay = (amount, id = order) => client.pay(StandardCheckoutPayRequest.builder().merchantOrderId(id).amount(amount)
  .redirectUrl('https://shop.example.invalid/return').expireAfter(600).message('Pro').build())
const refund = (id, amount) => client.refund(RefundRequest.builder().merchantRefundId(id).originalMerchantOrderId(order)
  .amount(amount).build())
const refusal = async call => {
  try {
    await call()
    return { refused: false }
  } catch (error) {
    return { refused: true, type: error.type ?? error.constructor.name, status: error.httpStatusCode, code: error.code }
  }
}
const buyer = (page, deed) => fetch(page.replace('?', `/${deed}?`), { method: 'POST', redirect: 'manual' })

async function main() {
  const told = {}
  told.opened = await pay(117882)
  told.twice = await refusal(() => pay(117882))
  told.waiting = await client.getOrderStatus(order)
  told.early = await refusal(() => refund('referee-refund-0', 5000))
  await buyer(told.opened.redirectUrl, 'mistype')
  told.returned = (await buyer(told.opened.redirectUrl, 'pay')).headers.get('location')
  told.latest = await client.getOrderStatus(order)
  told.all = await client.getOrderStatus(order, true)
  told.refunded = await refund('referee-refund-1', 5000)
  told.refundTwice = await refusal(() => refund('referee-refund-1', 5000))
  told.refundTooMuch = await refusal(() => refund('referee-refund-2', 117882))
  told.refund = await client.getRefundStatus('referee-refund-1')
  told.unknown = await refusal(() => client.getOrderStatus('referee-order-2'))
  await buyer((await pay(500, 'referee-order-3')).redirectUrl, 'fail')
  told.failed = await client.getOrderStatus('referee-order-3')
  const { username, password, authorization, body, bodyOfRefund } = JSON.parse(require('node:fs').readFileSync(notificationFile, 'utf8'))
  told.callback = client.validateCallback(username, password, authorization, body)
  told.callbackOfRefund = client.validateCallback(username, password, authorization, bodyOfRefund)
  told.forged = await refusal(async () => client.validateCallback(username, password, 'SHA256 ' + authorization, body))
  console.log(JSON.stringify(told))
}

main().catch(error => {
  console.error(error)
  process.exit(1)
})
