import { QueryClient } from '@tanstack/react-query'
import { Problem } from '../lib/problem'

/** A refusal stays a refusal; only what may pass by itself is asked again. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (failures, error) => failures < 2 && (!(error instanceof Problem) || error.status === 0 || error.status === 503),
      refetchOnWindowFocus: true,
      staleTime: 10_000,
    },
  },
})
