// One box for searching and scanning from anywhere, the station's state in plain words, and who is working.
import { ActionIcon } from '@mantine/core'
import { IconHelp, IconLock, IconLogout } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import type { Me } from '@/platform/api/types'
import { formatDate, formatTime, isToday } from '@/platform/format'
import { m } from '@/platform/i18n'
import { useScanSink } from '@/platform/scan/sinks'
import { personLine } from '@/platform/ui/patient'
import { roleName } from '@/platform/ui/parts'
import { Picker } from '@/platform/ui/picker'
import { toast } from '@/platform/ui/toast'
import { sessionResource } from './session.resource'
import { LanguageSwitch, ThemeSwitch } from './Switches'

function NodeState({ connected }: { connected: boolean }) {
  const status = useQuery({ queryKey: ['status'], queryFn: sessionResource.status, refetchInterval: 30_000 })
  const lost = status.isError || !connected
  const data = status.data
  const backup = data?.lastBackup
  return (
    <div className={`a-node ${lost ? 'lost' : ''}`} role="status">
      <span className="dot" aria-hidden />
      <span>
        {lost ? m.app_node_lost() : m.app_node_connected()}
        {!lost && data && (
          <span className="t-muted num">
            {data.waitingToSend ? ` · ${m.app_node_waiting({ n: data.waitingToSend })}` : ''}
            {data.lastBackup !== undefined &&
              ` · ${backup ? m.app_node_backup({ time: isToday(backup) ? formatTime(backup) : formatDate(backup) }) : m.app_node_no_backup()}`}
          </span>
        )}
      </span>
    </div>
  )
}

export function TopBar(props: { me: Me; connected: boolean; onHelp: () => void; onLock: () => void; onLogout: () => void }) {
  const box = useRef<HTMLInputElement>(null)
  const navigate = useNavigate()
  const [scanning, setScanning] = useState(false)
  const canSearch = props.me.permissions.includes('patients.search')

  const open = (id: string) => {
    void navigate({ to: '/patients/$patientId', params: { patientId: id } })
    box.current?.blur()
  }
  useScanSink(
    {
      take: (text) => {
        if (scanning) return
        setScanning(true)
        sessionResource
          .search(text)
          .then(
            ({ people }) => {
              const only = people.length === 1 ? people[0] : undefined
              if (only) open(only.id)
              else toast(people.length === 0 ? m.platform_picker_none({ text: text.slice(0, 24) }) : m.platform_picker_count({ n: people.length }))
            },
            () => toast(m.platform_error_unknown()),
          )
          .finally(() => setScanning(false))
      },
      box: () => box.current,
    },
    canSearch,
  )

  return (
    <header className="a-top">
      {canSearch ? (
        <div className="a-search" data-scan-box>
          <Picker
            label={m.app_search()}
            hideLabel
            placeholder={m.app_search_hint()}
            cacheKey="people"
            shortest={2}
            inputRef={box}
            find={(text, signal) => sessionResource.search(text, signal).then((answer) => answer.people)}
            keyOf={(person) => person.id}
            option={(person) => (
              <>
                <b>{person.name}</b>
                <div className="t-muted t-small num">
                  {personLine(person)} {person.personalNumber ? ` · ${person.personalNumber}` : ''}
                </div>
              </>
            )}
            onPick={(person) => open(person.id)}
          />
        </div>
      ) : (
        <div className="a-search" />
      )}
      <NodeState connected={props.connected} />
      <div className="a-person">
        <b>{props.me.name}</b>
        <span className="t-muted t-small">{props.me.roles.map(roleName).join(', ')}</span>
      </div>
      <div className="t-row a-top-buttons">
        <LanguageSwitch />
        <ThemeSwitch />
        <ActionIcon variant="subtle" color="gray" size={36} aria-label={m.app_help()} title={`${m.app_help()} (?)`} onClick={props.onHelp}>
          <IconHelp size={20} />
        </ActionIcon>
        <ActionIcon variant="subtle" color="gray" size={36} aria-label={m.app_lock_now()} title={`${m.app_lock_now()} (Alt+K)`} onClick={props.onLock}>
          <IconLock size={20} />
        </ActionIcon>
        <ActionIcon variant="subtle" color="gray" size={36} aria-label={m.app_logout()} title={m.app_logout()} onClick={props.onLogout}>
          <IconLogout size={20} />
        </ActionIcon>
      </div>
    </header>
  )
}
