import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { NotFound, Tab } from '../../app/Layout'
import { SignedIn } from '../../components/SignedIn'

/** Others than administrators find nothing here, as at any address that is not theirs. */
export function Administration({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  return (
    <SignedIn>
      {({ account, impersonator }) => account.roles.includes('admin') && !impersonator ? (
        <>
          <nav aria-label={t('Administration')} className="mb-8 flex gap-6 overflow-x-auto border-b border-line">
            <Tab to="/admin/users" label={t('People')} />
            <Tab to="/admin/tiers" label={t('Tiers')} />
            <Tab to="/admin/payments" label={t('Payments')} />
            <Tab to="/admin/gateways" label={t('Gateways')} />
          </nav>
          {children}
        </>
      ) : <NotFound />}
    </SignedIn>
  )
}
