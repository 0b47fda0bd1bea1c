import { store, stored } from './storage'

/** Why somebody came to register: kept through sign-up, sign-in and a trip to a provider in this tab. */
export interface Visit {
  solution_id: string
  return_url?: string
  code_challenge?: string
}

const KEY = 'visit'
const text = (value: unknown) => (typeof value === 'string' && value !== '' && value.length <= 2000 ? value : undefined)

/** Of an address' query; undefined if nobody came from a solution. */
export function visitOf(search: Record<string, unknown>): Visit | undefined {
  const solution = text(search.solution_id)
  if (!solution) return undefined
  const visit: Visit = { solution_id: solution }
  const back = text(search.return_url)
  const challenge = text(search.code_challenge)
  if (back) visit.return_url = back
  if (challenge) visit.code_challenge = challenge
  return visit
}

export const keepVisit = (visit: Visit) => store(KEY, JSON.stringify(visit), 'sessionStorage')
export const forgetVisit = () => store(KEY, null, 'sessionStorage')

export function keptVisit(): Visit | undefined {
  try {
    return visitOf(JSON.parse(stored(KEY, 'sessionStorage') ?? '{}') as Record<string, unknown>)
  } catch {
    return undefined
  }
}

/** The address in full, if it is one of a web page: with another scheme it could be a script. */
export function webAddress(address: string): string | undefined {
  if (!URL.canParse(address, window.location.origin)) return undefined
  const url = new URL(address, window.location.origin)
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : undefined
}

/** Leaves for an address the server gave. */
export function leaveFor(address: string): void {
  const url = webAddress(address)
  if (!url) throw new Error('not a web address')
  window.location.assign(url)
}
