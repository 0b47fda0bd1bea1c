// What the servlet needs beside the files: their list, the known addresses, compressed copies, and the licences of
// the libraries that the scripts contain.
import { existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const source = fileURLToPath(new URL('..', import.meta.url))
const out = process.env.WEB_OUT ?? join(source, '../../../target/classes/web')

function licences() {
  const lock = JSON.parse(readFileSync(join(source, 'package-lock.json'), 'utf8'))
  const shipped = Object.entries(lock.packages).filter(([path, entry]) => path && !entry.dev && !entry.optional)
  return shipped.map(([path, entry]) => {
    const folder = join(source, path)
    const file = existsSync(folder) ? readdirSync(folder).find((name) => /^licen[cs]e/i.test(name)) : undefined
    const text = file ? readFileSync(join(folder, file), 'utf8').trim() : ''
    return `${path.replace(/^.*node_modules\//, '')} ${entry.version} (${entry.license})\n\n${text}\n`
  }).join('\n----------\n\n')
}

rmSync(join(out, '.vite'), { recursive: true, force: true })
writeFileSync(join(out, 'licences.txt'), licences())
const files = readdirSync(out, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(out, join(entry.parentPath ?? entry.path, entry.name)).replaceAll('\\', '/'))
  .filter((name) => !/\.gz$|^(files|routes)\.txt$/.test(name))
  .sort()
for (const name of files) {
  const bytes = readFileSync(join(out, name))
  // Fonts are compressed already; little files gain nothing.
  if (/\.(js|css|svg|html|txt)$/.test(name) && statSync(join(out, name)).size > 1000) {
    writeFileSync(join(out, name + '.gz'), gzipSync(bytes, { level: 9 }))
  }
}
writeFileSync(join(out, 'files.txt'), files.join('\n') + '\n')
writeFileSync(join(out, 'routes.txt'), JSON.parse(readFileSync(join(source, 'src/app/routes.json'), 'utf8')).join('\n') + '\n')
