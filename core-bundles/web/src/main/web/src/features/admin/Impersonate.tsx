import { useTranslation } from 'react-i18next'
import { api } from '../../api/client'
import type { Schemas } from '../../api/client'
import { Field, Form, Submit } from '../../components/Form'
import { Section } from '../../components/Section'
import { ask } from '../../lib/problem'

export function Impersonate({ account }: { account: Schemas['AccountView'] }) {
  const { t } = useTranslation()
  return (
    <Section title={t('See what this person sees')}>
      <Form onSubmit={async ({ reason = '' }) => {
        await ask(api.POST('/api/admin/users/{id}/impersonate', { params: { path: { id: account.id } }, body: { reason: reason.trim() } }))
        window.location.assign('/dashboard')
      }}>
        <Field name="reason" label={t('Reason')} required minLength={10} maxLength={500} hint={t('It is recorded, and the person can see it. Nothing can be changed meanwhile.')} />
        <Submit kind="" className="">{t('Look')}</Submit>
      </Form>
    </Section>
  )
}
