import { useTranslation } from 'react-i18next'
import type { Schemas } from '../../api/client'
import { Section } from '../../components/Section'
import { moment } from '../../lib/format'

/** All that happened to a payment, the oldest first. */
export function Timeline({ events }: { events: Schemas['PaymentEventView'][] }) {
  const { t } = useTranslation()
  return (
    <Section title={t('What happened')}>
      <ol className="space-y-5 border-l-2 border-line pl-5">
        {events.map((event, at) => (
          <li key={at} className="relative text-sm">
            <span aria-hidden="true" className="absolute -left-[1.65rem] top-1.5 size-3 rounded-full bg-accent" />
            <p className="flex flex-wrap items-baseline justify-between gap-x-4">
              <code className="font-semibold">{event.kind}</code>
              <time dateTime={event.at} title={event.at} className="text-quiet">{moment(event.at)}</time>
            </p>
            <p className="break-words text-quiet">{[event.actor, ...Object.entries(event.details).map(([name, value]) => `${name}: ${value}`)].join(' · ')}</p>
          </li>
        ))}
      </ol>
      {events.length === 0 && <p className="text-sm text-quiet">–</p>}
    </Section>
  )
}
