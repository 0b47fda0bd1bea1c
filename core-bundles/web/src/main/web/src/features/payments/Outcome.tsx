import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Payment } from '../../api/payments'
import { solutionQuery } from '../../api/queries'
import { Icon, Mark } from '../../components/Icon'
import { Notice } from '../../components/Notice'
import { Page } from '../../components/Page'
import { day, money, moment } from '../../lib/format'
import { reasonText } from '../../lib/payment'
import { tierText } from '../../lib/quota'
import { webAddress } from '../../lib/visit'
import { Receipt } from './Receipt'

/** How a payment stands, what it means, and where to go from here. */
export function Outcome({ payment, odd }: { payment: Payment; odd: boolean }) {
  const { t } = useTranslation()
  const solution = useQuery(solutionQuery(payment.solution_id))
  const name = solution.data?.name ?? payment.solution_id
  const title = useTitle(payment)
  const home = (payment.return_url && webAddress(payment.return_url)) || solution.data?.page_url
  return (
    <Page title={title} lead={`${name}, ${tierText(payment.tier, t)}`} onPaper={false}>
      <p role="status" className="sr-only">{title}</p>
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <div className="card space-y-5 print:hidden">
          {odd && <Notice tone="warn">{t('What came back from the payment page does not fit this payment. It is checked with the payment service itself.')}</Notice>}
          <State payment={payment} />
          <p className="flex flex-wrap gap-3">
            {payment.state === 'paid' && home && <a href={home} className="button button-primary">{t('Back to {{name}}', { name })} <Icon name="arrow" className="size-4" /></a>}
            {(payment.state === 'failed' || payment.state === 'expired') && <Again payment={payment} />}
            {payment.state !== 'paid' && home && <a href={home} className="button">{t('Back to {{name}}', { name })}</a>}
            <Link to="/account/payments" className="button">{t('All payments')}</Link>
          </p>
        </div>
        <Receipt payment={payment} name={name} />
      </div>
    </Page>
  )
}

function useTitle(payment: Payment): string {
  const { t } = useTranslation()
  switch (payment.state) {
    case 'paid':
      return payment.starts_at && payment.term
        ? t('Paid. {{tier}} goes on until {{day}}.', { tier: tierText(payment.tier, t), day: day(payment.term.until) })
        : t('Paid. {{tier}} is yours.', { tier: tierText(payment.tier, t) })
    case 'failed':
      return t('It was not paid')
    case 'expired':
      return t('The time to pay is over')
    case 'held':
      return t('Your payment is looked at')
    case 'refunded':
      return t('Your money was given back')
    default:
      return t('Waiting for your payment')
  }
}

function State({ payment }: { payment: Payment }) {
  const { t } = useTranslation()
  switch (payment.state) {
    case 'paid':
      return (
        <>
          <p className="flex gap-3 font-semibold text-good"><Icon name="check" />{payment.starts_at ? t('Thank you. Your token and all else stay as they are.') : t('Thank you. It works at once, with the token you have.')}</p>
          {payment.refunded.amount_minor > 0 && <p className="text-sm">{t('{{amount}} of it was given back.', { amount: money(payment.refunded.amount_minor, payment.refunded.currency, true) })}</p>}
        </>
      )
    case 'failed':
    case 'expired':
      return <Text>{reasonText(payment.failure || 'not_paid', t)}</Text>
    case 'held':
      return <Text>{reasonText(payment.failure, t)}</Text>
    case 'refunded':
      return <Text>{t('The whole amount goes back to where it came from. Banks need up to a week to show it. What it paid for has ended.')}</Text>
    default:
      return <Waiting payment={payment} />
  }
}

const Text = ({ children }: { children: ReactNode }) => <p>{children}</p>

function Waiting({ payment }: { payment: Payment }) {
  const { t } = useTranslation()
  const address = payment.checkout && webAddress(payment.checkout.url)
  return (
    <>
      <p className="flex items-center gap-4"><Mark className="size-10 animate-pulse" />{t('As soon as your bank says yes, this page shows it. You can also close it and come back, on any device.')}</p>
      {payment.failure === 'attempt_declined' && <Notice tone="warn" role="status">{t('One try was not carried out. You can try again, with another way to pay if you like.')}</Notice>}
      {address ? (
        <div className="space-y-3">
          <p className="text-sm">{t('Have you not paid yet? There is time until {{when}}.', { when: moment(payment.expires_at) })}</p>
          <p><a href={address} className="button button-primary">{t('To the payment page')}</a></p>
        </div>
      ) : <p className="text-sm text-quiet">{t('The payment page is being prepared.')}</p>}
      <AnotherWay payment={payment} />
    </>
  )
}

/** Whoever does not get on at one provider may choose another; this payment is left to run out. */
function AnotherWay({ payment }: { payment: Payment }) {
  const { t } = useTranslation()
  return (
    <div className="space-y-2 border-t border-line pt-4 text-sm">
      <p><Link to="/upgrade" search={{ ...purchaseOf(payment), instead_of: payment.payment_id }} className="link">{t('Pay another way')}</Link></p>
      <p className="text-quiet">{t('You need not call this payment off: what is not paid runs out by itself.')}</p>
    </div>
  )
}

function Again({ payment }: { payment: Payment }) {
  const { t } = useTranslation()
  return <Link to="/upgrade" search={purchaseOf(payment)} className="button button-primary">{t('Try again')}</Link>
}

const purchaseOf = ({ solution_id, tier, return_url }: Payment) => ({ solution_id, tier, ...(return_url ? { return_url } : {}) })
