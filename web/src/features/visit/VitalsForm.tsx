// Vital signs in one line: Enter moves on, impossible numbers are refused, improbable ones asked about.
import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState, type FormEvent } from 'react'
import { ApiError } from '@/platform/api/client'
import type { VisitRow } from '@/platform/api/types'
import { formatDate, formatNumber, formatValue } from '@/platform/format'
import { m } from '@/platform/i18n'
import { enterMovesOn, NumberField } from '@/platform/ui/fields'
import { ErrorNote, Note } from '@/platform/ui/parts'
import { toast } from '@/platform/ui/toast'
import { visitResource, type VisitDetail, type VitalField, type VitalNumbers } from './visit.resource'
import { bmiOf, bmiWord, kVitals, noVitals } from './vitals'

function ageInYears(birthDate: string): number {
  const born = new Date(birthDate.length === 4 ? `${birthDate}-07-01` : birthDate)
  return (Date.now() - born.getTime()) / (365.25 * 86_400_000)
}

interface VitalsFormProps {
  visit: VisitRow
  detail: VisitDetail | undefined
  onSaved: () => void
}

export function VitalsForm({ visit, detail, onSaved }: VitalsFormProps) {
  const [numbers, setNumbers] = useState<VitalNumbers>(noVitals)
  const [confirmed, setConfirmed] = useState<string[]>([])
  const form = useRef<HTMLFormElement>(null)
  const client = useQueryClient()
  const last = detail?.vitals[0]
  const lastWeight = detail?.trends.weight?.at(-1) ?? null
  const adult = ageInYears(visit.patient.birthDate) >= 18
  // A grown person's height does not change: last time's stands until another is typed.
  const height = numbers.height ?? (adult ? (last?.height ?? null) : null)
  const bmi = bmiOf(numbers.weight, height)

  const save = useMutation({
    mutationFn: (also: string[]) => visitResource.vitalSigns(visit.id, { ...numbers, height }, [...confirmed, ...also]),
    onSuccess: ({ flags }) => {
      toast([m.visit_vitals_saved({ name: visit.patient.name }), ...flags.map((flag) => flag.text)].join(' '))
      void client.invalidateQueries({ queryKey: ['visits'] })
      onSaved()
    },
    onError: (error) => {
      if (error instanceof ApiError && error.field && error.status === 400) focus(error.field)
    },
  })
  const focus = (field: string) => form.current?.querySelector<HTMLInputElement>(`[name="${field}"]`)?.select()
  const failure = save.error instanceof ApiError ? save.error : null
  const asked = failure?.status === 422 && failure.field && numbersHave(failure.field) ? failure.field : null
  const empty = Object.values(numbers).every((value) => value === null)

  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!empty && !save.isPending) save.mutate([])
  }
  return (
    <form ref={form} onSubmit={submit} onKeyDown={enterMovesOn} className="t-col" noValidate data-testid="vitals-form">
      <div className="v-vitals">
        {kVitals.map((spec, i) => (
          <div key={spec.field}>
            <NumberField
              label={spec.label()}
              name={spec.field}
              unit={spec.unit}
              size="md"
              autoFocus={i === 0}
              value={spec.field === 'height' ? height : numbers[spec.field]}
              error={failure?.field === spec.field && failure.status === 400 ? failure.message : undefined}
              onChange={(value) => {
                setNumbers((now) => ({ ...now, [spec.field]: value }))
                setConfirmed((now) => now.filter((field) => field !== spec.field))
              }}
            />
            <LastValue field={spec.field} detail={detail} />
          </div>
        ))}
        <div className="v-bmi" aria-live="polite">
          <span className="t-legend-small">{m.visit_bmi()}</span>
          <b className="num">{bmi === null ? '–' : formatNumber(bmi, 1)}</b>
          {bmi !== null && adult && <span className="t-muted t-small">{bmiWord(bmi)}</span>}
        </div>
      </div>
      {lastWeight && numbers.weight !== null && (
        <p className="t-muted num">
          {m.visit_weight()}: {weightChange(numbers.weight, lastWeight[1])}
        </p>
      )}
      {asked && failure && (
        <Note tone="warn" role="alert">
          {failure.message}
          <div className="t-row">
            <Button
              size="sm"
              autoFocus
              data-testid="confirm-value"
              onClick={() => {
                setConfirmed((now) => [...now, asked])
                save.mutate([asked])
              }}
            >
              {m.visit_confirm_value()}
            </Button>
            <Button
              size="sm"
              variant="default"
              onClick={() => {
                save.reset()
                focus(asked)
              }}
            >
              {m.visit_fix_value()}
            </Button>
          </div>
        </Note>
      )}
      {failure && !asked && !(failure.status === 400 && failure.field) && <ErrorNote error={failure} />}
      <div className="t-row">
        <Button type="submit" size="md" loading={save.isPending} disabled={empty}>
          {m.visit_vitals_save()}
        </Button>
      </div>
    </form>
  )
}

function numbersHave(field: string): boolean {
  return field in noVitals
}

function weightChange(now: number, before: number): string {
  const change = Math.round((now - before) * 10) / 10
  if (change === 0) return m.visit_weight_same()
  return change > 0 ? m.visit_weight_up({ n: formatValue(change) }) : m.visit_weight_down({ n: formatValue(-change) })
}

function LastValue({ field, detail }: { field: VitalField; detail: VisitDetail | undefined }) {
  const fromTrend = field === 'weight' ? detail?.trends.weight?.at(-1) : undefined
  const last = detail?.vitals.find((signs) => signs[field] !== null && signs[field] !== undefined)
  const value = fromTrend?.[1] ?? last?.[field]
  const date = fromTrend?.[0] ?? last?.at
  if (value === null || value === undefined) return null
  return <div className="t-muted t-small num v-last">{m.visit_last_time({ value: formatValue(value), date: formatDate(date) })}</div>
}
