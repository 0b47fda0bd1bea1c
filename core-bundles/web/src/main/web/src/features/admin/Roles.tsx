import { useTranslation } from 'react-i18next'
import { api } from '../../api/client'
import type { Schemas } from '../../api/client'
import { Form, Submit } from '../../components/Form'
import { Section } from '../../components/Section'
import { ask } from '../../lib/problem'

type Role = Schemas['AccountView']['roles'][number]

export function Roles({ account, onChange }: { account: Schemas['AccountView']; onChange: () => Promise<void> }) {
  const { t } = useTranslation()
  const roles: [Role, string][] = [['partner', t('Partner: sells solutions')], ['operator', t('Operator: sees health and figures')], ['admin', t('Administrator: may do everything')]]
  return (
    <Section title={t('Roles')}>
      <Form onSubmit={async (_, form) => {
        const chosen = new FormData(form).getAll('role') as Role[]
        await ask(api.PUT('/api/admin/users/{id}/roles', { params: { path: { id: account.id } }, body: { roles: ['customer', ...chosen] } }))
        await onChange()
      }}>
        <fieldset className="space-y-1">
          <legend className="sr-only">{t('Roles')}</legend>
          {roles.map(([role, label]) => (
            <label key={role} className="flex min-h-8 items-center gap-2 text-sm">
              <input type="checkbox" name="role" value={role} defaultChecked={account.roles.includes(role)} className="size-4 accent-(--accent)" /> {label}
            </label>
          ))}
        </fieldset>
        <Submit kind="button-small" className="">{t('Save')}</Submit>
      </Form>
    </Section>
  )
}
