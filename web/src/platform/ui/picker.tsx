// Search and choose one of many from the station's catalogues, by code or by words without diacritics.
import { TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useId, useRef, useState, type ReactNode, type Ref } from 'react'
import { m } from '@/platform/i18n'

interface PickerProps<T> {
  label: string
  hideLabel?: boolean
  placeholder?: string
  /** Names the catalogue in the query cache. */
  cacheKey: string
  find: (text: string, signal: AbortSignal) => Promise<T[]>
  keyOf: (item: T) => string
  option: (item: T) => ReactNode
  onPick: (item: T) => void
  /** Text shown when the box is not being typed in (the value picked); empty for pickers that add to a list. */
  shown?: string
  inputRef?: Ref<HTMLInputElement>
  shortest?: number
  error?: ReactNode
  disabled?: boolean
}

export function useSettled<T>(value: T, milliseconds: number): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), milliseconds)
    return () => clearTimeout(timer)
  }, [value, milliseconds])
  return settled
}

export function Picker<T>(props: PickerProps<T>) {
  const id = useId()
  const [typed, setTyped] = useState<string | null>(null)
  const [composing, setComposing] = useState(false)
  const [at, setAt] = useState(0)
  const [open, setOpen] = useState(false)
  /** Enter came before the answer did: the first match is taken when it arrives. */
  const [entered, setEntered] = useState(false)
  const list = useRef<HTMLUListElement>(null)
  const text = useSettled(composing ? '' : (typed ?? '').trim(), 90)
  const wanted = open && typed !== null && text.length >= (props.shortest ?? 1)
  const found = useQuery({
    queryKey: ['catalogue', props.cacheKey, text],
    queryFn: ({ signal }) => props.find(text, signal),
    enabled: wanted,
    staleTime: 60_000,
    placeholderData: (previous) => previous,
  })
  const items = wanted ? (found.data ?? []) : []
  const fresh = text === (typed ?? '').trim() && !found.isPlaceholderData && !found.isFetching

  useEffect(() => setAt(0), [text])
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [at])

  const pick = (item: T) => {
    props.onPick(item)
    setTyped(null)
    setOpen(false)
    setEntered(false)
  }
  const firstFresh = entered && wanted && fresh ? (items[at] ?? null) : null
  const takeFirst = useRef(pick)
  takeFirst.current = pick
  useEffect(() => {
    if (firstFresh) takeFirst.current(firstFresh)
  }, [firstFresh])

  return (
    <div className="t-picker">
      <TextInput
        {...(props.inputRef ? { ref: props.inputRef } : {})}
        label={props.hideLabel ? undefined : props.label}
        aria-label={props.hideLabel ? props.label : undefined}
        placeholder={props.placeholder ?? m.platform_picker_hint()}
        error={props.error}
        disabled={props.disabled}
        value={typed ?? props.shown ?? ''}
        autoComplete="off"
        role="combobox"
        aria-expanded={wanted && items.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={wanted && items[at] ? `${id}-${at}` : undefined}
        leftSection={<IconSearch size={16} />}
        onCompositionStart={() => setComposing(true)}
        onCompositionEnd={() => setComposing(false)}
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          setOpen(true)
          setEntered(false)
        }}
        onFocus={(event) => event.currentTarget.select()}
        onBlur={() => {
          if (entered) return
          setOpen(false)
          setTyped(null)
          setEntered(false)
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return
          if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
            if (items.length === 0) return
            event.preventDefault()
            setAt((now) => (now + (event.key === 'ArrowDown' ? 1 : items.length - 1)) % items.length)
          } else if (event.key === 'Enter' && open && (typed ?? '').trim().length >= (props.shortest ?? 1)) {
            event.preventDefault()
            // Enter before the answer is there must not choose something of an older list.
            const item = items[at]
            if (item && wanted && fresh) pick(item)
            else setEntered(true)
          } else if (event.key === 'Escape' && open) {
            event.stopPropagation()
            setOpen(false)
            setTyped(null)
          }
        }}
      />
      {wanted && (found.data || found.isError) && (
        <ul id={`${id}-list`} role="listbox" aria-label={props.label} ref={list} data-fresh={fresh}>
          {items.map((item, i) => (
            <li
              key={props.keyOf(item)}
              id={`${id}-${i}`}
              role="option"
              aria-selected={i === at}
              onMouseDown={(event) => event.preventDefault()}
              onMouseMove={() => setAt(i)}
              onClick={() => pick(item)}
            >
              {props.option(item)}
            </li>
          ))}
          {items.length === 0 && fresh && (
            <li className="none" role="option" aria-selected={false} aria-disabled>
              {m.platform_picker_none({ text })}
            </li>
          )}
        </ul>
      )}
    </div>
  )
}
