import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client'
import type { Schemas } from '../../api/client'
import { Copy } from '../../components/Copy'
import { Dialog } from '../../components/Dialog'
import { Form, Submit } from '../../components/Form'
import { day } from '../../lib/format'
import { ask } from '../../lib/problem'
import { Grace } from './Grace'

export function SolutionToken({ solution }: { solution: Schemas['HeldSolutionView'] }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [secret, setSecret] = useState<string>()
  const [open, setOpen] = useState<'rotate' | 'revoke'>()
  const path = { params: { path: { id: solution.solution_id } } }
  const done = async (token?: string) => {
    setSecret(token)
    setOpen(undefined)
    await client.invalidateQueries({ queryKey: ['account', 'solutions'] })
  }
  return (
    <li className="card space-y-4">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h3>{solution.name}</h3>
        {solution.token && <p className="text-xs text-quiet">{solution.token.hint} · {t('since {{day}}', { day: day(solution.token.created_at) })}</p>}
      </div>
      {secret && <Copy text={secret} label={t('Token of {{name}}', { name: solution.name })} />}
      <div className="flex flex-wrap gap-3">
        {secret
          ? <button type="button" className="button button-small" onClick={() => setSecret(undefined)}>{t('Hide')}</button>
          : (
            <Form className="contents" onSubmit={async () => done((await ask(api.POST('/api/account/solutions/{id}/token', path))).token)}>
              <Submit kind="button-small" className="">{solution.token ? t('Show the token') : t('Make a token')}</Submit>
            </Form>
          )}
        {solution.token && (
          <>
            <button type="button" className="button button-small" onClick={() => setOpen('rotate')}>{t('Replace')}</button>
            <button type="button" className="button button-small button-danger" onClick={() => setOpen('revoke')}>{t('Revoke')}</button>
          </>
        )}
      </div>
      {open === 'rotate' && (
        <Dialog title={t('Replace the token')} onClose={() => setOpen(undefined)}>
          <Form onSubmit={async ({ grace_days }) => done((await ask(api.POST('/api/account/solutions/{id}/token/rotate', { ...path, body: { grace_days: Number(grace_days) } }))).token)}>
            <Grace />
            <Submit>{t('Replace')}</Submit>
          </Form>
        </Dialog>
      )}
      {open === 'revoke' && (
        <Dialog title={t('Revoke the token')} onClose={() => setOpen(undefined)}>
          <Form onSubmit={async () => {
            await ask(api.DELETE('/api/account/solutions/{id}/token', path))
            await done()
          }}>
            <p>{t('It stops working at once, everywhere. Your access stays; you can make another token.')}</p>
            <Submit kind="button-danger">{t('Revoke')}</Submit>
          </Form>
        </Dialog>
      )}
    </li>
  )
}
