import type { QueryClient } from '@tanstack/react-query'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client'
import { accountQuery, identitiesQuery, providersQuery } from '../../api/queries'
import { Submit } from '../../components/Form'
import { GuardedForm } from '../../components/GuardedForm'
import { Notice } from '../../components/Notice'
import { Section } from '../../components/Section'
import { ask, Problem } from '../../lib/problem'
import { providerText } from '../../lib/problemText'

/** A proof counts for ten minutes; what is left of them must do for the way to the server. */
const FRESH_MS = 9 * 60_000

/** The browser leaves for the provider, so that a proof is missing has to be known before. */
async function leaveToLink(client: QueryClient, provider: string) {
  const context = await client.fetchQuery({ ...accountQuery, staleTime: 0 })
  if (!context || Date.now() - Date.parse(context.session.proved_at) > FRESH_MS) throw new Problem(403, { code: 'not-allowed' })
  window.location.assign(`/api/auth/providers/${encodeURIComponent(provider)}/start?link=true`)
}

/** Accounts elsewhere that sign in here; no section where there are none and none can be. */
export function IdentitiesSection() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { error } = useSearch({ strict: false }) as { error?: unknown }
  const identities = useQuery(identitiesQuery)
  const providers = useQuery(providersQuery)
  const linked = identities.data?.identities ?? []
  const offered = providers.data?.providers ?? []
  if (linked.length === 0 && offered.length === 0) return null
  const name = (id: string) => offered.find((provider) => provider.id === id)?.name ?? id
  const free = offered.filter((provider) => !linked.some((identity) => identity.provider === provider.id))
  return (
    <Section title={t('Other accounts')}>
      {typeof error === 'string' && <Notice tone="bad" role="alert">{providerText(error, true, t)}</Notice>}
      <ul className="divide-y divide-line">
        {linked.map((identity) => (
          <li key={identity.provider} className="flex flex-wrap items-center gap-3 py-3 text-sm">
            <div className="min-w-0 flex-1"><p className="font-semibold">{name(identity.provider)}</p><p className="text-quiet">{identity.account}</p></div>
            <GuardedForm className="space-y-2" onSubmit={async () => {
              await ask(api.DELETE('/api/account/identities/{provider}', { params: { path: { provider: identity.provider } } }))
              await client.invalidateQueries({ queryKey: identitiesQuery.queryKey })
            }}>
              <Submit kind="button-small button-danger" className="">{t('Remove')} <span className="sr-only">{name(identity.provider)}</span></Submit>
            </GuardedForm>
          </li>
        ))}
      </ul>
      {free.length > 0 && (
        <div className="flex flex-wrap gap-3">
          {free.map((provider) => (
            <GuardedForm key={provider.id} className="space-y-2" onSubmit={() => leaveToLink(client, provider.id)}>
              <Submit kind="" className="">{t('Link {{name}}', { name: provider.name })}</Submit>
            </GuardedForm>
          ))}
        </div>
      )}
    </Section>
  )
}
