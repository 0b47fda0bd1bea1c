import { useQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { NotFound } from '../../app/Layout'
import { accountQuery, heldQuery, solutionQuery } from '../../api/queries'
import { Notice } from '../../components/Notice'
import { Page } from '../../components/Page'
import { Ready } from '../../components/States'
import { Problem } from '../../lib/problem'
import { visitOf } from '../../lib/visit'
import CataloguePage from './CataloguePage'
import { TierCards } from './TierCards'

/** Where the upgrade link of a refusal leads. Nothing is sold here yet, and the page says how it is done instead. */
export default function UpgradePage() {
  const visit = visitOf(useSearch({ strict: false }))
  return visit ? <Upgrade id={visit.solution_id} /> : <CataloguePage />
}

function Upgrade({ id }: { id: string }) {
  const { t } = useTranslation()
  const found = useQuery(solutionQuery(id))
  const account = useQuery(accountQuery)
  const held = useQuery({ ...heldQuery, enabled: !!account.data })
  if (found.error instanceof Problem && found.error.status === 404) return <NotFound />
  return (
    <Ready of={found} data={found.data}>
      {(solution) => (
        <Page title={t('More of {{name}}', { name: solution.name })} lead={t('The token you have stays the same and works at the new tier at once.')}>
          <div className="space-y-6">
            <Notice>
              {t('Tiers are not paid for in the browser yet. Write to the operator of this marketplace with your address, the solution and the tier you want.')}
            </Notice>
            <h2>{t('Tiers and prices')}</h2>
            <TierCards solution={solution} current={held.data?.solutions.find((one) => one.solution_id === solution.id)?.access_tier} />
            {account.data === null && <p><Link to="/sign-in" search={{ next: '/dashboard' }} className="link">{t('Sign in to see what you have')}</Link></p>}
          </div>
        </Page>
      )}
    </Ready>
  )
}
