import type { ReactNode } from 'react'
import { useEffect } from 'react'

export const BRAND = 'CloudNestle'

interface Props {
  title: string
  lead?: ReactNode
  children: ReactNode
  narrow?: boolean
  aside?: ReactNode
  /** Whether the heading is printed, too. */
  onPaper?: boolean
}

/** A page's heading, which is also the window's title. */
export function Page({ title, lead, children, narrow = false, aside, onPaper = true }: Props) {
  useEffect(() => {
    document.title = `${title} · ${BRAND}`
  }, [title])
  return (
    <div className={narrow ? 'mx-auto max-w-md' : ''}>
      <div className={`mb-7 flex flex-wrap items-end justify-between gap-4 ${onPaper ? '' : 'print:hidden'}`}>
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
