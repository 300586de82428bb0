// One WebSocket per page that follows the station; it reconnects by itself and says whether it is alive.
export interface LiveEvent {
  topic: string
  event: string
  encounter?: string
}

type Listener = (event: LiveEvent) => void

const kFirstRetry = 1_000
const kLongestRetry = 15_000

export class LiveSocket {
  private socket: WebSocket | null = null
  private retry = kFirstRetry
  private timer: ReturnType<typeof setTimeout> | undefined
  private stopped = true
  private readonly listeners = new Set<Listener>()
  private readonly stateListeners = new Set<() => void>()
  connected = false

  constructor(private readonly topics: () => string[]) {}

  start(): void {
    this.stopped = false
    if (!this.socket) this.open()
  }

  stop(): void {
    this.stopped = true
    clearTimeout(this.timer)
    this.socket?.close()
    this.socket = null
    this.setConnected(false)
  }

  listen(listener: Listener): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  subscribeState(listener: () => void): () => void {
    this.stateListeners.add(listener)
    return () => this.stateListeners.delete(listener)
  }

  private open(): void {
    const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:'
    const socket = new WebSocket(`${scheme}//${location.host}/ws/live?topics=${this.topics().join(',')}`)
    this.socket = socket
    socket.onopen = () => {
      this.retry = kFirstRetry
      this.setConnected(true)
      // Whatever happened while the line was down is not sent again: everything is read anew.
      this.emit({ topic: '*', event: 'connected' })
    }
    socket.onmessage = (message) => {
      try {
        this.emit(JSON.parse(String(message.data)) as LiveEvent)
      } catch {
        // A message that is not ours changes nothing on screen.
      }
    }
    socket.onclose = () => {
      if (this.socket !== socket) return
      this.socket = null
      this.setConnected(false)
      if (this.stopped) return
      this.timer = setTimeout(() => this.open(), this.retry)
      this.retry = Math.min(this.retry * 2, kLongestRetry)
    }
  }

  private emit(event: LiveEvent): void {
    for (const listener of this.listeners) listener(event)
  }

  private setConnected(connected: boolean): void {
    if (this.connected === connected) return
    this.connected = connected
    for (const listener of this.stateListeners) listener()
  }
}
