import type { ReactNode } from 'react'
import { useEffect } from 'react'

export const BRAND = 'CloudNestle'

/** A page's heading, which is also the window's title. */
export function Page({ title, lead, children, narrow = false, aside }: { title: string; lead?: ReactNode; children: ReactNode; narrow?: boolean; aside?: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · ${BRAND}`
  }, [title])
  return (
    <div className={narrow ? 'mx-auto max-w-md' : ''}>
      <div className="mb-7 flex flex-wrap items-end justify-between gap-4">
        <div>
          <h1>{title}</h1>
          {lead && <p className="mt-2 max-w-2xl text-lg text-quiet">{lead}</p>}
        </div>
        {aside}
      </div>
      {children}
    </div>
  )
}
