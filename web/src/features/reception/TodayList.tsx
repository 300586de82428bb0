// Everyone of today: where they are now; a person who left can be taken off the queue.
import { Button, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { VisitRow } from '@/platform/api/types'
import { formatTime } from '@/platform/format'
import { m } from '@/platform/i18n'
import { useCan } from '@/platform/session'
import { Chip, Empty, ErrorNote, PriorityTag, StageTag, Ticket } from '@/platform/ui/parts'
import { toast } from '@/platform/ui/toast'
import { Dialog } from '@/platform/ui/dialog'
import { WorkList } from '@/platform/ui/worklist'
import { receptionResource } from './reception.resource'

type Filter = 'all' | 'waiting' | 'done'

const isOver = (visit: VisitRow) => visit.stage === 'done' || visit.stage === 'cancelled'

export function TodayList() {
  const [filter, setFilter] = useState<Filter>('all')
  const [cancelling, setCancelling] = useState<VisitRow | null>(null)
  const visits = useQuery({ queryKey: ['visits', 'today'], queryFn: () => receptionResource.visits(), refetchInterval: 20_000 })
  const navigate = useNavigate()
  const canCancel = useCan('reception.check_in')
  const all = visits.data?.items ?? []
  const shown = all.filter((visit) => filter === 'all' || (filter === 'done') === isOver(visit))
  return (
    <>
      <WorkList
        label={m.reception_today_list()}
        items={visits.data && shown}
        error={visits.error}
        retry={() => void visits.refetch()}
        keyOf={(visit) => visit.id}
        textOf={(visit) => `${visit.patient.name}\n${visit.ticket} ${visit.patient.personalNumber ?? ''} ${visit.patient.phone ?? ''}`}
        lead={(visit) => <Ticket row={visit} />}
        row={(visit) => (
          <>
            <div className="name">{visit.patient.name}</div>
            <div className="t-row tight sub">
              <time>{formatTime(visit.checkedInAt)}</time>
              <StageTag stage={visit.stage} />
              <PriorityTag priority={visit.priority} />
              {canCancel && (visit.stage === 'waiting-nurse' || visit.stage === 'waiting-doctor') && (
                <button type="button" className="r-cancel" onClick={() => setCancelling(visit)} aria-label={`${m.reception_cancel_visit()}: ${visit.ticket}`}>
                  {m.reception_cancel_visit()}
                </button>
              )}
            </div>
          </>
        )}
        action={() => m.reception_open_person()}
        quiet={() => true}
        onAction={(visit) => void navigate({ to: '/patients/$patientId', params: { patientId: visit.patient.id } })}
        bar={
          <div className="t-row tight">
            <Chip pressed={filter === 'all'} count={all.length} onClick={() => setFilter('all')}>
              {m.reception_filter_all()}
            </Chip>
            <Chip pressed={filter === 'waiting'} count={all.filter((v) => !isOver(v)).length} onClick={() => setFilter('waiting')}>
              {m.reception_filter_waiting()}
            </Chip>
            <Chip pressed={filter === 'done'} count={all.filter(isOver).length} onClick={() => setFilter('done')}>
              {m.reception_filter_done()}
            </Chip>
          </div>
        }
        empty={<Empty title={m.reception_today_empty()}>{m.reception_today_empty_text()}</Empty>}
      />
      {cancelling && <CancelDialog visit={cancelling} onClose={() => setCancelling(null)} />}
    </>
  )
}

function CancelDialog({ visit, onClose }: { visit: VisitRow; onClose: () => void }) {
  const [reason, setReason] = useState('')
  const client = useQueryClient()
  const cancel = useMutation({
    mutationFn: () => receptionResource.cancel(visit.id, reason.trim()),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['visits'] })
      toast(m.reception_cancelled({ ticket: visit.ticket }))
      onClose()
    },
  })
  return (
    <Dialog onClose={onClose} title={`${m.reception_cancel_visit()} ${visit.ticket} – ${visit.patient.name}`}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          cancel.mutate()
        }}
      >
        <ErrorNote error={cancel.error} />
        <TextInput data-autofocus label={m.reception_cancel_visit_why()} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
        <div className="t-modal-actions">
          <Button variant="default" onClick={onClose}>
            {m.platform_cancel()}
          </Button>
          <Button type="submit" color="red" disabled={reason.trim() === ''} loading={cancel.isPending}>
            {m.reception_cancel_visit()}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
