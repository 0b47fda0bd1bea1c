// npm ci, but only when the lock file is another than the one installed last: Maven asks at every build.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

const lock = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex')
const stamp = 'node_modules/.installed-lock'
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
  execFileSync('npm', ['ci', '--prefer-offline'], { stdio: 'inherit', shell: process.platform === 'win32' })
  writeFileSync(stamp, lock)
}
