import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../api/client'
import { apiKeysQuery } from '../../api/queries'
import { Copy } from '../../components/Copy'
import { Dialog } from '../../components/Dialog'
import { Notice } from '../../components/Notice'
import { Empty, Ready } from '../../components/States'
import { ApiKeyRow } from './ApiKeyRow'
import { NewKey } from './NewKey'

type Held = Schemas['HeldSolutionView']

export function ApiKeys({ solutions }: { solutions: Held[] }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const keys = useQuery(apiKeysQuery)
  const [making, setMaking] = useState(false)
  const [issued, setIssued] = useState<Schemas['IssuedApiKeyView']>()
  const show = async (key?: Schemas['IssuedApiKeyView']) => {
    setMaking(false)
    setIssued(key)
    await client.invalidateQueries({ queryKey: ['account', 'api-keys'] })
  }
  const names = new Map(solutions.map((solution) => [solution.solution_id, solution.name]))
  return (
    <section aria-labelledby="api-keys">
      <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
        <h2 id="api-keys">{t('API keys')}</h2>
        <button type="button" className="button button-primary" onClick={() => setMaking(true)}>{t('Make a key')}</button>
      </div>
      <Ready of={keys} data={keys.data}>
        {(data) => data.api_keys.length === 0
          ? <Empty title={t('No keys yet')}>{t('Make one for each program: then one can be ended without the others.')}</Empty>
          : <ul className="space-y-3">{data.api_keys.map((key) => <ApiKeyRow key={key.id} apiKey={key} solution={names.get(key.solution_id) ?? key.solution_id} onChange={show} />)}</ul>}
      </Ready>
      {making && <NewKey solutions={solutions} onClose={() => setMaking(false)} onMade={show} />}
      {issued && (
        <Dialog title={t('Your new key')} onClose={() => setIssued(undefined)}>
          <div className="space-y-4">
            <Notice tone="warn">{t('Copy it now. It is shown this once and kept by nobody.')}</Notice>
            <Copy text={issued.secret} label={t('Your new key')} />
          </div>
        </Dialog>
      )}
    </section>
  )
}
