import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { ask, Problem } from '../lib/problem'
import { api } from './client'

export const accountQuery = queryOptions({
  queryKey: ['account'],
  /** Null: nobody is signed in. */
  queryFn: async () => {
    try {
      return await ask(api.GET('/api/account'))
    } catch (error) {
      if (error instanceof Problem && error.signedOut) return null
      throw error
    }
  },
  staleTime: 60_000,
})

export const solutionsQuery = (query: string) =>
  infiniteQueryOptions({
    queryKey: ['solutions', query],
    queryFn: ({ pageParam }) =>
      ask(api.GET('/api/solutions', { params: { query: { query: query || undefined, limit: 24, cursor: pageParam } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    staleTime: 30_000,
  })

export const solutionQuery = (id: string) =>
  queryOptions({
    queryKey: ['solution', id],
    queryFn: () => ask(api.GET('/api/solutions/{solution_id}', { params: { path: { solution_id: id } } })),
    staleTime: 30_000,
  })

export const providersQuery = queryOptions({
  queryKey: ['providers'],
  queryFn: () => ask(api.GET('/api/auth/providers')),
  staleTime: Infinity,
})

export const heldQuery = queryOptions({
  queryKey: ['account', 'solutions'],
  queryFn: () => ask(api.GET('/api/account/solutions')),
})

export const usageQuery = (from: string, to: string) =>
  queryOptions({
    queryKey: ['account', 'usage', from, to],
    queryFn: () => ask(api.GET('/api/account/usage', { params: { query: { from, to } } })),
  })

export const apiKeysQuery = queryOptions({
  queryKey: ['account', 'api-keys'],
  queryFn: () => ask(api.GET('/api/account/api-keys')),
})

export const sessionsQuery = queryOptions({
  queryKey: ['account', 'sessions'],
  queryFn: () => ask(api.GET('/api/account/sessions')),
})

export const passkeysQuery = queryOptions({
  queryKey: ['account', 'passkeys'],
  queryFn: () => ask(api.GET('/api/account/passkeys')),
})

export const identitiesQuery = queryOptions({
  queryKey: ['account', 'identities'],
  queryFn: () => ask(api.GET('/api/account/identities')),
})

export const adminUsersQuery = (query: string) =>
  infiniteQueryOptions({
    queryKey: ['admin', 'users', query],
    queryFn: ({ pageParam }) =>
      ask(api.GET('/api/admin/users', { params: { query: { query: query || undefined, cursor: pageParam } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  })

export const adminUserQuery = (id: string) =>
  queryOptions({
    queryKey: ['admin', 'user', id],
    queryFn: () => ask(api.GET('/api/admin/users/{id}', { params: { path: { id } } })),
  })
