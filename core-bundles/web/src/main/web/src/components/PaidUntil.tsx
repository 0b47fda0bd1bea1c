import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Holding } from '../api/payments'
import { day, relative } from '../lib/format'
import { tierText } from '../lib/quota'
import { endsSoon, reached } from '../lib/term'

/** Until when something is paid for, and the way to the next term as soon as there is one. */
export function PaidUntil({ holding, name }: { holding: Holding; name: string }) {
  const { t } = useTranslation()
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 text-sm">
      <div className="min-w-44 flex-1">
        <p>{t('{{tier}} until {{day}}', { tier: tierText(holding.tier, t), day: day(holding.until) })}</p>
        {endsSoon(holding.until) && <p className="text-quiet">{t('It ends {{when}}. Renewed before that, it goes on from there.', { when: relative(holding.until) })}</p>}
      </div>
      <Renew holding={holding} name={name} />
    </div>
  )
}

export function Renew({ holding, name }: { holding: Holding; name: string }) {
  const { t } = useTranslation()
  if (!reached(holding.renewable_from)) return null
  return (
    <Link to="/upgrade" search={{ solution_id: holding.solution_id, tier: holding.tier }} className="button button-small">
      {t('Renew')} <span className="sr-only">{name}</span>
    </Link>
  )
}
