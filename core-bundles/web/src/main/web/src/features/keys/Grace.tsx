import { useId } from 'react'
import { useTranslation } from 'react-i18next'

export function Grace() {
  const { t } = useTranslation()
  const id = useId()
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-sm font-semibold">{t('The one before works on')}</label>
      <select id={id} name="grace_days" className="input" defaultValue="1">
        <option value="0">{t('not at all')}</option>
        <option value="1">{t('for a day')}</option>
        <option value="7">{t('for a week')}</option>
        <option value="30">{t('for 30 days')}</option>
      </select>
    </div>
  )
}
