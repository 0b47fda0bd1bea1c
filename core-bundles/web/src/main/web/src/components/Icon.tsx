const PATHS = {
  check: 'M4 12.5 9.5 18 20 6.5',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  arrow: 'M5 12h14M13 6l6 6-6 6',
  down: 'M6 9.5l6 6 6-6',
  key: 'M7.5 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM11.5 12H21v4M17 12v3',
  warn: 'M12 4 2.5 20h19zM12 10v4.5M12 17.2v.1',
  search: 'M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14ZM16.2 16.2 21 21',
  device: 'M3 5h18v11H3zM9 20h6M12 16v4',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM12 2v2.5M12 19.5V22M2 12h2.5M19.5 12H22M5 5l1.7 1.7M17.3 17.3 19 19M5 19l1.7-1.7M17.3 6.7 19 5',
  moon: 'M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5Z',
  auto: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM12 3v18M12 8h6.5M12 12h8.5M12 16h6.5',
} as const

export function Icon({ name, className = 'size-5' }: { name: keyof typeof PATHS; className?: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="1.9" strokeLinecap="round" strokeLinejoin="round" className={className + ' shrink-0'}>
      <path d={PATHS[name]} />
    </svg>
  )
}

/** The nest: two bowls and what they hold. */
export function Mark({ className = 'size-8' }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" fill="none" strokeLinecap="round" strokeWidth="2.6" className={className + ' shrink-0 text-accent'}>
      <path d="M4 14a12 12 0 0 0 24 0" stroke="currentColor" />
      <path d="M9.5 14a6.5 6.5 0 0 0 13 0" stroke="currentColor" />
      <circle cx="16" cy="9" r="3.6" fill="var(--sun)" />
    </svg>
  )
}
