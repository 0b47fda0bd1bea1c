import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client'
import { Field, Form, Password, Submit } from '../../components/Form'
import { Notice } from '../../components/Notice'
import { Page } from '../../components/Page'
import { keepNext, ownPath, useArrival } from '../../lib/arrival'
import { passkeysHere } from '../../lib/passkey'
import { ask } from '../../lib/problem'
import { providerText } from '../../lib/problemText'
import { forgetVisit, keepVisit, keptVisit, visitOf } from '../../lib/visit'
import { ForSolution } from './ForSolution'
import { PasskeyForm } from './PasskeyForm'
import { Providers } from './Providers'

export default function SignInPage() {
  const { t } = useTranslation()
  const search = useSearch({ strict: false }) as Record<string, unknown>
  // A trip to another service that failed ends here, and what it was for still holds.
  const failed = typeof search.error === 'string' ? search.error : undefined
  const visit = useMemo(() => visitOf(search) ?? (failed ? keptVisit() : undefined), [search, failed])
  const navigate = useNavigate()
  const arrive = useArrival()
  useEffect(() => {
    if (visit) keepVisit(visit)
    else forgetVisit()
    if (!failed) keepNext(ownPath(search.next))
  }, [visit, failed, search.next])
  return (
    <Page narrow title={t('Sign in')}>
      <div className="space-y-5">
        {search.reset === true && <Notice tone="good" role="status">{t('The new password is set. Sign in with it.')}</Notice>}
        {failed && <Notice tone="bad" role="alert">{providerText(failed, false, t)}</Notice>}
        <ForSolution visit={visit} />
        <div className="card space-y-4">
          <Form label={t('Sign in')} onSubmit={async ({ email = '', password = '' }) => {
            const step = await ask(api.POST('/api/auth/sign-in', { body: { email: email.trim(), password } }))
            if (step.status === 'second_factor') {
              await navigate({ to: '/sign-in/code', search: { ticket: step.ticket, factors: step.factors?.join(' ') } })
            } else {
              await arrive()
            }
          }}>
            <Field name="email" label={t('E-mail address')} type="email" autoComplete="username webauthn" required maxLength={254} />
            <Password />
            <Submit>{t('Sign in')}</Submit>
            <p className="text-sm"><Link to="/password/forgot" className="link">{t('Forgot the password?')}</Link></p>
          </Form>
          {passkeysHere() && <PasskeyForm />}
          <Providers visit={visit} />
        </div>
        <p className="text-sm">{t('No account yet?')} <Link to="/register" search={{ ...visit }} className="link">{t('Register')}</Link></p>
      </div>
    </Page>
  )
}
