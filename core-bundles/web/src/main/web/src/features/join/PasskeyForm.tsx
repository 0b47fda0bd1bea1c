import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client'
import { Form, Submit } from '../../components/Form'
import { Icon } from '../../components/Icon'
import { Notice } from '../../components/Notice'
import { useArrival } from '../../lib/arrival'
import { askPasskey, declined } from '../../lib/passkey'
import { ask } from '../../lib/problem'

/** A sign-in with a passkey, alone or as the second step of the ticket. */
export function PasskeyForm({ ticket }: { ticket?: string }) {
  const { t } = useTranslation()
  const arrive = useArrival()
  const [stopped, setStopped] = useState(false)
  return (
    <Form className="space-y-3" onSubmit={async () => {
      setStopped(false)
      const ceremony = await ask(api.POST('/api/auth/passkey/options', { body: ticket ? { ticket } : {} }))
      try {
        const credential = await askPasskey(ceremony.options)
        await ask(api.POST('/api/auth/passkey', { body: { ticket: ceremony.ticket, credential } }))
      } catch (error) {
        if (!declined(error)) throw error
        setStopped(true)
        return
      }
      await arrive()
    }}>
      {stopped && <Notice role="status">{t('No passkey was used.')}</Notice>}
      <Submit kind=""><Icon name="key" className="size-4" /> {t('Use a passkey')}</Submit>
    </Form>
  )
}
