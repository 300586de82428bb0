// What stands on the shelf, what runs out or expires, receiving and correcting lots.
import { Button, TextInput } from '@mantine/core'
import { IconAlertTriangle, IconPlus } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { matches } from '@/platform/fold'
import { formatDate, formatNumber } from '@/platform/format'
import { m } from '@/platform/i18n'
import { useCan } from '@/platform/session'
import { DateField, NumberField } from '@/platform/ui/fields'
import { Chip, Empty, ErrorNote, Loading, PageHead, Tag } from '@/platform/ui/parts'
import { Picker } from '@/platform/ui/picker'
import { Dialog } from '@/platform/ui/dialog'
import { toast } from '@/platform/ui/toast'
import { pharmacyResource, type StockLot, type StockRow } from './pharmacy.resource'
import './pharmacy.css'

function Warnings({ row }: { row: StockRow }) {
  const words = { expired: m.pharmacy_warning_expired, expiring: m.pharmacy_warning_expiring, low: m.pharmacy_warning_low }
  return (
    <span className="t-row tight">
      {row.warnings.map((warning) => (
        <Tag key={warning} tone={warning === 'expired' ? 'danger' : 'warn'} icon={<IconAlertTriangle size={14} />}>
          {words[warning]?.() ?? warning}
        </Tag>
      ))}
    </span>
  )
}

export function StockPage() {
  const [typed, setTyped] = useState('')
  const [low, setLow] = useState(false)
  const [receiving, setReceiving] = useState(false)
  const [adjusting, setAdjusting] = useState<StockLot | null>(null)
  const canReceive = useCan('pharmacy.receive')
  const stock = useQuery({ queryKey: ['pharmacy', 'stock', low], queryFn: () => pharmacyResource.stock(low) })
  const rows = (stock.data?.items ?? []).filter((row) => typed.trim() === '' || matches(`${row.name} ${row.drug}`, typed))
  return (
    <div className="t-page">
      <PageHead title={m.pharmacy_stock_title()}>
        <span className="t-grow" />
        <Button component={Link} to="/pharmacy" variant="subtle">
          {m.pharmacy_back_to_list()}
        </Button>
        {canReceive && (
          <Button leftSection={<IconPlus size={18} />} onClick={() => setReceiving(true)}>
            {m.pharmacy_receive()}
          </Button>
        )}
      </PageHead>
      <section className="t-card" aria-label={m.pharmacy_stock_list()}>
        <div className="t-listbar">
          <TextInput autoFocus aria-label={m.platform_search_list()} placeholder={m.platform_search_list_hint()} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} />
          <Chip pressed={!low} onClick={() => setLow(false)}>
            {m.pharmacy_stock_all()}
          </Chip>
          <Chip pressed={low} onClick={() => setLow(true)}>
            {m.pharmacy_stock_low()}
          </Chip>
        </div>
        {stock.isPending ? (
          <Loading />
        ) : stock.error ? (
          <div className="p-foot">
            <ErrorNote error={stock.error} retry={() => void stock.refetch()} />
          </div>
        ) : rows.length === 0 ? (
          typed ? <Empty title={m.platform_none_match({ text: typed })} /> : <Empty title={m.pharmacy_stock_empty()}>{m.pharmacy_stock_empty_text()}</Empty>
        ) : (
          <table className="t-table">
            <thead>
              <tr>
                <th>{m.pharmacy_drug()}</th>
                <th className="n">{m.pharmacy_on_hand()}</th>
                <th>{m.pharmacy_lots()}</th>
                <th>
                  <span className="sr">{m.pharmacy_warning_low()}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.drug}>
                  <td>
                    <b>{row.name}</b>
                  </td>
                  <td className="n t-nowrap">
                    {formatNumber(row.onHand)} {row.unit}
                  </td>
                  <td>
                    {row.lots.map((lot) => (
                      <div key={lot.lotId} className="t-row tight num p-stocklot">
                        <span>{m.pharmacy_lot_line({ lot: lot.lot, date: formatDate(lot.expires) })}</span>
                        <b>{formatNumber(lot.onHand)}</b>
                        {canReceive && (
                          <Button size="compact-xs" variant="subtle" color="gray" aria-label={`${m.pharmacy_adjust()} ${lot.lot}`} onClick={() => setAdjusting(lot)}>
                            {m.pharmacy_adjust()}
                          </Button>
                        )}
                      </div>
                    ))}
                  </td>
                  <td>
                    <Warnings row={row} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </section>
      {receiving && <ReceiveDialog onClose={() => setReceiving(false)} />}
      {adjusting && <AdjustDialog lot={adjusting} onClose={() => setAdjusting(null)} />}
    </div>
  )
}

function ReceiveDialog({ onClose }: { onClose: () => void }) {
  const [drug, setDrug] = useState<{ code: string; name: string; unit: string } | null>(null)
  const [lot, setLot] = useState('')
  const [expires, setExpires] = useState('')
  const [quantity, setQuantity] = useState<number | null>(null)
  const [unitCost, setUnitCost] = useState<number | null>(null)
  const client = useQueryClient()
  const receive = useMutation({
    mutationFn: () => pharmacyResource.receive({ drug: drug?.code ?? '', lot: lot.trim(), expires, quantity: quantity ?? 0, unitCost: unitCost ?? 0 }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['pharmacy'] })
      toast(m.pharmacy_received({ lot }))
      onClose()
    },
  })
  return (
    <Dialog onClose={onClose} title={m.pharmacy_receive()} size="lg">
      <form
        className="t-col"
        onSubmit={(event) => {
          event.preventDefault()
          receive.mutate()
        }}
      >
        <ErrorNote error={receive.error} />
        <Picker label={m.pharmacy_receive_drug()} cacheKey="drugs-receive" find={(text) => pharmacyResource.drugs(text)} keyOf={(item) => item.code} option={(item) => `${item.name} ${item.strength}`} shown={drug?.name ?? ''} onPick={setDrug} />
        <div className="t-fields">
          <TextInput className="w6" label={m.pharmacy_lot()} value={lot} onChange={(event) => setLot(event.currentTarget.value)} />
          <DateField className="w6" label={m.pharmacy_expires()} value={expires} onChange={setExpires} />
          <NumberField className="w6" label={m.pharmacy_quantity()} unit={drug?.unit ?? ''} value={quantity} onChange={setQuantity} />
          <NumberField className="w6" label={m.pharmacy_receive_cost()} unit="₫" value={unitCost} onChange={setUnitCost} />
        </div>
        <div className="t-modal-actions">
          <Button variant="default" onClick={onClose}>
            {m.platform_cancel()}
          </Button>
          <Button type="submit" loading={receive.isPending} disabled={!drug || lot.trim() === '' || expires === '' || !quantity}>
            {m.pharmacy_receive_save()}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

function AdjustDialog({ lot, onClose }: { lot: StockLot; onClose: () => void }) {
  const [quantity, setQuantity] = useState<number | null>(null)
  const [reason, setReason] = useState('')
  const client = useQueryClient()
  const adjust = useMutation({
    mutationFn: () => pharmacyResource.adjust(lot.lotId, quantity ?? 0, reason.normalize('NFC').trim()),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['pharmacy'] })
      toast(m.pharmacy_adjusted())
      onClose()
    },
  })
  return (
    <Dialog onClose={onClose} title={m.pharmacy_adjust_title({ lot: lot.lot })}>
      <form
        className="t-col"
        onSubmit={(event) => {
          event.preventDefault()
          adjust.mutate()
        }}
      >
        <ErrorNote error={adjust.error} />
        <NumberField data-autofocus label={m.pharmacy_adjust_quantity()} value={quantity} onChange={setQuantity} />
        <TextInput label={m.pharmacy_adjust_reason()} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
        <div className="t-modal-actions">
          <Button variant="default" onClick={onClose}>
            {m.platform_cancel()}
          </Button>
          <Button type="submit" loading={adjust.isPending} disabled={!quantity || reason.trim() === ''}>
            {m.pharmacy_adjust()}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
