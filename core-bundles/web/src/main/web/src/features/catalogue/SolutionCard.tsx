import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../api/client'
import type { Holding } from '../../api/payments'
import { Icon } from '../../components/Icon'
import { PaidUntil } from '../../components/PaidUntil'

export function SolutionCard({ solution, holding }: { solution: Schemas['SolutionView']; holding: Holding | undefined }) {
  const { t } = useTranslation()
  return (
    <li className="card flex flex-col gap-3">
      <div className="flex items-start justify-between gap-3">
        <div>
          <h2><Link to="/catalogue/$id" params={{ id: solution.id }} className="hover:underline">{solution.name}</Link></h2>
          {solution.category && <p className="mt-0.5 text-xs font-semibold text-quiet">{solution.category}</p>}
        </div>
        {!solution.available && <span className="chip chip-warn shrink-0">{t('Paused')}</span>}
      </div>
      <p className="flex-1 text-quiet">{solution.summary}</p>
      {holding && <div className="border-t border-line pt-3"><PaidUntil holding={holding} name={solution.name} /></div>}
      <div className="flex flex-wrap items-center gap-3 pt-2">
        {solution.available && (
          <a href={solution.page_url} className="button button-primary">
            {t('Open')} <span className="sr-only">{solution.name}</span> <Icon name="arrow" className="size-4" />
          </a>
        )}
        <Link to="/catalogue/$id" params={{ id: solution.id }} className="button">
          {t('Tiers and prices')} <span className="sr-only">{solution.name}</span>
        </Link>
      </div>
    </li>
  )
}
