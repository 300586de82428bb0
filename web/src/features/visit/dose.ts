// The arithmetic of a prescription line and what a pharmacist would ask about it.
import { fold } from '@/platform/fold'
import { formatValue } from '@/platform/format'
import { m } from '@/platform/i18n'
import type { DrugItem, RxLine, TimeOfDay } from './visit.resource'

export const kTimesOfDay: TimeOfDay[] = ['morning', 'noon', 'evening', 'night']

export function timeName(time: TimeOfDay): string {
  switch (time) {
    case 'morning':
      return m.visit_rx_morning()
    case 'noon':
      return m.visit_rx_noon()
    case 'evening':
      return m.visit_rx_evening()
    case 'night':
      return m.visit_rx_night()
  }
}

/** dose × times × days, whole packs of the unit upwards; null while something is missing. */
export function computedQuantity(line: Pick<RxLine, 'dose' | 'times' | 'days'>): number | null {
  if (line.dose === null || line.days === null || line.times <= 0) return null
  // Half tablets are written 0,5: thousandths keep the product exact before rounding up.
  const thousandths = Math.round(line.dose * 1000) * line.times * line.days
  return Math.ceil(thousandths / 1000)
}

export function isComplete(line: RxLine): boolean {
  return line.dose !== null && line.dose > 0 && line.times > 0 && line.days !== null && line.days > 0 && line.quantity !== null && line.quantity > 0
}

export function lineOf(drug: DrugItem): RxLine {
  const usual = (typeof drug.usualDose === 'object' && drug.usualDose !== null ? drug.usualDose : {}) as Partial<RxLine>
  const timesOfDay = Array.isArray(usual.timesOfDay)
    ? usual.timesOfDay
    : usual.times === 1
      ? (['morning'] as TimeOfDay[])
      : usual.times === 3
        ? (['morning', 'noon', 'evening'] as TimeOfDay[])
        : usual.times === 4
          ? kTimesOfDay
          : (['morning', 'evening'] as TimeOfDay[])
  const line: RxLine = {
    drug: drug.code,
    name: [drug.name, drug.strength && !drug.name.includes(drug.strength) ? drug.strength : ''].filter(Boolean).join(' '),
    dose: usual.dose ?? 1,
    doseUnit: usual.doseUnit ?? drug.unit,
    times: timesOfDay.length,
    days: usual.days ?? Math.min(5, drug.maxDays ?? 5),
    timesOfDay,
    beforeMeal: usual.beforeMeal ?? null,
    quantity: null,
    unit: drug.unit,
    route: drug.route,
    note: '',
    payer: drug.insured ? 'insurance' : 'self',
  }
  return { ...line, quantity: computedQuantity(line) }
}

export interface LineWarning {
  tone: 'danger' | 'warn'
  text: string
}

/** `drug` is what the catalogue said when the line was made; unknown after a reload, then the server checks. */
export function warningsOf(line: RxLine, drug: DrugItem | undefined, allergies: string[], twice: boolean): LineWarning[] {
  const found: LineWarning[] = []
  const names = fold(`${line.name} ${drug?.substance ?? ''}`)
  for (const allergy of allergies) {
    const words = fold(allergy).split(/[\s,;()]+/).filter((word) => word.length > 3)
    if (words.some((word) => names.includes(word))) found.push({ tone: 'danger', text: m.visit_rx_allergy({ text: allergy }) })
  }
  if (twice) found.push({ tone: 'warn', text: m.visit_rx_twice() })
  const computed = computedQuantity(line)
  if (computed !== null && line.quantity !== null && line.quantity !== computed) {
    found.push({ tone: 'warn', text: m.visit_rx_quantity_differs({ n: formatValue(computed) }) })
  }
  if (drug?.maxDays && line.days !== null && line.days > drug.maxDays) {
    found.push({ tone: 'danger', text: m.visit_rx_max_days({ n: drug.maxDays }) })
  }
  if (drug && line.quantity !== null && line.quantity > drug.onHand) {
    found.push({ tone: 'warn', text: m.visit_rx_short({ n: formatValue(drug.onHand), unit: drug.unit }) })
  }
  return found
}
