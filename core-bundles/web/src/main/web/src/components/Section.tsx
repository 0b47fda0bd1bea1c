import type { ReactNode } from 'react'
import { useId } from 'react'

export function Section({ title, children, chip }: { title: string; children: ReactNode; chip?: ReactNode }) {
  const id = useId()
  return (
    <section aria-labelledby={id} className="card space-y-4">
      <div className="flex flex-wrap items-center justify-between gap-3"><h2 id={id}>{title}</h2>{chip}</div>
      {children}
    </section>
  )
}
