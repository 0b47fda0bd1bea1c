import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { usageQuery } from '../../api/queries'
import { Empty, Loading, Ready } from '../../components/States'
import { number } from '../../lib/format'
import { lastDays } from '../../lib/usage'
import { UsageChart } from './UsageChart'
import { UsageTable } from './UsageTable'

const RANGES = [7, 30, 90]

export function Usage({ names }: { names: Map<string, string> }) {
  const { t } = useTranslation()
  const [range, setRange] = useState(30)
  const [only, setOnly] = useState('')
  const { from, to } = lastDays(range)
  const asked = useQuery({ ...usageQuery(from, to), placeholderData: (before) => before })
  return (
    <section aria-labelledby="usage">
      <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
        <h2 id="usage">{t('Use by day')}</h2>
        <div className="flex flex-wrap gap-3">
            <select aria-label={t('Solution')} className="input w-auto text-sm" value={only} onChange={(event) => setOnly(event.target.value)}>
              <option value="">{t('All solutions')}</option>
              {[...names].map(([id, name]) => <option key={id} value={id}>{name}</option>)}
            </select>
            <select aria-label={t('Time')} className="input w-auto text-sm" value={range} onChange={(event) => setRange(Number(event.target.value))}>
              {RANGES.map((days) => <option key={days} value={days}>{t('Last {{days}} days', { days })}</option>)}
            </select>
        </div>
      </div>
      <Ready of={asked} data={asked.data} skeleton={<Loading rows={1} className="h-64" />}>
        {(data) => {
          const usage = data.usage.filter((day) => only === '' || day.solution_id === only)
          const total = usage.reduce((sum, day) => sum + day.units, 0)
          return total === 0 ? <Empty title={t('Nothing was used in this time')} /> : (
            <div className="card space-y-5">
              <p><span className="font-display text-2xl font-semibold tabular-nums">{number(total)}</span> <span className="text-quiet">{t('units in {{days}} days', { days: range })}</span></p>
              <UsageChart usage={usage} from={data.from} to={data.to} names={names} />
              <UsageTable usage={usage} names={names} />
            </div>
          )
        }}
      </Ready>
    </section>
  )
}
