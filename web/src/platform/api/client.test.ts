import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { api, ApiError, session, withQuery } from './client'

const answer = (status: number, body: object) => Promise.resolve(new Response(JSON.stringify(body), { status }))

const tokenOf = (call: { init: RequestInit } | undefined) => new Headers(call?.init.headers).get('X-Tram-Csrf') ?? undefined

describe('the client', () => {
  const calls: { path: string; init: RequestInit }[] = []
  let answers: (() => Promise<Response>)[] = []
  beforeEach(() => {
    calls.length = 0
    vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
      calls.push({ path, init })
      return (answers.shift() ?? (() => answer(200, {})))()
    })
    session.opened('token-1')
  })
  afterEach(() => {
    vi.unstubAllGlobals()
    answers = []
    session.closed()
  })

  it('sends the CSRF token on every request but GET', async () => {
    await api.get('/api/a')
    await api.post('/api/b')
        expect(tokenOf(calls[0])).toBeUndefined()
    expect(tokenOf(calls[1])).toBe('token-1')
  })

  it('says in a typed error what the server said', async () => {
    answers = [() => answer(409, { error: { code: 'conflict', message: 'Bác sĩ Hà đã gọi.', field: '' } })]
    const error = await api.post('/api/x').catch((e: unknown) => e)
    expect(error).toBeInstanceOf(ApiError)
    expect(error).toMatchObject({ status: 409, code: 'conflict', message: 'Bác sĩ Hà đã gọi.', field: null })
  })

  it('tells a lost network from an answer', async () => {
    answers = [() => Promise.reject(new TypeError('failed'))]
    await expect(api.get('/api/x')).rejects.toMatchObject({ offline: true })
  })

  it('locks on a locked session, waits, and does the call again once opened', async () => {
    answers = [() => answer(401, { error: { code: 'unauthenticated', message: '' }, locked: true }), () => answer(200, { done: 1 })]
    const call = api.post<{ done: number }>('/api/x', { a: 1 })
    await vi.waitFor(() => expect(session.state()).toBe('locked'))
    expect(calls).toHaveLength(1)
    session.opened('token-2')
    expect(await call).toEqual({ done: 1 })
    expect(tokenOf(calls[1])).toBe('token-2')
    expect(calls[1]?.init.body).toBe('{"a":1}')
  })

  it('calls an ended session expired', async () => {
    answers = [() => answer(401, { error: { code: 'unauthenticated', message: '' } })]
    void api.get('/api/x')
    await vi.waitFor(() => expect(session.state()).toBe('expired'))
  })
})

describe('withQuery', () => {
  it('leaves out what is empty', () => {
    expect(withQuery('/a', { text: 'b c', low: false, x: '' })).toBe('/a?text=b+c')
    expect(withQuery('/a', {})).toBe('/a')
  })
})
