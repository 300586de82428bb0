// The claims of the station: what the insurer would say, line by line, with the field and the remedy.
import { Button } from '@mantine/core'
import { IconDownload, IconFileCheck, IconRefresh } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { Finding } from '@/platform/api/types'
import { formatDate, formatDateTime } from '@/platform/format'
import { m } from '@/platform/i18n'
import { useCan } from '@/platform/session'
import { Card, Chip, Empty, ErrorNote, Loading, Money, Note, PageHead, Tag, type Tone } from '@/platform/ui/parts'
import { PatientBanner } from '@/platform/ui/patient'
import { toast } from '@/platform/ui/toast'
import { WorkList } from '@/platform/ui/worklist'
import { insuranceResource, type ClaimDetail, type ClaimState } from './insurance.resource'
import './insurance.css'

function stateWord(state: ClaimState): { text: string; tone: Tone } {
  switch (state) {
    case 'ready':
      return { text: m.insurance_state_ready(), tone: 'good' }
    case 'has_errors':
      return { text: m.insurance_state_has_errors(), tone: 'danger' }
    case 'sent':
      return { text: m.insurance_state_sent(), tone: 'info' }
    case 'none':
      return { text: m.insurance_state_none(), tone: 'plain' }
  }
}

type Filter = 'all' | 'has_errors' | 'ready' | 'sent'

export function ClaimsPage() {
  const { visitId } = useParams({ strict: false }) as { visitId?: string }
  const [filter, setFilter] = useState<Filter>('all')
  const navigate = useNavigate()
  const list = useQuery({ queryKey: ['visits', 'claims'], queryFn: () => insuranceResource.list() })
  const all = list.data?.items ?? []
  const count = (state: ClaimState) => all.filter((row) => row.state === state).length
  const chips: { value: Filter; label: string; count: number }[] = [
    { value: 'all', label: m.insurance_filter_all(), count: all.length },
    { value: 'has_errors', label: m.insurance_filter_errors(), count: count('has_errors') },
    { value: 'ready', label: m.insurance_filter_ready(), count: count('ready') },
    { value: 'sent', label: m.insurance_filter_sent(), count: count('sent') },
  ]
  return (
    <div className="t-page">
      <PageHead title={m.insurance_title()} />
      <div className="t-split">
        <WorkList
          label={m.insurance_list()}
          items={list.data && all.filter((row) => filter === 'all' || row.state === filter)}
          error={list.error}
          retry={() => void list.refetch()}
          currentKey={visitId}
          keyOf={(row) => row.visitId}
          textOf={(row) => `${row.patient.name}\n${row.claimKey}`}
          row={(row) => (
            <>
              <div className="t-row tight">
                <span className="name">{row.patient.name}</span>
                <Tag tone={stateWord(row.state).tone}>{stateWord(row.state).text}</Tag>
              </div>
              <div className="t-row tight sub num">
                <time>{formatDateTime(row.closedAt)}</time>
                <Money value={row.fund} />
                {row.findings.errors > 0 && <span className="t-danger">{m.insurance_errors({ n: row.findings.errors })}</span>}
                {row.findings.warnings > 0 && <span>{m.insurance_warnings({ n: row.findings.warnings })}</span>}
              </div>
            </>
          )}
          action={() => m.insurance_open()}
          quiet={(row) => row.state !== 'has_errors'}
          onAction={(row) => void navigate({ to: '/claims/$visitId', params: { visitId: row.visitId } })}
          bar={
            <div className="t-row tight">
              {chips.map((chip) => (
                <Chip key={chip.value} pressed={filter === chip.value} count={chip.count} onClick={() => setFilter(chip.value)}>
                  {chip.label}
                </Chip>
              ))}
            </div>
          }
          empty={<Empty title={m.insurance_empty()}>{m.insurance_empty_text()}</Empty>}
        />
        <div>
          {visitId ? (
            <ClaimPanel key={visitId} visitId={visitId} />
          ) : (
            <div className="t-card">
              <Empty title={m.insurance_pick()} icon={<IconFileCheck size={40} stroke={1.3} />}>
                {m.insurance_pick_text()}
              </Empty>
            </div>
          )}
        </div>
      </div>
    </div>
  )
}

function ClaimPanel({ visitId }: { visitId: string }) {
  const client = useQueryClient()
  const canRebuild = useCan('insurance.rebuild')
  const claim = useQuery({ queryKey: ['visits', 'claim', visitId], queryFn: () => insuranceResource.claim(visitId) })
  const rebuild = useMutation({
    mutationFn: () => insuranceResource.rebuild(visitId),
    onSuccess: (fresh) => {
      client.setQueryData(['visits', 'claim', visitId], fresh)
      void client.invalidateQueries({ queryKey: ['visits', 'claims'] })
      toast(m.insurance_rebuilt())
    },
  })
  const download = useMutation({
    mutationFn: () => insuranceResource.file(visitId),
    onSuccess: (file) => {
      const link = document.createElement('a')
      link.href = URL.createObjectURL(file)
      link.download = `${claim.data?.claimKey ?? 'claim'}.xml`
      link.click()
      URL.revokeObjectURL(link.href)
    },
  })
  if (claim.error) return <ErrorNote error={claim.error} retry={() => void claim.refetch()} />
  if (!claim.data) return <Loading />
  const data = claim.data
  return (
    <div className="t-col">
      <PatientBanner person={data.patient} />
      <ErrorNote error={rebuild.error ?? download.error} />
      <Card
        title={m.insurance_findings()}
        actions={
          <span className="t-row tight">
            {canRebuild && (
              <Button size="sm" variant="default" leftSection={<IconRefresh size={18} />} loading={rebuild.isPending} onClick={() => rebuild.mutate()}>
                {m.insurance_rebuild()}
              </Button>
            )}
            {data.xml.length > 0 && (
              <Button size="sm" variant="default" leftSection={<IconDownload size={18} />} loading={download.isPending} onClick={() => download.mutate()}>
                {m.insurance_download()}
              </Button>
            )}
          </span>
        }
      >
        <div className="t-col">
          <dl className="t-facts num">
            <dt>{m.insurance_key()}</dt>
            <dd>{data.claimKey}</dd>
            <dt>{m.insurance_total()}</dt>
            <dd>
              <Money value={data.total} /> · {m.insurance_fund()} <Money value={data.fund} />
            </dd>
            {data.deadline && (
              <>
                <dt />
                <dd>{m.insurance_deadline({ date: formatDate(data.deadline) })}</dd>
              </>
            )}
          </dl>
          {data.findings.length === 0 && <Note tone="good">{m.insurance_no_findings()}</Note>}
          {data.findings.map((finding, i) => (
            <FindingNote key={`${finding.rule}-${i}`} finding={finding} />
          ))}
        </div>
      </Card>
      <Tables xml={data.xml} />
    </div>
  )
}

function FindingNote({ finding }: { finding: Finding }) {
  return (
    <div data-testid={`finding-${finding.severity}`}>
      <Note tone={finding.severity === 'error' ? 'danger' : 'warn'}>
        <div className="t-strong">{finding.message}</div>
        {finding.remedy && <div>{m.insurance_remedy({ text: finding.remedy })}</div>}
        <div className="t-small num">
          {finding.row !== undefined && finding.row !== ''
            ? m.insurance_where({ table: finding.table, row: finding.row, field: finding.field ?? '' })
            : m.insurance_where_table({ table: finding.table, field: finding.field ?? '' })}
          {' · '}
          {m.insurance_rule({ rule: finding.rule })}
        </div>
      </Note>
    </div>
  )
}

function Tables({ xml }: { xml: ClaimDetail['xml'] }) {
  if (xml.length === 0) return null
  return (
    <Card title={m.insurance_tables()}>
      {xml.map((table) => (
        <details key={table.table} className="i-table">
          <summary>
            <b>{table.table}</b> <span className="t-muted">{m.insurance_rows({ n: table.rows.length })}</span>
          </summary>
          {table.rows.map((row, i) => (
            <dl key={i} className="i-row num">
              {Object.entries(row)
                .filter(([, value]) => value !== null && value !== '')
                .map(([field, value]) => (
                  <div key={field}>
                    <dt>{field}</dt>
                    <dd>{String(value)}</dd>
                  </div>
                ))}
            </dl>
          ))}
        </details>
      ))}
    </Card>
  )
}
