import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { holdingsQuery } from '../../api/payments'
import { heldQuery } from '../../api/queries'
import { Page } from '../../components/Page'
import { SignedIn } from '../../components/SignedIn'
import { Empty, Loading, Ready } from '../../components/States'
import { HeldSolution } from './HeldSolution'
import { Usage } from './Usage'

export default function DashboardPage() {
  return <SignedIn>{({ account }) => <Dashboard name={account.name} />}</SignedIn>
}

function Dashboard({ name }: { name: string }) {
  const { t } = useTranslation()
  const held = useQuery(heldQuery)
  const holdings = useQuery(holdingsQuery).data ?? []
  return (
    <Page title={name ? t('Hello, {{name}}', { name }) : t('Dashboard')} lead={t('What you have, what is left of it, and what you used.')}
      aside={<Link to="/account/payments" className="link">{t('Payments and receipts')}</Link>}>
      <Ready of={held} data={held.data} skeleton={<Loading rows={2} className="h-48" />}>
        {({ solutions }) => solutions.length === 0 ? (
          <Empty title={t('Nothing here yet')}>
            <p className="mb-4">{t('Choose a solution; it appears here with your tier and what is left.')}</p>
            <Link to="/" className="button button-primary">{t('See all solutions')}</Link>
          </Empty>
        ) : (
          <div className="space-y-12">
            <section aria-labelledby="held">
              <h2 id="held" className="mb-4">{t('Your solutions')}</h2>
              <ul className="grid gap-5 lg:grid-cols-2">
                {solutions.map((solution) => (
                  <HeldSolution key={solution.solution_id} solution={solution}
                    holding={holdings.find((one) => one.solution_id === solution.solution_id && one.tier === solution.access_tier)} />
                ))}
              </ul>
            </section>
            <Usage names={new Map(solutions.map((solution) => [solution.solution_id, solution.name]))} />
          </div>
        )}
      </Ready>
    </Page>
  )
}
