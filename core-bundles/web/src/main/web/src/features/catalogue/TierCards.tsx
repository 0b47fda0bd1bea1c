import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../api/client'
import type { Holding } from '../../api/payments'
import { PaidUntil } from '../../components/PaidUntil'
import { TierLimits } from '../../components/TierLimits'
import { money } from '../../lib/format'
import { tierText } from '../../lib/quota'

type Tier = Schemas['TierView']

/** What each tier allows and costs, the lowest first; the customer's own stands out. */
export function TierCards({ solution, current, holding }: { solution: Schemas['SolutionDetailView']; current: string | undefined; holding: Holding | undefined }) {
  const at = solution.tiers.findIndex((tier) => tier.tier === current)
  return (
    <ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-[repeat(auto-fit,minmax(14rem,1fr))]">
      {solution.tiers.map((tier, index) => (
        <li key={tier.tier} className={`card flex flex-col gap-4 ${tier.tier === current ? 'border-2 border-accent' : ''}`}>
          <TierHead tier={tier} current={tier.tier === current} />
          <TierLimits tier={tier} />
          {holding?.tier === tier.tier && <PaidUntil holding={holding} name={solution.name} />}
          <Way solution={solution} tier={tier} current={current} higher={index > at} />
        </li>
      ))}
    </ul>
  )
}

function TierHead({ tier, current }: { tier: Tier; current: boolean }) {
  const { t } = useTranslation()
  const period = tier.price && { month: t('a month'), year: t('a year'), once: t('once') }[tier.price.period]
  const free = tier.tier === 'anonymous' || tier.tier === 'registered'
  return (
    <div>
      <div className="flex items-center justify-between gap-2">
        <h3>{tierText(tier.tier, t)}</h3>
        {current && <span className="chip chip-accent">{t('Yours')}</span>}
      </div>
      <p className="mt-2 font-display text-2xl font-semibold tabular-nums">
        {tier.price ? money(tier.price.amount_minor, tier.price.currency) : free ? t('Free') : t('On request')}
        {period && <span className="ml-1.5 font-sans text-sm font-normal text-quiet">{period}</span>}
      </p>
      {tier.price && <p className="text-xs text-quiet">{t('without tax')}</p>}
    </div>
  )
}

function Way({ solution, tier, current, higher }: { solution: Schemas['SolutionDetailView']; tier: Tier; current: string | undefined; higher: boolean }) {
  const { t } = useTranslation()
  if (tier.tier === current || !higher) return null
  if (tier.tier === 'anonymous') {
    return solution.available ? <a href={solution.page_url} className="button">{t('Try it')}</a> : null
  }
  // Registering gives the lowest tier with an account; the ones above are reached from there.
  return current || solution.tiers.find((one) => one.tier !== 'anonymous') !== tier
    ? <Link to="/upgrade" search={{ solution_id: solution.id, tier: tier.tier }} className={`button ${tier.price ? 'button-primary' : ''}`}>{tier.price ? t('Upgrade') : t('How to get it')}</Link>
    : <Link to="/register" search={{ solution_id: solution.id }} className="button button-primary">{t('Register')}</Link>
}
