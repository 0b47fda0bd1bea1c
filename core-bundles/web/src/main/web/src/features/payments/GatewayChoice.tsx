import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../api/client'

/** Who takes the money, with the ways to pay there. */
export function GatewayChoice({ offers, chosen, onChoose }: { offers: Schemas['OfferView'][]; chosen: string; onChoose: (gateway: string) => void }) {
  const { t } = useTranslation()
  return (
    <fieldset>
      <legend className="mb-3 font-display text-xl font-semibold">{t('How you pay')}</legend>
      <div className="space-y-3">
        {offers.map((offer) => (
          <label key={offer.gateway} className={`flex cursor-pointer items-start gap-3 rounded-control border px-4 py-3 ${offer.gateway === chosen ? 'border-accent bg-accent-soft' : 'border-edge'}`}>
            <input type="radio" name="gateway" value={offer.gateway} checked={offer.gateway === chosen} onChange={() => onChoose(offer.gateway)} className="mt-1 size-4 shrink-0 accent-(--accent)" />
            <span className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
              <span className="font-semibold">{offer.name}</span>
              <span className="text-sm">{offer.methods.join(', ')}</span>
              {offer.test && <span className="chip chip-warn">{t('Test: no money moves')}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
