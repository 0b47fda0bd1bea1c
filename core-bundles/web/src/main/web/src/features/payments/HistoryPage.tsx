import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { historyQuery } from '../../api/payments'
import { Page } from '../../components/Page'
import { PaymentChip } from '../../components/PaymentChip'
import { SignedIn } from '../../components/SignedIn'
import { SolutionName } from '../../components/SolutionName'
import { Empty, Ready } from '../../components/States'
import { day, money } from '../../lib/format'
import { tierText } from '../../lib/quota'

export default function HistoryPage() {
  return <SignedIn>{() => <History />}</SignedIn>
}

function History() {
  const { t } = useTranslation()
  const history = useInfiniteQuery(historyQuery)
  return (
    <Page title={t('Payments')} lead={t('What you paid for, with a receipt for each.')}>
      <Ready of={history} data={history.data}>
        {({ pages }) => {
          const payments = pages.flatMap((page) => page.payments)
          return payments.length === 0 ? (
            <Empty title={t('Nothing paid yet')}><p>{t('What you buy appears here.')}</p></Empty>
          ) : (
            <div className="card overflow-x-auto py-3" tabIndex={0} role="region" aria-label={t('Payments')}>
              <table className="table">
                <thead><tr>
                  <th scope="col">{t('What')}</th><th scope="col" className="hidden sm:table-cell">{t('Day')}</th><th scope="col" className="hidden sm:table-cell">{t('Invoice')}</th>
                  <th scope="col" className="number">{t('Total')}</th><th scope="col">{t('State')}</th>
                </tr></thead>
                <tbody>
                  {payments.map((payment) => (
                    <tr key={payment.payment_id}>
                      <th scope="row">
                        <Link to="/pay/$id" params={{ id: payment.payment_id }} className="link"><SolutionName id={payment.solution_id} />, {tierText(payment.tier, t)}</Link>
                        <span className="block font-normal text-quiet sm:hidden">{day(payment.paid_at ?? payment.created_at)}</span>
                        {payment.invoice_number && <span className="block whitespace-nowrap text-xs font-normal text-quiet sm:hidden">{payment.invoice_number}</span>}
                      </th>
                      <td className="hidden whitespace-nowrap sm:table-cell">{day(payment.paid_at ?? payment.created_at)}</td>
                      <td className="hidden whitespace-nowrap sm:table-cell">{payment.invoice_number ?? '–'}</td>
                      <td className="number whitespace-nowrap">{money(payment.total.amount_minor, payment.total.currency, true)}</td>
                      <td><PaymentChip state={payment.state} /></td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }}
      </Ready>
      {history.hasNextPage && <button type="button" className="button mt-5" onClick={() => void history.fetchNextPage()}>{t('Show more')}</button>}
    </Page>
  )
}
