import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Credit, Money } from '../api/payments'
import { money, percent } from '../lib/format'
import { tierText } from '../lib/quota'

interface Priced {
  price: Money
  credit: Credit | null
  net: Money
  taxes: Tax[]
  total: Money
}

export interface Tax {
  name: string
  basis_points: number
  amount: Money
}

/** Price, what is left of a lower tier, each tax, total: to the last minor unit. */
export function PriceLines({ of }: { of: Priced }) {
  const { t } = useTranslation()
  const { credit } = of
  return (
    <Lines>
      <Line name={t('Price without tax')}>{exactly(of.price)}</Line>
      {credit && (
        <>
          <Line name={<>{t('Left of {{tier}}', { tier: tierText(credit.tier, t) })} <span className="text-quiet">{t('{{left}} of {{days}} days', { left: credit.unused_days, days: credit.term_days })}</span></>}>
            <span className="text-good">−{exactly(credit.amount)}</span>
          </Line>
          <Line name={t('To pay without tax')}>{exactly(of.net)}</Line>
        </>
      )}
      <TaxLines taxes={of.taxes} />
      <Sum name={t('Total')}>{exactly(of.total)}</Sum>
    </Lines>
  )
}

export const Lines = ({ children }: { children: ReactNode }) => <dl className="grid grid-cols-[1fr_auto] gap-y-2 text-sm">{children}</dl>

export function TaxLines({ taxes }: { taxes: Tax[] }) {
  const { t } = useTranslation()
  if (taxes.length === 0) return <dt className="col-span-2 text-quiet">{t('No tax is added.')}</dt>
  return taxes.map((tax) => <Line key={tax.name} name={<>{tax.name} <span className="text-quiet">{percent(tax.basis_points)}</span></>}>{exactly(tax.amount)}</Line>)
}

export const Line = ({ name, children }: { name: ReactNode; children: ReactNode }) => (
  <div className="contents">
    <dt>{name}</dt>
    <dd className="pl-6 text-right tabular-nums">{children}</dd>
  </div>
)

export const Sum = ({ name, children }: { name: ReactNode; children: ReactNode }) => (
  <div className="contents font-semibold">
    <dt className="border-t border-edge pt-3 text-base">{name}</dt>
    <dd className="border-t border-edge pl-6 pt-3 text-right text-base tabular-nums">{children}</dd>
  </div>
)

export const exactly = (amount: Money) => money(amount.amount_minor, amount.currency, true)
