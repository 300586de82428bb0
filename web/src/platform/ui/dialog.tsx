// A dialog on the browser's own: focus stays inside, Escape closes, the page behind is inert.
import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useEffect, useId, useRef, type ReactNode } from 'react'
import { m } from '@/platform/i18n'

interface DialogProps {
  title: ReactNode
  onClose: () => void
  size?: 'md' | 'lg' | 'auto'
  children: ReactNode
}

export function Dialog({ title, onClose, size = 'md', children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    const element = dialog.current
    if (!element) return
    const before = document.activeElement
    if (!element.open) element.showModal()
    element.querySelector<HTMLElement>('[data-autofocus]')?.focus()
    return () => {
      element.close()
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])
  return (
    <dialog
      ref={dialog}
      className={`t-dialog ${size}`}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onMouseDown={(event) => {
        if (event.target === dialog.current) onClose()
      }}
    >
      <div className="t-dialog-box">
        <header>
          <h2 id={id}>{title}</h2>
          <ActionIcon variant="subtle" color="gray" aria-label={m.platform_close()} onClick={onClose}>
            <IconX size={20} />
          </ActionIcon>
        </header>
        {children}
      </div>
    </dialog>
  )
}
