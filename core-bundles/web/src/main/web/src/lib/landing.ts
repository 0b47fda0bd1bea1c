/** The address the browser came to, before the router reads and rewrites it: what a provider sent along is proof to the letter. */
const path = window.location.pathname
const query = window.location.search

/** What came with the address of the first page, as texts; empty for every other page. */
export const landedWith = (page: string): Record<string, string> =>
  page === path ? Object.fromEntries(new URLSearchParams(query)) : {}
