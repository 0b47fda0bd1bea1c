import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { NotFound } from '../../app/Layout'
import { holdingsQuery } from '../../api/payments'
import { heldQuery, accountQuery, solutionQuery } from '../../api/queries'
import { Icon } from '../../components/Icon'
import { Notice } from '../../components/Notice'
import { Page } from '../../components/Page'
import { Loading, Ready } from '../../components/States'
import { words } from '../../lib/format'
import { Problem } from '../../lib/problem'
import { TierCards } from './TierCards'

export default function SolutionPage() {
  const { t } = useTranslation()
  const { id = '' } = useParams({ strict: false })
  const found = useQuery(solutionQuery(id))
  const account = useQuery(accountQuery)
  const held = useQuery({ ...heldQuery, enabled: !!account.data })
  const holdings = useQuery({ ...holdingsQuery, enabled: !!account.data })
  if (found.error instanceof Problem && found.error.status === 404) return <NotFound />
  return (
    <Ready of={found} data={found.data} skeleton={<Loading rows={3} className="h-32" />}>
      {(solution) => {
        const mine = held.data?.solutions.find((one) => one.solution_id === solution.id)
        return (
          <Page title={solution.name} lead={solution.summary} aside={
            solution.available && <a href={solution.page_url} className="button button-primary">{t('Open')} <Icon name="arrow" className="size-4" /></a>
          }>
            <div className="space-y-10">
              {!solution.available && <Notice tone="warn">{t('This solution is paused at the moment. What you have stays yours.')}</Notice>}
              {solution.available && solution.health?.ok === false && <Notice tone="warn">{t('This solution reports a fault at the moment.')}</Notice>}
              <section aria-labelledby="tiers">
                <h2 id="tiers" className="mb-4">{t('Tiers and prices')}</h2>
                <TierCards solution={solution} current={mine?.access_tier} holding={holdings.data?.find((one) => one.solution_id === solution.id)} />
              </section>
              <section aria-labelledby="about" className="grid gap-x-10 gap-y-4 sm:grid-cols-2">
                <h2 id="about" className="sm:col-span-2">{t('Good to know')}</h2>
                <dl className="contents text-sm">
                  <Fact name={t('What is counted')}>{solution.meters.map((meter) => words(meter.action)).join(', ') || '–'}</Fact>
                  <Fact name={t('Your token')}>{solution.token_lifetime_days === null ? t('It does not run out.') : t('valid for {{count}} days', { count: solution.token_lifetime_days })}</Fact>
                  <Fact name={t('For programs')}><code>{solution.api_url}</code></Fact>
                  <Fact name={t('Category')}>{solution.category || '–'}</Fact>
                </dl>
              </section>
              <p><Link to="/" className="link">{t('All solutions')}</Link></p>
            </div>
          </Page>
        )
      }}
    </Ready>
  )
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className="border-t border-line pt-3">
      <dt className="text-xs font-semibold text-quiet">{name}</dt>
      <dd className="mt-0.5">{children}</dd>
    </div>
  )
}
