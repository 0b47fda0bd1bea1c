import { useTranslation } from 'react-i18next'
import { Page } from '../../components/Page'
import { SignedIn } from '../../components/SignedIn'
import { AuthenticatorSection } from './AuthenticatorSection'
import { IdentitiesSection } from './IdentitiesSection'
import { PasskeysSection } from './PasskeysSection'
import { PasswordSection } from './PasswordSection'
import { SessionsSection } from './SessionsSection'

export default function SecurityPage() {
  const { t } = useTranslation()
  return (
    <SignedIn>
      {({ account }) => (
        <Page title={t('Security and sessions')} lead={t('How you sign in, and where you are signed in.')}>
          <div className="grid items-start gap-6 lg:grid-cols-2">
            <SessionsSection />
            <div className="space-y-6">
              <PasskeysSection />
              <AuthenticatorSection on={account.second_factor} />
              <PasswordSection set={account.password_set} email={account.email} />
              <IdentitiesSection />
            </div>
          </div>
        </Page>
      )}
    </SignedIn>
  )
}
