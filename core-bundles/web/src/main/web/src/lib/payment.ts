import type { TFunction } from 'i18next'
import type { State } from '../api/payments'

export const STATES: readonly State[] = ['created', 'open', 'paid', 'failed', 'expired', 'held', 'refunded']

/** Nothing more is expected to happen by itself. */
export const ended = (state: State) => state !== 'created' && state !== 'open'

export function stateText(state: State, t: TFunction): string {
  switch (state) {
    case 'created':
      return t('Begun')
    case 'open':
      return t('Waiting')
    case 'paid':
      return t('Paid')
    case 'failed':
      return t('Not paid')
    case 'expired':
      return t('Time was over')
    case 'held':
      return t('Held')
    case 'refunded':
      return t('Given back')
  }
}

/** Why a payment is as it is, for the person who paid: what happened, what becomes of the money, no blame. */
export function reasonText(failure: string, t: TFunction): string {
  switch (failure) {
    case 'declined':
      return t('The bank or the payment service did not carry it out. Nothing was charged; if an amount is shown as blocked, the bank frees it by itself.')
    case 'not_paid':
      return t('It was not paid in the time there was. Nothing was charged.')
    case 'not_opened':
      return t('The payment service could not begin it. Nothing was charged.')
    case 'bought_twice':
      return t('You have this tier already, by another payment. This money goes back to where it came from by itself.')
    case 'given_back':
      return t('It was paid, and the payment service gave the money back before it arrived here. You were not charged.')
    case 'has_higher':
      return t('You have a higher tier already. This money goes back to where it came from by itself.')
    case 'credit_gone':
      return t('The price counted on what was left of your lower tier, and that was no longer there when it was paid. This money goes back to where it came from by itself.')
    case 'late':
    case 'not_sold':
    case 'customer_gone':
      return t('The money came when the purchase was over. It goes back to where it came from by itself.')
    case 'amount':
    case 'currency':
      return t('What arrived differs from the price. The operator of this marketplace decides about it, or gives it back. You need not do anything.')
    default:
      return t('What the payment service tells does not fit this purchase. The operator of this marketplace looks at it. You need not do anything.')
  }
}

/** Seconds until the next look: soon at first, then ever more rarely. */
export const lookAgainSeconds = (looks: number) => [1, 1, 2, 2, 3, 3, 5, 5, 8, 8][looks] ?? 15

/** Seconds after arriving at which the provider itself is asked. Each time costs it a call, except that one asked twice within 2 s is not. */
export const ASK_SECONDS: readonly number[] = [0, 3, 10, 30, 60, 120, 300]
