// A list of people or things to do: filter without diacritics, arrow keys, the next action as the row's button,
// and rows that do not jump while someone points at them.
import { Button, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { matches } from '@/platform/fold'
import { m } from '@/platform/i18n'
import { Empty, ErrorNote, Loading } from './parts'

interface WorkListProps<T> {
  label: string
  items: T[] | undefined
  error?: unknown
  retry?: () => void
  keyOf: (item: T) => string
  textOf: (item: T) => string
  row: (item: T) => ReactNode
  lead?: (item: T) => ReactNode
  action: (item: T) => string
  onAction: (item: T) => void
  quiet?: (item: T) => boolean
  currentKey?: string | undefined
  bar?: ReactNode
  empty: ReactNode
}

/** While `held`, rows keep their places: what is gone leaves, what is new joins at the end. */
export function useStableOrder<T>(items: T[], keyOf: (item: T) => string, held: boolean): { rows: T[]; moved: boolean } {
  const order = useRef<string[]>([])
  const fresh = items.map(keyOf)
  if (!held) {
    order.current = fresh
    return { rows: items, moved: false }
  }
  const byKey = new Map(items.map((item) => [keyOf(item), item]))
  const kept = order.current.filter((key) => byKey.has(key))
  const added = fresh.filter((key) => !kept.includes(key))
  const keys = [...kept, ...added]
  return { rows: keys.map((key) => byKey.get(key) as T), moved: keys.some((key, i) => key !== fresh[i]) || added.length > 0 }
}

export function WorkList<T>(props: WorkListProps<T>) {
  const [typed, setTyped] = useState('')
  const [held, setHeld] = useState(false)
  const list = useRef<HTMLUListElement>(null)
  const { rows, moved } = useStableOrder(props.items ?? [], props.keyOf, held)
  const shown = typed.trim() === '' ? rows : rows.filter((item) => matches(props.textOf(item), typed))

  const buttons = () => [...(list.current?.querySelectorAll<HTMLButtonElement>('[data-row-action]') ?? [])]
  const onKeyDown = (event: KeyboardEvent) => {
    const all = buttons()
    const at = all.indexOf(document.activeElement as HTMLButtonElement)
    const to =
      event.key === 'ArrowDown' ? at + 1 : event.key === 'ArrowUp' ? at - 1 : event.key === 'Home' ? 0 : event.key === 'End' ? all.length - 1 : null
    if (to === null || (at < 0 && event.key !== 'ArrowDown')) return
    event.preventDefault()
    all[Math.max(0, Math.min(to, all.length - 1))]?.focus()
  }

  return (
    <section className="t-card" aria-label={props.label} onKeyDown={onKeyDown}>
      <div className="t-listbar">
        <TextInput
          size="sm"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          placeholder={m.platform_search_list_hint()}
          aria-label={`${m.platform_search_list()}: ${props.label}`}
          leftSection={<IconSearch size={16} />}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.nativeEvent.isComposing) buttons()[0]?.click()
          }}
        />
        {props.bar}
      </div>
      {moved && <div className="t-new">{m.platform_new_rows()}</div>}
      {props.error ? (
        <div className="body" style={{ padding: 14 }}>
          <ErrorNote error={props.error} {...(props.retry ? { retry: props.retry } : {})} />
        </div>
      ) : props.items === undefined ? (
        <Loading />
      ) : rows.length === 0 ? (
        props.empty
      ) : shown.length === 0 ? (
        <Empty title={m.platform_none_match({ text: typed })} />
      ) : (
        <ul className="t-list" ref={list} onMouseEnter={() => setHeld(true)} onMouseLeave={() => setHeld(false)}>
          {shown.map((item) => {
            const key = props.keyOf(item)
            return (
              <li
                key={key}
                data-key={key}
                data-current={props.currentKey === key}
                onClick={(event) => {
                  if (!(event.target as Element).closest('button,a')) props.onAction(item)
                }}
              >
                {props.lead?.(item)}
                <div className="main">{props.row(item)}</div>
                <Button
                  data-row-action
                  size="sm"
                  variant={props.quiet?.(item) ? 'default' : 'light'}
                  aria-label={`${props.action(item)}: ${props.textOf(item).split('\n')[0]}`}
                  onClick={() => props.onAction(item)}
                >
                  {props.action(item)}
                </Button>
              </li>
            )
          })}
        </ul>
      )}
    </section>
  )
}
