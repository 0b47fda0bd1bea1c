import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client'
import { passkeysQuery } from '../../api/queries'
import { Dialog } from '../../components/Dialog'
import { Field, Submit } from '../../components/Form'
import { GuardedForm } from '../../components/GuardedForm'
import { Icon } from '../../components/Icon'
import { Notice } from '../../components/Notice'
import { Section } from '../../components/Section'
import { Ready } from '../../components/States'
import { day, relative } from '../../lib/format'
import { declined, makePasskey, passkeysHere } from '../../lib/passkey'
import { ask } from '../../lib/problem'

export function PasskeysSection() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const passkeys = useQuery(passkeysQuery)
  const [adding, setAdding] = useState(false)
  const again = () => client.invalidateQueries({ queryKey: passkeysQuery.queryKey })
  return (
    <Section title={t('Passkeys')}>
      <p className="text-sm text-quiet">{t('Sign in with the lock of your phone or computer. Nothing to remember, nothing to steal.')}</p>
      <Ready of={passkeys} data={passkeys.data}>
        {(data) => data.passkeys.length > 0 && (
          <ul className="divide-y divide-line">
            {data.passkeys.map((passkey) => (
              <li key={passkey.id} className="flex flex-wrap items-center gap-3 py-3 text-sm">
                <Icon name="key" className="size-5 text-quiet" />
                <div className="min-w-0 flex-1">
                  <p className="font-semibold">{passkey.name}</p>
                  <p className="text-xs text-quiet">{t('since {{day}}', { day: day(passkey.created_at) })} · {passkey.used_at ? t('used {{when}}', { when: relative(passkey.used_at) }) : t('never used')}</p>
                </div>
                <GuardedForm className="space-y-2" onSubmit={async () => {
                  await ask(api.DELETE('/api/account/passkeys/{id}', { params: { path: { id: passkey.id } } }))
                  await again()
                }}>
                  <Submit kind="button-small button-danger" className="">{t('Remove')} <span className="sr-only">{passkey.name}</span></Submit>
                </GuardedForm>
              </li>
            ))}
          </ul>
        )}
      </Ready>
      {passkeysHere()
        ? <button type="button" className="button" onClick={() => setAdding(true)}>{t('Add a passkey')}</button>
        : <p className="text-sm text-quiet">{t('This browser has no passkeys.')}</p>}
      {adding && <AddPasskey onClose={() => setAdding(false)} onAdded={async () => {
        setAdding(false)
        await again()
      }} />}
    </Section>
  )
}

function AddPasskey({ onClose, onAdded }: { onClose: () => void; onAdded: () => Promise<void> }) {
  const { t } = useTranslation()
  const [stopped, setStopped] = useState(false)
  return (
    <Dialog title={t('Add a passkey')} onClose={onClose}>
      <GuardedForm onSubmit={async ({ name = '' }) => {
        setStopped(false)
        const ceremony = await ask(api.POST('/api/account/passkeys/options'))
        try {
          const credential = await makePasskey(ceremony.options)
          await ask(api.POST('/api/account/passkeys', { body: { ticket: ceremony.ticket, credential, name: name.trim() } }))
        } catch (error) {
          if (!declined(error)) throw error
          setStopped(true)
          return
        }
        await onAdded()
      }}>
        {stopped && <Notice role="status">{t('No passkey was made.')}</Notice>}
        <Field name="name" label={t('Name')} required maxLength={60} hint={t('To tell it apart, for example: my phone.')} />
        <Submit>{t('Go on')}</Submit>
      </GuardedForm>
    </Dialog>
  )
}
