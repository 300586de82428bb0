// The budget of issue 2 §8: JavaScript of login + reception, gzipped, at most 180 KB; precache at most 3 MB (robustness.md §3.6).
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

const kBudget = 180_000
const kPrecacheBudget = 3_000_000
const dist = new URL('../dist/', import.meta.url).pathname
const manifest = JSON.parse(readFileSync(join(dist, 'manifest.json'), 'utf8'))

const files = new Set()
const add = (key) => {
  const chunk = manifest[key]
  if (!chunk || files.has(chunk.file)) return
  files.add(chunk.file)
  for (const next of chunk.imports ?? []) add(next)
}
add('index.html')
add('src/app/LoginPage.tsx')
add('src/features/reception/ReceptionPage.tsx')
if (files.size < 3) throw new Error('size.mjs: the manifest does not name the entry, login and reception')

let total = 0
for (const file of [...files].filter((name) => name.endsWith('.js'))) {
  const size = gzipSync(readFileSync(join(dist, file)), { level: 9 }).length
  total += size
  console.log(`${String(size).padStart(8)}  ${file}`)
}
console.log(`${String(total).padStart(8)}  login + reception, gzip (budget ${kBudget})`)

let precache = 0
const walk = (folder) => {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) walk(path)
    else if (/\.(js|css|html|svg|woff2)$/.test(name)) precache += statSync(path).size
  }
}
walk(dist)
console.log(`${String(precache).padStart(8)}  precache (budget ${kPrecacheBudget})`)
if (total > kBudget || precache > kPrecacheBudget) {
  console.error('over budget')
  process.exit(1)
}
