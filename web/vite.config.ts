import { paraglideVitePlugin } from '@inlang/paraglide-js'
import react from '@vitejs/plugin-react'
import { VitePWA } from 'vite-plugin-pwa'
import { defineConfig } from 'vitest/config'

// Where `npm run dev` finds the rooms' HTTP interface: a real `tram` or the mock of mock/server.mjs.
const api = process.env.TRAM_API ?? 'http://127.0.0.1:8099'

export default defineConfig({
  plugins: [
    paraglideVitePlugin({
      project: './project.inlang',
      outdir: './src/paraglide',
      outputStructure: 'message-modules',
      strategy: ['localStorage', 'baseLocale'],
      emitTsDeclarations: false,
    }),
    react(),
    // The shell only: what the station knows is never served from a browser's cache.
    VitePWA({
      registerType: 'prompt',
      injectRegister: false,
      manifest: {
        name: 'Trạm – trạm y tế không giấy',
        short_name: 'Trạm',
        lang: 'vi',
        start_url: '/',
        display: 'standalone',
        theme_color: '#0F766E',
        background_color: '#F7F6F3',
        icons: [{ src: '/icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' }],
      },
      workbox: {
        globPatterns: ['**/*.{js,css,html,svg,woff2}'],
        navigateFallbackDenylist: [/^\/(api|fhir|ws|health|metrics)/],
        maximumFileSizeToCacheInBytes: 600_000,
      },
    }),
  ],
  resolve: { tsconfigPaths: true },
  build: { target: 'es2022', assetsInlineLimit: 0, modulePreload: { polyfill: false }, manifest: 'manifest.json' },
  server: {
    host: '127.0.0.1',
    proxy: { '/api': api, '/ws': { target: api.replace('http', 'ws'), ws: true } },
  },
  test: { environment: 'happy-dom', include: ['src/**/*.test.{ts,tsx}'], css: false },
})
