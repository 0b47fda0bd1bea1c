import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { gatewaysQuery } from '../../api/payments'
import { Page } from '../../components/Page'
import { Empty, Ready } from '../../components/States'
import { Administration } from './Administration'

export default function GatewaysPage() {
  return <Administration><Gateways /></Administration>
}

function Gateways() {
  const { t } = useTranslation()
  const gateways = useQuery(gatewaysQuery)
  return (
    <Page title={t('Gateways')} lead={t('Who takes money for this marketplace, and whether buyers are offered it.')}>
      <Ready of={gateways} data={gateways.data}>
        {({ gateways: all }) => all.length === 0 ? (
          <Empty title={t('No gateway is installed')}><p>{t('Until one is, nothing can be bought. Everything else works.')}</p></Empty>
        ) : (
          <ul className="grid gap-5 lg:grid-cols-2">
            {all.map((gateway) => (
              <li key={gateway.gateway + gateway.account} className="card space-y-3">
                <div className="flex flex-wrap items-center justify-between gap-2">
                  <h2>{gateway.name}</h2>
                  <span className="flex gap-2">
                    {gateway.test && <span className="chip chip-warn">{t('Test: no money moves')}</span>}
                    <span className={`chip ${gateway.problem ? 'chip-bad' : 'chip-good'}`}>{gateway.problem ? t('Not offered') : t('Offered')}</span>
                  </span>
                </div>
                <p className="text-sm text-quiet"><code>{gateway.gateway}</code> · <code className="break-all">{gateway.account}</code></p>
                {gateway.problem && <p className="text-sm">{gateway.problem}</p>}
              </li>
            ))}
          </ul>
        )}
      </Ready>
    </Page>
  )
}
