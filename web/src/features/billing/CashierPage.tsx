// The cashier: what is owed and why, a QR that confirms itself, cash, the receipt.
import { IconCash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { m } from '@/platform/i18n'
import { Chip, Empty, ErrorNote, Loading, Money, PageHead, Tag } from '@/platform/ui/parts'
import { PatientBanner } from '@/platform/ui/patient'
import { WorkList } from '@/platform/ui/worklist'
import { billingResource, type CashierRow } from './billing.resource'
import { BillCard } from './BillCard'
import './billing.css'

const isOpen = (row: CashierRow) => row.status === 'issued'

export function CashierPage() {
  const { visitId } = useParams({ strict: false }) as { visitId?: string }
  const [done, setDone] = useState(false)
  const navigate = useNavigate()
  const list = useQuery({ queryKey: ['cashier', 'worklist'], queryFn: billingResource.worklist, refetchInterval: 20_000 })
  const transfers = useQuery({ queryKey: ['cashier', 'transfers'], queryFn: billingResource.transfers, refetchInterval: 60_000 })
  const all = list.data?.items ?? []
  const current = all.find((row) => row.visitId === visitId)
  const bill = useQuery({
    queryKey: ['cashier', 'bill', visitId],
    queryFn: () => billingResource.bill(visitId ?? ''),
    enabled: visitId !== undefined,
  })
  const unmatched = transfers.data?.items.length ?? 0
  return (
    <div className="t-page">
      <PageHead title={m.billing_title()}>{unmatched > 0 && <Tag tone="warn">{m.billing_unmatched({ n: unmatched })}</Tag>}</PageHead>
      <div className="t-split b-split">
        <WorkList
          label={m.billing_list()}
          items={list.data && all.filter((row) => isOpen(row) !== done)}
          error={list.error}
          retry={() => void list.refetch()}
          currentKey={visitId}
          keyOf={(row) => row.visitId}
          textOf={(row) => `${row.patient.name}\n${row.ticket} ${row.reference}`}
          lead={(row) => <span className="t-ticket">{row.ticket}</span>}
          row={(row) => (
            <>
              <div className="name">{row.patient.name}</div>
              <div className="sub">{row.owes > 0 ? <b><Money value={row.owes} /></b> : m.billing_free()}</div>
            </>
          )}
          action={(row) => (isOpen(row) && row.owes > 0 ? m.billing_open() : m.billing_look())}
          quiet={(row) => !isOpen(row) || row.owes === 0}
          onAction={(row) => void navigate({ to: '/cashier/$visitId', params: { visitId: row.visitId } })}
          bar={
            <div className="t-row tight">
              <Chip pressed={!done} count={all.filter(isOpen).length} onClick={() => setDone(false)}>
                {m.billing_filter_open()}
              </Chip>
              <Chip pressed={done} count={all.filter((row) => !isOpen(row)).length} onClick={() => setDone(true)}>
                {m.billing_filter_done()}
              </Chip>
            </div>
          }
          empty={<Empty title={m.billing_empty()}>{m.billing_empty_text()}</Empty>}
        />
        <div>
          {visitId === undefined ? (
            <div className="t-card">
              <Empty title={m.billing_pick()} icon={<IconCash size={40} stroke={1.3} />}>
                {m.billing_pick_text()}
              </Empty>
            </div>
          ) : bill.data ? (
            <>
              {current && <PatientBanner person={current.patient} ticket={current.ticket} />}
              <BillCard key={bill.data.invoiceId} bill={bill.data} visitId={visitId} />
            </>
          ) : bill.error ? (
            <ErrorNote error={bill.error} retry={() => void bill.refetch()} />
          ) : (
            <Loading />
          )}
        </div>
      </div>
    </div>
  )
}
