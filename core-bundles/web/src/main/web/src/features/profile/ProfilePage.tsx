import { useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/client'
import type { Schemas } from '../../api/client'
import { accountQuery } from '../../api/queries'
import { Field, Form, Submit } from '../../components/Form'
import { Notice } from '../../components/Notice'
import { Page } from '../../components/Page'
import { Section } from '../../components/Section'
import { SignedIn } from '../../components/SignedIn'
import { day } from '../../lib/format'
import type { Language } from '../../lib/i18n'
import { LANGUAGES, speak } from '../../lib/i18n'
import { ask } from '../../lib/problem'
import { Deletion } from './Deletion'

export default function ProfilePage() {
  const { t } = useTranslation()
  return (
    <SignedIn>
      {({ account }) => (
        <Page title={t('Profile and data')}>
          <div className="max-w-2xl space-y-6">
            <Profile account={account} />
            <Section title={t('Your data')}>
              <p className="text-sm text-quiet">{t('All that is kept of you, as one file that programs can read.')}</p>
              <a className="button" href="/api/account/export" download>{t('Download my data')}</a>
            </Section>
            <Deletion password={account.password_set} />
          </div>
        </Page>
      )}
    </SignedIn>
  )
}

function Profile({ account }: { account: Schemas['AccountView'] }) {
  const { t } = useTranslation()
  const id = useId()
  const client = useQueryClient()
  const [saved, setSaved] = useState(false)
  return (
    <Section title={t('About you')}>
      {saved && <Notice tone="good" role="status">{t('Saved.')}</Notice>}
      <dl className="text-sm">
        <dt className="text-xs font-semibold text-quiet">{t('E-mail address')}</dt>
        <dd>{account.email} <span className="text-quiet">· {t('since {{day}}', { day: day(account.created_at) })}</span></dd>
      </dl>
      <Form label={t('About you')} onSubmit={async ({ name = '', language = 'en' }) => {
        setSaved(false)
        const changed = await ask(api.PATCH('/api/account', { body: { name: name.trim(), language } }))
        client.setQueryData(accountQuery.queryKey, (before) => before && { ...before, account: changed })
        await speak(language as Language)
        setSaved(true)
      }}>
        <Field name="name" label={t('Name')} autoComplete="name" maxLength={80} defaultValue={account.name} />
        <div>
          <label htmlFor={id} className="mb-1 block text-sm font-semibold">{t('Language of pages and mails')}</label>
          <select id={id} name="language" className="input" defaultValue={account.language.split('-')[0]}>
            {Object.entries(LANGUAGES).map(([tag, label]) => <option key={tag} value={tag} lang={tag}>{label}</option>)}
          </select>
        </div>
        <Submit className="">{t('Save')}</Submit>
      </Form>
    </Section>
  )
}
