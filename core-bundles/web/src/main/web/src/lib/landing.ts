/** The address the browser came to, before the router reads and rewrites it: what a provider sent along is proof to the letter. */
const landed = { path: window.location.pathname, query: window.location.search }

/** What the address of the first page brought along, as texts, once; empty for every other page. */
export function takeLanding(path: string): Record<string, string> {
  if (path !== landed.path) return {}
  const brought = Object.fromEntries(new URLSearchParams(landed.query))
  landed.query = ''
  return brought
}
