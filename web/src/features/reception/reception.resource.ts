// Reception's calls, see docs/api.md "Reception".
import { api, withQuery } from '@/platform/api/client'
import type { Gender, Page, Person, VisitRow } from '@/platform/api/types'

export type IdentityKind = 'citizen' | 'newborn' | 'foreigner' | 'unknown'

export interface InsuranceForm {
  number: string
  validFrom: string
  validTo: string
  registeredFacility: string
  fiveYearsFrom: string
}

export interface Guardian {
  name: string
  personalNumber: string
  relationship: string
}

export interface PersonForm {
  name: string
  birthDate: string
  gender: Gender
  personalNumber: string
  oldId: string
  passport: string
  insurance: InsuranceForm | null
  phone: string
  address: string
  communeCode: string
  ethnicity: string
  occupation: string
  identityKind: IdentityKind
  identityReason: string
  guardian: Guardian | null
}

export type ReadKind =
  | 'citizen_card'
  | 'insurance_card'
  | 'booking'
  | 'personal_number'
  | 'insurance_number'
  | 'name'
  | 'ticket'

export interface Candidate {
  person: Person
  match: 'exact' | 'likely' | 'possible'
  because: string[]
}

export interface ReadAnswer {
  kind: ReadKind
  form: Partial<PersonForm>
  people: Candidate[]
  booking: { id: string; time: string; reason: string } | null
  warnings: string[]
}

export interface CheckIn {
  patientId: string
  reason: string
  emergency: boolean
  pregnant: boolean
  disabled: boolean
  visitType: string
  bookingId?: string
}

export interface CheckedIn {
  visit: VisitRow
  ticket: string
  ahead: number
}

export interface PatientRecord {
  person: Person
  form: PersonForm
  version: string
  visits: { id: string; date: string; diagnosis: string; doctor: string }[]
}

export interface Named {
  code: string
  name: string
}

export const emptyForm: PersonForm = {
  name: '',
  birthDate: '',
  gender: 'unknown',
  personalNumber: '',
  oldId: '',
  passport: '',
  insurance: null,
  phone: '',
  address: '',
  communeCode: '',
  ethnicity: '',
  occupation: '',
  identityKind: 'citizen',
  identityReason: '',
  guardian: null,
}

/** What a card or the server left out is empty, never undefined. */
export function fullForm(part: Partial<PersonForm>): PersonForm {
  const form = { ...emptyForm }
  for (const [key, value] of Object.entries(part)) {
    if (value !== null && value !== undefined) Object.assign(form, { [key]: value })
  }
  if (form.insurance) {
    form.insurance = {
      number: form.insurance.number ?? '',
      validFrom: form.insurance.validFrom ?? '',
      validTo: form.insurance.validTo ?? '',
      registeredFacility: form.insurance.registeredFacility ?? '',
      fiveYearsFrom: form.insurance.fiveYearsFrom ?? '',
    }
  }
  return form
}

const normal = (form: PersonForm): PersonForm => ({ ...form, name: form.name.normalize('NFC').trim().replace(/\s+/g, ' ') })

export const receptionResource = {
  read: (text: string) => api.post<ReadAnswer>('/api/reception/read', { text: text.normalize('NFC') }),
  register: (form: PersonForm, confirmedNotDuplicate: boolean) =>
    api.post<{ person: Person | null; candidates?: Candidate[] }>('/api/patients', { form: normal(form), confirmedNotDuplicate }),
  update: (id: string, form: PersonForm, version: string) =>
    api.put<{ person: Person }>(`/api/patients/${id}`, { form: normal(form), version }),
  patient: (id: string) => api.get<PatientRecord>(`/api/patients/${id}`),
  checkIn: (input: CheckIn) => api.post<CheckedIn>('/api/reception/check-in', input),
  visits: (date = '') => api.get<Page<VisitRow>>(withQuery('/api/reception/visits', { date })),
  cancel: (visitId: string, reason: string) => api.post<object>(`/api/visits/${visitId}/cancel`, { reason }),
  communes: (text: string) => api.get<Page<Named>>(withQuery('/api/catalogue/communes', { text })).then((page) => page.items),
  occupations: () => api.get<Page<Named>>('/api/catalogue/occupations').then((page) => page.items),
  ethnicities: () => api.get<Page<Named>>('/api/catalogue/ethnicities').then((page) => page.items),
}
