import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../api/client'
import { solutionQuery, solutionsQuery } from '../../api/queries'
import { Page } from '../../components/Page'
import { Section } from '../../components/Section'
import { Empty, Ready } from '../../components/States'
import { money, number, words } from '../../lib/format'
import { tierText, windowText } from '../../lib/quota'
import { Administration } from './Administration'

export default function TiersPage() {
  return <Administration><Tiers /></Administration>
}

function Tiers() {
  const { t } = useTranslation()
  const all = useInfiniteQuery(solutionsQuery(''))
  return (
    <Page title={t('Tiers')} lead={t('As the solutions and their profile files set them.')}>
      <Ready of={all} data={all.data}>
        {({ pages }) => {
          const solutions = pages.flatMap((page) => page.solutions)
          return solutions.length === 0 ? <Empty title={t('No solution is here yet')} /> : (
            <div className="space-y-6">
              {solutions.map((solution) => <SolutionTiers key={solution.id} solution={solution} />)}
              {all.hasNextPage && <button type="button" className="button" onClick={() => void all.fetchNextPage()}>{t('Show more')}</button>}
            </div>
          )
        }}
      </Ready>
    </Page>
  )
}

function SolutionTiers({ solution }: { solution: Schemas['SolutionView'] }) {
  const { t } = useTranslation()
  const detail = useQuery(solutionQuery(solution.id))
  return (
    <Section title={solution.name} chip={<span className={`chip ${solution.available ? 'chip-good' : 'chip-warn'}`}>{solution.available ? t('Running') : t('Paused')}</span>}>
      <Ready of={detail} data={detail.data}>
        {({ tiers }) => (
          <div className="overflow-x-auto" tabIndex={0} role="region" aria-label={`${solution.name}: ${t('Tiers')}`}>
            <table className="table">
              <thead><tr><th scope="col">{t('Tier')}</th><th scope="col">{t('Limits')}</th><th scope="col">{t('Validity')}</th><th scope="col" className="number">{t('Price')}</th></tr></thead>
              <tbody>
                {tiers.map((tier) => (
                  <tr key={tier.tier}>
                    <th scope="row">{tierText(tier.tier, t)}</th>
                    <td>{tier.limits.map((limit) => (
                      <span key={limit.action + limit.window} className="block">
                        {limit.limit < 0 ? t('{{action}}: without limit', { action: words(limit.action) }) : `${words(limit.action)}: ${number(limit.limit)} ${windowText(limit.window, t)}`}
                      </span>
                    ))}</td>
                    <td>{tier.validity_days === null ? '–' : t('valid for {{count}} days', { count: tier.validity_days })}</td>
                    <td className="number">{tier.price ? money(tier.price.amount_minor, tier.price.currency) : '–'}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Ready>
    </Section>
  )
}
