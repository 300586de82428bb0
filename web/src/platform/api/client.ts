// Calls the rooms' HTTP interface: CSRF header, typed errors, and requests that wait while the screen is locked.
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly field: string | null = null,
    readonly body: Record<string, unknown> = {},
  ) {
    super(message)
    this.name = 'ApiError'
  }
  get offline(): boolean {
    return this.code === 'offline'
  }
}

type LockState = 'open' | 'locked' | 'expired'

let csrf = ''
let lockState: LockState = 'open'
let signedIn = false
let waiting: (() => void)[] = []
const lockListeners = new Set<() => void>()

export const session = {
  state: (): LockState => lockState,
  subscribe(listener: () => void): () => void {
    lockListeners.add(listener)
    return () => lockListeners.delete(listener)
  },
  opened(token: string): void {
    csrf = token
    signedIn = true
    setLock('open')
    const retry = waiting
    waiting = []
    for (const go of retry) go()
  },
  closed(): void {
    csrf = ''
    signedIn = false
    waiting = []
    setLock('open')
  },
  lock: (): void => {
    if (signedIn) setLock('locked')
  },
}

function setLock(next: LockState): void {
  if (lockState === next) return
  lockState = next
  for (const listener of lockListeners) listener()
}

interface Options {
  background?: boolean | undefined
  signal?: AbortSignal | undefined
  /** Session calls answer 401 themselves instead of waiting for the lock screen. */
  ownSession?: boolean
  raw?: boolean
}

async function call<T>(method: string, path: string, body: unknown, options: Options): Promise<T> {
  const headers: Record<string, string> = { Accept: 'application/json' }
  if (body !== undefined) headers['Content-Type'] = 'application/json'
  if (method !== 'GET') headers['X-Tram-Csrf'] = csrf
  if (options.background) headers['X-Tram-Background'] = '1'
  let response: Response
  try {
    response = await fetch(path, {
      method,
      headers,
      credentials: 'same-origin',
      cache: 'no-store',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(options.signal ? { signal: options.signal } : {}),
    })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new ApiError(0, 'offline', '')
  }
  if (response.ok) {
    if (options.raw) return (await response.blob()) as T
    const text = await response.text()
    return (text === '' ? {} : JSON.parse(text)) as T
  }
  const failure = await readFailure(response)
  if (response.status === 401 && !options.ownSession && signedIn) {
    setLock(failure.body.locked === true ? 'locked' : 'expired')
    await new Promise<void>((resolve) => waiting.push(resolve))
    return call(method, path, body, options)
  }
  throw failure
}

async function readFailure(response: Response): Promise<ApiError> {
  try {
    const body = (await response.json()) as Record<string, unknown>
    const error = (body.error ?? {}) as Record<string, unknown>
    const locked = body.locked === true || error.locked === true
    return new ApiError(
      response.status,
      String(error.code ?? `http-${response.status}`),
      String(error.message ?? ''),
      typeof error.field === 'string' && error.field !== '' ? error.field : null,
      { ...error, locked },
    )
  } catch {
    return new ApiError(response.status, `http-${response.status}`, '')
  }
}

export const api = {
  get: <T>(path: string, options: Options = {}) => call<T>('GET', path, undefined, options),
  post: <T>(path: string, body: unknown = {}, options: Options = {}) => call<T>('POST', path, body, options),
  put: <T>(path: string, body: unknown, options: Options = {}) => call<T>('PUT', path, body, options),
  delete: <T>(path: string, options: Options = {}) => call<T>('DELETE', path, undefined, options),
  file: (path: string) => call<Blob>('GET', path, undefined, { raw: true }),
}

/** `/api/x?a=1`, leaving out what is empty. */
export function withQuery(path: string, query: Record<string, string | boolean | undefined>): string {
  const parts = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '' && value !== false) parts.set(name, String(value))
  }
  const text = parts.toString()
  return text === '' ? path : `${path}?${text}`
}
