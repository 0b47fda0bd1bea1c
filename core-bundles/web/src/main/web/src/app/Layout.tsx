import type { ErrorComponentProps } from '@tanstack/react-router'
import { Link, Outlet, useRouterState } from '@tanstack/react-router'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { accountQuery } from '../api/queries'
import { Mark } from '../components/Icon'
import { ProblemNotice } from '../components/Notice'
import { Page } from '../components/Page'
import { AccountMenu } from './AccountMenu'
import { ImpersonationBanner } from './ImpersonationBanner'
import { LanguageChoice, ThemeChoice } from './Preferences'

export function Layout() {
  const { t } = useTranslation()
  const { data } = useQuery(accountQuery)
  const main = useRef<HTMLElement>(null)
  const path = useRouterState({ select: (state) => state.location.pathname })
  const before = useRef(path)
  useEffect(() => {
    // Another page: the focus goes to its beginning, as it would with a page from the server.
    if (before.current !== path) main.current?.focus()
    before.current = path
  }, [path])
  return (
    <>
      <a href="#main" className="button button-primary absolute left-3 top-3 z-10 -translate-y-20 focus:translate-y-0">{t('Skip to the content')}</a>
      {data?.impersonator && <ImpersonationBanner email={data.account.email} reason={data.impersonator.reason} />}
      <header className="border-b border-line bg-surface">
        <div className="mx-auto flex max-w-6xl flex-wrap items-center gap-x-2 px-4 sm:gap-x-8 sm:px-6">
          <Link to="/" className="flex min-h-16 items-center gap-2.5 font-display text-lg font-bold tracking-tight">
            <Mark />
            <span>CloudNestle</span>
          </Link>
          <nav aria-label={t('Main')} className="order-last -mb-px flex w-full gap-5 overflow-x-auto sm:order-none sm:w-auto sm:self-end">
            <Tab to="/" exact label={t('Solutions')} />
            {data && <Tab to="/dashboard" label={t('Dashboard')} />}
            {data && <Tab to="/account/keys" label={t('Keys')} />}
            {data?.account.roles.includes('admin') && !data.impersonator && <Tab to="/admin/users" label={t('Admin')} />}
          </nav>
          <div className="ml-auto flex min-h-16 items-center gap-1.5">
            <AccountMenu context={data} />
          </div>
        </div>
      </header>
      <main id="main" ref={main} tabIndex={-1} className="mx-auto w-full max-w-6xl flex-1 px-4 py-8 outline-none sm:px-6 sm:py-12">
        <Outlet />
      </main>
      <footer className="border-t border-line">
        <div className="mx-auto flex max-w-6xl flex-wrap items-center justify-between gap-4 px-4 py-6 text-sm text-quiet sm:px-6">
          <p className="flex flex-wrap gap-x-5 gap-y-2">
            <a className="link" href="/docs/">{t('For programs: the API')}</a>
            <a className="link" href="/problems/">{t('What refusals mean')}</a>
            <a className="link" href="/licences.txt">{t('Licences')}</a>
          </p>
          <div className="flex flex-wrap items-center gap-3">
            <LanguageChoice />
            <ThemeChoice />
          </div>
        </div>
      </footer>
    </>
  )
}

export function Tab({ to, label, exact = false }: { to: string; label: string; exact?: boolean }) {
  return <Link to={to} activeOptions={{ exact, includeSearch: false }} className="tab">{label}</Link>
}

export function NotFound() {
  const { t } = useTranslation()
  return (
    <Page narrow title={t('Nothing is here')} lead={t('The address may be mistyped, or what it named is gone.')}>
      <Link to="/" className="button button-primary">{t('See all solutions')}</Link>
    </Page>
  )
}

export function Failed({ error }: ErrorComponentProps) {
  const { t } = useTranslation()
  return (
    <Page narrow title={t('This page broke')}>
      <ProblemNotice error={error} />
      <button type="button" className="button mt-4" onClick={() => window.location.reload()}>{t('Reload')}</button>
    </Page>
  )
}
