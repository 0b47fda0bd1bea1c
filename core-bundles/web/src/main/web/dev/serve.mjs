// npm run mock: the built pages with people to try them as.
import { serve } from './server.mjs'
import { CODE } from './mock.mjs'
import { people } from './people.mjs'

const { url, marketplace } = await serve({ port: Number(process.env.PORT ?? 0) })
people(marketplace)
console.log(`${url}  admin@example.com and user@example.com, password "correct horse"; code of every mail: ${CODE}`)
