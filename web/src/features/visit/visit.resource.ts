// The visit's calls: nurse and doctor, see docs/api.md "Visit".
import { api, withQuery } from '@/platform/api/client'
import type { Bill, Finding, Page, ResultRow, Stage, VisitRow } from '@/platform/api/types'

export type VitalField = 'systolic' | 'diastolic' | 'pulse' | 'temperature' | 'respiration' | 'spo2' | 'weight' | 'height'
export type VitalNumbers = Record<VitalField, number | null>

export interface VitalFlag {
  field: string
  level: 'warning' | 'critical'
  text: string
}

export interface VitalSigns extends VitalNumbers {
  at: string
  by: string
  bmi: number | null
  flags: VitalFlag[]
}

export interface Examination {
  symptoms: string
  history: string
  examination: string
  treatment: string
  note: string
}

export interface DiagnosisLine {
  code: string
  name: string
  text: string
  main: boolean
  flags?: DiagnosisFlag[]
}

export interface DiagnosisFlag {
  id: string
  text: string
}

export interface DiagnosisItem {
  code: string
  name: string
  nameEn?: string
  flags: DiagnosisFlag[]
  chronic?: boolean
}

export interface ServiceItem {
  code: string
  name: string
  room: string
  price: number
  insured: boolean
}

export interface DrugItem {
  code: string
  name: string
  substance: string
  strength: string
  unit: string
  form: string
  route: string
  price: number
  insured: boolean
  kind: 'N' | 'H' | 'C'
  onHand: number
  maxDays: number | null
  usualDose: unknown
}

export type TimeOfDay = 'morning' | 'noon' | 'evening' | 'night'

export interface RxLine {
  drug: string
  name: string
  dose: number | null
  doseUnit: string
  times: number
  days: number | null
  timesOfDay: TimeOfDay[]
  beforeMeal: boolean | null
  quantity: number | null
  unit: string
  route: string
  note: string
  payer: 'insurance' | 'self'
}

export interface Prescription {
  code: string
  lines: RxLine[]
  signedAt: string | null
  sent: boolean
}

export interface Order {
  id: string
  code: string
  name: string
  room: string
  status: string
  orderedAt: string
  results: ResultRow[]
}

export interface Revisit {
  date: string
  note: string
}

export interface Draft {
  examination: Examination
  diagnoses: DiagnosisLine[]
  prescriptionLines: RxLine[]
  revisit: Revisit | null
}

type Trend = [string, number][]

export interface VisitDetail {
  visit: VisitRow
  version: string
  vitals: VitalSigns[]
  examination: Examination | null
  diagnoses: DiagnosisLine[]
  orders: Order[]
  prescription: Prescription | null
  revisit: Revisit | null
  draft?: (Draft & { savedAt?: string }) | null
  history: { visitId: string; date: string; diagnoses: string[]; results?: string[]; medicines: string[] }[]
  trends: { weight?: Trend; systolic?: Trend; diastolic?: Trend; glucose?: Trend }
  results: ResultRow[]
  allergies: { id: string; text: string; criticality: string }[]
  flags: { level: string; text: string }[]
}

export interface Closing {
  outcome: string
  disposition: string
  advice: string
  revisit: Revisit | null
  override: string[]
}

export interface Closed {
  visit: VisitRow
  bill: Bill | null
  findings: Finding[]
}

export const visitResource = {
  list: (stages: Stage[], mine = false) => api.get<Page<VisitRow>>(withQuery('/api/visits', { stage: stages.join(','), mine })),
  detail: (id: string) => api.get<VisitDetail>(`/api/visits/${id}`),
  vitalSigns: (id: string, numbers: VitalNumbers, confirmed: string[]) =>
    api.post<{ vitals: VitalSigns; bmi: number | null; flags: VitalFlag[] }>(`/api/visits/${id}/vital-signs`, { ...numbers, confirmed }),
  call: (id: string, desk: string) => api.post<{ visit: VisitRow }>(`/api/visits/${id}/call`, { desk }),
  callNext: (desk: string) => api.post<{ visit: VisitRow | null }>('/api/visits/call-next', { desk }),
  giveBack: (id: string) => api.post<object>(`/api/visits/${id}/return`),
  saveDraft: (id: string, draft: Draft, version: string) =>
    api.put<{ version: string; savedAt: string }>(`/api/visits/${id}/draft`, { ...draft, version }),
  addAllergy: (id: string, text: string, criticality: string) => api.post<object>(`/api/visits/${id}/allergies`, { text, criticality }),
  order: (id: string, services: string[]) => api.post<{ orders: Order[] }>(`/api/visits/${id}/orders`, { services }),
  revoke: (id: string, orderId: string) => api.delete<object>(`/api/visits/${id}/orders/${orderId}`),
  prescribe: (id: string, lines: RxLine[]) => api.post<{ prescription: Prescription }>(`/api/visits/${id}/prescription`, { lines }),
  close: (id: string, closing: Closing) => api.post<Closed>(`/api/visits/${id}/close`, closing),
  diagnoses: (text: string, patient: string) =>
    api.get<Page<DiagnosisItem>>(withQuery('/api/catalogue/diagnoses', { text, patient })).then((page) => page.items),
  drugs: (text: string) => api.get<Page<DrugItem>>(withQuery('/api/catalogue/drugs', { text })).then((page) => page.items),
  services: (text: string) => api.get<Page<ServiceItem>>(withQuery('/api/catalogue/services', { text })).then((page) => page.items),
  paper: (id: string, what: 'prescription' | 'summary' | 'orders') =>
    api.get<{ title: string; html: string }>(`/api/visits/${id}/print/${what}`),
}
