// Who looked at or changed what, and whether the log is whole.
import { Button, TextInput } from '@mantine/core'
import { IconShieldCheck } from '@tabler/icons-react'
import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Role } from '@/platform/api/types'
import { matches } from '@/platform/fold'
import { formatDateTime, formatNumber, localToday } from '@/platform/format'
import { m } from '@/platform/i18n'
import { DateField } from '@/platform/ui/fields'
import { Empty, ErrorNote, Loading, Note, PageHead, Tag, roleName } from '@/platform/ui/parts'
import { auditResource, type AuditRow } from './audit.resource'

function actionName(action: string): string {
  const names: Record<string, () => string> = {
    read: m.audit_action_read,
    vread: m.audit_action_read,
    search: m.audit_action_search,
    create: m.audit_action_create,
    update: m.audit_action_update,
    delete: m.audit_action_delete,
    login: m.audit_action_login,
    logout: m.audit_action_logout,
  }
  return names[action]?.() ?? action
}

function purposeName(purpose: string): string {
  const names: Record<string, () => string> = {
    treatment: m.audit_purpose_treatment,
    TREAT: m.audit_purpose_treatment,
    payment: m.audit_purpose_payment,
    HPAYMT: m.audit_purpose_payment,
    operations: m.audit_purpose_operations,
    HOPERAT: m.audit_purpose_operations,
    record_management: m.audit_purpose_record_management,
    RECORDMGT: m.audit_purpose_record_management,
    emergency: m.audit_purpose_emergency,
    ETREAT: m.audit_purpose_emergency,
  }
  return names[purpose]?.() ?? purpose
}

const allowed = (row: AuditRow) => ['0', 'success', 'ok', ''].includes(row.outcome)

export function AuditPage() {
  const [from, setFrom] = useState(localToday())
  const [to, setTo] = useState(localToday())
  const [typed, setTyped] = useState('')
  const rows = useInfiniteQuery({
    queryKey: ['audit', from, to],
    queryFn: ({ pageParam }) => auditResource.list(from, to, pageParam),
    initialPageParam: '',
    getNextPageParam: (page) => page.next || undefined,
  })
  const verify = useMutation({ mutationFn: auditResource.verify })
  const all = rows.data?.pages.flatMap((page) => page.items) ?? []
  const shown = typed.trim() === '' ? all : all.filter((row) => matches(`${row.who} ${row.type} ${row.reference} ${actionName(row.action)} ${row.detail}`, typed))
  return (
    <div className="t-page">
      <PageHead title={m.audit_title()}>
        <span className="t-grow" />
        <Button variant="default" leftSection={<IconShieldCheck size={18} />} loading={verify.isPending} onClick={() => verify.mutate()}>
          {m.audit_verify()}
        </Button>
      </PageHead>
      <div className="t-col">
        {verify.data && (
          <Note tone={verify.data.ok ? 'good' : 'danger'} role="status">
            {verify.data.ok ? m.audit_verified({ n: formatNumber(verify.data.records) }) : verify.data.message}
          </Note>
        )}
        <ErrorNote error={verify.error} />
        <section className="t-card" aria-label={m.audit_list()}>
          <div className="t-listbar">
            <TextInput aria-label={m.platform_search_list()} placeholder={m.platform_search_list_hint()} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} />
            <DateField w={130} aria-label={m.audit_from()} value={from} onChange={(date) => date && setFrom(date)} />
            <DateField w={130} aria-label={m.audit_to()} value={to} onChange={(date) => date && setTo(date)} />
          </div>
          {rows.isPending ? (
            <Loading />
          ) : rows.error ? (
            <ErrorNote error={rows.error} retry={() => void rows.refetch()} />
          ) : shown.length === 0 ? (
            <Empty title={typed ? m.platform_none_match({ text: typed }) : m.audit_empty()} />
          ) : (
            <div className="t-scroll" tabIndex={0} role="region" aria-label={m.audit_list()}>
              <table className="t-table">
                <thead>
                  <tr>
                    <th>{m.audit_when()}</th>
                    <th>{m.audit_who()}</th>
                    <th>{m.audit_action()}</th>
                    <th>{m.audit_what()}</th>
                    <th>{m.audit_purpose()}</th>
                    <th>{m.audit_outcome()}</th>
                  </tr>
                </thead>
                <tbody>
                  {shown.map((row, i) => (
                    <tr key={`${row.at}-${i}`}>
                      <td className="num t-nowrap">{formatDateTime(row.at)}</td>
                      <td>
                        {row.who} <span className="t-muted t-small">{row.role ? roleName(row.role as Role) : ''}</span>
                      </td>
                      <td>{actionName(row.action)}</td>
                      <td className="t-small">
                        {row.reference || row.type}
                        {row.detail && <div className="t-muted">{row.detail}</div>}
                      </td>
                      <td>{purposeName(row.purpose)}</td>
                      <td>
                        <Tag tone={allowed(row) ? 'plain' : 'danger'}>{allowed(row) ? m.audit_ok() : m.audit_failed()}</Tag>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )}
          {rows.hasNextPage && (
            <div className="t-empty">
              <Button variant="default" loading={rows.isFetchingNextPage} onClick={() => void rows.fetchNextPage()}>
                {m.audit_more()}
              </Button>
            </div>
          )}
        </section>
      </div>
    </div>
  )
}
