import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../api/client'
import { Choice } from '../../components/Choice'
import { Field } from '../../components/Form'
import { gstinOf, soundGstin } from '../../lib/gstin'
import { countries, states } from '../../lib/places'
import { spoken } from '../../lib/i18n'

export type Buyer = Schemas['BuyerView']
const INDIA = 'IN'

/** What the server is asked with: an unfinished number is left out of the price, and never bought with. */
export function billed(buyer: Buyer): Buyer {
  const gstin = gstinOf(buyer.tax_id)
  return buyer.country === INDIA
    ? { ...buyer, tax_id: soundGstin(gstin) ? gstin : '' }
    : { ...buyer, region: '', tax_id: '' }
}

/** Whether enough is known for a price. */
export const priceable = (buyer: Buyer) => buyer.country !== '' && (buyer.country !== INDIA || buyer.region !== '')

/** What the buyer can be told without asking the server. */
export function mistakes(buyer: Buyer): { gstin: boolean; region: boolean } {
  const gstin = gstinOf(buyer.tax_id)
  const sound = soundGstin(gstin)
  return {
    gstin: buyer.country === INDIA && gstin !== '' && !sound,
    region: buyer.country === INDIA && sound && gstin.slice(0, 2) !== buyer.region,
  }
}

/** Who is billed. For India the state decides which tax it is, and a GSTIN decides the state. */
export function BuyerFields({ buyer, onChange, wrong }: { buyer: Buyer; onChange: (buyer: Buyer) => void; wrong: ReadonlyMap<string, string> }) {
  const { t } = useTranslation()
  const language = spoken()
  const places = useMemo(() => ({ countries: countries(), states: states() }), [language])
  const { gstin, region } = mistakes(buyer)
  const typed = (tax_id: string) => {
    const number = gstinOf(tax_id)
    onChange({ ...buyer, tax_id, region: soundGstin(number) ? number.slice(0, 2) : buyer.region })
  }
  return (
    <fieldset className="space-y-4">
      <legend className="mb-3 font-display text-xl font-semibold">{t('Who is billed')}</legend>
      <div className="grid gap-4 sm:grid-cols-2">
        <Choice name="buyer.country" label={t('Country')} options={places.countries} value={buyer.country} required autoComplete="billing country"
          wrong={wrong.get('buyer.country')} onChange={(country) => onChange({ ...buyer, country })} />
        {buyer.country === INDIA && (
          <Choice name="buyer.region" label={t('State or union territory')} options={places.states} value={buyer.region} required
            placeholder={t('Choose…')} onChange={(state) => onChange({ ...buyer, region: state })}
            wrong={region ? t('The GSTIN is registered in another state.') : wrong.get('buyer.region')} />
        )}
        <Field name="buyer.name" label={t('Name of the person or firm (if you like)')} value={buyer.name} maxLength={100} autoComplete="billing name"
          wrong={wrong.get('buyer.name')} onChange={(event) => onChange({ ...buyer, name: event.target.value })} />
        {buyer.country === INDIA && (
          <Field name="buyer.tax_id" label={t('GSTIN (if you have one)')} value={buyer.tax_id} maxLength={20} autoComplete="off" spellCheck={false} autoCapitalize="characters"
            hint={t('15 characters, for example 29AAACL1234C1Z1.')} onChange={(event) => typed(event.target.value)}
            wrong={gstin ? t('This is not a GSTIN yet. Most often a character is missing or mistyped.') : wrong.get('buyer.tax_id')} />
        )}
      </div>
      <Field name="buyer.address" label={t('Address (if you like)')} value={buyer.address} maxLength={300} autoComplete="billing street-address"
        wrong={wrong.get('buyer.address')} onChange={(event) => onChange({ ...buyer, address: event.target.value })} />
    </fieldset>
  )
}
