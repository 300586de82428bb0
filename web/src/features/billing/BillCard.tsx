// One bill: every line with its reason, what is owed, and the two ways to pay it.
import { Button, TextInput } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Bill } from '@/platform/api/types'
import { formatMoney, formatTime, formatValue, parseMoney } from '@/platform/format'
import { m } from '@/platform/i18n'
import { PrintPreview, type Paper } from '@/platform/print/paper'
import { useCan } from '@/platform/session'
import { Card, ErrorNote, Money, Note } from '@/platform/ui/parts'
import { billingResource } from './billing.resource'

function methodName(method: string): string {
  return method === 'cash' ? m.billing_method_cash() : m.billing_method_transfer()
}

export function BillCard({ bill, visitId }: { bill: Bill; visitId: string }) {
  const [paper, setPaper] = useState<Paper | null>(null)
  const receipt = useMutation({
    mutationFn: () => billingResource.receipt(bill.invoiceId),
    onSuccess: ({ number, html }) => setPaper({ title: `${m.billing_receipt()} ${number}`, html }),
  })
  const owes = bill.totals.owes
  const settled = bill.status === 'balanced' || bill.paid !== null
  return (
    <div className="b-bill">
      <Card
        flush
        title={m.billing_bill()}
        actions={
          bill.paid && (
            <Button size="sm" variant="default" leftSection={<IconPrinter size={18} />} loading={receipt.isPending} onClick={() => receipt.mutate()}>
              {m.billing_receipt()}
            </Button>
          )
        }
      >
        <ErrorNote error={receipt.error} />
        <div className="t-scroll" tabIndex={0} role="region" aria-label={m.billing_bill()}>
          <table className="t-table">
            <thead>
              <tr>
                <th>{m.billing_item()}</th>
                <th className="n">{m.billing_quantity()}</th>
                <th className="n">{m.billing_unit_price()}</th>
                <th className="n">{m.billing_amount()}</th>
                <th className="n">{m.billing_fund()}</th>
                <th className="n">{m.billing_copay()}</th>
                <th className="n">{m.billing_self()}</th>
              </tr>
            </thead>
            <tbody>
              {bill.lines.map((line, i) => (
                <tr key={`${line.code}-${i}`}>
                  <td>
                    {line.name}
                    <div className="t-muted t-small">{line.why}</div>
                  </td>
                  <td className="n">{formatValue(line.quantity)}</td>
                  <td className="n"><Money value={line.unitPrice} /></td>
                  <td className="n"><Money value={line.amount} /></td>
                  <td className="n"><Money value={line.fund} /></td>
                  <td className="n"><Money value={line.copay} /></td>
                  <td className="n"><Money value={line.selfPay} /></td>
                </tr>
              ))}
            </tbody>
            <tfoot>
              <tr>
                <td colSpan={3}>{m.billing_total()}</td>
                <td className="n"><Money value={bill.totals.amount} /></td>
                <td className="n"><Money value={bill.totals.fund} /></td>
                <td className="n"><Money value={bill.totals.copay} /></td>
                <td className="n"><Money value={bill.totals.selfPay} /></td>
              </tr>
            </tfoot>
          </table>
        </div>
        {bill.benefit.why && <p className="b-why t-muted">{bill.benefit.why}</p>}
      </Card>
      <Card>
        <div className="b-owes">
          <span className="t-muted">{m.billing_owes()}</span>
          <b className="num" data-testid="owes">{formatMoney(owes)}</b>
        </div>
        {settled ? (
          <Note tone="good" role="status">
            {bill.paid
              ? m.billing_paid({ money: formatMoney(owes), time: formatTime(bill.paid.at), method: methodName(bill.paid.method) })
              : m.billing_paid_free()}
          </Note>
        ) : owes === 0 ? (
          <Note tone="good">{m.billing_free()}</Note>
        ) : (
          <Paying bill={bill} visitId={visitId} />
        )}
      </Card>
      <PrintPreview paper={paper} onClose={() => setPaper(null)} />
    </div>
  )
}

function Paying({ bill, visitId }: { bill: Bill; visitId: string }) {
  const [given, setGiven] = useState('')
  const client = useQueryClient()
  const canReceive = useCan('billing.receive')
  const owes = bill.totals.owes
  const pay = useMutation({
    mutationFn: () => billingResource.payCash(bill.invoiceId, owes),
    onSuccess: (answer) => {
      client.setQueryData(['cashier', 'bill', visitId], answer.bill)
      void client.invalidateQueries({ queryKey: ['cashier'] })
    },
  })
  const change = (parseMoney(given) ?? 0) - owes
  return (
    <div className="b-pay">
      {bill.qr && (
        <figure>
          <img src={`data:image/svg+xml;utf8,${encodeURIComponent(bill.qr.svg)}`} alt={m.billing_qr_title()} width={190} height={190} />
          <figcaption>
            <b>{m.billing_qr_title()}</b>
            <p className="t-muted t-small">{m.billing_qr_text({ reference: bill.reference })}</p>
          </figcaption>
        </figure>
      )}
      {canReceive && (
        <form
          className="t-col t-grow"
          onSubmit={(event) => {
            event.preventDefault()
            if (!pay.isPending) pay.mutate()
          }}
        >
          <b>{m.billing_cash()}</b>
          <ErrorNote error={pay.error} />
          <TextInput label={m.billing_cash_given()} inputMode="numeric" autoComplete="off" className="t-num" value={given} onChange={(event) => setGiven(event.currentTarget.value)} />
          {change > 0 && <p className="num t-strong">{m.billing_cash_change({ money: formatMoney(change) })}</p>}
          <Button type="submit" size="md" loading={pay.isPending}>
            {m.billing_cash_confirm({ money: formatMoney(owes) })}
          </Button>
        </form>
      )}
    </div>
  )
}
