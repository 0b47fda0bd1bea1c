import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../api/client'
import type { Holding } from '../../api/payments'
import { Icon } from '../../components/Icon'
import { PaidUntil } from '../../components/PaidUntil'
import { QuotaMeter } from '../../components/QuotaMeter'
import { day, relative, words } from '../../lib/format'
import { nearlyUsedUp, tierText, usedUp } from '../../lib/quota'

export function HeldSolution({ solution, holding }: { solution: Schemas['HeldSolutionView']; holding: Holding | undefined }) {
  const { t } = useTranslation()
  return (
    <li className="card flex flex-col gap-5">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1">
        <h3><Link to="/catalogue/$id" params={{ id: solution.solution_id }} className="hover:underline">{solution.name}</Link></h3>
        <span className="flex gap-2">
          {solution.status === 'suspended' && <span className="chip chip-bad">{t('Suspended')}</span>}
          {!solution.available && <span className="chip chip-warn">{t('Paused')}</span>}
          <span className="chip chip-accent">{tierText(solution.access_tier, t)}</span>
        </span>
      </div>
      <div className="flex-1 space-y-4">
        {solution.quotas.map((quota) => quota.unlimited
          ? <p key={quota.action} className="flex gap-2 text-sm"><Icon name="check" className="mt-0.5 size-4 text-accent" />{t('{{action}}: without limit', { action: words(quota.action) })}</p>
          : quota.windows.map((window) => <QuotaMeter key={quota.action + window.window} action={quota.action} of={window} />))}
        {!holding && solution.valid_until && (
          <p className="text-sm text-quiet">{t('This tier ends {{when}}, on {{day}}.', { when: relative(solution.valid_until), day: day(solution.valid_until) })}</p>
        )}
      </div>
      {holding && <div className="border-t border-line pt-4"><PaidUntil holding={holding} name={solution.name} /></div>}
      <More solution={solution} />
      <p className="flex flex-wrap gap-3">
        {solution.available && (
          <a href={solution.page_url} className="button button-primary">{t('Open')} <span className="sr-only">{solution.name}</span><Icon name="arrow" className="size-4" /></a>
        )}
        <Link to="/account/keys" className="button">{t('Token and keys')}</Link>
      </p>
    </li>
  )
}

/** Said when it matters, not all the time: little or nothing is left, and there is a higher tier. */
function More({ solution }: { solution: Schemas['HeldSolutionView'] }) {
  const { t } = useTranslation()
  if (!solution.upgrade_url || !nearlyUsedUp(solution.quotas)) return null
  return (
    <div className="flex flex-wrap items-center justify-between gap-3 rounded-control bg-warn-soft px-4 py-3 text-sm text-warn">
      <p className="font-semibold">{usedUp(solution.quotas) ? t('All used for now.') : t('Not much is left.')}</p>
      <Link to="/upgrade" search={{ solution_id: solution.solution_id }} className="button button-small">{t('See higher tiers')}</Link>
    </div>
  )
}
