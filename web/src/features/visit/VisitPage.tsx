// The doctor's screen: the story on the left, the work on the right, everything typed saved by itself.
import { Button, Textarea, TextInput } from '@mantine/core'
import { IconPrinter, IconSignature } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { ApiError } from '@/platform/api/client'
import { keptDraft, useAutosave } from '@/platform/draft/autosave'
import { addDays, formatTime, localToday } from '@/platform/format'
import { m } from '@/platform/i18n'
import { PrintPreview, type Paper } from '@/platform/print/paper'
import { useCan, useMe } from '@/platform/session'
import { DateField } from '@/platform/ui/fields'
import { Card, Chip, ErrorNote, Loading, Note, PriorityTag, SaveBadge, StageTag, Tag } from '@/platform/ui/parts'
import { PatientBanner } from '@/platform/ui/patient'
import { toast } from '@/platform/ui/toast'
import { CloseDialog, ClosedNote } from './Closing'
import { Diagnoses } from './Diagnoses'
import { isComplete } from './dose'
import { Orders } from './Orders'
import { Prescribing } from './Prescribing'
import { Story } from './Story'
import { visitResource, type Closed, type Draft, type Examination, type VisitDetail } from './visit.resource'
import './visit.css'

const kNoExamination: Examination = { symptoms: '', history: '', examination: '', treatment: '', note: '' }

function draftOf(detail: VisitDetail): Draft {
  const saved = detail.draft
  return {
    examination: { ...kNoExamination, ...(detail.examination ?? {}), ...(saved?.examination ?? {}) },
    diagnoses: saved?.diagnoses?.length ? saved.diagnoses : detail.diagnoses,
    prescriptionLines: saved?.prescriptionLines?.length ? saved.prescriptionLines : (detail.prescription?.lines ?? []),
    revisit: saved?.revisit ?? detail.revisit,
  }
}

export function VisitPage() {
  const { visitId } = useParams({ strict: false }) as { visitId: string }
  const detail = useQuery({ queryKey: ['visits', visitId, 'detail'], queryFn: () => visitResource.detail(visitId) })
  if (detail.isPending) return <Loading />
  if (!detail.data) {
    return (
      <div className="t-page">
        <ErrorNote error={detail.error} retry={() => void detail.refetch()} />
      </div>
    )
  }
  return <VisitView key={visitId} visitId={visitId} detail={detail.data} />
}

function VisitView({ visitId, detail }: { visitId: string; detail: VisitDetail }) {
  const me = useMe()
  const client = useQueryClient()
  const navigate = useNavigate()
  const draftKey = `${me.id}.${visitId}`
  const [restored] = useState(() => keptDraft<Draft>(draftKey))
  const [draft, setDraft] = useState<Draft>(() => restored?.value ?? draftOf(detail))
  const [closing, setClosing] = useState(false)
  const [closed, setClosed] = useState<Closed | null>(null)
  const [paper, setPaper] = useState<Paper | null>(null)
  const [signedLines, setSignedLines] = useState(() => JSON.stringify(detail.prescription?.signedAt ? detail.prescription.lines.map(bare) : []))
  const version = useRef(detail.version)
  const lastRead = useRef(detail.version)
  if (lastRead.current !== detail.version) {
    lastRead.current = detail.version
    version.current = detail.version
  }

  const over = !['waiting-nurse', 'waiting-doctor', 'with-doctor', 'waiting-results'].includes(detail.visit.stage) || closed !== null
  const mine = detail.visit.stage === 'with-doctor' || detail.visit.stage === 'waiting-results'
  const someoneElses = mine && Boolean(detail.visit.doctor) && detail.visit.doctor !== me.name
  const mayExamine = useCan('visit.examine')
  const readOnly = over || !mine || someoneElses || !mayExamine

  const saver = useAutosave<Draft>(draftKey, String(detail.version), async (value) => {
    const send = () => visitResource.saveDraft(visitId, clean(value), version.current)
    try {
      const answer = await send()
      version.current = answer.version
      return answer
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 409) throw error
      // Another room wrote to the visit meanwhile (a result came in): take its version and try once more.
      const fresh = await client.fetchQuery({ queryKey: ['visits', visitId, 'detail'], queryFn: () => visitResource.detail(visitId), staleTime: 0 })
      version.current = fresh.version
      const answer = await send()
      version.current = answer.version
      return answer
    }
  })
  const change = (part: Partial<Draft>) => {
    const next = { ...draft, ...part }
    setDraft(next)
    saver.change(next)
  }
  const note = (part: Partial<Examination>) => change({ examination: { ...draft.examination, ...part } })

  const resend = saver.change
  useEffect(() => {
    if (!restored || readOnly) return
    resend(restored.value)
    toast(m.visit_draft_restored())
    // Once, when the screen opens on something this browser still held.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [])

  const resultCount = detail.results.length + detail.orders.reduce((sum, order) => sum + order.results.length, 0)
  const seen = useRef(resultCount)
  useEffect(() => {
    if (resultCount > seen.current) toast(m.visit_results_arrived())
    seen.current = resultCount
  }, [resultCount])

  const lines = draft.prescriptionLines
  const unsigned = lines.length > 0 && JSON.stringify(lines.map(bare)) !== signedLines
  const sign = useMutation({
    mutationFn: async () => {
      await saver.flush()
      const answer = await visitResource.prescribe(visitId, lines)
      setSignedLines(JSON.stringify(lines.map(bare)))
      return answer
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['visits', visitId] }),
  })
  const call = useMutation({
    mutationFn: () => visitResource.call(visitId, localStorage.getItem('tram.desk') ?? m.visit_desk_default()),
    onSettled: () => client.invalidateQueries({ queryKey: ['visits'] }),
  })
  const callNext = useMutation({
    mutationFn: () => visitResource.callNext(localStorage.getItem('tram.desk') ?? m.visit_desk_default()),
    onSuccess: ({ visit }) => {
      void client.invalidateQueries({ queryKey: ['visits'] })
      if (visit) void navigate({ to: '/doctor/$visitId', params: { visitId: visit.id } })
      else {
        toast(m.visit_nobody_next())
        void navigate({ to: '/doctor' })
      }
    },
  })
  const giveBack = useMutation({
    mutationFn: async () => {
      await saver.flush()
      return visitResource.giveBack(visitId)
    },
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['visits'] })
      toast(m.visit_returned())
      void navigate({ to: '/doctor' })
    },
  })
  const print = useMutation({ mutationFn: (what: 'prescription' | 'summary' | 'orders') => visitResource.paper(visitId, what), onSuccess: setPaper })

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.altKey && event.key.toLowerCase() === 'x' && !readOnly) {
        event.preventDefault()
        setClosing(true)
      }
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [readOnly])

  const today = localToday()
  const area = (field: keyof Examination, label: string, rows: number) => (
    <Textarea
      label={label}
      rows={rows}
      value={draft.examination[field] ?? ''}
      readOnly={readOnly}
      onChange={(event) => note({ [field]: event.currentTarget.value })}
    />
  )

  return (
    <div className="v-visit">
      <PatientBanner person={detail.visit.patient} ticket={detail.visit.ticket}>
        <PriorityTag priority={detail.visit.priority} />
        <StageTag stage={closed?.visit.stage ?? detail.visit.stage} />
      </PatientBanner>
      {closed && <ClosedNote closed={closed} onNext={() => callNext.mutate()} />}
      <ErrorNote error={callNext.error ?? sign.error ?? call.error ?? giveBack.error ?? print.error} />
      {someoneElses && <Note tone="warn">{m.visit_other_doctor({ name: detail.visit.doctor ?? '' })}</Note>}
      {!over && !mine && mayExamine && (
        <Note tone="info">
          <div className="t-row" style={{ marginTop: 0 }}>
            <span className="t-grow">{detail.visit.reason}</span>
            <Button size="sm" loading={call.isPending} onClick={() => call.mutate()}>
              {m.visit_take_over()}
            </Button>
          </div>
        </Note>
      )}
      <div className="v-columns">
        <Story detail={detail} visitId={visitId} mayWrite={!readOnly} />
        <div className="t-col">
          <Card title={m.visit_exam()}>
            <div className="v-exam">
              {area('symptoms', m.visit_symptoms(), 3)}
              {area('examination', m.visit_findings_exam(), 3)}
              {area('history', m.visit_past(), 2)}
              {area('treatment', m.visit_treatment(), 2)}
            </div>
          </Card>
          <Card title={m.visit_diagnoses()}>
            <Diagnoses lines={draft.diagnoses} patientId={detail.visit.patient.id} readOnly={readOnly} onChange={(diagnoses) => change({ diagnoses })} />
          </Card>
          <Card
            title={m.visit_orders()}
            actions={
              detail.orders.length > 0 && (
                <Button size="compact-sm" variant="subtle" leftSection={<IconPrinter size={16} />} onClick={() => print.mutate('orders')}>
                  {m.visit_print_orders()}
                </Button>
              )
            }
          >
            <Orders visitId={visitId} orders={detail.orders} readOnly={readOnly} />
          </Card>
          <Card
            title={m.visit_rx()}
            actions={
              <span className="t-row tight">
                {detail.prescription?.signedAt && !unsigned && (
                  <>
                    <Tag tone="good">{m.visit_rx_signed({ code: detail.prescription.code, time: formatTime(detail.prescription.signedAt) })}</Tag>
                    <Button size="compact-sm" variant="subtle" leftSection={<IconPrinter size={16} />} onClick={() => print.mutate('prescription')}>
                      {m.visit_print_rx()}
                    </Button>
                  </>
                )}
                {unsigned && (
                  <>
                    <Tag tone="warn">{m.visit_rx_unsigned()}</Tag>
                    {!readOnly && (
                      <Button size="sm" leftSection={<IconSignature size={18} />} loading={sign.isPending} disabled={!lines.every(isComplete)} onClick={() => sign.mutate()}>
                        {m.visit_rx_sign()}
                      </Button>
                    )}
                  </>
                )}
              </span>
            }
          >
            <Prescribing
              lines={lines}
              allergies={detail.allergies.map((allergy) => allergy.text)}
              readOnly={readOnly}
              onChange={(prescriptionLines) => change({ prescriptionLines })}
            />
            {unsigned && !lines.every(isComplete) && <p className="t-danger t-small">{m.visit_rx_incomplete()}</p>}
          </Card>
          <Card title={m.visit_revisit()}>
            <div className="t-row v-revisit">
              <DateField label={m.visit_revisit_date()} w={140} readOnly={readOnly} value={draft.revisit?.date ?? ''} onChange={(date) => change({ revisit: date ? { date, note: draft.revisit?.note ?? '' } : null })} />
              <TextInput className="t-grow" label={m.visit_revisit_note()} readOnly={readOnly} autoComplete="off" value={draft.revisit?.note ?? ''} onChange={(event) => change({ revisit: { date: draft.revisit?.date ?? '', note: event.currentTarget.value } })} />
              {!readOnly && (
                <div className="t-row tight">
                  {[
                    { days: 7, label: m.visit_revisit_week() },
                    { days: 14, label: m.visit_revisit_2weeks() },
                    { days: 28, label: m.visit_revisit_month() },
                  ].map(({ days, label }) => (
                    <Chip key={days} pressed={draft.revisit?.date === addDays(today, days)} onClick={() => change({ revisit: { date: addDays(today, days), note: draft.revisit?.note ?? '' } })}>
                      {label}
                    </Chip>
                  ))}
                  <Chip pressed={draft.revisit === null} onClick={() => change({ revisit: null })}>
                    {m.visit_revisit_none()}
                  </Chip>
                </div>
              )}
            </div>
          </Card>
        </div>
      </div>
      <footer className="v-bar">
        {readOnly ? <span /> : <SaveBadge state={saver.state} />}
        <span className="t-grow" />
        <Button variant="default" leftSection={<IconPrinter size={18} />} onClick={() => print.mutate('summary')}>
          {m.visit_print_summary()}
        </Button>
        {!readOnly && (
          <>
            <Button variant="default" loading={giveBack.isPending} onClick={() => giveBack.mutate()}>
              {m.visit_return()}
            </Button>
            <Button onClick={() => setClosing(true)} data-testid="close-visit">
              {m.visit_close()} <span className="v-key">Alt X</span>
            </Button>
          </>
        )}
      </footer>
      {closing && !closed && (
        <CloseDialog
          visitId={visitId}
          revisit={draft.revisit?.date ? draft.revisit : null}
          signsPrescription={unsigned}
          prepare={async () => {
            await saver.flush()
            if (unsigned) await sign.mutateAsync()
          }}
          onClosed={(result) => {
            saver.done()
            setClosing(false)
            setClosed(result)
            void client.invalidateQueries({ queryKey: ['visits'] })
          }}
          onClose={() => setClosing(false)}
        />
      )}
      <PrintPreview paper={paper} onClose={() => setPaper(null)} />
    </div>
  )
}

/** What of a line the signature covers. */
function bare(line: Draft['prescriptionLines'][number]) {
  return [line.drug, line.dose, line.timesOfDay, line.days, line.quantity, line.note, line.payer]
}

/** As it goes to the station: flags are the catalogue's words, not the doctor's. */
function clean(draft: Draft): Draft {
  return {
    ...draft,
    diagnoses: draft.diagnoses.map(({ flags: _flags, ...line }) => line),
    revisit: draft.revisit?.date ? draft.revisit : null,
  }
}
