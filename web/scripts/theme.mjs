// Writes the theme's CSS variables as a static file: the content security policy allows no style element made at run time.
import { writeFileSync } from 'node:fs'
import { createServer } from 'vite'

const server = await createServer({ server: { middlewareMode: true }, logLevel: 'error', optimizeDeps: { noDiscovery: true, include: [] } })
const { theme } = await server.ssrLoadModule('/src/platform/ui/theme.ts')
const mantine = await server.ssrLoadModule('@mantine/core')
const { variables, light, dark } = mantine.defaultCssVariablesResolver(mantine.mergeMantineTheme(mantine.DEFAULT_THEME, theme))
const block = (selector, entries) =>
  `${selector} {\n${Object.entries(entries).map(([name, value]) => `  ${name}: ${value};`).join('\n')}\n}\n`
writeFileSync(
  new URL('../src/platform/ui/theme.css', import.meta.url),
  '/* Made by `npm run theme` from theme.ts; do not edit. */\n' +
    block(':root', variables) +
    block(":root[data-mantine-color-scheme='light']", light) +
    block(":root[data-mantine-color-scheme='dark']", dark),
)
await server.close()
process.exit(0)
