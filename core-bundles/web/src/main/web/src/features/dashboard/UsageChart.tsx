import { useTranslation } from 'react-i18next'
import { number, utcDay } from '../../lib/format'
import type { UsageDay } from '../../lib/usage'
import { byDay, ceiling, daysOf } from '../../lib/usage'

/** Told apart by lightness too, for eyes that see few colours. */
const FILLS = ['fill-accent', 'fill-sun-strong', 'fill-edge', 'fill-bad', 'fill-good']
const SWATCHES = ['bg-accent', 'bg-sun-strong', 'bg-edge', 'bg-bad', 'bg-good']
const WIDTH = 720
const HEIGHT = 200

/** Bars of one day, the solutions on top of each other. The table beside it says the same to who cannot see it. */
export function UsageChart({ usage, from, to, names }: { usage: UsageDay[]; from: string; to: string; names: Map<string, string> }) {
  const { t } = useTranslation()
  const days = daysOf(from, to)
  const sums = byDay(usage)
  const solutions = [...new Set(usage.map((day) => day.solution_id))].sort()
  const top = ceiling(Math.max(...days.map((day) => [...(sums.get(day)?.values() ?? [])].reduce((a, b) => a + b, 0))))
  const step = WIDTH / days.length
  return (
    <figure>
      <div className="flex gap-2">
        <div aria-hidden="true" className="flex flex-col justify-between text-right text-xs text-quiet tabular-nums">
          <span>{number(top)}</span><span>{number(top / 2)}</span><span>0</span>
        </div>
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" className="h-44 w-full min-w-0" role="img"
          aria-label={t('Bars of the units used each day; the table below has the same figures.')}>
          {[0, 0.5, 1].map((share) => <line key={share} x1="0" x2={WIDTH} y1={HEIGHT * share} y2={HEIGHT * share} className="stroke-line" vectorEffect="non-scaling-stroke" />)}
          {days.map((day, index) => {
            let y = HEIGHT
            return (
              <g key={day}>
                <title>{utcDay(day, 'long')}</title>
                {solutions.map((id, which) => {
                  const height = ((sums.get(day)?.get(id) ?? 0) / top) * HEIGHT
                  y -= height
                  return height > 0 && <rect key={id} x={index * step + step * 0.15} width={step * 0.7} y={y} height={height} className={FILLS[which % FILLS.length]} />
                })}
              </g>
            )
          })}
        </svg>
      </div>
      <figcaption className="mt-2 flex flex-wrap justify-between gap-x-6 gap-y-1 text-xs text-quiet">
        <span>{utcDay(from)} – {utcDay(to)} (UTC)</span>
        <span className="flex flex-wrap gap-4">
          {solutions.map((id, which) => (
            <span key={id} className="inline-flex items-center gap-1.5"><span className={`size-3 rounded-sm ${SWATCHES[which % SWATCHES.length]}`} />{names.get(id) ?? id}</span>
          ))}
        </span>
      </figcaption>
    </figure>
  )
}
