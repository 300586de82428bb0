// Theme, query cache, router; switching the language draws everything anew.
import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { useSyncExternalStore } from 'react'
import { ApiError } from '@/platform/api/client'
import { locale, subscribeLocale } from '@/platform/i18n'
import { theme } from '@/platform/ui/theme'
import { router } from './router'

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // The station is on the local network: a browser that believes it is offline is often wrong about it.
      networkMode: 'always',
      staleTime: 5_000,
      retry: (failures, error) => failures < 2 && !(error instanceof ApiError && !error.offline && error.status < 500),
    },
    mutations: { networkMode: 'always', retry: false },
  },
})

export function App() {
  const language = useSyncExternalStore(subscribeLocale, locale)
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" withCssVariables={false} withGlobalClasses={false}>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} key={language} />
      </QueryClientProvider>
    </MantineProvider>
  )
}
