import { describe, expect, it } from 'vitest'
import { computedQuantity, isComplete, lineOf, warningsOf } from './dose'
import type { DrugItem } from './visit.resource'
import { bmiOf } from './vitals'
import { withMain } from './Diagnoses'

const amoxicillin: DrugItem = {
  code: 'AMX', name: 'Amoxicilin', substance: 'Amoxicilin (penicillin)', strength: '500 mg', unit: 'Viên', form: 'viên nang', route: 'Uống',
  price: 1150, insured: true, kind: 'C', onHand: 36, maxDays: 10, usualDose: { dose: 1, times: 3, days: 5 },
}

describe('computedQuantity', () => {
  it('multiplies dose, times and days without binary dust', () => {
    expect(computedQuantity({ dose: 1, times: 2, days: 5 })).toBe(10)
    expect(computedQuantity({ dose: 0.1, times: 3, days: 10 })).toBe(3)
    expect(computedQuantity({ dose: 0.5, times: 1, days: 5 })).toBe(3)
  })
  it('waits for what is missing', () => {
    expect(computedQuantity({ dose: null, times: 2, days: 5 })).toBeNull()
    expect(computedQuantity({ dose: 1, times: 0, days: 5 })).toBeNull()
  })
})

describe('prescription lines', () => {
  it('start from the usual dose', () => {
    const line = lineOf(amoxicillin)
    expect(line.name).toBe('Amoxicilin 500 mg')
    expect(line.timesOfDay).toEqual(['morning', 'noon', 'evening'])
    expect(line.quantity).toBe(15)
    expect(isComplete(line)).toBe(true)
  })
  it('say what a pharmacist would ask', () => {
    const line = { ...lineOf(amoxicillin), days: 14, quantity: 60 }
    const texts = warningsOf(line, amoxicillin, ['Penicillin'], true).map((warning) => warning.text)
    expect(texts).toHaveLength(5)
    expect(texts[0]).toContain('Penicillin')
    expect(texts.join()).toContain('42')
    expect(texts.join()).toContain('36')
  })
  it('are silent when all is well', () => {
    expect(warningsOf(lineOf(amoxicillin), amoxicillin, ['Aspirin'], false)).toEqual([])
  })
})

describe('bmiOf', () => {
  it('needs both numbers and a height that can be', () => {
    expect(bmiOf(61.5, 162)).toBe(23.4)
    expect(bmiOf(61.5, null)).toBeNull()
    expect(bmiOf(61.5, 1.62)).toBeNull()
  })
})

describe('withMain', () => {
  it('keeps exactly one main diagnosis', () => {
    const line = (code: string, main = false) => ({ code, name: code, text: '', main })
    expect(withMain([line('A'), line('B')]).map((l) => l.main)).toEqual([true, false])
    expect(withMain([line('A', true), line('B')], 'B').map((l) => l.main)).toEqual([false, true])
    expect(withMain([])).toEqual([])
  })
})
