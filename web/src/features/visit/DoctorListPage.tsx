// The doctor's list: who waits, whose results came, and one key to call the next.
import { Button, TextInput } from '@mantine/core'
import { IconBell } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { VisitRow } from '@/platform/api/types'
import { formatTime } from '@/platform/format'
import { m } from '@/platform/i18n'
import { useMe } from '@/platform/session'
import { Chip, Empty, ErrorNote, Kbd, PageHead, PriorityTag, StageTag, Ticket, Waiting } from '@/platform/ui/parts'
import { toast } from '@/platform/ui/toast'
import { WorkList } from '@/platform/ui/worklist'
import { visitResource } from './visit.resource'
import './visit.css'

const kDeskKey = 'tram.desk'

function useDesk(): [string, (desk: string) => void] {
  const [desk, setDesk] = useState(() => localStorage.getItem(kDeskKey) ?? m.visit_desk_default())
  return [
    desk,
    (next) => {
      setDesk(next)
      localStorage.setItem(kDeskKey, next)
    },
  ]
}

type Filter = 'waiting' | 'mine' | 'results'

export function DoctorListPage() {
  const me = useMe()
  const [desk, setDesk] = useDesk()
  const [filter, setFilter] = useState<Filter>('waiting')
  const client = useQueryClient()
  const navigate = useNavigate()
  const list = useQuery({
    queryKey: ['visits', 'doctor'],
    queryFn: () => visitResource.list(['waiting-doctor', 'with-doctor', 'waiting-results']),
    refetchInterval: 20_000,
  })
  const all = list.data?.items ?? []
  const of: Record<Filter, VisitRow[]> = {
    waiting: all.filter((row) => row.stage === 'waiting-doctor'),
    mine: all.filter((row) => row.stage === 'with-doctor' && (!row.doctor || row.doctor === me.name)),
    results: all.filter((row) => row.stage === 'waiting-results'),
  }
  const enter = (row: VisitRow) => void navigate({ to: '/doctor/$visitId', params: { visitId: row.id } })
  const refresh = () => void client.invalidateQueries({ queryKey: ['visits'] })
  const call = useMutation({
    mutationFn: (row: VisitRow) => visitResource.call(row.id, desk),
    onSuccess: ({ visit }) => {
      refresh()
      enter(visit)
    },
    onError: refresh,
  })
  const callNext = useMutation({
    mutationFn: () => visitResource.callNext(desk),
    onSuccess: ({ visit }) => {
      refresh()
      if (visit) enter(visit)
      else toast(m.visit_nobody_next())
    },
  })
  const next = callNext.mutate
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.altKey && event.key.toLowerCase() === 'n') {
        event.preventDefault()
        next()
      }
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [next])

  return (
    <div className="t-page v-doctorlist">
      <PageHead title={m.visit_doctor_title()}>
        <span className="t-grow" />
        <label className="t-row tight t-small">
          <span className="t-muted">{m.visit_desk()}</span>
          <TextInput size="sm" w={150} value={desk} onChange={(event) => setDesk(event.currentTarget.value)} />
        </label>
        <Button size="md" leftSection={<IconBell size={20} />} loading={callNext.isPending} onClick={() => next()} data-testid="call-next">
          {m.visit_call_next()} <span className="v-key">Alt N</span>
        </Button>
      </PageHead>
      <div className="t-col">
        <ErrorNote error={call.error ?? callNext.error} />
        <WorkList
          label={m.visit_doctor_list()}
          items={list.data && of[filter]}
          error={list.error}
          retry={() => void list.refetch()}
          keyOf={(row) => row.id}
          textOf={(row) => `${row.patient.name}\n${row.ticket} ${row.patient.personalNumber ?? ''} ${row.reason}`}
          lead={(row) => <Ticket row={row} />}
          row={(row) => (
            <div className="v-line">
              <div>
                <span className="name">{row.patient.name}</span> <span className="t-muted">{row.patient.ageText}</span>
                <div className="sub">{row.reason}</div>
              </div>
              <div className="t-row tight">
                <PriorityTag priority={row.priority} />
                {row.stage !== 'waiting-doctor' && <StageTag stage={row.stage} />}
                {row.doctor && <span className="sub">{row.doctor}</span>}
                <time className="sub">{formatTime(row.checkedInAt)}</time>
                <Waiting minutes={row.waitingMinutes} />
              </div>
            </div>
          )}
          action={(row) => (row.stage === 'waiting-doctor' ? m.visit_call() : m.visit_continue())}
          onAction={(row) => (row.stage === 'waiting-doctor' ? call.mutate(row) : enter(row))}
          bar={
            <div className="t-row tight">
              <Chip pressed={filter === 'waiting'} count={of.waiting.length} onClick={() => setFilter('waiting')}>
                {m.visit_filter_waiting()}
              </Chip>
              <Chip pressed={filter === 'mine'} count={of.mine.length} onClick={() => setFilter('mine')}>
                {m.visit_filter_mine()}
              </Chip>
              <Chip pressed={filter === 'results'} count={of.results.length} onClick={() => setFilter('results')}>
                {m.visit_filter_results()}
              </Chip>
            </div>
          }
          empty={
            <Empty title={m.visit_doctor_empty()}>
              {m.visit_doctor_empty_text()} <Kbd>Alt N</Kbd>
            </Empty>
          }
        />
      </div>
    </div>
  )
}
