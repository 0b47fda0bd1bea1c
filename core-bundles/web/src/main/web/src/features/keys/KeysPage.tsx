import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { heldQuery } from '../../api/queries'
import { Page } from '../../components/Page'
import { SignedIn } from '../../components/SignedIn'
import { Empty, Ready } from '../../components/States'
import { ApiKeys } from './ApiKeys'
import { SolutionToken } from './SolutionToken'

export default function KeysPage() {
  return <SignedIn>{() => <Keys />}</SignedIn>
}

function Keys() {
  const { t } = useTranslation()
  const held = useQuery(heldQuery)
  return (
    <Page title={t('Tokens and keys')} lead={t('A token is for you in the browser, a key for a program of yours. Who has one can use what you have.')}>
      <Ready of={held} data={held.data}>
        {({ solutions }) => solutions.length === 0 ? (
          <Empty title={t('Nothing here yet')}><Link to="/" className="button button-primary">{t('See all solutions')}</Link></Empty>
        ) : (
          <div className="space-y-12">
            <section aria-labelledby="tokens">
              <h2 id="tokens" className="mb-4">{t('Solution tokens')}</h2>
              <ul className="space-y-4">{solutions.map((solution) => <SolutionToken key={solution.solution_id} solution={solution} />)}</ul>
            </section>
            <ApiKeys solutions={solutions} />
          </div>
        )}
      </Ready>
    </Page>
  )
}
