import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client'
import { Form, Password, Submit } from '../../components/Form'
import { Notice } from '../../components/Notice'
import { Page } from '../../components/Page'
import { takeCode } from '../../lib/arrival'
import { ask } from '../../lib/problem'

export default function ResetPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [code] = useState(takeCode)
  return (
    <Page narrow title={t('A new password')} lead={t('It ends all sessions, here and elsewhere.')}>
      {code === '' ? (
        <div className="space-y-4">
          <Notice tone="warn">{t('Open this page with the link of the mail.')}</Notice>
          <Link to="/password/forgot" className="button">{t('Send the link')}</Link>
        </div>
      ) : (
        <Form className="card space-y-4" label={t('A new password')} onSubmit={async ({ password = '' }) => {
          await ask(api.POST('/api/auth/password/reset', { body: { code, password } }))
          await navigate({ to: '/sign-in', search: { reset: true } })
        }}>
          <Password fresh label={t('New password')} />
          <Submit>{t('Set the password')}</Submit>
        </Form>
      )}
    </Page>
  )
}
