// The screen on the wall: who is called and where to, who waits; follows live and asks again when the line is down.
import { Button } from '@mantine/core'
import { IconVolume, IconVolumeOff } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { formatDate, formatTime } from '@/platform/format'
import { locale, m } from '@/platform/i18n'
import { LiveSocket } from '@/platform/live/socket'
import { queueResource, type QueueState } from './queue.resource'
import './queue.css'

const kMostShown = 24

/** Letters and digits apart, so that "A012" is read "A không một hai". */
function spoken(ticket: string): string {
  return [...ticket].join(' ')
}

function say(text: string): void {
  const utterance = new SpeechSynthesisUtterance(text)
  utterance.lang = locale() === 'vi' ? 'vi-VN' : 'en-GB'
  utterance.rate = 0.9
  speechSynthesis.speak(utterance)
}

function useClock(): Date {
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 5_000)
    return () => clearInterval(timer)
  }, [])
  return now
}

export function QueueScreen() {
  const client = useQueryClient()
  const [voice, setVoice] = useState(false)
  const socket = useMemo(() => new LiveSocket(() => ['queue']), [])
  useEffect(() => {
    const off = socket.listen(() => void client.invalidateQueries({ queryKey: ['queue'] }))
    socket.start()
    return () => {
      off()
      socket.stop()
    }
  }, [socket, client])
  const connected = useSyncExternalStore((listener) => socket.subscribeState(listener), () => socket.connected)
  const queue = useQuery({
    queryKey: ['queue', 'state'],
    queryFn: queueResource.state,
    refetchInterval: connected ? 30_000 : 4_000,
    refetchIntervalInBackground: true,
  })
  const now = useClock()
  const state = queue.data
  const announced = useRef<Set<string> | null>(null)
  useEffect(() => {
    if (!state) return
    const keys = state.called.map((call) => `${call.ticket}@${call.desk}`)
    const known = announced.current
    if (known && voice) {
      for (const call of state.called) {
        if (!known.has(`${call.ticket}@${call.desk}`)) say(m.queue_say({ ticket: spoken(call.ticket), desk: call.desk }))
      }
    }
    announced.current = new Set(keys)
  }, [state, voice])

  return (
    <main className="q-screen">
      <header>
        <img src="/icon.svg" alt="" width={64} height={64} />
        <h1>{state?.station || m.app_name()}</h1>
        {queue.isError && <p className="q-lost" role="status">{m.queue_lost()}</p>}
        <div className="q-clock num">
          <time>{formatTime(now.toISOString())}</time>
          <span>{formatDate(now.toISOString())}</span>
        </div>
      </header>
      <Called state={state} />
      <section className="q-waiting" aria-labelledby="q-waiting">
        <h2 id="q-waiting">
          {m.queue_waiting()} <span className="num">{state?.waiting.length ?? 0}</span>
        </h2>
        {state?.waiting.length === 0 && <p>{m.queue_nobody_waiting()}</p>}
        <ul className="num">
          {state?.waiting.slice(0, kMostShown).map((one) => (
            <li key={one.ticket} className={one.urgent ? 'urgent' : ''} data-testid="queue-waiting">
              {one.ticket}
              {one.urgent && <small>{m.queue_urgent()}</small>}
            </li>
          ))}
        </ul>
        {(state?.waiting.length ?? 0) > kMostShown && <p>{m.queue_more({ n: (state?.waiting.length ?? 0) - kMostShown })}</p>}
      </section>
      {'speechSynthesis' in window && (
        <Button
          className="q-voice"
          size="md"
          variant="default"
          leftSection={voice ? <IconVolume size={22} /> : <IconVolumeOff size={22} />}
          onClick={() => setVoice(!voice)}
          aria-pressed={voice}
        >
          {voice ? m.queue_voice_off() : m.queue_voice_on()}
        </Button>
      )}
    </main>
  )
}

function Called({ state }: { state: QueueState | undefined }) {
  const called = state?.called ?? []
  return (
    <section className="q-called" aria-labelledby="q-called" aria-live="polite">
      <h2 id="q-called">{m.queue_called()}</h2>
      {called.length === 0 && <p className="q-none">{m.queue_nobody_called()}</p>}
      <ul>
        {called.slice(0, 4).map((call) => (
          <li key={`${call.ticket}-${call.desk}`} data-testid="queue-called">
            <b className="num">{call.ticket}</b>
            <span>
              <em>{call.desk}</em>
              {call.name}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
