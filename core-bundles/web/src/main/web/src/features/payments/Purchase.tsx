import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client'
import type { Schemas } from '../../api/client'
import type { Holding, Payment } from '../../api/payments'
import { freshKey, holdingsQuery, quoteQuery } from '../../api/payments'
import { heldQuery } from '../../api/queries'
import { Form, Submit } from '../../components/Form'
import { Notice, ProblemNotice } from '../../components/Notice'
import { PriceLines } from '../../components/PriceLines'
import { moment, money, words } from '../../lib/format'
import { ask, Problem } from '../../lib/problem'
import { tierText } from '../../lib/quota'
import { leaveFor } from '../../lib/visit'
import type { Buyer } from './BuyerFields'
import { billed, BuyerFields, mistakes, priceable } from './BuyerFields'
import { ForHowLong } from './ForHowLong'
import { GatewayChoice } from './GatewayChoice'
import { NotNow } from './NotNow'

interface Props {
  solution: Schemas['SolutionDetailView']
  tier: Schemas['TierView']
  holding: Holding | undefined
  /** Open still, and to be paid another way. */
  begun: Payment | undefined
  /** Where the buyer came from and returns to in the end. */
  back: string | undefined
  name: string
  before: Buyer | null
}

const NONE: ReadonlyMap<string, string> = new Map()

/** Who is billed, what it costs, how it is paid, and the one button. */
export function Purchase({ solution, tier, holding, begun, back, name, before }: Props) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [buyer, setBuyer] = useState<Buyer>(before ?? { name, country: 'IN', region: '', tax_id: '', address: '' })
  const [gateway, chooseGateway] = useState<string>()
  // The same purchase tried again is the same purchase, also when an answer got lost or somebody comes back to this page.
  const keys = useRef(new Map<string, string>())
  const { country, region, tax_id } = billed(buyer)
  const quoted = useQuery({ ...quoteQuery(solution.id, tier.tier, { country, region, tax_id }), enabled: priceable(buyer), placeholderData: keepPreviousData })
  const refused = quoted.error instanceof Problem ? quoted.error : undefined
  const offers = quoted.data?.gateways ?? []
  const others = offers.filter((offer) => offer.gateway !== begun?.gateway)
  const chosen = offers.find((offer) => offer.gateway === gateway) ?? others[0] ?? offers[0]
  const wrong = mistakes(buyer)
  const ready = priceable(buyer) && quoted.isSuccess && !quoted.isPlaceholderData && chosen && !wrong.gstin && !wrong.region

  async function begin(return_url: string | undefined): Promise<Schemas['PaymentView']> {
    const body = { solution_id: solution.id, tier: tier.tier, buyer: billed(buyer), gateway: chosen?.gateway, return_url }
    const meaning = JSON.stringify(body)
    const key = keys.current.get(meaning) ?? freshKey()
    keys.current.set(meaning, key)
    const call = { body, params: { header: { 'Idempotency-Key': key } } }
    return (await ask(api.POST('/api/payments/initiate', call))).payment
  }

  async function buy() {
    let payment
    try {
      payment = await begin(back)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      if (error.code === 'conflict') {
        for (const { queryKey } of [heldQuery, holdingsQuery]) void client.invalidateQueries({ queryKey })
        void client.invalidateQueries({ queryKey: ['account', 'quote'] })
      }
      if (!error.fields.has('return_url')) throw error
      payment = await begin(undefined) // the way back was not one of the solution's: its own page will do
    }
    // One that is open already may be with somebody else than was chosen now: that is shown before anybody goes there.
    if (payment.checkout && payment.gateway === chosen?.gateway) leaveFor(payment.checkout.url)
    else await navigate({ to: '/pay/$id', params: { id: payment.payment_id } })
  }

  if (refused?.code === 'conflict') return <NotNow solution={solution} tier={tier.tier} holding={holding} refusal={refused} back={back} />
  return (
    <Form onSubmit={buy} label={t('Buy')} className="grid items-start gap-6 lg:grid-cols-[3fr_2fr]">
      <div className="card space-y-8">
        <BuyerFields buyer={buyer} onChange={setBuyer} wrong={refused?.fields ?? NONE} />
        {begun && quoted.isSuccess && <Begun payment={begun} others={others} />}
        {chosen && <GatewayChoice offers={offers} chosen={chosen.gateway} onChoose={chooseGateway} />}
        {quoted.isSuccess && offers.length === 0 && (
          <Notice tone="warn">{t('There is no way to pay this here at the moment. Write to the operator of this marketplace.')}</Notice>
        )}
      </div>
      <section aria-labelledby="bill" className="card space-y-5 lg:sticky lg:top-6">
        <h2 id="bill">{solution.name}, {tierText(tier.tier, t)}</h2>
        {refused && refused.fields.size === 0 && <ProblemNotice error={refused} />}
        <div aria-live="polite" className="space-y-5">
          {priceable(buyer) && quoted.data ? <><ForHowLong quote={quoted.data.quote} /><PriceLines of={quoted.data.quote} /></> : !refused && (
            <p className="text-sm text-quiet">{priceable(buyer) ? t('Loading…') : t('Choose your state to see the price with tax.')}</p>
          )}
        </div>
        {ready ? (
          <Submit>{t('Pay {{amount}}', { amount: money(quoted.data.quote.total.amount_minor, quoted.data.quote.total.currency, true) })}</Submit>
        ) : <button type="submit" disabled className="button button-primary w-full">{t('Pay')}</button>}
        <p className="text-xs text-quiet">{t('You are charged once. Nothing renews by itself.')}</p>
      </section>
    </Form>
  )
}

function Begun({ payment, others }: { payment: Payment; others: Schemas['OfferView'][] }) {
  const { t } = useTranslation()
  return (
    <Notice role="status">
      {others.length > 0
        ? t('The payment you began at {{gateway}} runs out by itself on {{when}}. If both get paid all the same, the later one goes back by itself.', { gateway: words(payment.gateway), when: moment(payment.expires_at) })
        : t('There is no other way to pay this here at the moment. The payment you began stays open until {{when}}.', { when: moment(payment.expires_at) })}
    </Notice>
  )
}
