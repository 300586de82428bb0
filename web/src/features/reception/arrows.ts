// Up and down move between the rows' buttons of a short list.
import type { KeyboardEvent } from 'react'

export function arrowsMoveFocus(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row-action]')]
  const at = all.indexOf(document.activeElement as HTMLElement)
  event.preventDefault()
  all[Math.max(0, Math.min(all.length - 1, at + (event.key === 'ArrowDown' ? 1 : -1)))]?.focus()
}
