// The claims' calls, see docs/api.md "Insurance".
import { api, withQuery } from '@/platform/api/client'
import type { Finding, Page, Person } from '@/platform/api/types'

export type ClaimState = 'ready' | 'has_errors' | 'sent' | 'none'

export interface ClaimRow {
  visitId: string
  claimKey: string
  patient: Person
  closedAt: string
  insured: boolean
  total: number
  fund: number
  tables: string[]
  findings: { errors: number; warnings: number }
  state: ClaimState
  deadline: string
}

export interface ClaimDetail extends Omit<ClaimRow, 'findings'> {
  findings: Finding[]
  xml: { table: string; rows: Record<string, string | number | null>[] }[]
}

export const insuranceResource = {
  list: (state = '') => api.get<Page<ClaimRow>>(withQuery('/api/claims', { state })),
  claim: (visitId: string) => api.get<ClaimDetail>(`/api/claims/${visitId}`),
  rebuild: (visitId: string) => api.post<ClaimDetail>(`/api/claims/${visitId}/rebuild`),
  file: (visitId: string) => api.file(`/api/claims/${visitId}/file`),
}
