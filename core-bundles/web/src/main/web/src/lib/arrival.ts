import type { QueryClient } from '@tanstack/react-query'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { api } from '../api/client'
import type { Schemas } from '../api/client'
import { ask } from './problem'
import { store, stored } from './storage'
import { forgetVisit, keptVisit, leaveFor } from './visit'

const NEXT = 'next'

/** A page of ours: one slash and then no other, which would name another server. */
export const ownPath = (path: unknown): string | undefined =>
  typeof path === 'string' && /^\/(?![/\\])[^\\\s]*$/.test(path) ? path : undefined

export const keepNext = (path: string | undefined) => store(NEXT, path ?? null, 'sessionStorage')

/** What happens once somebody is signed in: back to the solution they came from, or on to the page they wanted. */
export function useArrival() {
  const client = useQueryClient()
  const navigate = useNavigate()
  return async (next?: Schemas['NextView'] | null) => {
    await renew(client)
    const visit = keptVisit()
    const to = ownPath(stored(NEXT, 'sessionStorage')) ?? '/dashboard'
    const back = next?.return_to ?? (visit && (await ask(api.POST('/api/registrations', { body: visit }))).return_to)
    forgetVisit()
    keepNext(undefined)
    if (back) leaveFor(back)
    else await navigate({ href: to })
  }
}

/** Another person, or none: nothing of the one before may be shown. */
async function renew(client: QueryClient) {
  client.removeQueries({ queryKey: ['admin'] })
  client.removeQueries({ queryKey: ['account'], predicate: (query) => query.queryKey.length > 1 })
  await client.refetchQueries({ queryKey: ['account'], exact: true })
}

/** The code of a link in a mail. It is in the fragment, which no server sees, and leaves the address bar at once. */
export function takeCode(): string {
  const code = new URLSearchParams(window.location.hash.slice(1)).get('code') ?? ''
  if (code) window.history.replaceState(window.history.state, '', window.location.pathname + window.location.search)
  return code
}
