import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client'
import { Password, Submit } from '../../components/Form'
import { GuardedForm } from '../../components/GuardedForm'
import { Notice } from '../../components/Notice'
import { Section } from '../../components/Section'
import { ask } from '../../lib/problem'

export function PasswordSection({ set, email }: { set: boolean; email: string }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [done, setDone] = useState(false)
  return (
    <Section title={t('Password')}>
      {done && <Notice tone="good" role="status">{t('The new password holds. All other sessions are ended.')}</Notice>}
      <GuardedForm label={t('Password')} onSubmit={async ({ current = '', replacement = '' }, form) => {
        setDone(false)
        await ask(api.POST('/api/account/password', { body: { current, replacement } }))
        form.reset()
        setDone(true)
        await client.invalidateQueries({ queryKey: ['account'] })
      }}>
        {/* for password managers, which want to know whose password it is */}
        <input type="text" className="sr-only" autoComplete="username" value={email} readOnly tabIndex={-1} aria-hidden="true" />
        {set && <Password name="current" label={t('Password until now')} />}
        <Password name="replacement" fresh label={t('New password')} />
        <Submit kind="" className="">{set ? t('Change the password') : t('Set the password')}</Submit>
      </GuardedForm>
    </Section>
  )
}
