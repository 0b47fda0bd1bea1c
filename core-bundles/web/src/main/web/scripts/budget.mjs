// The first page's script, compressed, has a limit; a build beyond it fails.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

const LIMIT_KB = 200
const out = process.env.WEB_OUT ?? '../../../target/classes/web'
const manifest = JSON.parse(readFileSync(join(out, '.vite/manifest.json'), 'utf8'))
const seen = new Set()

function walk(key) {
  const chunk = manifest[key]
  if (seen.has(chunk.file)) return
  seen.add(chunk.file)
  for (const next of chunk.imports ?? []) walk(next)
}
walk('index.html')
walk('src/features/catalogue/CataloguePage.tsx')

const bytes = [...seen].reduce((sum, file) => sum + gzipSync(readFileSync(join(out, file)), { level: 9 }).length, 0)
console.log(`first page: ${(bytes / 1000).toFixed(1)} kB of compressed script in ${seen.size} files`)
if (bytes > LIMIT_KB * 1000) {
  console.error(`more than ${LIMIT_KB} kB`)
  process.exit(1)
}
