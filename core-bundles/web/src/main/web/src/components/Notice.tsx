import type { ReactNode } from 'react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem } from '../lib/problem'
import { problemText } from '../lib/problemText'

const TONES = {
  info: 'bg-accent-soft text-ink',
  good: 'bg-good-soft text-good',
  warn: 'bg-warn-soft text-warn',
  bad: 'bg-bad-soft text-bad',
}

export function Notice({ tone = 'info', children, role }: { tone?: keyof typeof TONES; children: ReactNode; role?: 'status' | 'alert' }) {
  return (
    <div role={role} className={`rounded-control px-4 py-3 text-sm ${TONES[tone]}`}>
      {children}
    </div>
  )
}

/** Takes the focus when it appears, so that a screen reader and the keyboard are where the trouble is. */
export function ProblemNotice({ error }: { error: unknown }) {
  const { t } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.focus(), [error])
  return (
    <div ref={box} role="alert" tabIndex={-1} className="rounded-control bg-bad-soft px-4 py-3 text-sm text-bad">
      <p>{problemText(error, t)}</p>
      {error instanceof Problem && error.status >= 500 && error.requestId && <p className="mt-1 text-xs">{error.requestId}</p>}
    </div>
  )
}
