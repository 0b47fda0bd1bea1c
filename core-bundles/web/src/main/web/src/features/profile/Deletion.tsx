import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client'
import { Dialog } from '../../components/Dialog'
import { Form, Password, Submit } from '../../components/Form'
import { Section } from '../../components/Section'
import { ask } from '../../lib/problem'

export function Deletion({ password }: { password: boolean }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [open, setOpen] = useState(false)
  return (
    <Section title={t('Delete the account')}>
      <p className="text-sm text-quiet">{t('Tokens and keys stop at once, and your name and address are erased, except on invoices that the law makes us keep. It cannot be undone.')}</p>
      <button type="button" className="button button-danger" onClick={() => setOpen(true)}>{t('Delete the account')}</button>
      {open && (
        <Dialog title={t('Delete the account')} onClose={() => setOpen(false)}>
          <Form onSubmit={async (values) => {
            if (password) await ask(api.POST('/api/account/prove', { body: { password: values.password ?? '' } }))
            await ask(api.DELETE('/api/account'))
            client.clear()
            client.setQueryData(['account'], null)
            await navigate({ to: '/' })
          }}>
            <p>{t('Everything you have here ends now: solutions, tokens, keys, sessions.')}</p>
            {password ? <Password /> : <p className="text-sm text-quiet">{t('You have no password: sign in again first if this is refused.')}</p>}
            <Submit kind="button-danger">{t('Delete for good')}</Submit>
          </Form>
        </Dialog>
      )}
    </Section>
  )
}
