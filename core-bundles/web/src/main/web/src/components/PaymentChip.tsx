import { useTranslation } from 'react-i18next'
import type { State } from '../api/payments'
import { stateText } from '../lib/payment'

const TONES: Record<State, string> = {
  created: '', open: 'chip-warn', paid: 'chip-good', failed: 'chip-bad', expired: '', held: 'chip-warn', refunded: 'chip-accent',
}

export function PaymentChip({ state }: { state: State }) {
  const { t } = useTranslation()
  return <span className={`chip whitespace-nowrap ${TONES[state]}`}>{stateText(state, t)}</span>
}
