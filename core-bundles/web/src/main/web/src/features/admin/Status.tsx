import { useTranslation } from 'react-i18next'
import { api } from '../../api/client'
import type { Schemas } from '../../api/client'
import { Form, Submit } from '../../components/Form'
import { Section } from '../../components/Section'
import { ask } from '../../lib/problem'

export function Status({ account, onChange }: { account: Schemas['AccountView']; onChange: () => Promise<void> }) {
  const { t } = useTranslation()
  return (
    <Section title={t('Access')}>
      <p className="text-sm text-quiet">{account.suspended ? t('May not sign in.') : t('Suspending ends all sessions at once.')}</p>
      <Form onSubmit={async () => {
        await ask(api.PUT('/api/admin/users/{id}/status', { params: { path: { id: account.id } }, body: { suspended: !account.suspended } }))
        await onChange()
      }}>
        <Submit kind={account.suspended ? '' : 'button-danger'} className="">{account.suspended ? t('Let in again') : t('Suspend')}</Submit>
      </Form>
    </Section>
  )
}
