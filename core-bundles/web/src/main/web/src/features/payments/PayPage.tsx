import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { Payment } from '../../api/payments'
import { holdingsQuery, paymentQuery, verify } from '../../api/payments'
import { heldQuery } from '../../api/queries'
import { NotFound } from '../../app/Layout'
import { SignedIn } from '../../components/SignedIn'
import { Ready } from '../../components/States'
import { landedWith } from '../../lib/landing'
import { ASK_SECONDS, ended, lookAgainSeconds } from '../../lib/payment'
import { Problem } from '../../lib/problem'
import { Outcome } from './Outcome'

/** Where the buyer waits, and reads how it ended. All it knows is the server's, so that any device shows the same. */
export default function PayPage() {
  const { id = '' } = useParams({ strict: false })
  return <SignedIn>{() => <Watched key={id} id={id} />}</SignedIn>
}

function Watched({ id }: { id: string }) {
  const payment = useQuery({
    ...paymentQuery(id),
    refetchInterval: ({ state }) => (unknown(state.error) || over(state.data) ? false : lookAgainSeconds(state.dataUpdateCount) * 1000),
  })
  const odd = useProviderAsked(id, payment.data)
  const paid = payment.data?.state === 'paid'
  const client = useQueryClient()
  useEffect(() => {
    if (paid) for (const { queryKey } of [heldQuery, holdingsQuery]) void client.invalidateQueries({ queryKey })
  }, [client, paid])
  if (unknown(payment.error)) return <NotFound />
  return <Ready of={payment} data={payment.data}>{(known) => <Outcome payment={known} odd={odd} />}</Ready>
}

const unknown = (error: unknown) => error instanceof Problem && error.status === 404

/** A payment that failed may still be paid late; one that was paid stays so. */
const over = (payment: Payment | undefined) => payment?.state === 'paid' || payment?.state === 'refunded'

/**
 * Hands over what the provider sent along, once, and has the server ask the provider now and then while it is not known how it ends.
 *
 * @return whether what came along was refused
 */
function useProviderAsked(id: string, payment: Payment | undefined): boolean {
  const client = useQueryClient()
  const navigate = useNavigate()
  const [odd, setOdd] = useState(false)
  const waiting = payment !== undefined && !ended(payment.state)
  useEffect(() => {
    if (window.location.search) void navigate({ to: '/pay/$id', params: { id }, search: {}, replace: true })
  }, [id, navigate])
  useEffect(() => {
    if (!waiting) return
    let gone = false
    let timer: number | undefined
    async function look(proof: Record<string, string>, times: number) {
      try {
        client.setQueryData(paymentQuery(id).queryKey, await verify(id, proof))
      } catch (error) {
        // The server watches the payment in any case; only what the provider sent along can be wrong.
        if (error instanceof Problem && error.code === 'payment-proof-invalid') setOdd(true)
      }
      const next = ASK_SECONDS[times + 1]
      if (!gone && next !== undefined) timer = window.setTimeout(() => void look({}, times + 1), (next - ASK_SECONDS[times]!) * 1000)
    }
    void look(landedWith(`/pay/${id}`), 0)
    return () => {
      gone = true
      window.clearTimeout(timer)
    }
  }, [client, id, waiting])
  return odd
}
