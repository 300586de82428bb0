// Keeps what is typed: at once in this browser until the station has it, then on the station, whatever fails between.
import { useCallback, useEffect, useRef, useState } from 'react'
import { ApiError } from '@/platform/api/client'

export type SaveState =
  | { kind: 'clean' }
  | { kind: 'dirty' }
  | { kind: 'saving' }
  | { kind: 'saved'; at: string }
  | { kind: 'waiting' }
  | { kind: 'failed'; error: ApiError }

const kPrefix = 'tram.draft.'
const kPause = 700
const kRetry = 4_000

interface Kept<T> {
  value: T
  base: string
}

/** The unsent draft this browser still holds for the key, if any. */
export function keptDraft<T>(key: string): Kept<T> | null {
  try {
    const text = localStorage.getItem(kPrefix + key)
    return text === null ? null : (JSON.parse(text) as Kept<T>)
  } catch {
    return null
  }
}

function keep<T>(key: string, kept: Kept<T>): void {
  try {
    localStorage.setItem(kPrefix + key, JSON.stringify(kept))
  } catch {
    // A full or forbidden storage only loses the second copy; the first is on its way to the station.
  }
}

function forget(key: string): void {
  try {
    localStorage.removeItem(kPrefix + key)
  } catch {
    // see keep()
  }
}

/**
 * Saves `value` by `save` a moment after it last changed. `base` names the state on the station the draft grew from
 * (its version), so that a reload knows whether the kept copy is still newer.
 */
export function useAutosave<T>(key: string, base: string, save: (value: T) => Promise<{ savedAt: string }>) {
  const [state, setState] = useState<SaveState>({ kind: 'clean' })
  const pending = useRef<T | null>(null)
  const running = useRef<Promise<void> | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const latest = useRef({ save, base, key })
  latest.current = { save, base, key }

  const flush = useCallback(async (): Promise<boolean> => {
    clearTimeout(timer.current)
    if (running.current) await running.current
    if (pending.current === null) return true
    const value = pending.current
    pending.current = null
    let good = false
    running.current = (async () => {
      setState({ kind: 'saving' })
      try {
        const { savedAt } = await latest.current.save(value)
        good = true
        if (pending.current === null) {
          forget(latest.current.key)
          setState({ kind: 'saved', at: savedAt })
        }
      } catch (error) {
        pending.current ??= value
        const failure = error instanceof ApiError ? error : new ApiError(0, 'internal', String(error))
        if (failure.offline || failure.status >= 500) {
          setState({ kind: 'waiting' })
          timer.current = setTimeout(() => void flush(), kRetry)
        } else {
          setState({ kind: 'failed', error: failure })
        }
      }
    })()
    await running.current
    running.current = null
    return good
  }, [])

  const change = useCallback(
    (value: T) => {
      pending.current = value
      keep(latest.current.key, { value, base: latest.current.base })
      setState({ kind: 'dirty' })
      clearTimeout(timer.current)
      timer.current = setTimeout(() => void flush(), kPause)
    },
    [flush],
  )

  /** The visit is closed: what is kept for it has no further use. */
  const done = useCallback(() => {
    clearTimeout(timer.current)
    pending.current = null
    forget(latest.current.key)
  }, [])

  useEffect(() => {
    const online = () => void flush()
    const leave = () => void flush()
    window.addEventListener('online', online)
    window.addEventListener('pagehide', leave)
    return () => {
      window.removeEventListener('online', online)
      window.removeEventListener('pagehide', leave)
      void flush()
    }
  }, [flush])

  return { state, change, flush, done }
}
