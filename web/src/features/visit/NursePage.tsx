// The nurse's desk: who is to be measured, and the line of numbers.
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { IconHeartbeat } from '@tabler/icons-react'
import { m } from '@/platform/i18n'
import { formatTime } from '@/platform/format'
import { Card, Chip, Empty, PageHead, PriorityTag, Ticket, Waiting } from '@/platform/ui/parts'
import { PatientBanner, personLine } from '@/platform/ui/patient'
import { WorkList } from '@/platform/ui/worklist'
import { visitResource } from './visit.resource'
import { VitalsForm } from './VitalsForm'
import './visit.css'

export function NursePage() {
  const { visitId } = useParams({ strict: false }) as { visitId?: string }
  const [measured, setMeasured] = useState(false)
  const navigate = useNavigate()
  const list = useQuery({
    queryKey: ['visits', 'nurse'],
    queryFn: () => visitResource.list(['waiting-nurse', 'waiting-doctor']),
    refetchInterval: 20_000,
  })
  const all = list.data?.items ?? []
  const shown = all.filter((visit) => (visit.stage === 'waiting-doctor') === measured)
  const current = all.find((visit) => visit.id === visitId)
  const detail = useQuery({
    queryKey: ['visits', visitId, 'detail'],
    queryFn: () => visitResource.detail(visitId ?? ''),
    enabled: visitId !== undefined,
  })
  const visit = current ?? (detail.data?.visit.id === visitId ? detail.data?.visit : undefined)

  return (
    <div className="t-page v-nurse">
      <PageHead title={m.visit_nurse_title()} />
      <div className="t-split">
        <WorkList
          label={m.visit_nurse_list()}
          items={list.data && shown}
          error={list.error}
          retry={() => void list.refetch()}
          currentKey={visitId}
          keyOf={(row) => row.id}
          textOf={(row) => `${row.patient.name}\n${row.ticket} ${row.patient.personalNumber ?? ''}`}
          lead={(row) => <Ticket row={row} />}
          row={(row) => (
            <>
              <div className="name">{row.patient.name}</div>
              <div className="t-row tight sub">
                <span>{row.patient.ageText}</span>
                <time>{formatTime(row.checkedInAt)}</time>
                <Waiting minutes={row.waitingMinutes} />
                <PriorityTag priority={row.priority} />
              </div>
            </>
          )}
          action={(row) => (row.stage === 'waiting-nurse' ? m.visit_nurse_measure() : m.visit_nurse_again())}
          onAction={(row) => void navigate({ to: '/nurse/$visitId', params: { visitId: row.id } })}
          bar={
            <div className="t-row tight">
              <Chip pressed={!measured} count={all.filter((row) => row.stage === 'waiting-nurse').length} onClick={() => setMeasured(false)}>
                {m.visit_nurse_filter_new()}
              </Chip>
              <Chip pressed={measured} count={all.filter((row) => row.stage === 'waiting-doctor').length} onClick={() => setMeasured(true)}>
                {m.visit_nurse_filter_done()}
              </Chip>
            </div>
          }
          empty={<Empty title={m.visit_nurse_empty()}>{m.visit_nurse_empty_text()}</Empty>}
        />
        <div>
          {visit ? (
            <>
              <PatientBanner person={visit.patient} ticket={visit.ticket} />
              <Card title={m.visit_vitals()} actions={<span className="t-muted t-small">{visit.reason || personLine(visit.patient)}</span>}>
                <VitalsForm key={visit.id} visit={visit} detail={detail.data} onSaved={() => void navigate({ to: '/nurse' })} />
              </Card>
            </>
          ) : (
            <div className="t-card">
              <Empty title={m.visit_nurse_pick()} icon={<IconHeartbeat size={40} stroke={1.3} />}>
                {m.visit_nurse_pick_text()}
              </Empty>
            </div>
          )}
        </div>
      </div>
    </div>
  )
}
