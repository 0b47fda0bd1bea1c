import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client'
import type { Schemas } from '../../api/client'
import { accountQuery } from '../../api/queries'
import { Copy } from '../../components/Copy'
import { Dialog } from '../../components/Dialog'
import { Field, Form, Submit } from '../../components/Form'
import { GuardedForm } from '../../components/GuardedForm'
import { Notice } from '../../components/Notice'
import { Section } from '../../components/Section'
import { ask } from '../../lib/problem'
import { QrCode } from './QrCode'

export function AuthenticatorSection({ on }: { on: boolean }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [enrolment, setEnrolment] = useState<Schemas['EnrolmentView']>()
  const [codes, setCodes] = useState<string[]>()
  const again = () => client.invalidateQueries({ queryKey: accountQuery.queryKey, exact: true })
  return (
    <Section title={t('Authenticator app')} chip={<span className={`chip ${on ? 'chip-good' : ''}`}>{on ? t('On') : t('Off')}</span>}>
      <p className="text-sm text-quiet">{t('A code from your phone besides the password. Ten recovery codes help if the phone is lost.')}</p>
      {on ? (
        <div className="flex flex-wrap gap-3">
          <GuardedForm className="space-y-2" onSubmit={async () => setCodes((await ask(api.POST('/api/account/authenticator/recovery-codes'))).recovery_codes)}>
            <Submit kind="" className="">{t('New recovery codes')}</Submit>
          </GuardedForm>
          <GuardedForm className="space-y-2" onSubmit={async () => {
            await ask(api.DELETE('/api/account/authenticator'))
            await again()
          }}>
            <Submit kind="button-danger" className="">{t('Turn off')}</Submit>
          </GuardedForm>
        </div>
      ) : (
        <GuardedForm className="space-y-2" onSubmit={async () => setEnrolment(await ask(api.POST('/api/account/authenticator')))}>
          <Submit kind="" className="">{t('Set up')}</Submit>
        </GuardedForm>
      )}
      {enrolment && (
        <Dialog title={t('Set up the authenticator app')} onClose={() => setEnrolment(undefined)}>
          <Form onSubmit={async ({ code = '' }) => {
            const { recovery_codes } = await ask(api.POST('/api/account/authenticator/confirm', { body: { code: code.trim() } }))
            setEnrolment(undefined)
            setCodes(recovery_codes)
            await again()
          }}>
            <p className="text-sm">{t('Scan this with the app, or type the text below into it.')}</p>
            <QrCode text={enrolment.uri} />
            <Copy text={enrolment.secret} label={t('Secret for the app')} />
            <Field name="code" label={t('Code from your authenticator app')} required inputMode="numeric" autoComplete="one-time-code" maxLength={8} />
            <Submit>{t('Turn on')}</Submit>
          </Form>
        </Dialog>
      )}
      {codes && (
        <Dialog title={t('Recovery codes')} onClose={() => setCodes(undefined)}>
          <div className="space-y-4">
            <Notice tone="warn">{t('Keep them in a safe place, not in the phone. Each works once; they are shown only now.')}</Notice>
            <Copy text={codes.join('\n')} label={t('Recovery codes')} />
          </div>
        </Dialog>
      )}
    </Section>
  )
}
