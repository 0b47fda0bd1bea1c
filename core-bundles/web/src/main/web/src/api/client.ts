import createClient from 'openapi-fetch'
import type { components, paths } from './schema'

export type Schemas = components['schemas']

/** Same origin only: the session is a cookie. */
export const api = createClient<paths>({ baseUrl: window.location.origin, credentials: 'same-origin' })
