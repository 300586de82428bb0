// The access log's calls, see docs/api.md "Session".
import { api, withQuery } from '@/platform/api/client'
import type { Page } from '@/platform/api/types'

export interface AuditRow {
  at: string
  who: string
  role: string
  action: string
  type: string
  reference: string
  purpose: string
  outcome: string
  detail: string
}

export interface ChainState {
  ok: boolean
  records: number
  message: string
}

export const auditResource = {
  list: (from: string, to: string, next: string) => api.get<Page<AuditRow>>(withQuery('/api/audit', { from, to, next })),
  verify: () => api.get<ChainState>('/api/audit/verify'),
}
