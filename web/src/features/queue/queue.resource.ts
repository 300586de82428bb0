// The public queue's call: no names in full, no login.
import { api } from '@/platform/api/client'

export interface QueueState {
  now: string
  called: { ticket: string; desk: string; name: string }[]
  waiting: { ticket: string; urgent: boolean }[]
  station: string
}

export const queueResource = {
  state: () => api.get<QueueState>('/api/queue', { ownSession: true }),
}
