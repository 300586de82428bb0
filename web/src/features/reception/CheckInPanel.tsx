// The person is known: reason, priority, and the number.
import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core'
import { IconTicket } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState, type FormEvent } from 'react'
import type { Person } from '@/platform/api/types'
import { m } from '@/platform/i18n'
import { Card, ErrorNote, Note } from '@/platform/ui/parts'
import { PatientBanner } from '@/platform/ui/patient'
import { receptionResource, type CheckedIn, type ReadAnswer } from './reception.resource'

interface CheckInPanelProps {
  person: Person
  booking: ReadAnswer['booking']
  warnings: string[]
  onDone: (result: CheckedIn) => void
  onBack: () => void
}

export function CheckInPanel({ person, booking, warnings, onDone, onBack }: CheckInPanelProps) {
  const [reason, setReason] = useState(booking?.reason || m.reception_reason_exam())
  const [emergency, setEmergency] = useState(false)
  const [pregnant, setPregnant] = useState(false)
  const [disabled, setDisabled] = useState(false)
  const [visitType, setVisitType] = useState('01')
  const submitButton = useRef<HTMLButtonElement>(null)
  const client = useQueryClient()
  const checkIn = useMutation({
    mutationFn: () =>
      receptionResource.checkIn({
        patientId: person.id,
        reason: reason.normalize('NFC').trim(),
        emergency,
        pregnant,
        disabled,
        visitType,
        ...(booking ? { bookingId: booking.id } : {}),
      }),
    onSuccess: (result) => {
      void client.invalidateQueries({ queryKey: ['visits'] })
      onDone(result)
    },
  })
  useEffect(() => submitButton.current?.focus(), [])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!checkIn.isPending) checkIn.mutate()
  }
  const reasons = [
    m.reception_reason_exam(),
    m.reception_reason_followup(),
    m.reception_reason_chronic(),
    m.reception_reason_fever(),
    m.reception_reason_injury(),
  ]
  return (
    <>
      <PatientBanner person={person} />
      <Card title={m.reception_checkin_title()}>
        <form onSubmit={submit} className="t-col">
          {warnings.map((warning) => (
            <Note key={warning} tone="warn">
              {warning}
            </Note>
          ))}
          <ErrorNote error={checkIn.error} />
          <div>
            <TextInput
              label={m.reception_checkin_reason()}
              value={reason}
              autoComplete="off"
              onChange={(event) => setReason(event.currentTarget.value)}
            />
            <div className="t-row tight" style={{ marginTop: 8 }}>
              {reasons.map((text) => (
                <button key={text} type="button" className="t-chip" aria-pressed={reason === text} onClick={() => setReason(text)}>
                  {text}
                </button>
              ))}
            </div>
          </div>
          <fieldset className="t-choice">
            <legend className="t-legend-small">{m.reception_priority()}</legend>
            <div className="t-row" style={{ gap: 22 }}>
              <Checkbox color="red" label={m.reception_priority_emergency()} checked={emergency} onChange={(e) => setEmergency(e.currentTarget.checked)} />
              {person.gender !== 'male' && (
                <Checkbox label={m.reception_priority_pregnant()} checked={pregnant} onChange={(e) => setPregnant(e.currentTarget.checked)} />
              )}
              <Checkbox label={m.reception_priority_disabled()} checked={disabled} onChange={(e) => setDisabled(e.currentTarget.checked)} />
            </div>
            <p className="t-muted t-small" style={{ marginTop: 6 }}>
              {m.reception_priority_age()}
            </p>
          </fieldset>
          <NativeSelect
            label={m.reception_visit_type()}
            value={visitType}
            onChange={(event) => setVisitType(event.currentTarget.value)}
            data={[
              { value: '01', label: m.reception_type_01() },
              { value: '05', label: m.reception_type_05() },
              { value: '07', label: m.reception_type_07() },
              { value: '08', label: m.reception_type_08() },
            ]}
          />
          <div className="t-row">
            <Button ref={submitButton} type="submit" size="lg" loading={checkIn.isPending} leftSection={<IconTicket size={22} />}>
              {m.reception_checkin_submit()}
            </Button>
            <Button type="button" size="lg" variant="default" onClick={onBack}>
              {m.reception_back()}
            </Button>
          </div>
        </form>
      </Card>
    </>
  )
}
