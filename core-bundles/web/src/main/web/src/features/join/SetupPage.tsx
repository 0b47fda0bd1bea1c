import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client'
import { Field, Form, Password, Submit } from '../../components/Form'
import { Page } from '../../components/Page'
import { Empty, Ready } from '../../components/States'
import { takeCode, useArrival } from '../../lib/arrival'
import { ask } from '../../lib/problem'

export default function SetupPage() {
  const { t } = useTranslation()
  const arrive = useArrival()
  const [code] = useState(takeCode)
  const setup = useQuery({ queryKey: ['setup'], queryFn: () => ask(api.GET('/api/setup')) })
  return (
    <Page narrow title={t('Set up this marketplace')} lead={setup.data?.open && t('Whoever opens this with the link that the start showed becomes the first administrator.')}>
      <Ready of={setup} data={setup.data}>
        {({ open }) => open ? (
          <Form className="card space-y-4" label={t('Set up this marketplace')} onSubmit={async ({ code: typed = '', email = '', password = '', name = '' }) => {
            await ask(api.POST('/api/setup', { body: { code: typed.trim(), email: email.trim(), password, name: name.trim() } }))
            await arrive()
          }}>
            {code
              ? <input type="hidden" name="code" value={code} />
              : <Field name="code" label={t('Setup code')} required autoComplete="off" maxLength={200} hint={t('What follows “code=” in the link; each start makes another one until it was used.')} />}
            <Field name="email" label={t('E-mail address')} type="email" autoComplete="email" required maxLength={254} />
            <Password fresh />
            <Field name="name" label={t('Name')} autoComplete="name" maxLength={80} />
            <Submit>{t('Become the administrator')}</Submit>
          </Form>
        ) : (
          <Empty title={t('This marketplace is set up already')}><Link to="/sign-in" className="button">{t('Sign in')}</Link></Empty>
        )}
      </Ready>
    </Page>
  )
}
