// The frame of a signed-in screen: rail, top bar, live line, scanner, shortcuts, lock.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, Navigate, Outlet, useNavigate } from '@tanstack/react-router'
import { IconDeviceTv } from '@tabler/icons-react'
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { ApiError, session } from '@/platform/api/client'
import type { Me } from '@/platform/api/types'
import { m } from '@/platform/i18n'
import { LiveSocket } from '@/platform/live/socket'
import { currentSink } from '@/platform/scan/sinks'
import { captureWedge } from '@/platform/scan/wedge'
import { MeContext } from '@/platform/session'
import { ErrorNote, Loading } from '@/platform/ui/parts'
import { Toasts } from '@/platform/ui/toast'
import { HelpPanel } from './HelpPanel'
import { LockScreen } from './LockScreen'
import { rooms } from './rooms'
import { sessionResource } from './session.resource'
import { TopBar } from './TopBar'

const kIdleUntilLock = 15 * 60_000
const kTopicPermissions: Record<string, string> = {
  visits: 'visit.worklist',
  lab: 'lab.worklist',
  pharmacy: 'pharmacy.worklist',
  cashier: 'billing.worklist',
}

/** Live events make the lists of their topic read anew; query keys begin with the topic they show. */
function useLive(me: Me): boolean {
  const client = useQueryClient()
  const socket = useMemo(
    () =>
      new LiveSocket(() => [
        'queue',
        ...Object.entries(kTopicPermissions)
          .filter(([topic, permission]) => topic === 'visits' || me.permissions.includes(permission))
          .map(([topic]) => topic),
      ]),
    [me],
  )
  useEffect(() => {
    const off = socket.listen((event) => {
      void client.invalidateQueries(event.topic === '*' ? {} : { queryKey: [event.topic] })
      // A visit that moves on shows in the rooms it leaves and enters.
      if (event.topic !== '*' && event.topic !== 'queue') void client.invalidateQueries({ queryKey: ['visits'] })
    })
    socket.start()
    return () => {
      off()
      socket.stop()
    }
  }, [socket, client])
  return useSyncExternalStore(
    (listener) => socket.subscribeState(listener),
    () => socket.connected,
  )
}

function useIdleLock(onIdle: () => void): void {
  useEffect(() => {
    let timer = setTimeout(onIdle, kIdleUntilLock)
    const wake = () => {
      clearTimeout(timer)
      timer = setTimeout(onIdle, kIdleUntilLock)
    }
    window.addEventListener('keydown', wake, true)
    window.addEventListener('pointerdown', wake, true)
    return () => {
      clearTimeout(timer)
      window.removeEventListener('keydown', wake, true)
      window.removeEventListener('pointerdown', wake, true)
    }
  }, [onIdle])
}

function Frame({ me }: { me: Me }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const [help, setHelp] = useState(false)
  const lock = useSyncExternalStore(session.subscribe, session.state)
  const connected = useLive(me)
  const open = useMemo(() => rooms.filter((room) => me.permissions.includes(room.permission)), [me])

  const lockNow = useCallback(() => {
    session.lock()
    sessionResource.lock().catch(() => {})
  }, [])
  useIdleLock(lockNow)

  const leave = async () => {
    await sessionResource.logout().catch(() => {})
    session.closed()
    client.clear()
    await navigate({ to: '/login' })
  }

  useEffect(
    () =>
      captureWedge(document, {
        onScan: (text) => {
          if (session.state() === 'open') currentSink()?.take(text)
        },
        sink: () => (session.state() === 'open' ? (currentSink()?.box() ?? null) : null),
      }),
    [],
  )

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const typing = event.target instanceof Element && event.target.closest('input, textarea, select, [contenteditable]')
      if (!typing && event.key === '/') {
        event.preventDefault()
        document.querySelector<HTMLInputElement>('[data-scan-box] input')?.focus()
      } else if (!typing && event.key === '?') {
        setHelp(true)
      } else if (event.altKey && /^[1-9]$/.test(event.key)) {
        const room = open[Number(event.key) - 1]
        if (room) {
          event.preventDefault()
          void navigate({ to: room.path })
        }
      } else if (event.altKey && event.key.toLowerCase() === 'k') {
        event.preventDefault()
        lockNow()
      }
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [open, navigate, lockNow])

  const locked = lock !== 'open'
  return (
    <MeContext.Provider value={me}>
      <div className="a-frame" inert={locked} data-locked={locked}>
        <nav className="a-rail" aria-label={m.app_rooms()}>
          <Link to="/" className="a-rail-brand" aria-label={m.app_name()}>
            <img src="/icon.svg" alt="" width={36} height={36} />
          </Link>
          {open.map((room, i) => (
            <Link key={room.path} to={room.path} className="a-rail-item" title={`Alt+${i + 1}`}>
              <room.icon size={24} stroke={1.6} />
              <span>{room.label()}</span>
            </Link>
          ))}
          <a href="/queue" target="_blank" rel="noreferrer" className="a-rail-item a-rail-last">
            <IconDeviceTv size={24} stroke={1.6} />
            <span>{m.app_room_queue()}</span>
          </a>
        </nav>
        <TopBar me={me} connected={connected} onHelp={() => setHelp(true)} onLock={lockNow} onLogout={() => void leave()} />
        <main className="a-main" id="main">
          <Outlet />
        </main>
      </div>
      {help && !locked && <HelpPanel onClose={() => setHelp(false)} />}
      <Toasts />
      {locked && <LockScreen me={me} expired={lock === 'expired'} onLeave={() => void leave()} />}
    </MeContext.Provider>
  )
}

export function Shell() {
  const client = useQueryClient()
  const me = useQuery({ queryKey: ['me'], queryFn: sessionResource.me, retry: false, staleTime: Number.POSITIVE_INFINITY })
  useEffect(() => {
    if (me.data) session.opened(me.data.csrf)
  }, [me.data])
  if (me.isPending) return <Loading />
  if (me.data) return <Frame me={me.data.me} key={me.data.me.id} />
  if (me.error instanceof ApiError && me.error.body.locked === true) {
    return (
      <LockScreen
        me={null}
        expired={false}
        onLeave={() => {
          void sessionResource
            .logout()
            .catch(() => {})
            .then(() => client.resetQueries({ queryKey: ['me'] }))
        }}
      />
    )
  }
  if (me.error instanceof ApiError && me.error.status === 401) return <Navigate to="/login" />
  return (
    <div className="t-page">
      <ErrorNote error={me.error} retry={() => void me.refetch()} />
    </div>
  )
}
