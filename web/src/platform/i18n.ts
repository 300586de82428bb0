// The words of the interface: compiled messages (Vietnamese first) and the switch to English.
import { getLocale, setLocale as setParaglideLocale } from '@/paraglide/runtime.js'

export * as m from '@/paraglide/messages/_index.js'

export type Locale = 'vi' | 'en'

export function locale(): Locale {
  return getLocale()
}

const listeners = new Set<() => void>()

export function setLocale(next: Locale): void {
  void setParaglideLocale(next, { reload: false })
  document.documentElement.lang = next
  for (const listener of listeners) listener()
}

export function subscribeLocale(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
