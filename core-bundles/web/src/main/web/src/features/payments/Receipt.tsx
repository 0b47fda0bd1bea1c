import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Payment } from '../../api/payments'
import { receiptQuery } from '../../api/payments'
import { CreditNote } from '../../components/CreditNote'
import { BRAND } from '../../components/Page'
import { PaymentChip } from '../../components/PaymentChip'
import { PriceLines } from '../../components/PriceLines'
import { Section } from '../../components/Section'
import { country, money, moment, span, words } from '../../lib/format'
import { stateName } from '../../lib/places'
import { tierText } from '../../lib/quota'

/** What was bought, by whom, for how much; on paper without anything else. */
export function Receipt({ payment, name }: { payment: Payment; name: string }) {
  const { t } = useTranslation()
  const { buyer, refunded } = payment
  const paid = payment.paid_at !== null
  const notes = useQuery({ ...receiptQuery(payment.payment_id, refunded.amount_minor), enabled: refunded.amount_minor > 0 }).data?.credit_notes ?? []
  const place = [buyer.country === 'IN' && buyer.region ? stateName(buyer.region) : '', country(buyer.country)].filter(Boolean).join(', ')
  return (
    <Section title={paid ? t('Receipt') : t('Your order')} chip={<PaymentChip state={payment.state} />}>
      <p className="hidden font-semibold print:block">{BRAND}</p>
      <p>{name}, {tierText(payment.tier, t)} <span className="text-quiet">{{ month: t('a month'), year: t('a year'), once: t('once') }[payment.period]}</span></p>
      <PriceLines of={payment} />
      <dl className="grid grid-cols-[auto_1fr] gap-x-5 gap-y-1.5 border-t border-line pt-4 text-sm">
        {payment.invoice_number && <Fact name={t('Invoice')}><strong className="break-all">{payment.invoice_number}</strong></Fact>}
        {payment.term && <Fact name={t('For')}>{span(payment.term.from, payment.term.until)}</Fact>}
        {payment.paid_at && <Fact name={t('Paid')}>{moment(payment.paid_at)}</Fact>}
        {!paid && <Fact name={t('Begun')}>{moment(payment.created_at)}</Fact>}
        <Fact name={t('By')}>{[words(payment.gateway), payment.method].filter(Boolean).join(', ')}</Fact>
        {refunded.amount_minor > 0 && <Fact name={t('Given back')}>{money(refunded.amount_minor, refunded.currency, true)}</Fact>}
        <Fact name={t('Payment')}><code className="break-all">{payment.payment_id}</code></Fact>
        <Fact name={t('Billed to')}>
          {[buyer.name, buyer.address, place].filter(Boolean).map((line) => <span key={line} className="block break-words">{line}</span>)}
          {buyer.tax_id && <span className="block">GSTIN {buyer.tax_id}</span>}
        </Fact>
      </dl>
      {notes.length > 0 && (
        <div className="space-y-5 border-t border-line pt-4">
          {notes.map((note) => <CreditNote key={note.number} note={note} />)}
        </div>
      )}
      {paid && (
        <div className="flex flex-wrap items-center justify-between gap-3 print:hidden">
          <p className="text-xs text-quiet">{t('This is a receipt. It is not a tax invoice.')}</p>
          <button type="button" className="button button-small" onClick={() => window.print()}>{t('Print')}</button>
        </div>
      )}
      <p className="hidden text-xs print:block">{t('This is a receipt. It is not a tax invoice.')}</p>
    </Section>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return <><dt className="text-quiet">{name}</dt><dd className="min-w-0">{children}</dd></>
}
