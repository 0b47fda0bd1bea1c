import { Link } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client'
import { Field, Form, Password, Submit } from '../../components/Form'
import { Notice, ProblemNotice } from '../../components/Notice'
import { Page } from '../../components/Page'
import { Loading } from '../../components/States'
import { takeCode, useArrival } from '../../lib/arrival'
import { ask } from '../../lib/problem'

/** After registering, and where the link of the mail leads. */
export default function ConfirmPage() {
  const { t } = useTranslation()
  const arrive = useArrival()
  const [code, setCode] = useState(takeCode)
  const [state, setState] = useState<{ busy: boolean; error: unknown }>({ busy: code !== '', error: null })
  const [elsewhere, setElsewhere] = useState(false)
  const begun = useRef('')
  async function confirm(typed: string, password?: string) {
    const done = await ask(api.POST('/api/auth/sign-up/confirm', { body: { code: typed, ...(password ? { password } : {}) } }))
    await arrive(done.next)
  }
  useEffect(() => {
    if (!code || begun.current === code) return
    begun.current = code
    confirm(code).catch((error: unknown) => {
      setElsewhere(true)
      setState({ busy: false, error })
    })
  })
  useEffect(() => {
    // The link may be opened in this very tab: then only the fragment changes.
    const again = () => setCode((before) => takeCode() || before)
    window.addEventListener('hashchange', again)
    return () => window.removeEventListener('hashchange', again)
  }, [])
  return (
    <Page narrow title={t('Look into your mail')} lead={t('We sent a code to your address. It shows that the address is yours.')}>
      {state.busy ? <Loading rows={1} /> : (
        <div className="space-y-5">
          {state.error !== null && <ProblemNotice error={state.error} />}
          {elsewhere && <Notice>{t('If you registered in another browser, type the password you chose there as well.')}</Notice>}
          <Form className="card space-y-4" label={t('Confirm the address')} onSubmit={(values) => confirm((values.code ?? '').trim(), values.password)}>
            <Field name="code" label={t('Code from the mail')} required autoComplete="one-time-code" maxLength={200} defaultValue={code} />
            {elsewhere && <Password />}
            <Submit>{t('Confirm the address')}</Submit>
            {!elsewhere && <button type="button" className="link text-sm" onClick={() => setElsewhere(true)}>{t('I registered in another browser')}</button>}
          </Form>
          <Resend />
        </div>
      )}
    </Page>
  )
}

function Resend() {
  const { t } = useTranslation()
  const [sent, setSent] = useState(false)
  return (
    <Form className="space-y-3" onSubmit={async () => {
      await ask(api.POST('/api/auth/sign-up/resend'))
      setSent(true)
    }}>
      {sent && <Notice tone="good" role="status">{t('Sent again. It can take a minute; look into the spam folder too.')}</Notice>}
      <p className="flex flex-wrap items-center gap-3 text-sm">
        <Submit kind="button-small" className="">{t('Send the mail again')}</Submit>
        <Link to="/register" className="link">{t('Use another address')}</Link>
      </p>
    </Form>
  )
}
