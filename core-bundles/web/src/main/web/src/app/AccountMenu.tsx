import { useQueryClient } from '@tanstack/react-query'
import { Link, useRouter } from '@tanstack/react-router'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api/client'
import type { Schemas } from '../api/client'
import { Icon } from '../components/Icon'
import { ask } from '../lib/problem'

export function AccountMenu({ context }: { context: Schemas['AccountContext'] | null | undefined }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const router = useRouter()
  const menu = useRef<HTMLDetailsElement>(null)
  if (context === undefined) return <span className="skeleton h-10 w-24" aria-hidden="true" />
  if (context === null) {
    return (
      <>
        <Link to="/sign-in" className="button border-transparent bg-transparent px-3">{t('Sign in')}</Link>
        <Link to="/register" className="button button-primary px-3.5 sm:px-5">{t('Register')}</Link>
      </>
    )
  }
  async function signOut() {
    await ask(api.POST('/api/auth/sign-out'))
    client.clear()
    client.setQueryData(['account'], null)
    await router.navigate({ to: '/' })
  }
  const close = () => menu.current?.removeAttribute('open')
  const name = context.account.name || context.account.email
  return (
    <details ref={menu} className="relative" onKeyDown={(event) => event.key === 'Escape' && close()}
      onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && close()}>
      <summary className="button max-w-48 list-none [&::-webkit-details-marker]:hidden"><span className="truncate">{name}</span><Icon name="down" className="size-4" /></summary>
      <div className="absolute right-0 z-10 mt-2 w-60 rounded-card border border-line bg-surface p-2 shadow-lg">
        <p className="truncate px-3 py-2 text-xs text-quiet">{context.account.email}</p>
        {[['/account/profile', t('Profile and data')], ['/account/security', t('Security and sessions')], ['/account/payments', t('Payments')]].map(([to, label]) => (
          <Link key={to} to={to!} onClick={close} className="block rounded-control px-3 py-2.5 text-sm hover:bg-sunk">{label}</Link>
        ))}
        <button type="button" onClick={() => void signOut()} className="block w-full rounded-control px-3 py-2.5 text-left text-sm hover:bg-sunk">{t('Sign out')}</button>
      </div>
    </details>
  )
}
