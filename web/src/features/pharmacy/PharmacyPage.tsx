// The counter: the prescription, the lots to take (earliest expiry first), hand over.
import { Button } from '@mantine/core'
import { IconPackage, IconPill } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { ApiError } from '@/platform/api/client'
import { formatDate, formatTime, formatValue } from '@/platform/format'
import { m } from '@/platform/i18n'
import { useCan } from '@/platform/session'
import { NumberField } from '@/platform/ui/fields'
import { Chip, Empty, ErrorNote, PageHead, Tag } from '@/platform/ui/parts'
import { PatientBanner } from '@/platform/ui/patient'
import { toast } from '@/platform/ui/toast'
import { WorkList } from '@/platform/ui/worklist'
import { isDispensed, pharmacyResource, type PharmacyRow, type RxToDispense } from './pharmacy.resource'
import './pharmacy.css'

export function PharmacyPage() {
  const { visitId } = useParams({ strict: false }) as { visitId?: string }
  const [done, setDone] = useState(false)
  const navigate = useNavigate()
  const canStock = useCan('pharmacy.stock')
  const list = useQuery({ queryKey: ['pharmacy', 'worklist'], queryFn: pharmacyResource.worklist, refetchInterval: 20_000 })
  const all = list.data?.items ?? []
  const current = all.find((row) => row.visitId === visitId)
  return (
    <div className="t-page">
      <PageHead title={m.pharmacy_title()}>
        <span className="t-grow" />
        {canStock && (
          <Button component={Link} to="/pharmacy/stock" variant="default" leftSection={<IconPackage size={18} />}>
            {m.pharmacy_stock()}
          </Button>
        )}
      </PageHead>
      <div className="t-split">
        <WorkList
          label={m.pharmacy_list()}
          items={list.data && all.filter((row) => isDispensed(row) === done)}
          error={list.error}
          retry={() => void list.refetch()}
          currentKey={visitId}
          keyOf={(row) => row.visitId}
          textOf={(row) => `${row.patient.name}\n${row.ticket} ${row.code}`}
          lead={(row) => <span className="t-ticket">{row.ticket}</span>}
          row={(row) => (
            <>
              <div className="name">{row.patient.name}</div>
              <div className="t-row tight sub">
                <span>{row.patient.ageText}</span>
                <time>{formatTime(row.signedAt)}</time>
                <span className="num">{row.code}</span>
              </div>
            </>
          )}
          action={(row) => (isDispensed(row) ? m.pharmacy_look() : m.pharmacy_open())}
          quiet={isDispensed}
          onAction={(row) => void navigate({ to: '/pharmacy/$visitId', params: { visitId: row.visitId } })}
          bar={
            <div className="t-row tight">
              <Chip pressed={!done} count={all.filter((row) => !isDispensed(row)).length} onClick={() => setDone(false)}>
                {m.pharmacy_filter_waiting()}
              </Chip>
              <Chip pressed={done} count={all.filter(isDispensed).length} onClick={() => setDone(true)}>
                {m.pharmacy_filter_done()}
              </Chip>
            </div>
          }
          empty={<Empty title={m.pharmacy_empty()}>{m.pharmacy_empty_text()}</Empty>}
        />
        <div>
          {current ? (
            <DispensePanel key={`${current.visitId}-${current.status}`} row={current} onDone={() => void navigate({ to: '/pharmacy' })} />
          ) : (
            <div className="t-card">
              <Empty title={m.pharmacy_pick()} icon={<IconPill size={40} stroke={1.3} />}>
                {m.pharmacy_pick_text()}
              </Empty>
            </div>
          )}
        </div>
      </div>
    </div>
  )
}

type Takes = Record<string, Record<string, number | null>>

function proposed(lines: RxToDispense[]): Takes {
  return Object.fromEntries(lines.map((line) => [line.requestId, Object.fromEntries(line.lots.map((lot) => [lot.lotId, lot.take]))]))
}

function total(takes: Record<string, number | null> | undefined): number {
  return Object.values(takes ?? {}).reduce<number>((sum, quantity) => sum + (quantity ?? 0), 0)
}

function DispensePanel({ row, onDone }: { row: PharmacyRow; onDone: () => void }) {
  const [takes, setTakes] = useState<Takes>(() => proposed(row.lines))
  const client = useQueryClient()
  const over = isDispensed(row)
  const canDispense = useCan('pharmacy.dispense')
  const dispense = useMutation({
    mutationFn: () =>
      pharmacyResource.dispense(
        row.visitId,
        row.lines
          .map((line) => ({
            requestId: line.requestId,
            lots: Object.entries(takes[line.requestId] ?? {})
              .filter(([, quantity]) => (quantity ?? 0) > 0)
              .map(([lotId, quantity]) => ({ lotId, quantity: quantity ?? 0 })),
          }))
          .filter((line) => line.lots.length > 0),
      ),
    onSuccess: () => {
      toast(m.pharmacy_dispensed({ name: row.patient.name }))
      void client.invalidateQueries({ queryKey: ['pharmacy'] })
      onDone()
    },
    onError: async (error) => {
      if (!(error instanceof ApiError) || error.status !== 409) return
      await client.invalidateQueries({ queryKey: ['pharmacy'] })
      toast(m.pharmacy_stock_changed())
    },
  })
  const nothing = row.lines.every((line) => total(takes[line.requestId]) === 0)
  return (
    <>
      <PatientBanner person={row.patient} ticket={row.ticket} />
      <section className="t-card" aria-label={m.pharmacy_code({ code: row.code })}>
        <header>
          <h2 className="num">{m.pharmacy_code({ code: row.code })}</h2>
          <span className="t-muted t-small">{m.pharmacy_signed({ doctor: row.doctor, time: formatTime(row.signedAt) })}</span>
          {over && <Tag tone="good">{m.pharmacy_dispensed_tag()}</Tag>}
        </header>
        <table className="t-table p-lines">
          <thead>
            <tr>
              <th>{m.pharmacy_drug()}</th>
              <th className="n">{m.pharmacy_quantity()}</th>
              {!over && <th>{m.pharmacy_lots()}</th>}
            </tr>
          </thead>
          <tbody>
            {row.lines.map((line) => {
              const missing = line.quantity - total(takes[line.requestId])
              return (
                <tr key={line.requestId}>
                  <td>
                    <b>{line.name}</b>
                    <div className="t-muted t-small">{line.doseText ?? line.dose}</div>
                  </td>
                  <td className="n t-nowrap">
                    <b className="p-quantity">{formatValue(line.quantity)}</b> {line.unit}
                  </td>
                  {!over && (
                    <td>
                      {line.lots.length === 0 && <Tag tone="danger">{m.pharmacy_no_stock()}</Tag>}
                      {line.lots.map((lot) => (
                        <div key={lot.lotId} className="p-lot">
                          <span className="num">{m.pharmacy_lot_line({ lot: lot.lot, date: formatDate(lot.expires) })}</span>
                          <NumberField
                            size="sm"
                            w={104}
                            unit={line.unit}
                            aria-label={`${m.pharmacy_take()} ${line.name}, ${lot.lot}`}
                            value={takes[line.requestId]?.[lot.lotId] ?? null}
                            onChange={(quantity) =>
                              setTakes((now) => ({ ...now, [line.requestId]: { ...now[line.requestId], [lot.lotId]: quantity } }))
                            }
                          />
                        </div>
                      ))}
                      {line.lots.length > 0 && missing > 0 && <Tag tone="warn">{m.pharmacy_short({ n: formatValue(missing), unit: line.unit })}</Tag>}
                    </td>
                  )}
                </tr>
              )
            })}
          </tbody>
        </table>
        {!over && canDispense && (
          <div className="t-col p-foot">
            <ErrorNote error={dispense.error} />
            <div>
              <Button autoFocus size="md" disabled={nothing} loading={dispense.isPending} onClick={() => dispense.mutate()}>
                {m.pharmacy_dispense()}
              </Button>
            </div>
          </div>
        )}
      </section>
    </>
  )
}
