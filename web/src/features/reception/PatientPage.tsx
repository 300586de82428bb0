// One person: who they are, their visits, and the way to today's.
import { Button } from '@mantine/core'
import { IconEdit, IconTicket } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { formatDate } from '@/platform/format'
import { m } from '@/platform/i18n'
import { useCan } from '@/platform/session'
import { Card, Empty, ErrorNote, Loading } from '@/platform/ui/parts'
import { PatientBanner } from '@/platform/ui/patient'
import { toast } from '@/platform/ui/toast'
import { CheckInPanel } from './CheckInPanel'
import { NumberGiven } from './NumberGiven'
import { PersonFields } from './PersonFields'
import { fullForm, receptionResource, type CheckedIn, type PersonForm } from './reception.resource'
import './reception.css'

export function PatientPage() {
  const { patientId } = useParams({ strict: false }) as { patientId: string }
  return <PatientView key={patientId} patientId={patientId} />
}

function PatientView({ patientId }: { patientId: string }) {
  const [mode, setMode] = useState<'view' | 'edit' | 'check-in'>('view')
  const [given, setGiven] = useState<CheckedIn | null>(null)
  const client = useQueryClient()
  const canEdit = useCan('reception.register')
  const canCheckIn = useCan('reception.check_in')
  const canOpenVisit = useCan('visit.read')
  const record = useQuery({ queryKey: ['patients', patientId], queryFn: () => receptionResource.patient(patientId) })
  const update = useMutation({
    mutationFn: (form: PersonForm) => receptionResource.update(patientId, form, record.data?.version ?? ''),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['patients', patientId] })
      toast(m.reception_saved())
      setMode('view')
    },
  })
  if (record.isPending) return <Loading />
  if (!record.data) {
    return (
      <div className="t-page">
        <ErrorNote error={record.error} retry={() => void record.refetch()} />
      </div>
    )
  }
  const { person, form, visits } = record.data
  if (given) {
    return (
      <div className="t-page">
        <NumberGiven result={given} onNext={() => setGiven(null)} />
      </div>
    )
  }
  if (mode === 'check-in') {
    return (
      <div className="t-page">
        <CheckInPanel person={person} booking={null} warnings={[]} onBack={() => setMode('view')} onDone={(result) => { setMode('view'); setGiven(result) }} />
      </div>
    )
  }
  return (
    <div className="t-page">
      <PatientBanner person={person}>
        {canCheckIn && mode === 'view' && (
          <Button size="sm" leftSection={<IconTicket size={18} />} onClick={() => setMode('check-in')}>
            {m.reception_patient_checkin()}
          </Button>
        )}
        {canEdit && mode === 'view' && (
          <Button size="sm" variant="default" leftSection={<IconEdit size={18} />} onClick={() => setMode('edit')}>
            {m.reception_form_edit()}
          </Button>
        )}
      </PatientBanner>
      {mode === 'edit' ? (
        <Card title={m.reception_form_edit()}>
          <PersonFields initial={fullForm(form)} submitLabel={m.platform_save()} busy={update.isPending} error={update.error} onSubmit={(next) => update.mutate(next)} onBack={() => setMode('view')} />
        </Card>
      ) : (
        <Card title={m.reception_patient_visits()} flush>
          {visits.length === 0 ? (
            <Empty title={m.reception_patient_no_visits()} />
          ) : (
            <table className="t-table">
              <thead>
                <tr>
                  <th>{m.reception_visit_date()}</th>
                  <th>{m.reception_visit_diagnosis()}</th>
                  <th>{m.reception_visit_doctor()}</th>
                  {canOpenVisit && <th><span className="sr">{m.reception_patient_open_visit()}</span></th>}
                </tr>
              </thead>
              <tbody>
                {visits.map((visit) => (
                  <tr key={visit.id}>
                    <td className="num t-nowrap">{formatDate(visit.date)}</td>
                    <td>{visit.diagnosis || '–'}</td>
                    <td>{visit.doctor || '–'}</td>
                    {canOpenVisit && (
                      <td>
                        <Link to="/doctor/$visitId" params={{ visitId: visit.id }}>
                          {m.reception_patient_open_visit()}
                        </Link>
                      </td>
                    )}
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </Card>
      )}
    </div>
  )
}
