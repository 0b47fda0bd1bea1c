import { Link, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client'
import { Field, Form, Submit } from '../../components/Form'
import { Page } from '../../components/Page'
import { useArrival } from '../../lib/arrival'
import { passkeysHere } from '../../lib/passkey'
import { ask } from '../../lib/problem'
import { PasskeyForm } from './PasskeyForm'

export default function SecondFactorPage() {
  const { t } = useTranslation()
  const { ticket, factors } = useSearch({ strict: false }) as { ticket?: unknown; factors?: unknown }
  const [recovery, setRecovery] = useState(false)
  const arrive = useArrival()
  // A provider's callback names no factors: then all are offered, and the server decides.
  const may = (factor: string) => typeof factors !== 'string' || factors.split(' ').includes(factor)
  if (typeof ticket !== 'string') {
    return <Page narrow title={t('Start again')}><Link to="/sign-in" className="button button-primary">{t('Sign in')}</Link></Page>
  }
  return (
    <Page narrow title={t('One more step')} lead={t('This account asks for a second proof.')}>
      <div className="card space-y-4">
        {(may('authenticator') || may('recovery_code')) && (
          <Form key={String(recovery)} label={t('One more step')} onSubmit={async ({ code = '' }) => {
            await ask(api.POST('/api/auth/sign-in/code', { body: { ticket, code: code.trim() } }))
            await arrive()
          }}>
            {recovery
              ? <Field name="code" label={t('Recovery code')} required autoComplete="off" maxLength={40} hint={t('Each works once.')} />
              : <Field name="code" label={t('Code from your authenticator app')} required autoComplete="one-time-code" inputMode="numeric" maxLength={8} />}
            <Submit>{t('Go on')}</Submit>
            <button type="button" className="link text-sm" onClick={() => setRecovery(!recovery)}>
              {recovery ? t('Use the authenticator app') : t('Use a recovery code')}
            </button>
          </Form>
        )}
        {may('passkey') && passkeysHere() && <PasskeyForm ticket={ticket} />}
      </div>
    </Page>
  )
}
