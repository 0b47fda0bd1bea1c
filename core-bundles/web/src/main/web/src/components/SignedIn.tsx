import { useQuery } from '@tanstack/react-query'
import { Navigate, useRouterState } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useState } from 'react'
import type { Schemas } from '../api/client'
import { accountQuery } from '../api/queries'
import { Ready } from './States'

/** What only a person who is signed in sees; others sign in first and come back. */
export function SignedIn({ children }: { children: (context: Schemas['AccountContext']) => ReactNode }) {
  const account = useQuery(accountQuery)
  const here = useRouterState({ select: (state) => state.location.pathname })
  const [path] = useState(here) // while this leaves for signing in, the address changes already
  return (
    <Ready of={account} data={account.data}>
      {(context) => (context === null ? <Navigate to="/sign-in" search={{ next: path }} replace /> : children(context))}
    </Ready>
  )
}
