import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client'
import type { Schemas } from '../../api/client'
import { Dialog } from '../../components/Dialog'
import { Field, Form, Submit } from '../../components/Form'
import { ask } from '../../lib/problem'

interface Props {
  solutions: Schemas['HeldSolutionView'][]
  onClose: () => void
  onMade: (issued: Schemas['IssuedApiKeyView']) => Promise<void>
}

export function NewKey({ solutions, onClose, onMade }: Props) {
  const { t } = useTranslation()
  const id = useId()
  const [solution, setSolution] = useState(solutions[0]?.solution_id ?? '')
  const actions = solutions.find((one) => one.solution_id === solution)?.quotas.map((quota) => quota.action) ?? []
  return (
    <Dialog title={t('Make a key')} onClose={onClose}>
      <Form onSubmit={async ({ name = '', days = '' }, form) => {
        const chosen = new FormData(form).getAll('action').map(String)
        const expires = days && new Date(Date.now() + Number(days) * 86_400_000).toISOString()
        await onMade(await ask(api.POST('/api/account/api-keys', {
          body: { solution_id: solution, name: name.trim(), ...(chosen.length > 0 ? { actions: chosen } : {}), ...(expires ? { expires_at: expires } : {}) },
        })))
      }}>
        <Field name="name" label={t('Name')} required maxLength={60} hint={t('What will use it? For example: nightly report.')} />
        <div>
          <label htmlFor={id + 's'} className="mb-1 block text-sm font-semibold">{t('Solution')}</label>
          <select id={id + 's'} className="input" value={solution} onChange={(event) => setSolution(event.target.value)}>
            {solutions.map((one) => <option key={one.solution_id} value={one.solution_id}>{one.name}</option>)}
          </select>
        </div>
        {actions.length > 1 && (
          <fieldset>
            <legend className="mb-1 text-sm font-semibold">{t('It may (nothing chosen: everything)')}</legend>
            {actions.map((action) => (
              <label key={action} className="mr-5 inline-flex min-h-8 items-center gap-2 text-sm">
                <input type="checkbox" name="action" value={action} className="size-4 accent-(--accent)" /> {action}
              </label>
            ))}
          </fieldset>
        )}
        <div>
          <label htmlFor={id + 'd'} className="mb-1 block text-sm font-semibold">{t('It ends')}</label>
          <select id={id + 'd'} name="days" className="input" defaultValue="90">
            <option value="30">{t('in 30 days')}</option>
            <option value="90">{t('in 90 days')}</option>
            <option value="365">{t('in a year')}</option>
            <option value="">{t('never')}</option>
          </select>
        </div>
        <Submit>{t('Make the key')}</Submit>
      </Form>
    </Dialog>
  )
}
