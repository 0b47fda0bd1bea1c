import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client'
import { identitiesQuery, providersQuery } from '../../api/queries'
import { Form, Submit } from '../../components/Form'
import { Section } from '../../components/Section'
import { ask } from '../../lib/problem'

/** Accounts elsewhere that sign in here; no section where there are none and none can be. */
export function IdentitiesSection() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const identities = useQuery(identitiesQuery)
  const providers = useQuery(providersQuery)
  const linked = identities.data?.identities ?? []
  const offered = providers.data?.providers ?? []
  if (linked.length === 0 && offered.length === 0) return null
  const name = (id: string) => offered.find((provider) => provider.id === id)?.name ?? id
  const free = offered.filter((provider) => !linked.some((identity) => identity.provider === provider.id))
  return (
    <Section title={t('Other accounts')}>
      <ul className="divide-y divide-line">
        {linked.map((identity) => (
          <li key={identity.provider} className="flex flex-wrap items-center gap-3 py-3 text-sm">
            <div className="min-w-0 flex-1"><p className="font-semibold">{name(identity.provider)}</p><p className="text-quiet">{identity.account}</p></div>
            <Form className="space-y-2" onSubmit={async () => {
              await ask(api.DELETE('/api/account/identities/{provider}', { params: { path: { provider: identity.provider } } }))
              await client.invalidateQueries({ queryKey: identitiesQuery.queryKey })
            }}>
              <Submit kind="button-small button-danger" className="">{t('Remove')} <span className="sr-only">{name(identity.provider)}</span></Submit>
            </Form>
          </li>
        ))}
      </ul>
      {free.length > 0 && (
        <p className="flex flex-wrap gap-3">
          {free.map((provider) => <a key={provider.id} className="button" href={`/api/auth/providers/${encodeURIComponent(provider.id)}/start`}>{t('Link {{name}}', { name: provider.name })}</a>)}
        </p>
      )}
    </Section>
  )
}
