import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client'
import type { Schemas } from '../../api/client'
import { adminPaymentQuery } from '../../api/payments'
import { NotFound } from '../../app/Layout'
import { Submit } from '../../components/Form'
import { GuardedForm } from '../../components/GuardedForm'
import { Page } from '../../components/Page'
import { PaymentChip } from '../../components/PaymentChip'
import { PriceLines } from '../../components/PriceLines'
import { Section } from '../../components/Section'
import { SolutionName } from '../../components/SolutionName'
import { Ready } from '../../components/States'
import { moment, span, words } from '../../lib/format'
import { ask, Problem } from '../../lib/problem'
import { tierText } from '../../lib/quota'
import { Administration } from './Administration'
import { Refunds } from './Refunds'
import { Timeline } from './Timeline'

export default function PaymentPage() {
  return <Administration><Payment /></Administration>
}

function Payment() {
  const { t } = useTranslation()
  const { id = '' } = useParams({ strict: false })
  const client = useQueryClient()
  const detail = useQuery(adminPaymentQuery(id))
  if (detail.error instanceof Problem && detail.error.status === 404) return <NotFound />
  const changed = (now: Schemas['PaymentDetailView']) => {
    client.setQueryData(adminPaymentQuery(id).queryKey, now)
    void client.invalidateQueries({ queryKey: ['admin', 'payments'] })
  }
  return (
    <Ready of={detail} data={detail.data}>
      {({ payment, timeline, refunds }) => (
        <Page title={t('Payment')} lead={<><SolutionName id={payment.solution_id} />, {tierText(payment.tier, t)}<code className="block break-all text-sm">{payment.payment_id}</code></>} aside={<PaymentChip state={payment.state} />}>
          <div className="grid items-start gap-6 lg:grid-cols-[3fr_2fr]">
            <Timeline events={timeline} />
            <div className="space-y-6">
              <Section title={t('What was bought')}>
                <PriceLines of={payment} />
                <Facts payment={payment} />
                <Reconcile id={id} onChange={changed} />
              </Section>
              <Refunds payment={payment} refunds={refunds} onChange={changed} />
            </div>
          </div>
        </Page>
      )}
    </Ready>
  )
}

function Facts({ payment }: { payment: Schemas['AdminPaymentView'] }) {
  const { t } = useTranslation()
  const { buyer } = payment
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-5 gap-y-1.5 border-t border-line pt-4 text-sm">
      {payment.failure && <Fact name={t('Why')}><code>{payment.failure}</code></Fact>}
      <Fact name={t('Customer')}><Link to="/admin/users/$id" params={{ id: payment.customer_id }} className="link break-all">{payment.customer_id}</Link></Fact>
      <Fact name={t('By')}>{[words(payment.gateway), payment.method].filter(Boolean).join(', ')}</Fact>
      <Fact name={t('Account')}><code className="break-all">{payment.account}</code></Fact>
      <Fact name={t('Order there')}>{payment.provider_order_id ? <code className="break-all">{payment.provider_order_id}</code> : '–'}</Fact>
      <Fact name={t('Begun')}>{moment(payment.created_at)}</Fact>
      <Fact name={t('Time until')}>{moment(payment.expires_at)}</Fact>
      {payment.paid_at && <Fact name={t('Paid')}>{moment(payment.paid_at)}</Fact>}
      {payment.invoice_number && <Fact name={t('Invoice')}>{payment.invoice_number}</Fact>}
      {payment.term && <Fact name={t('For')}>{span(payment.term.from, payment.term.until)}</Fact>}
      {payment.credit && <Fact name={t('Credit from')}><Link to="/admin/payments/$id" params={{ id: payment.credit.payment_id }} className="link break-all">{payment.credit.payment_id}</Link></Fact>}
      <Fact name={t('Billed to')}>{[buyer.name, buyer.address, buyer.region, buyer.country, buyer.tax_id].filter(Boolean).join(', ')}</Fact>
    </dl>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return <><dt className="text-quiet">{name}</dt><dd className="min-w-0 break-words">{children}</dd></>
}

function Reconcile({ id, onChange }: { id: string; onChange: (now: Schemas['PaymentDetailView']) => void }) {
  const { t } = useTranslation()
  const [done, setDone] = useState(false)
  return (
    <GuardedForm className="space-y-3" label={t('Ask the payment service now')} onSubmit={async () => {
      setDone(false)
      onChange(await ask(api.POST('/api/admin/payments/{id}/reconcile', { params: { path: { id } } })))
      setDone(true)
    }}>
      <Submit kind="" className="">{t('Ask the payment service now')}</Submit>
      <p role="status" className="text-sm text-good">{done && t('Asked. This is how it stands.')}</p>
    </GuardedForm>
  )
}
