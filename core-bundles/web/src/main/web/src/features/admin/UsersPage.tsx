import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { adminUsersQuery } from '../../api/queries'
import { Icon } from '../../components/Icon'
import { Page } from '../../components/Page'
import { Empty, Ready } from '../../components/States'
import { day, words } from '../../lib/format'
import { Administration } from './Administration'

export default function UsersPage() {
  return <Administration><Users /></Administration>
}

function Users() {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const wanted = useDeferredValue(text.trim())
  const users = useInfiniteQuery({ ...adminUsersQuery(wanted), placeholderData: (before) => before })
  return (
    <Page title={t('People')}>
      <form role="search" className="relative mb-6 max-w-xl" onSubmit={(event) => event.preventDefault()}>
        <Icon name="search" className="pointer-events-none absolute left-3.5 top-3 size-5 text-quiet" />
        <input type="search" className="input pl-11" aria-label={t('Search by the beginning of the address')} placeholder={t('Beginning of the address')}
          value={text} maxLength={254} onChange={(event) => setText(event.target.value)} />
      </form>
      <Ready of={users} data={users.data}>
        {({ pages }) => {
          const found = pages.flatMap((page) => page.users)
          return found.length === 0 ? <Empty title={t('Nobody')} /> : (
            <div className="card overflow-x-auto py-3" tabIndex={0} role="region" aria-label={t('People')}>
              <table className="table">
                <thead><tr><th scope="col">{t('E-mail address')}</th><th scope="col" className="hidden sm:table-cell">{t('Name')}</th><th scope="col">{t('Roles')}</th><th scope="col" className="hidden sm:table-cell">{t('Since')}</th></tr></thead>
                <tbody>
                  {found.map((user) => (
                    <tr key={user.id}>
                      <th scope="row">
                        <Link className="link break-all" to="/admin/users/$id" params={{ id: user.id }}>{user.email}</Link>
                        {user.name && <span className="block font-normal text-quiet sm:hidden">{user.name}</span>}
                      </th>
                      <td className="hidden sm:table-cell">{user.name}</td>
                      <td className="space-x-1.5">
                        {user.suspended && <span className="chip chip-bad">{t('Suspended')}</span>}
                        {user.roles.filter((role) => role !== 'customer').map((role) => <span key={role} className="chip">{words(role)}</span>)}
                      </td>
                      <td className="hidden whitespace-nowrap sm:table-cell">{day(user.created_at)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }}
      </Ready>
      {users.hasNextPage && <button type="button" className="button mt-5" onClick={() => void users.fetchNextPage()}>{t('Show more')}</button>}
    </Page>
  )
}
