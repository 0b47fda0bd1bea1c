import { useTranslation } from 'react-i18next'
import { number, relative, words } from '../lib/format'
import { windowText } from '../lib/quota'

interface Window {
  window: string
  limit: number
  used: number
  remaining: number
  resets_at: string | null
}

const PIECES = 20

/** What is left of one window: single pieces when they can be counted at a glance, else one bar. */
export function QuotaMeter({ action, of }: { action: string; of: Window }) {
  const { t } = useTranslation()
  const share = of.limit > 0 ? of.remaining / of.limit : 0
  const colour = share <= 0 ? 'bg-bad' : share <= 0.2 ? 'bg-sun-strong' : 'bg-accent'
  const text = t('{{remaining}} of {{limit}} left', { remaining: number(of.remaining), limit: number(of.limit) })
  return (
    <div>
      <div className="mb-1.5 flex flex-wrap items-baseline justify-between gap-x-3">
        <p className="text-sm font-semibold">{words(action)} <span className="font-normal text-quiet">{windowText(of.window, t)}</span></p>
        <p className="text-sm tabular-nums">{text}</p>
      </div>
      {of.limit <= PIECES ? (
        <div aria-hidden="true" className="flex gap-1">
          {Array.from({ length: of.limit }, (_, piece) => (
            <span key={piece} className={`h-3 min-w-0 flex-1 rounded-full ${piece < of.remaining ? colour : 'bg-line'}`} />
          ))}
        </div>
      ) : (
        <svg aria-hidden="true" viewBox="0 0 100 3" preserveAspectRatio="none" className="h-3 w-full overflow-hidden rounded-full bg-line">
          <rect width={Math.max(share * 100, 0)} height="3" className={share <= 0.2 ? 'fill-sun-strong' : 'fill-accent'} />
        </svg>
      )}
      {of.resets_at && of.used > 0 && <p className="mt-1 text-xs text-quiet">{t('Full again {{when}}', { when: relative(of.resets_at) })}</p>}
    </div>
  )
}
