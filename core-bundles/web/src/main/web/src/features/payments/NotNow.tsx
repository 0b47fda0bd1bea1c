import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../api/client'
import type { Holding } from '../../api/payments'
import { Notice } from '../../components/Notice'
import { day } from '../../lib/format'
import type { Problem } from '../../lib/problem'
import { tierText } from '../../lib/quota'
import { reached } from '../../lib/term'

interface Props {
  solution: Schemas['SolutionDetailView']
  tier: string
  holding: Holding | undefined
  refusal: Problem
  back: string | undefined
}

/** Why a tier is not sold to somebody at the moment, and from when it is. Not an error: nothing went wrong. */
export function NotNow({ solution, tier, holding, refusal, back }: Props) {
  const { t } = useTranslation()
  return (
    <div className="space-y-6">
      <Notice tone={holding?.tier === tier ? 'good' : 'info'} role="status">{useReason(tier, holding) || refusal.message || t('This is not sold to you at the moment.')}</Notice>
      <p><a className="button" href={back ?? solution.page_url}>{t('Back to {{name}}', { name: solution.name })}</a></p>
    </div>
  )
}

function useReason(wanted: string, holding: Holding | undefined): string | undefined {
  const { t } = useTranslation()
  if (!holding) return undefined
  const had = { tier: tierText(holding.tier, t), until: day(holding.until) }
  if (holding.tier !== wanted) return t('{{tier}} is paid until {{until}}. After that you can buy {{wanted}}.', { ...had, wanted: tierText(wanted, t) })
  return reached(holding.renewable_from)
    ? t('{{tier}} is paid until {{until}}.', had)
    : t('{{tier}} is paid until {{until}}. You can renew it from {{from}} on.', { ...had, from: day(holding.renewable_from) })
}
