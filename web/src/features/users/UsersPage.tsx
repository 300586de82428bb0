// The staff: who they are, what they may do, opening a locked account.
import { Button, Checkbox, PasswordInput, TextInput } from '@mantine/core'
import { IconLock, IconPlus } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Role } from '@/platform/api/types'
import { formatDateTime, formatTime } from '@/platform/format'
import { m } from '@/platform/i18n'
import { Empty, ErrorNote, PageHead, Tag, roleName } from '@/platform/ui/parts'
import { toast } from '@/platform/ui/toast'
import { Dialog } from '@/platform/ui/dialog'
import { WorkList } from '@/platform/ui/worklist'
import { allRoles, usersResource, type User } from './users.resource'

const isLocked = (user: User) => user.lockedUntil !== null && user.lockedUntil !== '' && new Date(user.lockedUntil) > new Date()

export function UsersPage() {
  const [editing, setEditing] = useState<User | 'new' | null>(null)
  const users = useQuery({ queryKey: ['users'], queryFn: usersResource.list })
  return (
    <div className="t-page">
      <PageHead title={m.users_title()}>
        <span className="t-grow" />
        <Button leftSection={<IconPlus size={18} />} onClick={() => setEditing('new')}>
          {m.users_add()}
        </Button>
      </PageHead>
      <WorkList
        label={m.users_list()}
        items={users.data?.items}
        error={users.error}
        retry={() => void users.refetch()}
        keyOf={(user) => user.id}
        textOf={(user) => `${user.name}\n${user.login} ${user.roles.map(roleName).join(' ')}`}
        row={(user) => (
          <div className="t-row between">
            <div>
              <span className="name">{user.name}</span> <span className="t-muted">{user.login}</span>
              <div className="sub num">{user.lastLogin ? m.users_last_login({ time: formatDateTime(user.lastLogin) }) : m.users_never()}</div>
            </div>
            <span className="t-row tight">
              {isLocked(user) && (
                <Tag tone="danger" icon={<IconLock size={14} />}>
                  {m.users_locked({ time: formatTime(user.lockedUntil) })}
                </Tag>
              )}
              {user.disabled && <Tag tone="warn">{m.users_is_disabled()}</Tag>}
              {user.roles.map((role) => (
                <Tag key={role}>{roleName(role)}</Tag>
              ))}
            </span>
          </div>
        )}
        action={() => m.users_edit()}
        quiet={() => true}
        onAction={setEditing}
        empty={<Empty title={m.users_empty()}>{m.users_empty_text()}</Empty>}
      />
      {editing && <UserDialog user={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />}
    </div>
  )
}

function UserDialog({ user, onClose }: { user: User | null; onClose: () => void }) {
  const [name, setName] = useState(user?.name ?? '')
  const [login, setLogin] = useState(user?.login ?? '')
  const [password, setPassword] = useState('')
  const [roles, setRoles] = useState<Role[]>(user?.roles ?? [])
  const [personalNumber, setPersonalNumber] = useState('')
  const [licence, setLicence] = useState('')
  const [disabled, setDisabled] = useState(user?.disabled ?? false)
  const client = useQueryClient()
  const cleanName = name.normalize('NFC').trim()
  const refresh = () => client.invalidateQueries({ queryKey: ['users'] })
  const save = useMutation({
    mutationFn: () =>
      user
        ? usersResource.change(user.id, { name: cleanName, roles, disabled, ...(password ? { newPassword: password } : {}) })
        : usersResource.create({ login: login.trim(), name: cleanName, roles, password, ...(personalNumber ? { personalNumber } : {}), ...(licence ? { licence } : {}) }),
    onSuccess: () => {
      void refresh()
      toast(user ? m.users_saved({ name: cleanName }) : m.users_created({ name: cleanName }))
      onClose()
    },
  })
  const unlock = useMutation({
    mutationFn: () => usersResource.change(user?.id ?? '', { unlock: true }),
    onSuccess: () => {
      void refresh()
      toast(m.users_unlocked({ name: cleanName }))
      onClose()
    },
  })
  return (
    <Dialog onClose={onClose} title={user ? user.name : m.users_add()} size="lg">
      <form
        className="t-col"
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault()
          save.mutate()
        }}
      >
        <ErrorNote error={save.error ?? unlock.error} />
        {user && isLocked(user) && (
          <div className="t-row">
            <Tag tone="danger" icon={<IconLock size={14} />}>
              {m.users_locked({ time: formatTime(user.lockedUntil) })}
            </Tag>
            <Button size="sm" variant="light" loading={unlock.isPending} onClick={() => unlock.mutate()}>
              {m.users_unlock()}
            </Button>
          </div>
        )}
        <div className="t-fields">
          <TextInput className="w6" data-autofocus label={m.users_name()} value={name} onChange={(event) => setName(event.currentTarget.value)} />
          <TextInput className="w6" label={m.users_login()} value={login} readOnly={user !== null} spellCheck={false} autoCapitalize="none" onChange={(event) => setLogin(event.currentTarget.value)} />
          {!user && (
            <>
              <TextInput className="w6 num" label={m.users_personal_number()} maxLength={12} value={personalNumber} onChange={(event) => setPersonalNumber(event.currentTarget.value.trim())} />
              <TextInput className="w6" label={m.users_licence()} value={licence} onChange={(event) => setLicence(event.currentTarget.value)} />
            </>
          )}
          <PasswordInput className="w12" label={user ? m.users_new_password() : m.users_password()} description={m.users_password_hint()} autoComplete="new-password" value={password} onChange={(event) => setPassword(event.currentTarget.value)} />
        </div>
        <fieldset className="t-choice">
          <legend className="t-legend-small">{m.users_roles()}</legend>
          <div className="t-row" style={{ gap: '8px 20px' }}>
            {allRoles.map((role) => (
              <Checkbox
                key={role}
                label={roleName(role)}
                checked={roles.includes(role)}
                onChange={(event) => setRoles(event.currentTarget.checked ? [...roles, role] : roles.filter((other) => other !== role))}
              />
            ))}
          </div>
        </fieldset>
        {user && <Checkbox color="red" label={m.users_disabled()} checked={disabled} onChange={(event) => setDisabled(event.currentTarget.checked)} />}
        <div className="t-modal-actions">
          <Button variant="default" onClick={onClose}>
            {m.platform_cancel()}
          </Button>
          <Button type="submit" loading={save.isPending} disabled={cleanName === '' || login.trim() === '' || roles.length === 0 || (!user && password === '')}>
            {m.users_save()}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
