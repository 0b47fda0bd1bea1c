import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client'
import type { Schemas } from '../../api/client'
import { Dialog } from '../../components/Dialog'
import { Form, Submit } from '../../components/Form'
import { day, relative } from '../../lib/format'
import { ask } from '../../lib/problem'
import { Grace } from './Grace'

interface Props {
  apiKey: Schemas['ApiKeyView']
  solution: string
  onChange: (issued?: Schemas['IssuedApiKeyView']) => Promise<void>
}

export function ApiKeyRow({ apiKey, solution, onChange }: Props) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<'rotate' | 'revoke'>()
  const path = { params: { path: { id: apiKey.id } } }
  const expired = apiKey.expires_at !== null && new Date(apiKey.expires_at) < new Date()
  const close = () => setOpen(undefined)
  return (
    <li className="card flex flex-wrap items-start justify-between gap-4">
      <div className="min-w-0 space-y-1">
        <h3 className="flex flex-wrap items-center gap-2">
          {apiKey.name}
          {apiKey.revoked_at ? <span className="chip chip-bad">{t('Revoked')}</span> : expired && <span className="chip chip-warn">{t('Expired')}</span>}
        </h3>
        <p className="text-sm text-quiet">{solution} · <code>{apiKey.hint}</code></p>
        <p className="text-xs text-quiet">
          {apiKey.used_at ? t('used {{when}}', { when: relative(apiKey.used_at) }) : t('never used')}
          {' · '}
          {apiKey.expires_at ? t('ends on {{day}}', { day: day(apiKey.expires_at) }) : t('does not end')}
          {' · '}
          {apiKey.actions.length === 0 ? t('may do everything you may') : apiKey.actions.join(', ')}
        </p>
      </div>
      {!apiKey.revoked_at && (
        <div className="flex gap-3">
          {!expired && <button type="button" className="button button-small" onClick={() => setOpen('rotate')}>{t('Replace')} <span className="sr-only">{apiKey.name}</span></button>}
          <button type="button" className="button button-small button-danger" onClick={() => setOpen('revoke')}>{t('Revoke')} <span className="sr-only">{apiKey.name}</span></button>
        </div>
      )}
      {open === 'rotate' && (
        <Dialog title={t('Replace {{name}}', { name: apiKey.name })} onClose={close}>
          <Form onSubmit={async ({ grace_days }) => {
            const issued = await ask(api.POST('/api/account/api-keys/{id}/rotate', { ...path, body: { grace_days: Number(grace_days) } }))
            close()
            await onChange(issued)
          }}>
            <Grace />
            <Submit>{t('Replace')}</Submit>
          </Form>
        </Dialog>
      )}
      {open === 'revoke' && (
        <Dialog title={t('Revoke {{name}}', { name: apiKey.name })} onClose={close}>
          <Form onSubmit={async () => {
            await ask(api.DELETE('/api/account/api-keys/{id}', path))
            close()
            await onChange()
          }}>
            <p>{t('Programs that use it are refused at once. This cannot be undone.')}</p>
            <Submit kind="button-danger">{t('Revoke')}</Submit>
          </Form>
        </Dialog>
      )}
    </li>
  )
}
