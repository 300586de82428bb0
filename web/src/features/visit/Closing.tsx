// Closing the visit: outcome, advice, what is missing; then what the insurer would say while the patient is still here.
import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { ApiError } from '@/platform/api/client'
import { formatMoney } from '@/platform/format'
import { m } from '@/platform/i18n'
import { Dialog } from '@/platform/ui/dialog'
import { ErrorNote, Note, Tag } from '@/platform/ui/parts'
import { visitResource, type Closed, type DiagnosisFlag, type Revisit } from './visit.resource'

const outcomes = () => [
  m.visit_outcome_1(), m.visit_outcome_2(), m.visit_outcome_3(), m.visit_outcome_4(),
  m.visit_outcome_5(), m.visit_outcome_6(), m.visit_outcome_7(), m.visit_outcome_8(),
].map((label, i) => ({ value: String(i + 1), label }))

const dispositions = () => [
  m.visit_disposition_1(), m.visit_disposition_2(), m.visit_disposition_3(), m.visit_disposition_4(), m.visit_disposition_5(),
].map((label, i) => ({ value: String(i + 1), label }))

interface CloseDialogProps {
  visitId: string
  revisit: Revisit | null
  signsPrescription: boolean
  /** Sends what is unsaved and unsigned first; throws what the server says. */
  prepare: () => Promise<void>
  onClosed: (closed: Closed) => void
  onClose: () => void
}

function listOf(error: unknown, name: 'missing' | 'flags'): DiagnosisFlag[] {
  if (!(error instanceof ApiError)) return []
  const items = error.body[name]
  if (!Array.isArray(items)) return []
  return items.map((item: unknown, i) =>
    typeof item === 'string'
      ? { id: String(i), text: item }
      : { id: String((item as DiagnosisFlag).id ?? i), text: String((item as DiagnosisFlag).text ?? '') },
  )
}

export function CloseDialog(props: CloseDialogProps) {
  const [outcome, setOutcome] = useState('2')
  const [disposition, setDisposition] = useState('1')
  const [advice, setAdvice] = useState('')
  const [override, setOverride] = useState<string[]>([])
  const close = useMutation({
    mutationFn: async () => {
      await props.prepare()
      return visitResource.close(props.visitId, { outcome, disposition, advice: advice.normalize('NFC').trim(), revisit: props.revisit, override })
    },
    onSuccess: props.onClosed,
  })
  const missing = listOf(close.error, 'missing')
  const flags = listOf(close.error, 'flags')
  return (
    <Dialog onClose={props.onClose} title={m.visit_close_title()} size="lg">
      <form
        className="t-col"
        onSubmit={(event) => {
          event.preventDefault()
          if (!close.isPending) close.mutate()
        }}
      >
        <div className="t-fields">
          <NativeSelect className="w6" data-autofocus label={m.visit_close_outcome()} value={outcome} data={outcomes()} onChange={(event) => setOutcome(event.currentTarget.value)} />
          <NativeSelect className="w6" label={m.visit_close_disposition()} value={disposition} data={dispositions()} onChange={(event) => setDisposition(event.currentTarget.value)} />
        </div>
        <TextInput label={m.visit_close_advice()} value={advice} autoComplete="off" onChange={(event) => setAdvice(event.currentTarget.value)} />
        {props.signsPrescription && <Note tone="info">{m.visit_close_signs_rx()}</Note>}
        {close.error && <ErrorNote error={close.error} />}
        {missing.length > 0 && (
          <Note tone="danger">
            <b>{m.visit_close_missing()}</b>
            <ul className="v-bullets">
              {missing.map((item) => (
                <li key={item.id + item.text}>{item.text}</li>
              ))}
            </ul>
          </Note>
        )}
        {flags.map((flag) => (
          <Checkbox
            key={flag.id}
            label={m.visit_close_override({ text: flag.text })}
            checked={override.includes(flag.id)}
            onChange={(event) =>
              setOverride(event.currentTarget.checked ? [...override, flag.id] : override.filter((id) => id !== flag.id))
            }
          />
        ))}
        <div className="t-modal-actions">
          <Button variant="default" onClick={props.onClose}>
            {m.platform_cancel()}
          </Button>
          <Button type="submit" loading={close.isPending} data-testid="close-confirm">
            {m.visit_close_do()}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

export function ClosedNote({ closed, onNext }: { closed: Closed; onNext: () => void }) {
  const errors = closed.findings.filter((finding) => finding.severity === 'error')
  const owes = closed.bill?.totals.owes ?? 0
  return (
    <section className="t-card v-closed" aria-live="polite" data-testid="closed">
      <div className="t-row">
        <IconCircleCheck size={30} className="v-closed-icon" />
        <div className="t-grow">
          <h2>{m.visit_closed()}</h2>
          <p>
            {closed.findings.length === 0
              ? m.visit_closed_ok()
              : m.visit_closed_findings({ errors: errors.length, warnings: closed.findings.length - errors.length })}
          </p>
        </div>
        {closed.bill && <Tag tone={owes > 0 ? 'warn' : 'good'}>{m.visit_closed_owes({ money: formatMoney(owes) })}</Tag>}
        <Button autoFocus onClick={onNext}>
          {m.visit_call_next()}
        </Button>
      </div>
      {closed.findings.length > 0 && (
        <ul className="v-findings">
          {closed.findings.map((finding, i) => (
            <li key={`${finding.rule}-${i}`}>
              <Note tone={finding.severity === 'error' ? 'danger' : 'warn'}>
                {finding.message}
                {finding.remedy && <div className="t-small">{m.visit_finding_remedy({ text: finding.remedy })}</div>}
              </Note>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
