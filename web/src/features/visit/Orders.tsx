// What was asked of other rooms, and what came back.
import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ResultRow } from '@/platform/api/types'
import { m } from '@/platform/i18n'
import { ErrorNote, Tag, type Tone } from '@/platform/ui/parts'
import { toast } from '@/platform/ui/toast'
import { AddOrder } from './Prescribing'
import { ResultLines } from './Story'
import { visitResource, type Order } from './visit.resource'

function orderState(status: string): { text: string; tone: Tone } {
  switch (status) {
    case 'collected':
      return { text: m.visit_order_status_collected(), tone: 'info' }
    case 'entered':
      return { text: m.visit_order_status_entered(), tone: 'warn' }
    case 'verified':
    case 'completed':
      return { text: m.visit_order_status_verified(), tone: 'good' }
    case 'cancelled':
    case 'revoked':
    case 'rejected':
      return { text: m.visit_order_status_cancelled(), tone: 'plain' }
    default:
      return { text: m.visit_order_status_ordered(), tone: 'plain' }
  }
}

export function Orders({ visitId, orders, readOnly }: { visitId: string; orders: Order[]; readOnly: boolean }) {
  const client = useQueryClient()
  const refresh = () => client.invalidateQueries({ queryKey: ['visits', visitId] })
  const revoke = useMutation({ mutationFn: (id: string) => visitResource.revoke(visitId, id), onSettled: refresh })
  const order = useMutation({
    mutationFn: ({ code }: { code: string; name: string }) => visitResource.order(visitId, [code]),
    onSuccess: ({ orders: made }, { code, name }) => {
      const id = made.findLast((one) => one.code === code)?.id
      toast(m.visit_order_ordered({ name }), id ? () => revoke.mutate(id) : undefined)
    },
    onSettled: refresh,
  })
  return (
    <div className="t-col">
      <ErrorNote error={order.error ?? revoke.error} />
      {orders.length === 0 && <p className="t-muted">{m.visit_order_none()}</p>}
      {orders.length > 0 && (
        <ul className="v-orders">
          {orders.map((one) => {
            const state = orderState(one.status)
            return (
              <li key={one.id} data-testid="order">
                <div className="t-row">
                  <span className="t-grow t-strong">{one.name}</span>
                  <Tag tone={state.tone}>{state.text}</Tag>
                  {!readOnly && one.status === 'ordered' && (
                    <Button size="compact-sm" variant="subtle" color="gray" onClick={() => revoke.mutate(one.id)} aria-label={`${m.visit_order_revoke()}: ${one.name}`}>
                      {m.visit_order_revoke()}
                    </Button>
                  )}
                </div>
                {one.results.length > 0 && <Abnormal results={one.results} />}
              </li>
            )
          })}
        </ul>
      )}
      {!readOnly && <AddOrder busy={order.isPending} onOrder={(code, name) => order.mutate({ code, name })} />}
    </div>
  )
}

/** Here only what stands out; the story beside it has every line. */
function Abnormal({ results }: { results: ResultRow[] }) {
  const flagged = results.filter((row) => row.flag !== '' && row.flag !== 'N')
  const others = results.length - flagged.length
  if (flagged.length === 0) return <p className="t-muted t-small">{m.visit_order_normal({ n: results.length })}</p>
  return (
    <>
      <ResultLines results={flagged} />
      {others > 0 && <p className="t-muted t-small">{m.visit_order_others_normal({ n: others })}</p>}
    </>
  )
}
