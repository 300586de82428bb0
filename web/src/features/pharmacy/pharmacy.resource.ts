// The pharmacy's calls, see docs/api.md "Pharmacy".
import { api, withQuery } from '@/platform/api/client'
import type { Page, Person } from '@/platform/api/types'

export interface LotChoice {
  lotId: string
  lot: string
  expires: string
  onHand?: number
  take: number
}

export interface RxToDispense {
  requestId: string
  drug: string
  name: string
  quantity: number
  unit: string
  dose?: string
  doseText?: string
  onHand: number
  lots: LotChoice[]
  dispensed: number | boolean
}

export interface PharmacyRow {
  visitId: string
  code: string
  patient: Person
  ticket: string
  signedAt: string
  doctor: string
  lines: RxToDispense[]
  status: string
}

export interface StockLot {
  lotId: string
  lot: string
  expires: string
  onHand: number
}

export interface StockRow {
  drug: string
  name: string
  unit: string
  onHand: number
  lots: StockLot[]
  warnings: ('expired' | 'expiring' | 'low')[]
}

export interface DispensedLine {
  requestId: string
  lots: { lotId: string; quantity: number }[]
}

export interface Receipt {
  drug: string
  lot: string
  expires: string
  quantity: number
  unitCost: number
}

export const pharmacyResource = {
  worklist: () => api.get<Page<PharmacyRow>>('/api/pharmacy/worklist'),
  dispense: (visitId: string, lines: DispensedLine[]) => api.post<object>('/api/pharmacy/dispense', { visitId, lines }),
  stock: (low: boolean) => api.get<Page<StockRow>>(withQuery('/api/pharmacy/stock', { low })),
  receive: (receipt: Receipt) => api.post<object>('/api/pharmacy/stock', receipt),
  adjust: (lotId: string, quantity: number, reason: string) => api.post<object>(`/api/pharmacy/stock/${lotId}/adjust`, { quantity, reason }),
  drugs: (text: string) =>
    api
      .get<Page<{ code: string; name: string; strength: string; unit: string }>>(withQuery('/api/catalogue/drugs', { text }))
      .then((page) => page.items),
}

export function isDispensed(row: PharmacyRow): boolean {
  return ['dispensed', 'completed', 'done'].includes(row.status)
}
