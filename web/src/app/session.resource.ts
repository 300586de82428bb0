// Calls about the person at the screen: sign in, lock, unlock; the station's state; the top bar's search.
import { api } from '@/platform/api/client'
import type { Me, Person, Status } from '@/platform/api/types'

interface SignedIn {
  me: Me
  csrf: string
}

export interface SearchAnswer {
  people: Person[]
}

export const sessionResource = {
  me: () => api.get<SignedIn>('/api/me', { ownSession: true }),
  login: (login: string, password: string) =>
    api.post<SignedIn>('/api/login', { login, password }, { ownSession: true }),
  unlock: (password: string) => api.post<SignedIn>('/api/unlock', { password }, { ownSession: true }),
  lock: () => api.post<object>('/api/lock', {}, { ownSession: true }),
  logout: () => api.post<object>('/api/logout', {}, { ownSession: true }),
  status: () => api.get<Status>('/api/status', { ownSession: true }),
  search: (text: string, signal?: AbortSignal) => api.post<SearchAnswer>('/api/search', { text }, { signal }),
}
