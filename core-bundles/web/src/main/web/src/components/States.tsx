import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Mark } from './Icon'
import { ProblemNotice } from './Notice'

export function Loading({ rows = 3, className = 'h-24' }: { rows?: number; className?: string }) {
  const { t } = useTranslation()
  return (
    <div role="status" className="space-y-4">
      <span className="sr-only">{t('Loading…')}</span>
      {Array.from({ length: rows }, (_, row) => <div key={row} className={`skeleton ${className}`} />)}
    </div>
  )
}

export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="card flex flex-col items-center gap-3 py-10 text-center">
      <Mark className="size-14 opacity-80" />
      <p className="font-display text-lg font-semibold">{title}</p>
      {children && <div className="max-w-md text-sm text-quiet">{children}</div>}
    </div>
  )
}

interface Asked {
  isPending: boolean
  error: unknown
  refetch: () => unknown
}

/** The three states before there is something to show. */
export function Ready<T>({ of, data, skeleton, children }: { of: Asked; data: T | undefined; skeleton?: ReactNode; children: (data: T) => ReactNode }) {
  const { t } = useTranslation()
  if (data !== undefined) return <>{children(data)}</>
  if (of.isPending) return <>{skeleton ?? <Loading />}</>
  return (
    <div className="space-y-3">
      <ProblemNotice error={of.error} />
      <button type="button" className="button" onClick={() => void of.refetch()}>{t('Try again')}</button>
    </div>
  )
}
