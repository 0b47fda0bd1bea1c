import { useTranslation } from 'react-i18next'
import type { Schemas } from '../api/client'
import { day } from '../lib/format'
import { exactly, Line, Lines, Sum, TaxLines } from './PriceLines'

/** What a credit note takes back of an invoice, each tax in its part. */
export function CreditNote({ note }: { note: Schemas['CreditNoteView'] }) {
  const { t } = useTranslation()
  return (
    <section aria-label={t('Credit note {{number}}', { number: note.number })} className="space-y-2 break-inside-avoid">
      <p className="flex flex-wrap items-baseline justify-between gap-x-4 text-sm">
        <strong className="break-all">{t('Credit note {{number}}', { number: note.number })}</strong>
        <time dateTime={note.issued_at} className="text-quiet">{day(note.issued_at)}</time>
      </p>
      <p className="text-sm text-quiet">{t('To invoice {{number}}', { number: note.invoice_number })}</p>
      <Lines>
        <Line name={t('Without tax')}>{exactly(note.net)}</Line>
        <TaxLines taxes={note.taxes} />
        <Sum name={t('Given back')}>{exactly(note.total)}</Sum>
      </Lines>
    </section>
  )
}
