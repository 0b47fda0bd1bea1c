import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../api/client'
import { day, span } from '../../lib/format'
import { tierText } from '../../lib/quota'
import { termEnd } from '../../lib/term'

/** For which time the price is. */
export function ForHowLong({ quote }: { quote: Schemas['QuoteView'] }) {
  const { t } = useTranslation()
  const { period, starts_at, credit } = quote
  if (period === 'once') return null
  const end = starts_at && termEnd(starts_at, period)
  return (
    <p className="text-sm">
      {!starts_at && (period === 'month' ? t('For a month from the moment it is paid.') : t('For a year from the moment it is paid.'))}
      {starts_at && end && t('The next term: {{days}}.', { days: span(starts_at, end) })}
      {starts_at && !end && (period === 'month' ? t('The next term: a month from {{day}} on.', { day: day(starts_at) }) : t('The next term: a year from {{day}} on.', { day: day(starts_at) }))}
      {credit && ' '}
      {credit && t('{{tier}} ends with it.', { tier: tierText(credit.tier, t) })}
    </p>
  )
}
