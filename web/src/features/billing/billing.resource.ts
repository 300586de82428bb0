// The cashier's calls, see docs/api.md "Cashier".
import { api } from '@/platform/api/client'
import type { Bill, Page, Person } from '@/platform/api/types'

export interface CashierRow {
  invoiceId: string
  visitId: string
  patient: Person
  ticket: string
  total: number
  fund: number
  owes: number
  status: 'issued' | 'balanced' | 'cancelled'
  reference: string
}

export const billingResource = {
  worklist: () => api.get<Page<CashierRow>>('/api/cashier/worklist'),
  bill: (visitId: string) => api.get<Bill>(`/api/visits/${visitId}/bill`),
  payCash: (invoiceId: string, amount: number) => api.post<{ bill: Bill }>(`/api/invoices/${invoiceId}/pay-cash`, { amount }),
  receipt: (invoiceId: string) => api.get<{ number: string; html: string }>(`/api/invoices/${invoiceId}/receipt`),
  transfers: () => api.get<Page<object>>('/api/cashier/transfers'),
}
