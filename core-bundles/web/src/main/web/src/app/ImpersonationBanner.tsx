import { useTranslation } from 'react-i18next'
import { api } from '../api/client'
import { Icon } from '../components/Icon'
import { ask } from '../lib/problem'

/** Cannot be overlooked nor closed: somebody looks at another person's account. */
export function ImpersonationBanner({ email, reason }: { email: string; reason: string }) {
  const { t } = useTranslation()
  async function end() {
    await ask(api.DELETE('/api/admin/impersonation'))
    window.location.assign('/admin/users')
  }
  return (
    <section aria-label={t('Impersonation')} className="bg-warn-soft text-warn">
      <div className="mx-auto flex max-w-6xl flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 text-sm sm:px-6">
        <Icon name="warn" />
        <p className="min-w-0 flex-1"><strong>{t('You see the account of {{email}}.', { email })}</strong> {t('Nothing can be changed. Reason: {{reason}}', { reason })}</p>
        <button type="button" className="button button-small" onClick={() => void end()}>{t('Be yourself again')}</button>
      </div>
    </section>
  )
}
