// Types of the HTTP contract, from the marketplace's OpenAPI document.
import { writeFile } from 'node:fs/promises'
import openapiTS, { astToString } from 'openapi-typescript'

const at = (path) => new URL(path, import.meta.url)
const document = at('../../../../../rest/src/main/resources/openapi/openapi.json')
await writeFile(at('../src/api/schema.d.ts'), astToString(await openapiTS(document)))
