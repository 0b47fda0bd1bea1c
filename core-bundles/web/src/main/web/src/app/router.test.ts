import { expect, it, vi } from 'vitest'
import routes from './routes.json'

it('the server and the pages know the same addresses', async () => {
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => undefined }))
  vi.stubGlobal('scrollTo', () => undefined)
  const { pages } = await import('./router')
  expect(pages.map((page) => (page.options as { path?: string }).path)).toEqual(routes)
})
