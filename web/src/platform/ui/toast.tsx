// A word at the edge of the screen: what was just done, and a way back where there is one.
import { useEffect, useState } from 'react'
import { m } from '@/platform/i18n'

interface Toast {
  id: number
  text: string
  undo?: (() => void) | undefined
}

let next = 1
let show: ((toast: Toast) => void) | null = null

export function toast(text: string, undo?: () => void): void {
  show?.({ id: next++, text, undo })
}

const kShownFor = 6_000

export function Toasts() {
  const [toasts, setToasts] = useState<Toast[]>([])
  useEffect(() => {
    show = (made) => {
      setToasts((now) => [...now.slice(-2), made])
      setTimeout(() => setToasts((now) => now.filter((other) => other.id !== made.id)), kShownFor)
    }
    return () => {
      show = null
    }
  }, [])
  return (
    <div className="t-toasts" role="status" aria-live="polite">
      {toasts.map((item) => (
        <div className="t-toast" key={item.id}>
          <span>{item.text}</span>
          {item.undo && (
            <button
              type="button"
              onClick={() => {
                item.undo?.()
                setToasts((now) => now.filter((other) => other.id !== item.id))
              }}
            >
              {m.platform_undo()}
            </button>
          )}
        </div>
      ))}
    </div>
  )
}
