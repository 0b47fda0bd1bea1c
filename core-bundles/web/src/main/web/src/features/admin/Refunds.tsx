import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client'
import type { Schemas } from '../../api/client'
import { freshKey } from '../../api/payments'
import { CreditNote } from '../../components/CreditNote'
import { Dialog } from '../../components/Dialog'
import { Field, Submit } from '../../components/Form'
import { GuardedForm } from '../../components/GuardedForm'
import { Section } from '../../components/Section'
import { minorOf, moment, money, typedOf } from '../../lib/format'
import { ask } from '../../lib/problem'

interface Props {
  payment: Schemas['AdminPaymentView']
  refunds: Schemas['RefundView'][]
  onChange: (now: Schemas['PaymentDetailView']) => void
}

/** What went back, and giving more back. */
export function Refunds({ payment, refunds, onChange }: Props) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const states = { pending: t('On its way'), processed: t('Given back'), failed: t('Did not work') }
  const reserved = refunds.filter((refund) => refund.state !== 'failed').reduce((sum, refund) => sum + refund.amount.amount_minor, 0)
  const left = payment.total.amount_minor - reserved
  const possible = (payment.state === 'paid' || payment.state === 'held') && left > 0
  return (
    <Section title={t('Given back')}>
      {refunds.length === 0 && <p className="text-sm text-quiet">{t('Nothing was given back.')}</p>}
      <ul className="divide-y divide-line">
        {refunds.map((refund) => (
          <li key={refund.refund_id} className="space-y-1 py-3 text-sm">
            <p className="flex justify-between gap-3">
              <strong className="tabular-nums">{money(refund.amount.amount_minor, refund.amount.currency, true)}</strong>
              <span className={`chip ${refund.state === 'failed' ? 'chip-bad' : refund.state === 'processed' ? 'chip-good' : 'chip-warn'}`}>{states[refund.state]}</span>
            </p>
            <p className="break-words">{refund.reason}</p>
            <p className="break-all text-quiet">{refund.actor}, {moment(refund.created_at)}</p>
            {refund.credit_note && <div className="pt-3"><CreditNote note={refund.credit_note} /></div>}
          </li>
        ))}
      </ul>
      {possible && <button type="button" className="button button-danger" onClick={() => setOpen(true)}>{t('Give money back')}</button>}
      {open && <GiveBack payment={payment} left={left} onClose={() => setOpen(false)} onChange={onChange} />}
    </Section>
  )
}

function GiveBack({ payment, left, onClose, onChange }: { payment: Schemas['AdminPaymentView']; left: number; onClose: () => void; onChange: Props['onChange'] }) {
  const { t } = useTranslation()
  const { currency } = payment.total
  const [typed, setTyped] = useState(typedOf(left, currency))
  const [key] = useState(freshKey) // tried again, it is the same refund
  const minor = minorOf(typed, currency)
  const good = minor !== undefined && minor > 0 && (payment.state === 'held' || minor <= left)
  const amount = good ? money(minor, currency, true) : ''
  return (
    <Dialog title={t('Give money back')} onClose={onClose}>
      <GuardedForm label={t('Give money back')} onSubmit={async ({ reason = '' }) => {
        if (!good) return
        // All of it is asked for as that, so that nothing is left because of a rounding anywhere.
        const body = { reason: reason.trim(), ...(minor === left ? {} : { amount_minor: minor }) }
        onChange(await ask(api.POST('/api/admin/payments/{id}/refund', { params: { path: { id: payment.payment_id }, header: { 'Idempotency-Key': key } }, body })))
        onClose()
      }}>
        <Field name="amount" label={t('Amount in {{currency}}', { currency })} inputMode="decimal" autoComplete="off" required value={typed}
          onChange={(event) => setTyped(event.target.value)} hint={t('At most {{amount}}. With the last of it the tier ends.', { amount: money(left, currency, true) })}
          wrong={good ? undefined : t('This is not an amount that can be given back.')} />
        <Field name="reason" label={t('Reason')} required maxLength={200} hint={t('It is recorded with your name.')} />
        <label className="flex items-start gap-3 text-sm">
          <input type="checkbox" required className="mt-1 size-4 accent-(--accent)" />
          {t('I give {{amount}} back. It cannot be taken back.', { amount })}
        </label>
        <Submit kind="button-danger">{t('Give {{amount}} back', { amount })}</Submit>
      </GuardedForm>
    </Dialog>
  )
}
