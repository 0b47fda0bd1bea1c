import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client'
import { sessionsQuery } from '../../api/queries'
import { Form, Submit } from '../../components/Form'
import { Icon } from '../../components/Icon'
import { Section } from '../../components/Section'
import { Ready } from '../../components/States'
import { country, moment, relative } from '../../lib/format'
import { ask } from '../../lib/problem'

export function SessionsSection() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const sessions = useQuery(sessionsQuery)
  const again = () => client.invalidateQueries({ queryKey: sessionsQuery.queryKey })
  return (
    <Section title={t('Where you are signed in')}>
      <Ready of={sessions} data={sessions.data}>
        {(data) => (
          <>
            <ul className="divide-y divide-line">
              {data.sessions.map((session) => (
                <li key={session.id} className="flex flex-wrap items-start gap-3 py-3">
                  <Icon name="device" className="mt-0.5 size-5 text-quiet" />
                  <div className="min-w-0 flex-1 text-sm">
                    <p className="font-semibold">{session.impersonation ? t('An administrator looks at your account') : session.device || t('Unknown device')} {session.current && <span className="chip chip-good ml-1">{t('This one')}</span>}</p>
                    {session.impersonation && <p className="text-warn">{t('Reason: {{reason}}', { reason: session.impersonation.reason })}</p>}
                    <p className="text-quiet">
                      {session.place && <>{[session.place.city, country(session.place.country)].filter(Boolean).join(', ')} · </>}
                      {t('used {{when}}', { when: relative(session.used_at) })}
                    </p>
                    <p className="text-xs text-quiet">{t('since {{day}}', { day: moment(session.created_at) })}</p>
                  </div>
                  {!session.current && (
                    <Form className="contents" onSubmit={async () => {
                      await ask(api.DELETE('/api/account/sessions/{id}', { params: { path: { id: session.id } } }))
                      await again()
                    }}>
                      <Submit kind="button-small" className="">{t('End')} <span className="sr-only">{session.device}</span></Submit>
                    </Form>
                  )}
                </li>
              ))}
            </ul>
            {data.sessions.length > 1 && (
              <Form onSubmit={async () => {
                await ask(api.DELETE('/api/account/sessions'))
                await again()
              }}>
                <Submit kind="button-danger" className="">{t('End all others')}</Submit>
              </Form>
            )}
          </>
        )}
      </Ready>
    </Section>
  )
}
