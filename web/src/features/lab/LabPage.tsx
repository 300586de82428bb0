// The lab bench: the list in tube order, results by keyboard, a second pair of eyes before the doctor sees them.
import { Button, TextInput } from '@mantine/core'
import { IconFlask } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { formatTime } from '@/platform/format'
import { m } from '@/platform/i18n'
import { Chip, Empty, ErrorNote, PageHead, Tag, type Tone } from '@/platform/ui/parts'
import { PatientBanner } from '@/platform/ui/patient'
import { toast } from '@/platform/ui/toast'
import { Dialog } from '@/platform/ui/dialog'
import { WorkList } from '@/platform/ui/worklist'
import { labResource, type LabOrder, type LabStatus } from './lab.resource'
import { ResultsForm, VerifyPanel } from './ResultsForm'
import './lab.css'

function statusWord(status: LabStatus): { text: string; tone: Tone } {
  switch (status) {
    case 'ordered':
      return { text: m.lab_status_ordered(), tone: 'plain' }
    case 'collected':
      return { text: m.lab_status_collected(), tone: 'info' }
    case 'entered':
      return { text: m.lab_status_entered(), tone: 'warn' }
    case 'verified':
      return { text: m.lab_status_verified(), tone: 'good' }
  }
}

function nextAction(order: LabOrder): string {
  switch (order.status) {
    case 'ordered':
      return m.lab_collect()
    case 'collected':
      return m.lab_enter()
    case 'entered':
      return m.lab_verify_open()
    case 'verified':
      return m.lab_look()
  }
}

type Filter = 'todo' | 'verify' | 'done'

export function LabPage() {
  const { orderId } = useParams({ strict: false }) as { orderId?: string }
  const [filter, setFilter] = useState<Filter>('todo')
  const client = useQueryClient()
  const navigate = useNavigate()
  const list = useQuery({ queryKey: ['lab', 'worklist'], queryFn: () => labResource.worklist(), refetchInterval: 20_000 })
  const all = list.data?.items ?? []
  const of: Record<Filter, LabOrder[]> = {
    todo: all.filter((order) => order.status === 'ordered' || order.status === 'collected'),
    verify: all.filter((order) => order.status === 'entered'),
    done: all.filter((order) => order.status === 'verified'),
  }
  const current = all.find((order) => order.orderId === orderId)
  const open = (id: string) => void navigate({ to: '/lab/$orderId', params: { orderId: id } })
  const refresh = () => client.invalidateQueries({ queryKey: ['lab'] })
  const collect = useMutation({
    mutationFn: (order: LabOrder) => labResource.collect(order.orderId),
    onSuccess: async ({ label }, order) => {
      toast(m.lab_collected({ label }))
      await refresh()
      open(order.orderId)
    },
  })
  return (
    <div className="t-page">
      <PageHead title={m.lab_title()} />
      <div className="t-split">
        <div className="t-col">
          <ErrorNote error={collect.error} />
          <WorkList
            label={m.lab_list()}
            items={list.data && of[filter]}
            error={list.error}
            retry={() => void list.refetch()}
            currentKey={orderId}
            keyOf={(order) => order.orderId}
            textOf={(order) => `${order.patient.name} – ${order.test.name}\n${order.ticket} ${order.label} ${order.patient.personalNumber ?? ''}`}
            lead={(order) => <span className="t-ticket">{order.ticket}</span>}
            row={(order) => (
              <>
                <div className="name">{order.test.name}</div>
                <div className="sub">
                  {order.patient.name} · {order.patient.ageText}
                </div>
                <div className="t-row tight sub">
                  <time>{formatTime(order.orderedAt)}</time>
                  <Tag tone={statusWord(order.status).tone}>{statusWord(order.status).text}</Tag>
                  {order.label && <span className="num">{order.label}</span>}
                </div>
              </>
            )}
            action={nextAction}
            quiet={(order) => order.status === 'verified'}
            onAction={(order) => (order.status === 'ordered' ? collect.mutate(order) : open(order.orderId))}
            bar={
              <div className="t-row tight">
                <Chip pressed={filter === 'todo'} count={of.todo.length} onClick={() => setFilter('todo')}>
                  {m.lab_filter_todo()}
                </Chip>
                <Chip pressed={filter === 'verify'} count={of.verify.length} onClick={() => setFilter('verify')}>
                  {m.lab_filter_verify()}
                </Chip>
                <Chip pressed={filter === 'done'} count={of.done.length} onClick={() => setFilter('done')}>
                  {m.lab_filter_done()}
                </Chip>
              </div>
            }
            empty={<Empty title={m.lab_empty()}>{m.lab_empty_text()}</Empty>}
          />
        </div>
        <div>
          {current ? (
            <OrderPanel key={`${current.orderId}-${current.status}`} order={current} onChanged={() => void refresh()} onLeave={() => void navigate({ to: '/lab' })} />
          ) : (
            <div className="t-card">
              <Empty title={m.lab_pick()} icon={<IconFlask size={40} stroke={1.3} />}>
                {m.lab_pick_text()}
              </Empty>
            </div>
          )}
        </div>
      </div>
    </div>
  )
}

function OrderPanel({ order, onChanged, onLeave }: { order: LabOrder; onChanged: () => void; onLeave: () => void }) {
  const [rejecting, setRejecting] = useState(false)
  const [reason, setReason] = useState('')
  const reject = useMutation({
    mutationFn: () => labResource.reject(order.orderId, reason.normalize('NFC').trim()),
    onSuccess: () => {
      toast(m.lab_rejected())
      onChanged()
      onLeave()
    },
  })
  return (
    <>
      <PatientBanner person={order.patient} ticket={order.ticket} />
      <section className="t-card" aria-label={order.test.name}>
        <header>
          <h2>{order.test.name}</h2>
          {order.label && (
            <span className="num t-small">
              {m.lab_label()} <b>{order.label}</b>
            </span>
          )}
          <Tag tone={statusWord(order.status).tone}>{statusWord(order.status).text}</Tag>
          {order.status !== 'verified' && (
            <Button size="compact-sm" variant="subtle" color="red" onClick={() => setRejecting(true)}>
              {m.lab_reject()}
            </Button>
          )}
        </header>
        {order.status === 'ordered' || order.status === 'collected' ? (
          <ResultsForm order={order} onSaved={() => { toast(m.lab_saved()); onChanged(); onLeave() }} />
        ) : (
          <VerifyPanel order={order} onVerified={() => { toast(m.lab_verified()); onChanged(); onLeave() }} />
        )}
      </section>
      {rejecting && (
        <Dialog onClose={() => setRejecting(false)} title={`${m.lab_reject()} – ${order.test.name}`}>
          <form
            onSubmit={(event) => {
              event.preventDefault()
              if (reason.trim() !== '') reject.mutate()
            }}
          >
            <ErrorNote error={reject.error} />
            <TextInput data-autofocus label={m.lab_reject_why()} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
            <div className="t-modal-actions">
              <Button variant="default" onClick={() => setRejecting(false)}>
                {m.platform_cancel()}
              </Button>
              <Button type="submit" color="red" loading={reject.isPending} disabled={reason.trim() === ''}>
                {m.lab_reject()}
              </Button>
            </div>
          </form>
        </Dialog>
      )}
    </>
  )
}
