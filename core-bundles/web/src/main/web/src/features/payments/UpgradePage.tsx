import { useQuery } from '@tanstack/react-query'
import { Link, Navigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { accountQuery, heldQuery, solutionQuery } from '../../api/queries'
import { lastBuyerQuery } from '../../api/payments'
import type { Schemas } from '../../api/client'
import { NotFound } from '../../app/Layout'
import { Notice } from '../../components/Notice'
import { Page } from '../../components/Page'
import { Ready } from '../../components/States'
import { Problem } from '../../lib/problem'
import { tierText } from '../../lib/quota'
import { visitOf, webAddress } from '../../lib/visit'
import { Purchase } from './Purchase'
import { TierChoice } from './TierChoice'

type Solution = Schemas['SolutionDetailView']

/** Where the upgrade link of a refusal leads: what more there is, what it costs to the last paisa, and the way to pay it. */
export default function UpgradePage() {
  const search = useSearch({ strict: false }) as Record<string, unknown>
  const visit = visitOf(search)
  if (!visit) return <Navigate to="/" replace />
  return <Upgrade id={visit.solution_id} wanted={typeof search.tier === 'string' ? search.tier : undefined} back={visit.return_url && webAddress(visit.return_url)} />
}

function Upgrade({ id, wanted, back }: { id: string; wanted: string | undefined; back: string | undefined }) {
  const { t } = useTranslation()
  const found = useQuery(solutionQuery(id))
  const account = useQuery(accountQuery)
  const held = useQuery({ ...heldQuery, enabled: !!account.data })
  if (found.error instanceof Problem && found.error.status === 404) return <NotFound />
  return (
    <Ready of={found} data={found.data}>
      {(solution) => (
        <Page title={t('More of {{name}}', { name: solution.name })} lead={t('The token you have stays the same and works at the new tier at once.')}>
          <Ready of={account} data={account.data}>
            {(context) => context === null ? <Tiers solution={solution} wanted={wanted} back={back} current={undefined} context={null} /> : (
              <Ready of={held} data={held.data}>
                {({ solutions }) => (
                  <Tiers solution={solution} wanted={wanted} back={back} context={context} current={solutions.find((one) => one.solution_id === solution.id)?.access_tier} />
                )}
              </Ready>
            )}
          </Ready>
        </Page>
      )}
    </Ready>
  )
}

interface Props {
  solution: Solution
  wanted: string | undefined
  back: string | undefined
  current: string | undefined
  context: Schemas['AccountContext'] | null
}

function Tiers({ solution, wanted, back, current, context }: Props) {
  const { t } = useTranslation()
  const above = solution.tiers.slice(solution.tiers.findIndex((tier) => tier.tier === current) + 1)
  const sold = above.filter((tier) => tier.price !== null)
  const [chosen, choose] = useState(wanted)
  const tier = sold.find((one) => one.tier === chosen) ?? sold[0]
  return (
    <div className="space-y-6">
      {current !== undefined && (current === wanted || above.length === 0) && (
        <Notice tone="good" role="status">
          {above.length === 0 ? t('You have {{tier}}, and there is nothing above it.', { tier: tierText(current, t) }) : t('You have {{tier}} already.', { tier: tierText(current, t) })}
        </Notice>
      )}
      {above.length > 0 && !tier && (
        <Notice>{t('The tiers above yours are not sold here. Write to the operator of this marketplace with your address, the solution and the tier you want.')}</Notice>
      )}
      {!tier && <p><a className="button" href={back ?? solution.page_url}>{t('Back to {{name}}', { name: solution.name })}</a></p>}
      {tier && <TierChoice tiers={sold} chosen={tier.tier} onChoose={choose} />}
      {tier && (context === null ? <SignInFirst solution={solution.id} tier={tier.tier} back={back} /> : (
        <Remembered>{(before) => <Purchase key={tier.tier} solution={solution} tier={tier} back={back} name={context.account.name} before={before} />}</Remembered>
      ))}
    </div>
  )
}

function SignInFirst({ solution, tier, back }: { solution: string; tier: string; back: string | undefined }) {
  const { t } = useTranslation()
  const here = '/upgrade?' + new URLSearchParams({ solution_id: solution, tier, ...(back ? { return_url: back } : {}) }).toString()
  return (
    <div className="card flex flex-wrap items-center justify-between gap-4">
      <p>{t('Sign in, and you see the exact price with tax before you pay.')}</p>
      <Link to="/sign-in" search={{ next: here }} className="button button-primary">{t('Sign in')}</Link>
    </div>
  )
}

function Remembered({ children }: { children: (before: Schemas['BuyerView'] | null) => React.ReactNode }) {
  const before = useQuery(lastBuyerQuery)
  return <Ready of={before} data={before.data}>{children}</Ready>
}
