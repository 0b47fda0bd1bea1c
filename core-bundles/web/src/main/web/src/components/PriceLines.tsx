import { useTranslation } from 'react-i18next'
import type { Money } from '../api/payments'
import { money, percent } from '../lib/format'

interface Priced {
  net: Money
  taxes: { name: string; basis_points: number; amount: Money }[]
  total: Money
}

/** Net, each tax, total: to the last minor unit. */
export function PriceLines({ of }: { of: Priced }) {
  const { t } = useTranslation()
  return (
    <dl className="grid grid-cols-[1fr_auto] gap-y-2 text-sm">
      <dt>{t('Price without tax')}</dt>
      <dd className="pl-6 text-right tabular-nums">{exactly(of.net)}</dd>
      {of.taxes.map((tax) => (
        <div key={tax.name} className="contents">
          <dt>{tax.name} <span className="text-quiet">{percent(tax.basis_points)}</span></dt>
          <dd className="pl-6 text-right tabular-nums">{exactly(tax.amount)}</dd>
        </div>
      ))}
      {of.taxes.length === 0 && <dt className="col-span-2 text-quiet">{t('No tax is added.')}</dt>}
      <dt className="border-t border-edge pt-3 text-base font-semibold">{t('Total')}</dt>
      <dd className="border-t border-edge pl-6 pt-3 text-right text-base font-semibold tabular-nums">{exactly(of.total)}</dd>
    </dl>
  )
}

const exactly = (amount: Money) => money(amount.amount_minor, amount.currency, true)
