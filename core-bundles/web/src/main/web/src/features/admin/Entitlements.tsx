import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client'
import type { Schemas } from '../../api/client'
import { solutionQuery, solutionsQuery } from '../../api/queries'
import { Dialog } from '../../components/Dialog'
import { Form, Submit } from '../../components/Form'
import { QuotaMeter } from '../../components/QuotaMeter'
import { Section } from '../../components/Section'
import { ask } from '../../lib/problem'
import { tierText } from '../../lib/quota'

interface Props {
  account: Schemas['AccountView']
  solutions: Schemas['HeldSolutionView'][]
  onChange: () => Promise<void>
}

export function Entitlements({ account, solutions, onChange }: Props) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<string>()
  return (
    <Section title={t('Entitlements')} chip={<button type="button" className="button button-small" onClick={() => setOpen('')}>{t('Grant a solution')}</button>}>
      {solutions.length === 0 && <p className="text-sm text-quiet">{t('None yet.')}</p>}
      <ul className="divide-y divide-line">
        {solutions.map((solution) => (
          <li key={solution.solution_id} className="space-y-3 py-4">
            <div className="flex flex-wrap items-center justify-between gap-2">
              <h3>{solution.name} <span className="chip chip-accent ml-1">{tierText(solution.access_tier, t)}</span></h3>
              <button type="button" className="button button-small" onClick={() => setOpen(solution.solution_id)}>{t('Change the tier')} <span className="sr-only">{solution.name}</span></button>
            </div>
            {solution.quotas.flatMap((quota) => quota.windows.map((window) => window.limit >= 0 && <QuotaMeter key={quota.action + window.window} action={quota.action} of={window} />))}
            <Form className="space-y-2" onSubmit={async () => {
              await ask(api.POST('/api/reset-quota', { body: { customer_id: account.id, solution_id: solution.solution_id } }))
              await onChange()
            }}>
              <Submit kind="button-small" className="">{t('Reset what is used')} <span className="sr-only">{solution.name}</span></Submit>
            </Form>
          </li>
        ))}
      </ul>
      {open !== undefined && (
        <ChangeTier account={account} solution={open} current={solutions.find((one) => one.solution_id === open)?.access_tier} onClose={() => setOpen(undefined)}
          onDone={async () => {
            setOpen(undefined)
            await onChange()
          }} />
      )}
    </Section>
  )
}

function ChangeTier({ account, solution, current, onClose, onDone }: { account: Schemas['AccountView']; solution: string; current: string | undefined; onClose: () => void; onDone: () => Promise<void> }) {
  const { t } = useTranslation()
  const id = useId()
  const [chosen, setChosen] = useState(solution)
  const all = useInfiniteQuery({ ...solutionsQuery(''), enabled: solution === '' })
  const detail = useQuery({ ...solutionQuery(chosen), enabled: chosen !== '' })
  return (
    <Dialog title={solution ? t('Change the tier') : t('Grant a solution')} onClose={onClose}>
      <Form onSubmit={async ({ access_tier = '' }) => {
        await ask(api.PUT('/api/user-tier', { body: { customer_id: account.id, solution_id: chosen, access_tier } }))
        await onDone()
      }}>
        {solution === '' && (
          <div>
            <label htmlFor={id + 's'} className="mb-1 block text-sm font-semibold">{t('Solution')}</label>
            <select id={id + 's'} className="input" required value={chosen} onChange={(event) => setChosen(event.target.value)}>
              <option value="">{t('Choose')}</option>
              {all.data?.pages.flatMap((page) => page.solutions).map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}
            </select>
          </div>
        )}
        {detail.data && (
          <div>
            <label htmlFor={id + 't'} className="mb-1 block text-sm font-semibold">{t('Tier')}</label>
            <select key={chosen} id={id + 't'} name="access_tier" className="input" required defaultValue={current}>
              {detail.data.tiers.filter((tier) => tier.tier !== 'anonymous').map((tier) => <option key={tier.tier} value={tier.tier}>{tierText(tier.tier, t)}</option>)}
            </select>
          </div>
        )}
        <Submit>{t('Save')}</Submit>
      </Form>
    </Dialog>
  )
}
