import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../api/client'
import type { Holding } from '../../api/payments'
import { TierLimits } from '../../components/TierLimits'
import { day, money } from '../../lib/format'
import { tierText } from '../../lib/quota'

interface Props {
  tiers: Schemas['TierView'][]
  chosen: string
  holding: Holding | undefined
  onChoose: (tier: string) => void
}

/** The tiers that can be bought, with what they give; one is chosen. */
export function TierChoice({ tiers, chosen, holding, onChoose }: Props) {
  const { t } = useTranslation()
  return (
    <fieldset>
      <legend className="mb-3 font-display text-xl font-semibold">{t('What you get')}</legend>
      <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
        {tiers.map((tier) => (
          <label key={tier.tier} className={`card flex cursor-pointer flex-col gap-4 ${tier.tier === chosen ? 'border-2 border-accent' : ''}`}>
            <span className="flex items-start gap-3">
              <input type="radio" name="tier" value={tier.tier} checked={tier.tier === chosen} onChange={() => onChoose(tier.tier)} className="mt-1.5 size-4 accent-(--accent)" />
              <span>
                <span className="block font-display text-lg font-semibold">{tierText(tier.tier, t)}</span>
                {tier.price && (
                  <span className="block text-sm text-quiet">
                    {money(tier.price.amount_minor, tier.price.currency)} {{ month: t('a month'), year: t('a year'), once: t('once') }[tier.price.period]}, {t('without tax')}
                  </span>
                )}
                {holding?.tier === tier.tier && <span className="chip chip-accent mt-1.5">{t('Yours until {{day}}', { day: day(holding.until) })}</span>}
              </span>
            </span>
            <TierLimits tier={tier} />
          </label>
        ))}
      </div>
    </fieldset>
  )
}
