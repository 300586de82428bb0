// Which numbers a nurse takes, in which unit, and what BMI says.
import { m } from '@/platform/i18n'
import type { VitalField, VitalNumbers } from './visit.resource'

export interface VitalSpec {
  field: VitalField
  label: () => string
  unit: string
  decimals: number
}

export const kVitals: VitalSpec[] = [
  { field: 'systolic', label: m.visit_systolic, unit: '', decimals: 0 },
  { field: 'diastolic', label: m.visit_diastolic, unit: 'mmHg', decimals: 0 },
  { field: 'pulse', label: m.visit_pulse, unit: 'l/ph', decimals: 0 },
  { field: 'temperature', label: m.visit_temperature, unit: '°C', decimals: 1 },
  { field: 'respiration', label: m.visit_respiration, unit: 'l/ph', decimals: 0 },
  { field: 'spo2', label: m.visit_spo2, unit: '%', decimals: 0 },
  { field: 'weight', label: m.visit_weight, unit: 'kg', decimals: 1 },
  { field: 'height', label: m.visit_height, unit: 'cm', decimals: 1 },
]

export const noVitals: VitalNumbers = {
  systolic: null,
  diastolic: null,
  pulse: null,
  temperature: null,
  respiration: null,
  spo2: null,
  weight: null,
  height: null,
}

export function bmiOf(weight: number | null, height: number | null): number | null {
  if (weight === null || height === null || height < 30 || weight <= 0) return null
  return Math.round((weight / (height / 100) ** 2) * 10) / 10
}

/** WHO cut-offs for Asian adults (Lancet 2004;363:157-163); children are read on growth charts instead. */
export function bmiWord(bmi: number): string {
  if (bmi < 18.5) return m.visit_bmi_under()
  if (bmi < 23) return m.visit_bmi_normal()
  return bmi < 27.5 ? m.visit_bmi_over() : m.visit_bmi_obese()
}
