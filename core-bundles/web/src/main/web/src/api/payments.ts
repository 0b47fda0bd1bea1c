import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { ask } from '../lib/problem'
import type { Schemas } from './client'
import { api } from './client'

export type Payment = Schemas['PaymentView']
export type Money = Schemas['MoneyView']
export type State = Payment['state']
export type Credit = Schemas['CreditView']
export type Holding = Schemas['HoldingView']
type Buyer = Schemas['BuyerRequest']

export const quoteQuery = (solution_id: string, tier: string, buyer: Buyer) =>
  queryOptions({
    queryKey: ['account', 'quote', solution_id, tier, buyer],
    queryFn: () => ask(api.POST('/api/payments/quote', { body: { solution_id, tier, buyer } })),
    staleTime: 30_000,
  })

export const paymentQuery = (id: string) =>
  queryOptions({
    queryKey: ['account', 'payment', id],
    queryFn: async () => (await ask(api.GET('/api/payments/{id}', { params: { path: { id } } }))).payment,
    staleTime: 0,
  })

/** Asks the provider, with what it sent along with the browser if anything. */
export const verify = async (payment_id: string, proof: Record<string, string>) =>
  (await ask(api.POST('/api/payments/verify', { body: { payment_id, proof } }))).payment

export const historyQuery = infiniteQueryOptions({
  queryKey: ['account', 'payments'],
  queryFn: ({ pageParam }) => ask(api.GET('/api/payments/history', { params: { query: { cursor: pageParam } } })),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.next_cursor ?? undefined,
})

/**
 * The numbers and sums of a payment's documents.
 *
 * @param refunded how much was given back so far: with it come credit notes
 */
export const receiptQuery = (id: string, refunded: number) =>
  queryOptions({
    queryKey: ['account', 'receipt', id, refunded],
    queryFn: () => ask(api.GET('/api/payments/{id}/receipt', { params: { path: { id } } })),
  })

/** What somebody has by payments that end. */
export const holdingsQuery = queryOptions({
  queryKey: ['account', 'holdings'],
  queryFn: async () => (await ask(api.GET('/api/payments/holdings'))).holdings,
})

/** Whoever paid before need not type it again. */
export const lastBuyerQuery = queryOptions({
  queryKey: ['account', 'last-buyer'],
  queryFn: async () => (await ask(api.GET('/api/payments/history', { params: { query: { limit: 1 } } }))).payments[0]?.buyer ?? null,
  staleTime: 60_000,
})

export const adminPaymentsQuery = (state: State | undefined, customer_id: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ['admin', 'payments', state, customer_id],
    queryFn: ({ pageParam }) => ask(api.GET('/api/admin/payments', { params: { query: { state, customer_id, cursor: pageParam } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  })

export const adminPaymentQuery = (id: string) =>
  queryOptions({
    queryKey: ['admin', 'payment', id],
    queryFn: () => ask(api.GET('/api/admin/payments/{id}', { params: { path: { id } } })),
  })

export const gatewaysQuery = queryOptions({
  queryKey: ['admin', 'gateways'],
  queryFn: () => ask(api.GET('/api/admin/gateways')),
})

/** For a call that may be repeated when its answer got lost. Also where there is no TLS and thus no {@code randomUUID}. */
export const freshKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
