import { act, renderHook } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ApiError } from '@/platform/api/client'
import { keptDraft, useAutosave } from './autosave'

describe('useAutosave', () => {
  beforeEach(() => {
    localStorage.clear()
    vi.useFakeTimers()
  })
  afterEach(() => vi.useRealTimers())

  it('saves the last of a burst of changes once, and forgets the copy', async () => {
    const save = vi.fn<(value: string) => Promise<{ savedAt: string }>>(() => Promise.resolve({ savedAt: '2026-11-21T08:00:00Z' }))
    const { result } = renderHook(() => useAutosave<string>('u.v', '1', save))
    act(() => {
      result.current.change('Ho')
      result.current.change('Ho 3 ngày')
    })
    expect(keptDraft<string>('u.v')?.value).toBe('Ho 3 ngày')
    await act(() => vi.advanceTimersByTimeAsync(1000))
    expect(save.mock.calls).toEqual([['Ho 3 ngày']])
    expect(result.current.state.kind).toBe('saved')
    expect(keptDraft('u.v')).toBeNull()
  })

  it('keeps the draft while the station is away and sends it when it is back', async () => {
    let away = true
    const save = vi.fn<(value: string) => Promise<{ savedAt: string }>>(() => (away ? Promise.reject(new ApiError(0, 'offline', '')) : Promise.resolve({ savedAt: '2026-11-21T08:00:00Z' })))
    const { result } = renderHook(() => useAutosave<string>('u.v', '1', save))
    act(() => result.current.change('Sốt'))
    await act(() => vi.advanceTimersByTimeAsync(1000))
    expect(result.current.state.kind).toBe('waiting')
    expect(keptDraft<string>('u.v')?.value).toBe('Sốt')
    away = false
    await act(() => vi.advanceTimersByTimeAsync(5000))
    expect(result.current.state.kind).toBe('saved')
    expect(keptDraft('u.v')).toBeNull()
  })

  it('says so when the station refuses', async () => {
    const save = () => Promise.reject(new ApiError(409, 'conflict', 'Đã đóng'))
    const { result } = renderHook(() => useAutosave<string>('u.v', '1', save))
    act(() => result.current.change('x'))
    await act(() => vi.advanceTimersByTimeAsync(1000))
    expect(result.current.state.kind).toBe('failed')
    expect(keptDraft<string>('u.v')?.value).toBe('x')
  })
})
