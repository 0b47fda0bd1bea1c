import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client'
import { Field, Form, Submit } from '../../components/Form'
import { Notice } from '../../components/Notice'
import { Page } from '../../components/Page'
import { ask } from '../../lib/problem'

export default function ForgotPage() {
  const { t } = useTranslation()
  const [sent, setSent] = useState(false)
  return (
    <Page narrow title={t('A new password')} lead={t('We send a link to your address. It works once.')}>
      {sent ? (
        <Notice tone="good" role="status">{t('If there is an account with this address, a mail is on its way. Look into the spam folder too.')}</Notice>
      ) : (
        <Form className="card space-y-4" label={t('A new password')} onSubmit={async ({ email = '' }) => {
          await ask(api.POST('/api/auth/password/forgot', { body: { email: email.trim() } }))
          setSent(true)
        }}>
          <Field name="email" label={t('E-mail address')} type="email" autoComplete="email" required maxLength={254} />
          <Submit>{t('Send the link')}</Submit>
        </Form>
      )}
      <p className="mt-5 text-sm"><Link to="/sign-in" className="link">{t('Back to signing in')}</Link></p>
    </Page>
  )
}
