// Types of the HTTP contract: the marketplace's OpenAPI document with the people's part laid over it.
import { readFile, writeFile } from 'node:fs/promises'
import openapiTS, { astToString } from 'openapi-typescript'

const at = (path) => new URL(path, import.meta.url)
const json = async (path) => JSON.parse(await readFile(at(path), 'utf8'))
const base = await json('../../../../../rest/src/main/resources/openapi/openapi.json')
const people = await json('../src/api/openapi-people.json')

// The base wins: what it describes itself, it describes better.
const merged = {
  ...base,
  paths: { ...people.paths, ...base.paths },
  components: {
    ...base.components,
    schemas: { ...people.components.schemas, ...base.components.schemas },
  },
}
await writeFile(at('../src/api/schema.d.ts'), astToString(await openapiTS(merged)))
