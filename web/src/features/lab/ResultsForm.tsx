// Results typed from the analyser's slip, Enter to the next line, flags as they are typed; then verification.
import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useRef, useState, type FormEvent } from 'react'
import { ApiError } from '@/platform/api/client'
import { formatMeasure, formatValue, parseNumber } from '@/platform/format'
import { m } from '@/platform/i18n'
import { useCan, useMe } from '@/platform/session'
import { enterMovesOn } from '@/platform/ui/fields'
import { ErrorNote, FlagTag, Note } from '@/platform/ui/parts'
import { flagOf, labResource, type Analyte, type EnteredResult, type LabOrder } from './lab.resource'

export function ResultsForm({ order, onSaved }: { order: LabOrder; onSaved: () => void }) {
  const [typed, setTyped] = useState<Record<string, string>>({})
  const [confirmed, setConfirmed] = useState<string[]>([])
  const [wrong, setWrong] = useState<string[]>([])
  const form = useRef<HTMLFormElement>(null)
  const save = useMutation({
    mutationFn: ({ results, also }: { results: EnteredResult[]; also: string[] }) => labResource.enter(order.orderId, results, also),
    onSuccess: onSaved,
  })
  const failure = save.error instanceof ApiError ? save.error : null
  // The field is named results[2].value, results[2] or by the analyte itself.
  const failedCode = failure?.field ? analyteOf(order, typed, failure.field) : null
  const asked = failure?.status === 422 && failedCode ? failedCode : null

  const send = (also: string[]) => {
    const bad = order.analytes.filter((analyte) => analyte.kind === 'number' && (typed[analyte.code] ?? '').trim() !== '' && parseNumber(typed[analyte.code] ?? '') === null)
    setWrong(bad.map((analyte) => analyte.code))
    const results = entered(order, typed)
    if (bad.length === 0 && results.length > 0) save.mutate({ results, also })
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!save.isPending) send(confirmed)
  }
  return (
    <form ref={form} onSubmit={submit} onKeyDown={enterMovesOn} noValidate data-testid="results-form">
      <div className="t-scroll">
        <table className="t-table l-entry">
          <thead>
            <tr>
              <th>{m.lab_analyte()}</th>
              <th>{m.lab_value()}</th>
              <th>{m.lab_unit()}</th>
              <th>{m.lab_range()}</th>
              <th>{m.lab_flag()}</th>
            </tr>
          </thead>
          <tbody>
            {order.analytes.map((analyte, i) => {
              const value = typed[analyte.code] ?? ''
              const set = (text: string) => {
                setTyped((now) => ({ ...now, [analyte.code]: text }))
                setConfirmed((now) => now.filter((code) => code !== analyte.code))
              }
              const error = wrong.includes(analyte.code)
                ? m.lab_not_a_number()
                : failedCode === analyte.code && failure?.status === 400
                  ? failure.message
                  : undefined
              return (
                <tr key={analyte.code}>
                  <td>{analyte.name}</td>
                  <td>
                    {analyte.kind === 'choice' ? (
                      <NativeSelect size="sm" aria-label={analyte.name} value={value} error={error} data={['', ...analyte.choices]} autoFocus={i === 0} onChange={(event) => set(event.currentTarget.value)} />
                    ) : (
                      <TextInput size="sm" className={analyte.kind === 'number' ? 't-num' : ''} inputMode={analyte.kind === 'number' ? 'decimal' : 'text'} aria-label={analyte.name} autoComplete="off" autoFocus={i === 0} value={value} error={error} onChange={(event) => set(event.currentTarget.value)} />
                    )}
                  </td>
                  <td className="t-muted">{formatMeasure(analyte.unit)}</td>
                  <td className="t-muted num t-nowrap">{formatMeasure(analyte.range)}</td>
                  <td>
                    <FlagTag flag={analyte.kind === 'number' ? flagOf(analyte, parseNumber(value)) : ''} />
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
      <div className="t-col l-foot">
        {asked && failure && (
          <Note tone="warn" role="alert">
            {failure.message}
            <div className="t-row">
              <Button
                size="sm"
                autoFocus
                onClick={() => {
                  const also = [...confirmed, asked]
                  setConfirmed(also)
                  send(also)
                }}
              >
                {m.lab_confirm()}
              </Button>
              <Button size="sm" variant="default" onClick={() => save.reset()}>
                {m.lab_fix()}
              </Button>
            </div>
          </Note>
        )}
        {failure && !asked && !(failure.status === 400 && failedCode) && <ErrorNote error={failure} />}
        <div>
          <Button type="submit" loading={save.isPending} disabled={entered(order, typed).length === 0}>
            {m.lab_save()}
          </Button>
        </div>
      </div>
    </form>
  )
}

function entered(order: LabOrder, typed: Record<string, string>): EnteredResult[] {
  return order.analytes
    .filter((analyte) => (typed[analyte.code] ?? '').trim() !== '')
    .map((analyte) => ({ analyte: analyte.code, value: valueOf(analyte, typed[analyte.code] ?? '') }))
}

function valueOf(analyte: Analyte, text: string): string | number {
  const number = analyte.kind === 'number' ? parseNumber(text) : null
  return number ?? text.normalize('NFC').trim()
}

function analyteOf(order: LabOrder, typed: Record<string, string>, field: string): string | null {
  const index = /^results\[(\d+)\]/.exec(field)
  if (index) return entered(order, typed)[Number(index[1])]?.analyte ?? null
  return order.analytes.find((analyte) => analyte.code === field)?.code ?? null
}

export function VerifyPanel({ order, onVerified }: { order: LabOrder; onVerified: () => void }) {
  const me = useMe()
  const canVerify = useCan('lab.verify')
  const verify = useMutation({ mutationFn: () => labResource.verify(order.orderId), onSuccess: onVerified })
  const own = order.enteredBy !== '' && order.enteredBy === me.name
  const critical = order.results.some((row) => row.flag === 'LL' || row.flag === 'HH')
  return (
    <div>
      {critical && (
        <div className="l-foot">
          <Note tone="danger" role="alert">
            {m.lab_critical()}
          </Note>
        </div>
      )}
      <table className="t-table">
        <thead>
          <tr>
            <th>{m.lab_analyte()}</th>
            <th className="n">{m.lab_value()}</th>
            <th>{m.lab_unit()}</th>
            <th>{m.lab_range()}</th>
            <th>{m.lab_flag()}</th>
          </tr>
        </thead>
        <tbody>
          {order.results.map((row) => (
            <tr key={row.code}>
              <td>{row.name}</td>
              <td className="n">
                <b>{formatValue(row.value as number)}</b>
              </td>
              <td className="t-muted">{formatMeasure(row.unit)}</td>
              <td className="t-muted num t-nowrap">{formatMeasure(row.range)}</td>
              <td>
                <FlagTag flag={row.flag} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="t-col l-foot">
        {order.enteredBy && <p className="t-muted">{m.lab_entered_by({ name: order.enteredBy })}</p>}
        <ErrorNote error={verify.error} />
        {order.status === 'entered' && canVerify && (
          <>
            {own && <Note tone="info">{m.lab_second_person()}</Note>}
            <div>
              <Button autoFocus={!own} disabled={own} loading={verify.isPending} onClick={() => verify.mutate()}>
                {m.lab_verify()}
              </Button>
            </div>
          </>
        )}
      </div>
    </div>
  )
}
