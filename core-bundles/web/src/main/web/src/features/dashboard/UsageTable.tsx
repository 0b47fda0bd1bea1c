import { useTranslation } from 'react-i18next'
import { number, utcDay } from '../../lib/format'
import type { UsageDay } from '../../lib/usage'

export function UsageTable({ usage, names }: { usage: UsageDay[]; names: Map<string, string> }) {
  const { t } = useTranslation()
  return (
    <details>
      <summary className="link inline-block cursor-pointer py-1 text-sm">{t('The same as a table')}</summary>
      <div className="mt-3 max-h-96 overflow-auto" tabIndex={0} role="region" aria-label={t('Use by day')}>
        <table className="table">
          <thead><tr><th scope="col">{t('Day')}</th><th scope="col">{t('Solution')}</th><th scope="col">{t('What')}</th><th scope="col" className="number">{t('Units')}</th></tr></thead>
          <tbody>
            {[...usage].reverse().map((day) => (
              <tr key={day.date + day.solution_id + day.action}>
                <th scope="row">{utcDay(day.date, 'long')}</th>
                <td>{names.get(day.solution_id) ?? day.solution_id}</td>
                <td>{day.action}</td>
                <td className="number">{number(day.units)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}
