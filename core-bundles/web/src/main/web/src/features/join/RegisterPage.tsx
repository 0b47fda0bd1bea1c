import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client'
import { accountQuery } from '../../api/queries'
import { Field, Form, Password, Submit } from '../../components/Form'
import { Page } from '../../components/Page'
import { Ready } from '../../components/States'
import { keepNext, useArrival } from '../../lib/arrival'
import { spoken } from '../../lib/i18n'
import { ask } from '../../lib/problem'
import type { Visit } from '../../lib/visit'
import { forgetVisit, keepVisit, visitOf } from '../../lib/visit'
import { ForSolution } from './ForSolution'
import { Providers } from './Providers'

export default function RegisterPage() {
  const { t } = useTranslation()
  const search = useSearch({ strict: false })
  const visit = useMemo(() => visitOf(search), [search])
  const account = useQuery(accountQuery)
  useEffect(() => {
    if (visit) keepVisit(visit)
    else forgetVisit()
    keepNext(undefined)
  }, [visit])
  return (
    <Page narrow title={visit && account.data ? t('Get access') : t('Register')} lead={account.data ? undefined : t('One account for every solution here.')}>
      <div className="space-y-5">
        <ForSolution visit={visit} />
        <Ready of={account} data={account.data}>
          {(context) => (context ? <Already email={context.account.email} visit={visit} /> : <SignUp visit={visit} />)}
        </Ready>
      </div>
    </Page>
  )
}

/** Asked once more, so that no foreign page can send a signed-in person through without their doing. */
function Already({ email, visit }: { email: string; visit: Visit | undefined }) {
  const { t } = useTranslation()
  const arrive = useArrival()
  return (
    <Form className="card space-y-4" onSubmit={() => arrive()}>
      <p>{t('You are signed in as {{email}}.', { email })}</p>
      <Submit>{visit ? t('Get access and return') : t('Go to the dashboard')}</Submit>
    </Form>
  )
}

function SignUp({ visit }: { visit: Visit | undefined }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  return (
    <>
      <Form className="card space-y-4" label={t('Register')} onSubmit={async ({ email = '', password = '', name = '' }) => {
        await ask(api.POST('/api/auth/sign-up', {
          body: { email: email.trim(), password, ...(name.trim() ? { name: name.trim() } : {}), language: spoken(), ...visit },
        }))
        await navigate({ to: '/sign-up/confirm' })
      }}>
        <Field name="email" label={t('E-mail address')} type="email" autoComplete="email" required maxLength={254} />
        <Password fresh />
        <Field name="name" label={t('Name (if you like)')} autoComplete="name" maxLength={80} />
        <Submit>{t('Register')}</Submit>
        <Providers visit={visit} />
      </Form>
      <p className="text-sm">{t('You have an account?')} <Link to="/sign-in" search={{ ...visit }} className="link">{t('Sign in')}</Link></p>
    </>
  )
}
