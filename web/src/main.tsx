// Starts the web app of Tram.
import '@fontsource/be-vietnam-pro/latin-400.css'
import '@fontsource/be-vietnam-pro/vietnamese-400.css'
import '@fontsource/be-vietnam-pro/latin-500.css'
import '@fontsource/be-vietnam-pro/vietnamese-500.css'
import '@fontsource/be-vietnam-pro/latin-600.css'
import '@fontsource/be-vietnam-pro/vietnamese-600.css'
import '@fontsource/be-vietnam-pro/latin-700.css'
import '@fontsource/be-vietnam-pro/vietnamese-700.css'
import '@/platform/ui/mantine'
import '@/platform/ui/base.css'
import '@/platform/ui/kit.css'
import '@/app/app.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from '@/app/App'
import { locale } from '@/platform/i18n'

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL: (url: string) => string }): { createScriptURL: (url: string) => unknown }
}

document.documentElement.lang = locale()

const element = document.getElementById('root')
if (element) {
  createRoot(element).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
}

if ('serviceWorker' in navigator && import.meta.env.PROD && isSecureContext) {
  const trusted = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes?.createPolicy('tram-worker', {
    createScriptURL: (url) => url,
  })
  navigator.serviceWorker.register((trusted?.createScriptURL('/sw.js') ?? '/sw.js') as string).catch(() => {})
}
