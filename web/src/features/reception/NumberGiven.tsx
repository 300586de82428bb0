// The number, as large as the person on the other side of the counter needs it.
import { Button } from '@mantine/core'
import { IconPrinter, IconUserPlus } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { formatDateTime } from '@/platform/format'
import { m } from '@/platform/i18n'
import { PrintPreview, type Paper } from '@/platform/print/paper'
import { useMe } from '@/platform/session'
import { PriorityTag } from '@/platform/ui/parts'
import type { CheckedIn } from './reception.resource'

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? c)
}

/** The 80 mm slip. */
export function slipOf(station: string, result: CheckedIn): Paper {
  return {
    title: m.reception_print_slip(),
    html: `<style>@page{size:80mm 90mm;margin:4mm}.s{width:68mm;text-align:center;font-size:12pt}.n{font-size:44pt;font-weight:700;line-height:1.1}</style>
<div class="s"><div>${escape(station)}</div><div>${escape(m.reception_number_title())}</div><div class="n">${escape(result.ticket)}</div>
<div>${escape(result.visit.patient.name)}</div><div>${formatDateTime(result.visit.checkedInAt)}</div><p>${escape(m.reception_slip_wait())}</p></div>`,
  }
}

export function NumberGiven({ result, onNext }: { result: CheckedIn; onNext: () => void }) {
  const me = useMe()
  const [paper, setPaper] = useState<Paper | null>(null)
  const next = useRef<HTMLButtonElement>(null)
  useEffect(() => next.current?.focus(), [])
  return (
    <section className="t-card r-number" aria-live="polite">
      <p className="t-muted">{m.reception_number_title()}</p>
      <div className="t-bignum" data-testid="ticket">
        {result.ticket}
      </div>
      <p className="who">{result.visit.patient.name}</p>
      <div className="t-row tight">
        <PriorityTag priority={result.visit.priority} />
        <span className="t-muted">{result.ahead === 0 ? m.reception_ahead_none() : m.reception_ahead({ n: result.ahead })}</span>
      </div>
      <div className="t-row">
        <Button ref={next} size="lg" leftSection={<IconUserPlus size={20} />} onClick={onNext}>
          {m.reception_next_person()}
        </Button>
        <Button size="lg" variant="default" leftSection={<IconPrinter size={20} />} onClick={() => setPaper(slipOf(me.station.name, result))}>
          {m.reception_print_slip()}
        </Button>
      </div>
      <PrintPreview paper={paper} onClose={() => setPaper(null)} />
    </section>
  )
}
