import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useDeferredValue, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { holdingsQuery } from '../../api/payments'
import { accountQuery, solutionsQuery } from '../../api/queries'
import { Icon } from '../../components/Icon'
import { Page } from '../../components/Page'
import { Empty, Loading, Ready } from '../../components/States'
import { SolutionCard } from './SolutionCard'

export default function CataloguePage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { q } = useSearch({ strict: false }) as { q?: unknown }
  const [text, setText] = useState(typeof q === 'string' ? q : '')
  const wanted = useDeferredValue(text.trim())
  const found = useInfiniteQuery({ ...solutionsQuery(wanted), placeholderData: (before) => before })
  const account = useQuery(accountQuery)
  const holdings = useQuery({ ...holdingsQuery, enabled: !!account.data }).data ?? []
  useEffect(() => {
    void navigate({ to: '/', search: wanted ? { q: wanted } : {}, replace: true })
  }, [wanted, navigate])
  return (
    <Page title={t('Solutions ready to use')} lead={t('Try one without an account. Register when you want more; your token works from then on.')}>
      <form role="search" className="relative mb-8 max-w-xl" onSubmit={(event) => event.preventDefault()}>
        <Icon name="search" className="pointer-events-none absolute left-3.5 top-3.5 size-5 text-quiet" />
        <input type="search" className="input min-h-12 pl-11" aria-label={t('Search the solutions')} placeholder={t('What do you want to do?')}
          value={text} maxLength={100} onChange={(event) => setText(event.target.value)} />
      </form>
      <Ready of={found} data={found.data} skeleton={<Loading rows={2} className="h-44" />}>
        {({ pages }) => {
          const solutions = pages.flatMap((page) => page.solutions)
          return (
            <>
              <p role="status" className="sr-only">{t('{{count}} solutions', { count: solutions.length })}</p>
              {solutions.length === 0 ? (
                <Empty title={wanted ? t('Nothing fits “{{query}}”', { query: wanted }) : t('No solution is here yet')}>
                  {wanted
                    ? <button type="button" className="button" onClick={() => setText('')}>{t('Show all')}</button>
                    : t('A solution that is dropped into the server appears here by itself.')}
                </Empty>
              ) : (
                <ul className="grid gap-5 md:grid-cols-2">
                  {solutions.map((solution) => <SolutionCard key={solution.id} solution={solution} holding={holdings.find((one) => one.solution_id === solution.id)} />)}
                </ul>
              )}
              {found.hasNextPage && (
                <button type="button" className="button mt-6" disabled={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
                  {t('Show more')}
                </button>
              )}
            </>
          )
        }}
      </Ready>
    </Page>
  )
}
