import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { adminUserQuery } from '../../api/queries'
import { Page } from '../../components/Page'
import { Section } from '../../components/Section'
import { Ready } from '../../components/States'
import { day, relative } from '../../lib/format'
import { Administration } from './Administration'
import { Entitlements } from './Entitlements'
import { Impersonate } from './Impersonate'
import { Roles } from './Roles'
import { Status } from './Status'

export default function UserPage() {
  return <Administration><User /></Administration>
}

function User() {
  const { t } = useTranslation()
  const { id = '' } = useParams({ strict: false })
  const client = useQueryClient()
  const user = useQuery(adminUserQuery(id))
  const again = () => client.invalidateQueries({ queryKey: ['admin'] })
  return (
    <Ready of={user} data={user.data}>
      {({ account, sessions, solutions }) => (
        <Page title={account.name || account.email} lead={account.name ? account.email : undefined}
          aside={account.suspended && <span className="chip chip-bad">{t('Suspended')}</span>}>
          <div className="grid items-start gap-6 lg:grid-cols-[3fr_2fr]">
            <Entitlements account={account} solutions={solutions} onChange={again} />
            <div className="space-y-6">
              <Section title={t('About the account')}>
                <dl className="grid grid-cols-[auto_1fr] gap-x-5 gap-y-1.5 text-sm">
                  <dt className="text-quiet">{t('Id')}</dt><dd className="break-all"><code>{account.id}</code></dd>
                  <dt className="text-quiet">{t('Since')}</dt><dd>{day(account.created_at)}</dd>
                  <dt className="text-quiet">{t('Second factor')}</dt><dd>{account.second_factor ? t('On') : t('Off')}</dd>
                  <dt className="text-quiet">{t('Sessions')}</dt>
                  <dd>{sessions.length === 0 ? '–' : sessions.map((session) => <span key={session.id} className="block">{session.device}, {relative(session.used_at)}</span>)}</dd>
                </dl>
              </Section>
              <p><Link to="/admin/payments" search={{ customer_id: account.id }} className="link">{t('Payments of this person')}</Link></p>
              <Roles account={account} onChange={again} />
              <Status account={account} onChange={again} />
              <Impersonate account={account} />
            </div>
          </div>
        </Page>
      )}
    </Ready>
  )
}
