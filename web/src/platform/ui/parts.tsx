// The small shared pieces of every screen: notes, tags, empty states, money, keys, flags.
import { Button, Loader } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconInbox, IconInfoCircle } from '@tabler/icons-react'
import { useId, type ReactNode } from 'react'
import { ApiError } from '@/platform/api/client'
import type { ResultFlag, Role, Stage, VisitRow } from '@/platform/api/types'
import type { SaveState } from '@/platform/draft/autosave'
import { formatMoney, formatTime } from '@/platform/format'
import { m } from '@/platform/i18n'
import './kit.css'

export type Tone = 'danger' | 'warn' | 'good' | 'info' | 'brand' | 'plain'

export function Tag({ tone = 'plain', icon, children }: { tone?: Tone; icon?: ReactNode; children: ReactNode }) {
  return (
    <span className={`t-tag ${tone}`}>
      {icon}
      {children}
    </span>
  )
}

export function Note({ tone, children, role }: { tone: Tone; children: ReactNode; role?: 'alert' | 'status' }) {
  const icon =
    tone === 'good' ? <IconCircleCheck size={20} /> : tone === 'info' ? <IconInfoCircle size={20} /> : <IconAlertTriangle size={20} />
  return (
    <div className={`t-note ${tone}`} role={role}>
      {icon}
      <div className="t-grow">{children}</div>
    </div>
  )
}

/** The sentence for a person: the server's own when it sent one. */
export function errorSentence(error: unknown): string {
  if (!(error instanceof ApiError)) return m.platform_error_unknown()
  if (error.offline) return m.platform_error_offline()
  if (error.message !== '') return error.message
  if (error.status === 403) return m.platform_error_forbidden()
  return error.status >= 500 ? m.platform_error_internal() : m.platform_error_unknown()
}

export function ErrorNote({ error, retry }: { error: unknown; retry?: () => void }) {
  if (!error) return null
  return (
    <Note tone="danger" role="alert">
      <div>{errorSentence(error)}</div>
      {retry && (
        <div className="t-row">
          <Button size="compact-sm" variant="default" onClick={retry}>
            {m.platform_try_again()}
          </Button>
        </div>
      )}
      {error instanceof ApiError && (
        <details>
          <summary>{m.platform_error_details()}</summary>
          {m.platform_error_code({ code: error.code })}
          {error.field ? ` · ${m.platform_error_field({ field: error.field })}` : ''}
        </details>
      )}
    </Note>
  )
}

export function Empty({ title, children, icon }: { title: string; children?: ReactNode; icon?: ReactNode }) {
  return (
    <div className="t-empty">
      {icon ?? <IconInbox size={34} stroke={1.4} />}
      <strong>{title}</strong>
      {children && <div>{children}</div>}
    </div>
  )
}

export function Loading() {
  return (
    <div className="t-empty" role="status">
      <Loader size="sm" />
      <span>{m.platform_loading()}</span>
    </div>
  )
}

export function Money({ value }: { value: number }) {
  return <span className="t-money">{formatMoney(value)}</span>
}

export function Kbd({ children }: { children: ReactNode }) {
  return <kbd className="t-kbd">{children}</kbd>
}

export function Card(props: { title?: ReactNode; actions?: ReactNode; children: ReactNode; flush?: boolean; className?: string }) {
  const id = useId()
  return (
    <section className={`t-card ${props.className ?? ''}`} aria-labelledby={props.title ? id : undefined}>
      {props.title && (
        <header>
          <h2 id={id}>{props.title}</h2>
          {props.actions}
        </header>
      )}
      {props.flush ? props.children : <div className="body">{props.children}</div>}
    </section>
  )
}

export function PageHead({ title, children }: { title: ReactNode; children?: ReactNode }) {
  return (
    <div className="t-head">
      <h1>{title}</h1>
      {children}
    </div>
  )
}

export function stageName(stage: Stage): string {
  switch (stage) {
    case 'waiting-nurse':
      return m.platform_stage_waiting_nurse()
    case 'waiting-doctor':
      return m.platform_stage_waiting_doctor()
    case 'with-doctor':
      return m.platform_stage_with_doctor()
    case 'waiting-results':
      return m.platform_stage_waiting_results()
    case 'waiting-pharmacy':
      return m.platform_stage_waiting_pharmacy()
    case 'waiting-cashier':
      return m.platform_stage_waiting_cashier()
    case 'done':
      return m.platform_stage_done()
    case 'cancelled':
      return m.platform_stage_cancelled()
  }
}

export function roleName(role: Role): string {
  const names: Record<Role, () => string> = {
    receptionist: m.platform_role_receptionist,
    nurse: m.platform_role_nurse,
    doctor: m.platform_role_doctor,
    lab_technician: m.platform_role_lab_technician,
    pharmacist: m.platform_role_pharmacist,
    cashier: m.platform_role_cashier,
    station_head: m.platform_role_station_head,
    administrator: m.platform_role_administrator,
  }
  return names[role]?.() ?? ((role as string) === 'system' ? m.platform_role_system() : role)
}

export function StageTag({ stage }: { stage: Stage }) {
  const tone: Tone =
    stage === 'done' ? 'good' : stage === 'cancelled' ? 'plain' : stage === 'with-doctor' ? 'brand' : stage === 'waiting-results' ? 'info' : 'plain'
  return <Tag tone={tone}>{stageName(stage)}</Tag>
}

export function PriorityTag({ priority }: { priority: VisitRow['priority'] }) {
  if (!priority.urgent && !priority.reason) return null
  return (
    <Tag tone={priority.urgent ? 'danger' : 'warn'} icon={<IconAlertTriangle size={14} />}>
      {priority.text || m.platform_urgent()}
    </Tag>
  )
}

export function Ticket({ row }: { row: { ticket: string; priority?: VisitRow['priority'] } }) {
  return <span className={`t-ticket ${row.priority?.urgent ? 'urgent' : ''}`}>{row.ticket}</span>
}

export function Waiting({ minutes }: { minutes: number }) {
  return (
    <span className={minutes >= 45 ? 't-danger t-nowrap num' : 't-muted t-nowrap num'}>
      {minutes < 1 ? m.platform_just_now() : m.platform_minutes({ n: minutes })}
    </span>
  )
}

export function flagWord(flag: ResultFlag): string {
  switch (flag) {
    case 'L':
      return m.platform_flag_low()
    case 'H':
      return m.platform_flag_high()
    case 'LL':
      return m.platform_flag_low_critical()
    case 'HH':
      return m.platform_flag_high_critical()
    case 'A':
      return m.platform_flag_abnormal()
    case 'N':
    case '':
      return m.platform_flag_normal()
  }
}

export function FlagTag({ flag }: { flag: ResultFlag }) {
  if (flag === '' || flag === 'N') return <span className="t-muted t-small t-nowrap">{flag === 'N' ? m.platform_flag_normal() : ''}</span>
  const critical = flag === 'LL' || flag === 'HH'
  const arrow = flag.startsWith('L') ? '↓' : flag.startsWith('H') ? '↑' : '!'
  return (
    <Tag tone={critical ? 'danger' : 'warn'}>
      <b>{arrow}</b> {flagWord(flag)}
    </Tag>
  )
}

export function SaveBadge({ state }: { state: SaveState }) {
  const text = () => {
    switch (state.kind) {
      case 'clean':
        return m.platform_save_clean()
      case 'dirty':
        return m.platform_save_dirty()
      case 'saving':
        return m.platform_save_saving()
      case 'saved':
        return m.platform_save_saved({ time: formatTime(state.at) })
      case 'waiting':
        return m.platform_save_waiting()
      case 'failed':
        return m.platform_save_failed({ text: errorSentence(state.error) })
    }
  }
  const bad = state.kind === 'waiting' || state.kind === 'failed'
  return (
    <span className={`t-save ${bad ? 'bad' : ''}`} role="status" data-testid="save-state" data-state={state.kind}>
      {bad ? <IconAlertTriangle size={16} /> : state.kind === 'saved' ? <IconCircleCheck size={16} /> : null}
      {text()}
    </span>
  )
}

export function Chip(props: { pressed: boolean; onClick: () => void; count?: number; children: ReactNode }) {
  return (
    <button type="button" className="t-chip" aria-pressed={props.pressed} onClick={props.onClick}>
      {props.children}
      {props.count !== undefined && <span className="count">{props.count}</span>}
    </button>
  )
}

/** One of a few: arrow keys move inside, one Tab stop. */
export function Choice<T extends string>(props: {
  label: string
  value: T | null
  options: { value: T; label: string }[]
  onChange: (value: T) => void
  hideLabel?: boolean
  disabled?: boolean
}) {
  const name = useId()
  return (
    <fieldset className="t-choice">
      <legend className={props.hideLabel ? 'sr' : 't-legend-small'}>{props.label}</legend>
      <div className="t-row tight">
        {props.options.map((option) => (
          <label key={option.value} className="t-chip" data-on={props.value === option.value}>
            <input
              type="radio"
              name={name}
              className="sr"
              checked={props.value === option.value}
              disabled={props.disabled}
              onChange={() => props.onChange(option.value)}
            />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
