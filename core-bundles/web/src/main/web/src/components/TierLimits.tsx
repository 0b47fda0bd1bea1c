import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../api/client'
import { number, words } from '../lib/format'
import { windowText } from '../lib/quota'
import { Icon } from './Icon'

/** What a tier allows. */
export function TierLimits({ tier }: { tier: Schemas['TierView'] }) {
  const { t } = useTranslation()
  return (
    <ul className="flex-1 space-y-2 text-sm">
      {tier.limits.map((limit) => (
        <Line key={limit.action + limit.window}>
          {limit.limit < 0
            ? t('{{action}}: without limit', { action: words(limit.action) })
            : <>{words(limit.action)}: <strong className="tabular-nums">{number(limit.limit)}</strong> {windowText(limit.window, t)}</>}
        </Line>
      ))}
      {tier.validity_days !== null && <Line>{t('valid for {{count}} days', { count: tier.validity_days })}</Line>}
      {tier.features.map((feature) => <Line key={feature}>{words(feature)}</Line>)}
    </ul>
  )
}

const Line = ({ children }: { children: ReactNode }) => (
  <li className="flex gap-2"><Icon name="check" className="mt-0.5 size-4 text-accent" /><span>{children}</span></li>
)
