import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useRouterState } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api/client'
import { accountQuery } from '../api/queries'
import { ask, Problem } from '../lib/problem'
import { Dialog } from './Dialog'
import type { FormProps } from './Form'
import { Form, Password, Submit } from './Form'

/** A form for acts that want a recent proof of who acts: where the server refuses for that, it is asked for, and the act repeated. */
export function GuardedForm({ onSubmit, ...form }: FormProps) {
  const [again, setAgain] = useState<() => Promise<unknown>>()
  const client = useQueryClient()
  return (
    <>
      <Form {...form} onSubmit={async (values, element) => {
        try {
          await onSubmit(values, element)
        } catch (error) {
          const looksOn = client.getQueryData(accountQuery.queryKey)?.impersonator
          if (looksOn || !(error instanceof Problem) || error.code !== 'not-allowed') throw error
          setAgain(() => () => onSubmit(values, element))
        }
      }} />
      {again && <Proof onClose={() => setAgain(undefined)} onProved={again} />}
    </>
  )
}

function Proof({ onClose, onProved }: { onClose: () => void; onProved: () => Promise<unknown> }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { data } = useQuery(accountQuery)
  const here = useRouterState({ select: (state) => state.location.pathname })
  return (
    <Dialog title={t('Is it you?')} onClose={onClose}>
      {data?.account.password_set ? (
        <Form label={t('Is it you?')} onSubmit={async ({ password = '' }) => {
          await ask(api.POST('/api/account/prove', { body: { password } }))
          await client.refetchQueries({ queryKey: accountQuery.queryKey, exact: true })
          await onProved()
          onClose()
        }}>
          <p>{t('You signed in a while ago. Type your password once more, and it is done.')}</p>
          <Password />
          <Submit>{t('Go on')}</Submit>
        </Form>
      ) : (
        <div className="space-y-4">
          <p>{t('You signed in a while ago. Sign in once more, then do this again.')}</p>
          <Link to="/sign-in" search={{ next: here }} className="button button-primary w-full">{t('Sign in')}</Link>
        </div>
      )}
    </Dialog>
  )
}
