// Text fields for numbers and dates that never rewrite what is being typed (an input method may be at work).
import { TextInput, type TextInputProps } from '@mantine/core'
import { useEffect, useState, type KeyboardEvent } from 'react'
import { formatDate, formatValue, parseDate, parseNumber } from '@/platform/format'

export function Unit({ children }: { children: string }) {
  return <span className="t-unit">{children}</span>
}

interface NumberFieldProps extends Omit<TextInputProps, 'value' | 'onChange'> {
  value: number | null
  onChange: (value: number | null, text: string) => void
  unit?: string
  unitWidth?: number
}

export function NumberField({ value, onChange, unit, unitWidth, className, ...rest }: NumberFieldProps) {
  const [text, setText] = useState(formatValue(value))
  useEffect(() => {
    setText((now) => (parseNumber(now) === value ? now : formatValue(value)))
  }, [value])
  return (
    <TextInput
      {...rest}
      className={`t-num ${className ?? ''}`}
      inputMode="decimal"
      autoComplete="off"
      value={text}
      {...(unit ? { rightSection: <Unit>{unit}</Unit>, rightSectionWidth: unitWidth ?? 20 + unit.length * 8.5, rightSectionPointerEvents: 'none' as const } : {})}
      onChange={(event) => {
        const typed = event.currentTarget.value
        setText(typed)
        onChange(parseNumber(typed), typed)
      }}
    />
  )
}

interface DateFieldProps extends Omit<TextInputProps, 'value' | 'onChange'> {
  /** ISO date or year, or '' */
  value: string
  onChange: (iso: string) => void
}

/** Typed as 1/2/1990, 01021990 or 1990; shown as 01/02/1990 once left. */
export function DateField({ value, onChange, onBlur, ...rest }: DateFieldProps) {
  const [text, setText] = useState<string | null>(null)
  return (
    <TextInput
      inputMode="numeric"
      autoComplete="off"
      placeholder="dd/mm/yyyy"
      {...rest}
      value={text ?? formatDate(value)}
      onChange={(event) => {
        const typed = event.currentTarget.value
        setText(typed)
        onChange(parseDate(typed) ?? '')
      }}
      onBlur={(event) => {
        if (text !== null && (parseDate(text) || text.trim() === '')) setText(null)
        onBlur?.(event)
      }}
    />
  )
}

const kFocusable = 'input:not([type=hidden]):not(:disabled), select:not(:disabled), textarea:not(:disabled), button:not(:disabled)'

/** On a form: Enter in a single-line field goes to the next field; Ctrl+Enter or Enter on a button submits. */
export function enterMovesOn(event: KeyboardEvent<HTMLFormElement>): void {
  if (event.key !== 'Enter' || event.defaultPrevented || event.nativeEvent.isComposing) return
  if (event.ctrlKey || event.metaKey) {
    event.preventDefault()
    event.currentTarget.requestSubmit()
    return
  }
  const target = event.target
  if (!(target instanceof HTMLInputElement)) return
  event.preventDefault()
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>(kFocusable)].filter(
    (element) => element.tabIndex >= 0 && element.offsetParent !== null && !element.hasAttribute('data-skip'),
  )
  const sameGroup = (element: HTMLElement) =>
    target.type === 'radio' && element instanceof HTMLInputElement && element.type === 'radio' && element.name === target.name
  let at = all.indexOf(target) + 1
  while (at < all.length && sameGroup(all[at] as HTMLElement)) at += 1
  const next = all[at]
  next?.focus()
  if (next instanceof HTMLInputElement && next.type !== 'radio' && next.type !== 'checkbox') next.select()
}
