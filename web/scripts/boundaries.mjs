// A feature imports the platform and itself only; only *.resource.ts (and the platform's client) calls the server;
// the platform never imports a feature or the app. Fails with the file and line.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'

const src = new URL('../src', import.meta.url).pathname
const problems = []
const walk = (folder) =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    if (name === 'paraglide') return []
    return statSync(path).isDirectory() ? walk(path) : /\.tsx?$/.test(name) ? [path] : []
  })

const roomOf = (path) => /^features\/([^/]+)\//.exec(path)?.[1]
for (const file of walk(src)) {
  const here = relative(src, file)
  const lines = readFileSync(file, 'utf8').split('\n')
  lines.forEach((line, i) => {
    const at = `src/${here}:${i + 1}`
    const target = /(?:from|import\()\s*'([^']+)'/.exec(line)?.[1]
    if (target) {
      const there = target.startsWith('@/') ? target.slice(2) : target.startsWith('.') ? relative(src, resolve(dirname(file), target)) : null
      if (there !== null) {
        const [mine, theirs] = [roomOf(here), roomOf(`${there}/`)]
        if (mine && theirs && mine !== theirs) problems.push(`${at}: ${mine} must not import ${theirs}`)
        if (mine && there.startsWith('app/')) problems.push(`${at}: a feature must not import the app`)
        if (here.startsWith('platform/') && /^(features|app)\//.test(there)) problems.push(`${at}: the platform must not import ${there}`)
      }
      const caller = /\.resource\.tsx?$/.test(here) || here.startsWith('platform/api/') || /\.test\.tsx?$/.test(here)
      if (!caller && /api\/client'/.test(line) && /\bapi\b/.test(line.split('from')[0])) problems.push(`${at}: only *.resource.ts calls the server`)
    }
    if (/\bfetch\(/.test(line) && !here.startsWith('platform/api/')) problems.push(`${at}: fetch() belongs to platform/api`)
  })
}
if (problems.length > 0) {
  console.error(problems.join('\n'))
  process.exit(1)
}
console.log('feature boundaries hold')
