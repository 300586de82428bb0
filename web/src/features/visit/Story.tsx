// The patient's story at a glance: warnings, numbers now, trends, results, earlier visits.
import { Button, TextInput } from '@mantine/core'
import { IconAlertTriangle, IconPlus } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ResultRow } from '@/platform/api/types'
import { formatDate, formatMeasure, formatNumber, formatTime, formatValue } from '@/platform/format'
import { m } from '@/platform/i18n'
import { Card, Choice, ErrorNote, FlagTag, Note, Tag } from '@/platform/ui/parts'
import { Trend } from './Trend'
import { visitResource, type VisitDetail, type VitalSigns } from './visit.resource'
import { kVitals } from './vitals'

function VitalsNow({ signs }: { signs: VitalSigns }) {
  const flagOf = (field: string) => signs.flags.find((flag) => flag.field === field)
  const pressure = signs.systolic !== null && signs.diastolic !== null
  const shown = [
    ...(pressure ? [{ key: 'pressure', label: 'HA', text: `${signs.systolic}/${signs.diastolic}`, unit: 'mmHg', flag: flagOf('systolic') ?? flagOf('diastolic') }] : []),
    ...kVitals
      .filter((spec) => !['systolic', 'diastolic'].includes(spec.field) && signs[spec.field] !== null && signs[spec.field] !== undefined)
      .map((spec) => ({ key: spec.field as string, label: spec.label(), text: formatValue(signs[spec.field]), unit: spec.unit, flag: flagOf(spec.field) })),
    ...(signs.bmi !== null && signs.bmi !== undefined ? [{ key: 'bmi', label: m.visit_bmi(), text: formatNumber(signs.bmi, 1), unit: '', flag: flagOf('bmi') }] : []),
  ]
  return (
    <dl className="v-now num">
      {shown.map((item) => (
        <div key={item.key} className={item.flag ? `flag ${item.flag.level}` : ''} title={item.flag?.text}>
          <dt>{item.label}</dt>
          <dd>
            {item.flag && <IconAlertTriangle size={15} aria-label={item.flag.text} />}
            <b>{item.text}</b> <span className="t-small">{item.unit}</span>
          </dd>
        </div>
      ))}
    </dl>
  )
}

export function ResultLines({ results }: { results: ResultRow[] }) {
  return (
    <table className="t-table v-results">
      <tbody>
        {results.map((row) => (
          <tr key={`${row.code}${row.at ?? ''}`} className={row.flag === 'HH' || row.flag === 'LL' ? 'critical' : ''}>
            <td>{row.name}</td>
            <td className="n t-nowrap">
              <b>{formatValue(row.value as number)}</b> <span className="t-muted t-small">{formatMeasure(row.unit)}</span>
            </td>
            <td>
              <span className="t-row tight">
                <FlagTag flag={row.flag} />
                {row.status === 'preliminary' && <Tag tone="warn">{m.platform_preliminary()}</Tag>}
              </span>
              {row.range && <div className="t-muted t-small num">{formatMeasure(row.range)}</div>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Allergies({ detail, visitId, mayAdd }: { detail: VisitDetail; visitId: string; mayAdd: boolean }) {
  const [adding, setAdding] = useState(false)
  const [text, setText] = useState('')
  const [criticality, setCriticality] = useState<'high' | 'low'>('high')
  const client = useQueryClient()
  const add = useMutation({
    mutationFn: () => visitResource.addAllergy(visitId, text.normalize('NFC').trim(), criticality),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['visits', visitId] })
      setAdding(false)
      setText('')
    },
  })
  return (
    <div className="t-col">
      <div className="t-row tight">
        <span className="t-strong">{m.visit_allergies()}</span>
        {detail.allergies.length === 0 && <span className="t-muted">{m.platform_no_allergy()}</span>}
        {detail.allergies.map((allergy) => (
          <Tag key={allergy.id} tone="danger" icon={<IconAlertTriangle size={14} />}>
            {allergy.text}
          </Tag>
        ))}
        {mayAdd && !adding && (
          <Button size="compact-sm" variant="subtle" leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
            {m.visit_allergy_add()}
          </Button>
        )}
      </div>
      {adding && (
        <form
          className="t-col"
          onSubmit={(event) => {
            event.preventDefault()
            if (text.trim() !== '') add.mutate()
          }}
        >
          <ErrorNote error={add.error} />
          <TextInput autoFocus size="sm" label={m.visit_allergy_text()} value={text} onChange={(event) => setText(event.currentTarget.value)} />
          <Choice
            label={m.visit_allergies()}
            hideLabel
            value={criticality}
            onChange={setCriticality}
            options={[
              { value: 'high', label: m.visit_allergy_high() },
              { value: 'low', label: m.visit_allergy_low() },
            ]}
          />
          <div className="t-row tight">
            <Button size="sm" type="submit" loading={add.isPending}>
              {m.platform_save()}
            </Button>
            <Button size="sm" variant="default" onClick={() => setAdding(false)}>
              {m.platform_cancel()}
            </Button>
          </div>
        </form>
      )}
    </div>
  )
}

export function Story({ detail, visitId, mayWrite }: { detail: VisitDetail; visitId: string; mayWrite: boolean }) {
  const signs = detail.vitals[0]
  return (
    <div className="t-col">
      <Card title={m.visit_vitals()} actions={signs && <time className="t-muted t-small">{formatTime(signs.at)}</time>}>
        <div className="t-col">
          {detail.visit.reason && <p className="t-strong">{detail.visit.reason}</p>}
          {signs ? <VitalsNow signs={signs} /> : <p className="t-muted">{m.visit_no_vitals()}</p>}
          {detail.flags.map((flag) => (
            <Note key={flag.text} tone={flag.level === 'critical' || flag.level === 'danger' ? 'danger' : 'warn'}>
              {flag.text}
            </Note>
          ))}
          <Allergies detail={detail} visitId={visitId} mayAdd={mayWrite} />
        </div>
      </Card>
      {detail.results.length > 0 && (
        <Card title={m.visit_results()} flush>
          <ResultLines results={detail.results} />
        </Card>
      )}
      <Trends trends={detail.trends} />
      <Card title={m.visit_history()} flush>
        {detail.history.length === 0 ? (
          <p className="t-muted body-pad">{m.visit_history_empty()}</p>
        ) : (
          <ul className="v-history">
            {detail.history.slice(0, 6).map((past) => (
              <li key={past.visitId}>
                <time className="num t-strong">{formatDate(past.date)}</time>
                <div>
                  <div>{past.diagnoses.join('; ') || '–'}</div>
                  {(past.results?.length ?? 0) > 0 && <div className="t-small">{past.results?.join('; ')}</div>}
                  {past.medicines.length > 0 && <div className="t-muted t-small">{past.medicines.join('; ')}</div>}
                </div>
              </li>
            ))}
          </ul>
        )}
      </Card>
    </div>
  )
}

function Trends({ trends }: { trends: VisitDetail['trends'] }) {
  const shown = [
    { key: 'systolic', name: m.visit_trend_systolic(), points: trends.systolic ?? [], band: [90, 140] as [number, number] },
    { key: 'weight', name: m.visit_trend_weight(), points: trends.weight ?? [], band: null },
    { key: 'glucose', name: m.visit_trend_glucose(), points: trends.glucose ?? [], band: [3.9, 7] as [number, number] },
  ].filter((trend) => trend.points.length >= 2)
  if (shown.length === 0) return null
  return (
    <div className="t-card v-trends">
      {shown.map((trend) => (
        <Trend key={trend.key} name={trend.name} points={trend.points} band={trend.band} />
      ))}
    </div>
  )
}
