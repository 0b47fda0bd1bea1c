import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { providersQuery } from '../../api/queries'
import type { Visit } from '../../lib/visit'

/** Accounts elsewhere; nothing if the operator configured none. */
export function Providers({ visit }: { visit: Visit | undefined }) {
  const { t } = useTranslation()
  const { data } = useQuery(providersQuery)
  if (!data || data.providers.length === 0) return null
  const query = new URLSearchParams({ ...visit }).toString()
  return (
    <div className="space-y-2 border-t border-line pt-4">
      <p className="text-sm text-quiet">{t('or go on with an account you have')}</p>
      {data.providers.map((provider) => (
        <a key={provider.id} className="button w-full" href={`/api/auth/providers/${encodeURIComponent(provider.id)}/start${query ? '?' + query : ''}`}>
          {provider.name}
        </a>
      ))}
    </div>
  )
}
