import type { ReactNode } from 'react'
import { useEffect, useId, useRef } from 'react'
import { useTranslation } from 'react-i18next'

/** The platform's modal dialog: it holds the focus, closes on Escape and gives the focus back. */
export function Dialog({ title, onClose, children }: { title: string; onClose: () => void; children: ReactNode }) {
  const { t } = useTranslation()
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    const element = dialog.current
    if (element && !element.open) element.showModal()
  }, [])
  return (
    <dialog ref={dialog} aria-labelledby={id} onClose={onClose} className="w-[min(32rem,calc(100vw-2rem))] rounded-card border border-line bg-surface p-6 text-ink">
      <div className="mb-4 flex items-start justify-between gap-4">
        <h2 id={id}>{title}</h2>
        <button type="button" className="button button-small" onClick={() => dialog.current?.close()}>{t('Close')}</button>
      </div>
      {children}
    </dialog>
  )
}
