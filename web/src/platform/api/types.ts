// The shapes of docs/api.md that more than one room shows. What only one room uses stands in that room's resource file.
export type Gender = 'male' | 'female' | 'other' | 'unknown'

export type Role =
  | 'receptionist'
  | 'nurse'
  | 'doctor'
  | 'lab_technician'
  | 'pharmacist'
  | 'cashier'
  | 'station_head'
  | 'administrator'

export interface Me {
  id: string
  login: string
  name: string
  roles: Role[]
  station: { id: string; name: string; code: string }
  locked: boolean
  permissions: string[]
}

export interface Status {
  node?: string
  waitingToSend?: number
  lastBackup?: string | null
  station: string
  version: string
  demo: boolean
  now: string
}

export interface InsuranceState {
  number: string
  state: 'valid' | 'expired' | 'none' | 'unknown'
  validTo?: string | null
  level?: string | null
  registeredFacility?: string | null
}

export interface Person {
  id: string
  name: string
  birthDate: string
  gender: Gender
  ageText: string
  personalNumber?: string | null
  insuranceNumber?: string | null
  patientNumber?: string | null
  phone?: string | null
  address?: string | null
  commune?: string | null
  temporary?: boolean
  allergies: string[]
  insurance: InsuranceState | null
  warnings: string[]
}

export type Stage =
  | 'waiting-nurse'
  | 'waiting-doctor'
  | 'with-doctor'
  | 'waiting-results'
  | 'waiting-pharmacy'
  | 'waiting-cashier'
  | 'done'
  | 'cancelled'

export interface VisitRow {
  id: string
  patient: Person
  ticket: string
  priority: { urgent: boolean; reason: string; text: string }
  stage: Stage
  checkedInAt: string
  waitingMinutes: number
  reason: string
  desk?: string | null
  doctor?: string | null
}

export type ResultFlag = '' | 'N' | 'L' | 'H' | 'LL' | 'HH' | 'A'

export interface ResultRow {
  code: string
  name: string
  value: string | number
  unit: string
  range: string
  flag: ResultFlag
  status: 'preliminary' | 'final'
  at?: string | null
}

export interface Page<T> {
  items: T[]
  next?: string
}

export interface Bill {
  invoiceId: string
  lines: BillLine[]
  totals: {
    amount: number
    insuredAmount: number
    fund: number
    copay: number
    selfPay: number
    otherSource: number
    owes: number
  }
  benefit: { rate: number; why: string }
  reference: string
  status: string
  qr: { payload: string; svg: string } | null
  paid: { at: string; method: string; receipt: string } | null
}

export interface BillLine {
  code: string
  name: string
  group: string
  quantity: number
  unitPrice: number
  amount: number
  insuredAmount: number
  ratio: number
  benefitRate: number
  fund: number
  copay: number
  selfPay: number
  otherSource: number
  why: string
}

export interface Finding {
  rule: string
  severity: 'error' | 'warning'
  table: string
  row?: number | string
  field?: string
  message: string
  remedy?: string
}
