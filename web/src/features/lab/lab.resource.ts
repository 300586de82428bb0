// The lab's calls, see docs/api.md "Lab".
import { api, withQuery } from '@/platform/api/client'
import type { Page, Person, ResultFlag, ResultRow } from '@/platform/api/types'

export type LabStatus = 'ordered' | 'collected' | 'entered' | 'verified'

export interface Analyte {
  code: string
  name: string
  unit: string
  range: string
  low: number | null
  high: number | null
  decimals: number
  plausibleLow: number | null
  plausibleHigh: number | null
  kind: 'number' | 'text' | 'choice'
  choices: string[]
}

export interface LabOrder {
  orderId: string
  visitId: string
  patient: Person
  ticket: string
  test: { code: string; name: string; specimen: string }
  orderedAt: string
  status: LabStatus
  label: string
  analytes: Analyte[]
  results: ResultRow[]
  enteredBy: string
}

export interface EnteredResult {
  analyte: string
  value: string | number
}

export const labResource = {
  worklist: (status = '') => api.get<Page<LabOrder>>(withQuery('/api/lab/worklist', { status })),
  collect: (id: string) => api.post<{ label: string }>(`/api/lab/orders/${id}/collect`),
  enter: (id: string, results: EnteredResult[], confirmed: string[]) =>
    api.post<{ order: LabOrder }>(`/api/lab/orders/${id}/results`, { results, confirmed }),
  verify: (id: string) => api.post<{ order: LabOrder }>(`/api/lab/orders/${id}/verify`),
  reject: (id: string, reason: string) => api.post<{ order: LabOrder }>(`/api/lab/orders/${id}/reject`, { reason }),
}

/** What the value will be flagged as; the server decides, this is only shown while typing. */
export function flagOf(analyte: Analyte, value: number | null): ResultFlag {
  if (value === null) return ''
  if (analyte.low !== null && analyte.low !== undefined && value < analyte.low) return 'L'
  if (analyte.high !== null && analyte.high !== undefined && value > analyte.high) return 'H'
  return (analyte.low ?? analyte.high ?? null) === null ? '' : 'N'
}
