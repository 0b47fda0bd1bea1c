import { useQuery } from '@tanstack/react-query'
import { Link, Navigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { accountQuery, heldQuery, solutionQuery } from '../../api/queries'
import type { Holding, Payment } from '../../api/payments'
import { holdingsQuery, lastBuyerQuery, paymentQuery } from '../../api/payments'
import type { Schemas } from '../../api/client'
import { NotFound } from '../../app/Layout'
import { Notice } from '../../components/Notice'
import { Page } from '../../components/Page'
import { Loading, Ready } from '../../components/States'
import { ended } from '../../lib/payment'
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
  return <Upgrade id={visit.solution_id} wanted={text(search.tier)} instead={text(search.instead_of)} back={visit.return_url && webAddress(visit.return_url)} />
}

const text = (value: unknown) => (typeof value === 'string' ? value : undefined)

/** What the address asks for. */
interface Wish {
  wanted: string | undefined
  /** A payment that was begun and shall be paid another way. */
  instead: string | undefined
  /** Where the buyer came from and returns to in the end. */
  back: string | undefined
}

function Upgrade({ id, ...wish }: Wish & { id: string }) {
  const { t } = useTranslation()
  const found = useQuery(solutionQuery(id))
  const account = useQuery(accountQuery)
  const held = useQuery({ ...heldQuery, enabled: !!account.data })
  const holdings = useQuery({ ...holdingsQuery, enabled: !!account.data })
  if (found.error instanceof Problem && found.error.status === 404) return <NotFound />
  return (
    <Ready of={found} data={found.data}>
      {(solution) => (
        <Page title={t('More of {{name}}', { name: solution.name })} lead={t('The token you have stays the same, and works with what you buy.')}>
          <Ready of={account} data={account.data}>
            {(context) => context === null ? <Tiers solution={solution} current={undefined} holding={undefined} context={null} {...wish} /> : (
              <Ready of={held} data={held.data}>
                {({ solutions }) => (
                  <Ready of={holdings} data={holdings.data}>
                    {(some) => (
                      <Tiers solution={solution} context={context} current={solutions.find((one) => one.solution_id === solution.id)?.access_tier}
                        holding={some.find((one) => one.solution_id === solution.id)} {...wish} />
                    )}
                  </Ready>
                )}
              </Ready>
            )}
          </Ready>
        </Page>
      )}
    </Ready>
  )
}

interface Props extends Wish {
  solution: Solution
  current: string | undefined
  holding: Holding | undefined
  context: Schemas['AccountContext'] | null
}

function Tiers({ solution, wanted, instead, back, current, holding, context }: Props) {
  const { t } = useTranslation()
  const at = solution.tiers.findIndex((tier) => tier.tier === current)
  const above = solution.tiers.slice(at + 1)
  // What was bought for a time can be bought for more of it, and a cheaper tier after it: the server says when.
  const sold = (holding ? solution.tiers : above).filter((tier) => tier.price !== null)
  const [chosen, choose] = useState(wanted)
  const tier = sold.find((one) => one.tier === chosen) ?? sold.find((one) => above.includes(one)) ?? sold[0]
  return (
    <div className="space-y-6">
      {current !== undefined && !holding && (current === wanted || above.length === 0) && (
        <Notice tone="good" role="status">
          {above.length === 0 ? t('You have {{tier}}, and there is nothing above it.', { tier: tierText(current, t) }) : t('You have {{tier}} already.', { tier: tierText(current, t) })}
        </Notice>
      )}
      {above.length > 0 && !tier && (
        <Notice>{t('The tiers above yours are not sold here. Write to the operator of this marketplace with your address, the solution and the tier you want.')}</Notice>
      )}
      {!tier && <p><a className="button" href={back ?? solution.page_url}>{t('Back to {{name}}', { name: solution.name })}</a></p>}
      {tier && <TierChoice tiers={sold} chosen={tier.tier} holding={holding} onChoose={choose} />}
      {tier && (context === null ? <SignInFirst solution={solution.id} tier={tier.tier} back={back} /> : (
        <Remembered instead={instead}>
          {(before, begun) => <Purchase key={tier.tier} solution={solution} tier={tier} holding={holding} begun={begun} back={back} name={context.account.name} before={before} />}
        </Remembered>
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

/** Who was billed the last time, and the payment that is open still and shall be paid another way. */
function Remembered({ instead, children }: { instead: string | undefined; children: (before: Schemas['BuyerView'] | null, begun: Payment | undefined) => React.ReactNode }) {
  const before = useQuery(lastBuyerQuery)
  const known = useQuery({ ...paymentQuery(instead ?? ''), enabled: instead !== undefined })
  if (known.isLoading) return <Loading />
  const begun = known.data && !ended(known.data.state) ? known.data : undefined
  return <Ready of={before} data={before.data}>{(buyer) => children(buyer, begun)}</Ready>
}
