import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { adminPaymentsQuery } from '../../api/payments'
import { Choice } from '../../components/Choice'
import { Page } from '../../components/Page'
import { PaymentChip } from '../../components/PaymentChip'
import { SolutionName } from '../../components/SolutionName'
import { Empty, Ready } from '../../components/States'
import { moment, money, words } from '../../lib/format'
import { STATES, stateText } from '../../lib/payment'
import { tierText } from '../../lib/quota'
import { Administration } from './Administration'

export default function PaymentsPage() {
  return <Administration><Payments /></Administration>
}

function Payments() {
  const { t } = useTranslation()
  const search = useSearch({ strict: false }) as Record<string, unknown>
  const navigate = useNavigate()
  const state = STATES.find((one) => one === search.state)
  const customer = typeof search.customer_id === 'string' ? search.customer_id : undefined
  const payments = useInfiniteQuery(adminPaymentsQuery(state, customer))
  const show = (wanted: string) => void navigate({ to: '/admin/payments', search: { ...(wanted ? { state: wanted } : {}), ...(customer ? { customer_id: customer } : {}) } })
  return (
    <Page title={t('Payments')} lead={customer && <>{t('Of one customer')}: <Link to="/admin/users/$id" params={{ id: customer }} className="link break-all">{customer}</Link></>}
      aside={<Choice name="state" label={t('State')} placeholder={t('All')} value={state ?? ''} onChange={show} options={STATES.map((one) => [one, stateText(one, t)])} />}>
      <Ready of={payments} data={payments.data}>
        {({ pages }) => {
          const found = pages.flatMap((page) => page.payments)
          return found.length === 0 ? <Empty title={t('No payments')} /> : (
            <div className="card overflow-x-auto py-3" tabIndex={0} role="region" aria-label={t('Payments')}>
              <table className="table">
                <thead><tr>
                  <th scope="col">{t('What')}</th><th scope="col" className="hidden sm:table-cell">{t('Begun')}</th>
                  <th scope="col" className="hidden sm:table-cell">{t('By')}</th><th scope="col" className="number">{t('Total')}</th><th scope="col">{t('State')}</th>
                </tr></thead>
                <tbody>
                  {found.map((payment) => (
                    <tr key={payment.payment_id}>
                      <th scope="row">
                        <Link to="/admin/payments/$id" params={{ id: payment.payment_id }} className="link"><SolutionName id={payment.solution_id} />, {tierText(payment.tier, t)}</Link>
                        <span className="block font-normal text-quiet sm:hidden">{moment(payment.created_at)}</span>
                      </th>
                      <td className="hidden whitespace-nowrap sm:table-cell">{moment(payment.created_at)}</td>
                      <td className="hidden sm:table-cell">{words(payment.gateway)}</td>
                      <td className="number whitespace-nowrap">{money(payment.total.amount_minor, payment.total.currency, true)}</td>
                      <td><PaymentChip state={payment.state} />{payment.failure && <code className="block text-xs">{payment.failure}</code>}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }}
      </Ready>
      {payments.hasNextPage && <button type="button" className="button mt-5" onClick={() => void payments.fetchNextPage()}>{t('Show more')}</button>}
    </Page>
  )
}
